"""Made frames: a ticket held up to a camera, clean or spoilt in one way at a time."""

import cv2
import numpy as np
import qrcode

from eventdesk.devices.codes.values import Gray, Image

TEXT = "EVT1-7k3mq9xw2tzr5hd8"


def code(text: str = TEXT, module: int = 6, border: int = 8) -> Gray:
    """A QR code with `module` pixels a module on paper of its own, shape (side, side)."""
    maker = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=1, border=border)
    maker.add_data(text)
    maker.make()
    modules = np.array(maker.get_matrix(), dtype=bool)
    return np.kron(np.where(modules, 20, 235), np.ones((module, module))).astype(np.uint8)


def frame(
    text: str | None = TEXT,
    module: int = 6,
    angle: float = 0.0,
    place: tuple[float, float] = (0.5, 0.5),
    size: tuple[int, int] = (1280, 720),
) -> Image:
    """A BGR frame of `size` (width, height): a room, and the ticket turned by `angle` degrees with its
    middle at `place` (shares of the size). `text` None: the room alone."""
    width, height = size
    picture = room(size)
    if text is not None:
        printed = code(text, module)
        side = printed.shape[0]
        turn = cv2.getRotationMatrix2D((side / 2, side / 2), angle, 1.0)
        turn[:, 2] += (place[0] * width - side / 2, place[1] * height - side / 2)
        there = cv2.warpAffine(np.full_like(printed, 255), turn, size)
        ticket = cv2.warpAffine(printed, turn, size)
        picture[there > 127] = ticket[there > 127][:, None]
    return picture


def room(size: tuple[int, int] = (1280, 720)) -> Image:
    """A soft background that holds no code, the same each time."""
    width, height = size
    noise = np.random.default_rng(7).integers(0, 255, (height // 40, width // 40, 3), dtype=np.uint8)
    soft = cv2.resize(noise, size, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    return (60 + soft * 0.4).astype(np.uint8)


def noisy(picture: Image, sigma: float, seed: int = 1) -> Image:
    """With a sensor's noise of `sigma` gray levels."""
    noise = np.random.default_rng(seed).normal(0, sigma, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def dark(picture: Image, gain: float, sigma: float = 3.0) -> Image:
    """In dim light: `gain` of the brightness, and the noise that stays."""
    return noisy((picture * gain).astype(np.uint8), sigma)


def glare(picture: Image, place: tuple[float, float], radius: float) -> Image:
    """With a lamp's reflection round `place` (shares of the size), `radius` in pixels."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[:height, :width]
    away = ((x - place[0] * width) ** 2 + (y - place[1] * height) ** 2) / radius**2
    lit = np.clip(picture + 400 * np.exp(-away)[..., None], 0, 255)
    return np.asarray(lit.astype(np.uint8))


def defocused(picture: Image, radius: float) -> Image:
    """Out of focus by a disc of `radius` pixels."""
    size = int(radius) * 2 + 3
    y, x = np.mgrid[:size, :size] - size // 2
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return np.asarray(cv2.filter2D(picture, -1, disc / disc.sum()))


def torn(picture: Image, place: tuple[float, float], size: int) -> Image:
    """With a blot of `size` pixels over `place` (shares of the size)."""
    spoilt = picture.copy()
    x, y = int(place[0] * picture.shape[1]), int(place[1] * picture.shape[0])
    spoilt[y - size // 2 : y + size // 2, x - size // 2 : x + size // 2] = 128
    return spoilt
