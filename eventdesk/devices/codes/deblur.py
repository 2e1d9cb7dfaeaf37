"""Taking blur out of a patch: Wiener's filter with the blur of an open lens or of a moved hand.

Each patch is laid on a square of one size, so that the filters are made once and kept.
"""

from functools import lru_cache

import cv2
import numpy as np

from eventdesk.devices.codes.scene import SQUARE, View
from eventdesk.devices.codes.values import Gray, Plane


def refocus(view: View, radius: float, noise: float) -> Gray:
    """Undo a defocus whose disc has `radius` pixels; `noise` is the share of noise power in the picture:
    the smaller, the sharper and the rougher."""
    return _filtered(view, _disc(radius, noise))


def unshake(view: View, length: float, degrees: float, noise: float) -> Gray:
    """Undo a straight movement of `length` pixels at `degrees` from the picture's x axis."""
    return _filtered(view, _streak(length, degrees, noise))


def _filtered(view: View, inverse: Plane) -> Gray:
    product = cv2.mulSpectrums(view.spectrum, inverse, 0)
    sharp = cv2.dft(product, flags=cv2.DFT_INVERSE | cv2.DFT_SCALE)
    height, width = view.pixels.shape
    pixels: Gray = np.clip(sharp[:height, :width] + view.mean, 0, 255).astype(np.uint8)
    return pixels


@lru_cache(maxsize=64)
def _disc(radius: float, noise: float) -> Plane:
    near = np.minimum(np.arange(SQUARE), SQUARE - np.arange(SQUARE))  # distances run round the edges
    return _inverse(np.clip(radius + 0.5 - np.hypot(near[:, None], near[None]), 0, 1), noise)


@lru_cache(maxsize=64)
def _streak(length: float, degrees: float, noise: float) -> Plane:
    blur = np.zeros((SQUARE, SQUARE))
    angle = np.deg2rad(degrees)
    for step in np.linspace(-length / 2, length / 2, int(4 * length) + 1):
        blur[round(step * np.sin(angle)) % SQUARE, round(step * np.cos(angle)) % SQUARE] += 1
    return _inverse(blur, noise)


def _inverse(blur: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", noise: float) -> Plane:
    """Wiener's inverse of a blur, as OpenCV packs the spectrum of a real picture."""
    transfer = np.fft.rfft2(blur / blur.sum())
    kernel = np.fft.irfft2(np.conj(transfer) / (np.abs(transfer) ** 2 + noise), blur.shape)
    packed: Plane = cv2.dft(kernel.astype(np.float32))  # type: ignore[assignment]
    return packed
