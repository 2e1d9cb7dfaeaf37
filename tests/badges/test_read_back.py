"""Badges in ten scripts, read by programs that are not ours: Poppler reads the texts, Tesseract the picture,
ZBar the code."""

import os
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from eventdesk.badges import fonts, layout
from eventdesk.badges.render import render_image, render_pdf
from tests.badges import guests
from tests.badges.guests import ANNA
from tests.rigs.printers import sheets

# The name, and the language Tesseract reads it in. (A PDF tells no letters of Devanagari's joined signs.)
NAMES = {
    "latin": (guests.DIACRITICS, ""),
    "cyrillic": (guests.CYRILLIC, "rus"),
    "greek": (guests.GREEK, "ell"),
    "arabic": (guests.ARABIC, "ara"),
    "hebrew": (guests.HEBREW, "heb"),
    "devanagari": (guests.DEVANAGARI, "hin"),
    "thai": (guests.THAI, ""),
    "chinese": (guests.CHINESE, "chi_sim"),
    "japanese": (guests.KANA, "jpn"),
    "korean": (guests.KOREAN, ""),
}
NEEDS = {"chinese": "Noto Sans CJK SC", "japanese": "Noto Sans CJK JP", "korean": "Noto Sans CJK KR"}
BY_POPPLER = sorted(set(NAMES) - {"devanagari"})
BY_TESSERACT = sorted(name for name, (_, language) in NAMES.items() if language)
CODE = "TEN-SCRIPTS-7"
# Of the card's name, in dots at 300 an inch: x, y, width, height.
PLACE = (47, 130, 620, 270)


def badge(script: str, folder: Path) -> Path:
    if script in NEEDS and not fonts.has(NEEDS[script]):
        pytest.skip(f"the font {NEEDS[script]} is not installed here")
    file = folder / f"{script}.pdf"
    guest = replace(ANNA, name=NAMES[script][0], code=CODE)
    file.write_bytes(render_pdf(layout.shipped()["card"], guest))
    return file


def letters(text: str) -> str:
    """The letters alone, presentation forms as the letters that they stand for."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(one for one in plain if not one.isspace() and unicodedata.category(one) != "Cf")


@pytest.mark.parametrize("script", BY_POPPLER)
def test_the_name_is_in_the_pdf(script: str, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here")
    command = ["pdftotext", "-raw", str(badge(script, tmp_path)), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert letters(NAMES[script][0]) in letters(said)


@pytest.mark.parametrize("script", BY_TESSERACT)
def test_the_name_is_legible_on_the_paper(script: str, tmp_path: Path) -> None:
    name, language = NAMES[script]
    if language not in _languages():
        pytest.skip(f"Tesseract does not read {language} here")
    file = badge(script, tmp_path)
    x, y, width, height = map(str, PLACE)
    crop = ["-x", x, "-y", y, "-W", width, "-H", height]
    picture = file.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-r", "300", "-png", "-singlefile", *crop, str(file), str(picture)], check=True
    )
    read = subprocess.run(
        ["tesseract", f"{picture}.png", "-", "-l", language, "--psm", "6"],
        capture_output=True, text=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    assert letters(read.stdout) == letters(name)


@pytest.mark.parametrize("script", sorted(NAMES))
def test_the_code_is_read_beside_every_script(script: str, tmp_path: Path) -> None:
    assert sheets.codes(badge(script, tmp_path)) == [CODE]


def test_arabic_letters_are_joined(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here")
    command = ["pdftotext", "-raw", str(badge("arabic", tmp_path)), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # Of "Muhammad": the initial, medial, medial and final shapes.
    assert "\ufee3\ufea4\ufee4\ufeaa" in re.sub(r"[\s\u202a-\u202e]", "", said)


def test_emoji_are_drawn_in_colour() -> None:
    if not fonts.has("Noto Color Emoji"):
        pytest.skip("the font Noto Color Emoji is not installed here")
    image = render_image(layout.shipped()["card"], replace(ANNA, name=guests.EMOJI, code=""), 100)
    colours = {image.pixelColor(x, y).hsvHue() for x in range(image.width()) for y in range(image.height())}
    assert len(colours) > 20


def _languages() -> set[str]:
    if shutil.which("tesseract") is None or shutil.which("pdftoppm") is None:
        return set()
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return set(told.stdout.split())
