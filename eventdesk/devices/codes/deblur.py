"""Taking blur out of a patch: Wiener's filter with the blur of an open lens or of a moved hand."""

from functools import lru_cache

import numpy as np

from eventdesk.devices.codes.scene import View
from eventdesk.devices.codes.values import Gray

Kernel = np.ndarray


def refocus(view: View, radius: float, noise: float) -> Gray:
    """Undo a defocus whose disc has `radius` pixels; `noise` is the share of noise power in the picture:
    the smaller, the sharper and the rougher."""
    return _wiener(view, _disc(view.pixels.shape, radius, noise))


def unshake(view: View, length: float, degrees: float, noise: float) -> Gray:
    """Undo a straight movement of `length` pixels at `degrees` from the picture's x axis."""
    return _wiener(view, _streak(view.pixels.shape, length, degrees, noise))


def _wiener(view: View, inverse: Kernel) -> Gray:
    sharp = np.fft.irfft2(view.spectrum * inverse, view.pixels.shape) + np.float32(view.pixels.mean())
    return np.clip(sharp, 0, 255).astype(np.uint8)


@lru_cache(maxsize=64)
def _disc(shape: tuple[int, int], radius: float, noise: float) -> Kernel:
    y, x = _distances(shape)
    return _inverse(np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32), noise)


@lru_cache(maxsize=64)
def _streak(shape: tuple[int, int], length: float, degrees: float, noise: float) -> Kernel:
    blur = np.zeros(shape, np.float32)
    angle = np.deg2rad(degrees)
    for step in np.linspace(-length / 2, length / 2, int(4 * length) + 1):
        blur[round(step * np.sin(angle)) % shape[0], round(step * np.cos(angle)) % shape[1]] += 1
    return _inverse(blur, noise)


def _distances(shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """How far each pixel is from the first one, round the edges."""
    y, x = np.arange(shape[0])[:, None], np.arange(shape[1])[None]
    return np.minimum(y, shape[0] - y), np.minimum(x, shape[1] - x)


def _inverse(blur: np.ndarray, noise: float) -> Kernel:
    transfer = np.fft.rfft2(blur / blur.sum())
    inverse: Kernel = np.conj(transfer) / (np.abs(transfer) ** 2 + np.float32(noise))
    return inverse
