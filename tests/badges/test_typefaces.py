"""Fonts that a layout brings along: used in it, and nowhere else."""

import base64
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFontDatabase, QImage

from eventdesk import paths
from eventdesk.badges import layout, typefaces
from eventdesk.badges.layout import Layout
from eventdesk.badges.render import render_image, render_pdf
from eventdesk.errors import BadInput
from tests.badges.guests import ANNA

FONTS = paths.resources() / "fonts"


def font(name: str) -> str:
    return base64.b64encode((FONTS / f"{name}.ttf").read_bytes()).decode()


THAI, BOLD = font("NotoSansThai-Regular"), font("NotoSans-Bold")


def data(family: str, **fonts: str) -> dict[str, Any]:
    name = {"type": "text", "id": "name", "x": 0, "y": 0, "width": 60, "height": 20, "size": 24}
    element = {**name, "content": "{name}", "font": family}
    return {"name": "Own", "page": {"width": 60, "height": 20}, "elements": [element], "fonts": fonts}


def drawn(family: str, **fonts: str) -> QImage:
    return render_image(layout.parse(data(family, **fonts)), ANNA, 100)


def test_a_font_of_the_layout_is_drawn_with() -> None:
    assert drawn("Brand", Brand=BOLD) != drawn("")
    assert drawn("Brand", Brand=BOLD) != drawn("Brand", Brand=THAI)


def test_two_layouts_may_call_different_fonts_the_same() -> None:
    first = drawn("Brand", Brand=BOLD)
    second = drawn("Brand", Brand=THAI)
    assert (drawn("Brand", Brand=BOLD), drawn("Brand", Brand=THAI)) == (first, second)
    assert drawn("Brand") == drawn("")


def test_a_font_called_as_a_bundled_one_changes_no_other_layout() -> None:
    plain = drawn("Noto Sans")
    assert drawn("Noto Sans", **{"Noto Sans": THAI}) != plain
    assert drawn("Noto Sans") == plain
    assert drawn("") == plain


def test_the_fonts_own_name_is_not_the_programs() -> None:
    before = QFontDatabase.families(), QFontDatabase.styles("Noto Sans Hebrew")
    own = font("NotoSansHebrew-Bold")
    drawn("Brand", Brand=own)
    assert set(QFontDatabase.families()) - set(before[0]) == {typefaces.renamed(own)[0]}
    assert QFontDatabase.styles("Noto Sans Hebrew") == before[1]


def test_letters_that_the_font_lacks_come_from_the_bundled_ones(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here")
    file = tmp_path / "badge.pdf"
    file.write_bytes(render_pdf(layout.parse(data("Brand", Brand=THAI)), ANNA))
    said = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert "Anna Müller" in said


def test_an_opentype_font_with_postscript_outlines_is_taken() -> None:
    found = sorted(Path("/usr/share/fonts").rglob("*.otf"))
    if not found:
        pytest.skip("no .otf is installed here")
    own = base64.b64encode(found[0].read_bytes()).decode()
    assert drawn("Brand", Brand=own) != drawn("")


def test_a_layout_with_a_font_survives_the_log() -> None:
    made = layout.parse(data("Brand", Brand=THAI))
    assert layout.parse(layout.to_data(made)) == made


RAW = base64.b64decode(THAI)
WRONG = {
    "not base64": ("nonsense!", "not base64"),
    "empty": ("", "no TTF or OTF"),
    "a picture": (base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(200)).decode(), "no TTF or OTF"),
    "cut off": (base64.b64encode(RAW[: len(RAW) // 2]).decode(), "no TTF or OTF"),
    "no tables": (base64.b64encode(RAW[:12]).decode(), "no TTF or OTF"),
    "many tables": (base64.b64encode(RAW[:4] + b"\xff" * 400).decode(), "no TTF or OTF"),
    "too large": ("A" * (typefaces.LARGEST + 4), "a font may have 2100 kB"),
}


@pytest.mark.parametrize("wrong", sorted(WRONG))
def test_what_is_no_font_is_refused_by_name(wrong: str) -> None:
    given, words = WRONG[wrong]
    with pytest.raises(BadInput) as told:
        layout.parse(data("Brand", Brand=given))
    assert told.value.message.startswith('Layout "Own", fonts, member "Brand": ')
    assert words in told.value.message


@pytest.mark.parametrize("fonts", [[], "Brand", {"": THAI}, {"Brand": 7}, {f"F{n}": THAI for n in range(9)}])
def test_fonts_are_families_with_base64(fonts: Any) -> None:
    with pytest.raises(BadInput, match="fonts"):
        layout.parse({**data(""), "fonts": fonts})


def test_pictures_and_fonts_of_a_layout_have_a_limit_together() -> None:
    fonts = {f"F{number}": THAI for number in range(8)}
    pictures = [
        {"type": "image", "x": 0, "y": 0, "width": 9, "height": 9, "data": "A" * 2_799_999} for _ in range(2)
    ]
    with pytest.raises(
        BadInput, match=r'Layout "Own": its pictures and fonts have \d+ kB; 4200 are the most'
    ):
        layout.parse({**data("", **fonts), "elements": pictures})


def test_a_font_that_qt_refuses_is_told_when_a_badge_is_drawn() -> None:
    tables = typefaces.renamed(THAI)[1]
    broken = base64.b64encode(tables[:400] + bytes(len(tables) - 400)).decode()
    with pytest.raises(BadInput, match="no TTF or OTF"):
        layout.parse(data("Brand", Brand=broken))
    kept = layout.parse(data("Brand", Brand=THAI))
    forced = Layout(kept.name, kept.page, kept.elements, {"Brand": broken})
    with pytest.raises(BadInput, match=r'element 1 \("name"\), member "font": the font "Brand"'):
        render_pdf(forced, ANNA)
