"""Any array that a camera or a file gives, as one plane of gray."""

import numpy as np

from eventdesk.devices.codes.values import Gray, Image
from eventdesk.errors import BadInput


def to_gray(image: Image) -> Gray:
    """Gray of shape (height, width). Colours are BGR; what is transparent is taken as white paper;
    16-bit and other deep pictures are stretched over their own range.

    Raises BadInput for an array that is no picture.
    """
    if image.ndim == 3 and image.shape[2] == 1:
        image = image[:, :, 0]
    if image.ndim not in (2, 3) or 0 in image.shape or (image.ndim == 3 and image.shape[2] not in (2, 3, 4)):
        raise BadInput(f"An array of shape {image.shape} is no picture.")
    plane = _eight_bits(image)
    if plane.ndim == 2:
        return plane
    if plane.shape[2] in (2, 4):
        return _on_white(plane)
    return _luma(plane)


def _eight_bits(image: Image) -> Gray:
    if image.dtype == np.uint8:
        return image
    if image.dtype == np.bool_:
        return image.astype(np.uint8) * np.uint8(255)
    # Infinities are cut to what a difference of two can still hold.
    values = np.clip(np.nan_to_num(image.astype(np.float32)), -1e30, 1e30)
    low, high = float(values.min()), float(values.max())
    return ((values - low) * (255.0 / max(high - low, 1e-6))).astype(np.uint8)


def _on_white(plane: Gray) -> Gray:
    colours, cover = plane[:, :, :-1], plane[:, :, -1].astype(np.uint16)
    gray = (colours[:, :, 0] if colours.shape[2] == 1 else _luma(colours)).astype(np.uint16)
    return ((gray * cover + 255 * (255 - cover)) // 255).astype(np.uint8)


def _luma(colours: Gray) -> Gray:
    try:
        import cv2
    except ImportError:
        weights = np.array([29, 150, 77], np.uint16)  # Rec. 601 for blue, green, red, in 256ths
        return (colours.astype(np.uint16) @ weights >> np.uint16(8)).astype(np.uint8)
    return cv2.cvtColor(np.ascontiguousarray(colours), cv2.COLOR_BGR2GRAY)  # type: ignore[return-value]
