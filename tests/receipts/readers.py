"""Receipts read by programs that are not ours. Where one is absent the test is skipped, in words."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from eventdesk.domain.paper import Raster
from tests.rigs.printers import sheets

# Tesseract was taught on scans of 300 dots an inch.
ENLARGED = 2


def picture(raster: Raster) -> Image.Image:
    """Black on white, as it comes out."""
    return Image.frombytes("1", (raster.width, raster.height), bytes(255 - byte for byte in raster.rows))


def codes(image: Image.Image, folder: Path) -> list[str]:
    """The texts of all QR codes, sorted."""
    return sorted(sheets.codes_on(_written(image, folder, 1)))


def words(image: Image.Image, folder: Path) -> list[str]:
    """The lines of text, as they stand."""
    file = _written(image, folder, ENLARGED)
    return _run(["tesseract", str(file), "-", "--psm", "6", "-l", "eng"]).splitlines()


def _written(image: Image.Image, folder: Path, times: int) -> Path:
    """With white round it, as paper has."""
    paper = Image.new("L", (image.width + 80, image.height + 80), 255)
    paper.paste(image, (40, 40))
    file = folder / "receipt.png"
    paper.resize((paper.width * times, paper.height * times), Image.Resampling.LANCZOS).save(file)
    return file


def _run(command: list[str]) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here")
    # On a busy machine Tesseract's threads wait for each other.
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=one_thread)
    return done.stdout
