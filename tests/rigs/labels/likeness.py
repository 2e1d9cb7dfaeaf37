"""Whether what was sent to a printer is the PDF, by Poppler's picture of it."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.rigs.printers.sheets import codes_on

# Two programs round a dot here and there; a shift of 1 mm is 8 dots at 203 dots an inch.
NEAR_DOTS = 2


def poppler(pdf: bytes, size: tuple[int, int], folder: Path) -> Image.Image:
    """The first page, drawn by Poppler at so many pixels."""
    (folder / "page.pdf").write_bytes(pdf)
    scale = ["-scale-to-x", str(size[0]), "-scale-to-y", str(size[1])]
    command = [
        "pdftoppm",
        "-r",
        "300",
        *scale,
        "-singlefile",
        "-png",
        str(folder / "page.pdf"),
        str(folder / "page"),
    ]
    try:
        subprocess.run(command, check=True, timeout=60)
    except FileNotFoundError:
        pytest.skip("pdftoppm is not installed here")
    return Image.open(folder / "page.png").convert("L")


def apart(one: Image.Image, other: Image.Image, near: int = NEAR_DOTS) -> float:
    """The share of black dots of either that have no black dot of the other within `near`."""
    left, right = np.asarray(one.convert("L")) < 128, np.asarray(other.convert("L")) < 128
    assert left.shape == right.shape, (one.size, other.size)
    lonely = (left & ~_grown(right, near)).sum() + (right & ~_grown(left, near)).sum()
    return float(lonely) / max(1, int(left.sum() + right.sum()))


def code(picture: Image.Image, folder: Path) -> list[str]:
    """The QR codes in it, read by ZBar."""
    picture.convert("L").save(folder / "code.png")
    return codes_on(folder / "code.png")


def _grown(dots: np.ndarray, near: int) -> np.ndarray:
    grown = dots.copy()
    for down in range(-near, near + 1):
        for right in range(-near, near + 1):
            grown |= _moved(dots, down, right)
    return grown


def _moved(dots: np.ndarray, down: int, right: int) -> np.ndarray:
    padded = np.pad(dots, 8)
    height, width = dots.shape
    return padded[8 + down : 8 + down + height, 8 + right : 8 + right + width]
