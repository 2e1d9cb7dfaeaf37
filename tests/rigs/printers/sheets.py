"""What is on a printed sheet, by readers that are not ours: Poppler draws it, ZBar reads its codes."""

import shutil
import subprocess
from pathlib import Path

import pytest


def draw(pdf: Path, dpi: int = 200) -> list[Path]:
    """The pages of a PDF as PNG files beside it."""
    _need("pdftoppm")
    stem = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(stem)], check=True, timeout=60)
    return sorted(pdf.parent.glob(f"{stem.name}-*.png"))


def codes(pdf: Path) -> list[str]:
    """The texts of all QR codes in a PDF, page by page."""
    return [text for page in draw(pdf) for text in codes_on(page)]


def codes_on(picture: Path) -> list[str]:
    """The texts of all QR codes in a picture."""
    _need("zbarimg")
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture)]
    read = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return read.stdout.splitlines()


def page_size(pdf: Path) -> tuple[float, float]:
    """Width and height of the first page in millimetres."""
    _need("pdfinfo")
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True, timeout=60)
    words = next(line for line in told.stdout.splitlines() if line.startswith("Page size:")).split()
    return float(words[2]) / 72 * 25.4, float(words[4]) / 72 * 25.4


def _need(name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed here")
