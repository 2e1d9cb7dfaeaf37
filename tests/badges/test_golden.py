"""Badges as pictures, compared with those in tests/golden/, which a person has looked at.

`python -m tests.badges.test_golden` draws them anew: look at each before it is committed.
"""

import ctypes
import platform
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QImage

from eventdesk.badges import fonts, layout
from eventdesk.badges.elements import Side
from eventdesk.badges.render import render_image
from eventdesk.domain.badges import BadgeContents
from tests.badges import guests
from tests.badges.guests import ANNA, ARABIC, SIXTY_LETTERS

GOLDEN = Path(__file__).parent.parent / "golden"
DPI = 150
SIGNED = "HC1:" + "6BFOXN*TS0BI$ZDYSHTRMM/87*4S8O5VP9ZQ" * 4
# With the bundled fonts and the FreeType they were drawn with, each pixel is as it was. Elsewhere a pixel
# differs where a colour is off by more, and so many of a thousand may. A missing letter is ten times that.
COLOR_TOLERANCE = 64
MOST_PER_THOUSAND = 1.0
DRAWN_WITH = (2, 12, 1)
CJK, COLOR_EMOJI = "Noto Sans CJK SC", "Noto Color Emoji"


@dataclass(frozen=True)
class Golden:
    contents: BadgeContents
    layout: str = "card"
    needs: str = ""
    side: Side = "front"


def named(name: str, **changed: object) -> BadgeContents:
    return replace(ANNA, name=name, **changed)  # type: ignore[arg-type]


SPEAKER = named(SIXTY_LETTERS, product="Speaker", session="Saturday", begins="2026-06-10", born="2008-06-11")
PICTURES = {
    "card-latin": Golden(ANNA),
    "card-long-name": Golden(named(SIXTY_LETTERS)),
    "card-cut-name": Golden(named("Wolfeschlegelsteinhausenbergerdorff " * 6)),
    "card-arabic": Golden(named(ARABIC)),
    "card-hebrew": Golden(named(guests.HEBREW)),
    "card-cjk": Golden(named(guests.JAPANESE), needs=CJK),
    "card-japanese": Golden(named(guests.KANA), needs="Noto Sans CJK JP"),
    "card-chinese": Golden(named(guests.CHINESE), needs=CJK),
    "card-korean": Golden(named(guests.KOREAN), needs="Noto Sans CJK KR"),
    "card-emoji": Golden(named(guests.EMOJI), needs=COLOR_EMOJI),
    "card-devanagari": Golden(named(guests.DEVANAGARI)),
    "card-thai": Golden(named(guests.THAI)),
    "card-diacritics": Golden(named(guests.DIACRITICS)),
    "card-cyrillic": Golden(named(guests.CYRILLIC)),
    "card-greek": Golden(named(guests.GREEK)),
    "card-copy": Golden(named("Anna Müller", copy=1)),
    "card-bare": Golden(BadgeContents(ticket="t2", name="Li", code="Z9")),
    "label62-latin": Golden(ANNA, "label62"),
    "label62-copy": Golden(named(ARABIC, copy=2), "label62"),
    "a6-folded-latin": Golden(ANNA, "a6-folded"),
    "ticket-a4-latin": Golden(named("Anna Müller", when="10.06.2026 20:15", price="129,00 €"), "ticket-a4"),
    "ticket-a4-copy": Golden(named(ARABIC, code=SIGNED, copy=1), "ticket-a4"),
    "badge-4x3-speaker": Golden(SPEAKER, "badge-4x3"),
    "badge-4x3-arabic": Golden(named(ARABIC, copy=1), "badge-4x3"),
    "badge-4x6-front": Golden(SPEAKER, "badge-4x6"),
    "badge-4x6-back": Golden(SPEAKER, "badge-4x6", side="back"),
    "card-minors-minor": Golden(SPEAKER, "card-minors"),
    "card-minors-of-age": Golden(replace(SPEAKER, born="2008-06-10"), "card-minors"),
    "card-training": Golden(named("Anna Müller", code="TRAINING-7", training=True)),
    "a6-folded-copy": Golden(named(SIXTY_LETTERS, copy=1), "a6-folded"),
}


def draw(golden: Golden) -> QImage:
    return render_image(layout.shipped()[golden.layout], golden.contents, DPI, golden.side)


def differing(one: QImage, other: QImage) -> float:
    """Of a thousand pixels, how many differ by more than the tolerance."""
    apart = np.abs(_pixels(one) - _pixels(other)).max(axis=2) > COLOR_TOLERANCE
    return float(apart.mean() * 1000)


def _pixels(image: QImage) -> npt.NDArray[np.int16]:
    """Height x width x (blue, green, red)."""
    data: npt.NDArray[np.uint8] = np.frombuffer(image.constBits(), np.uint8)
    rows = data.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 4]
    return rows.reshape(image.height(), image.width(), 4)[:, :, :3].astype(np.int16)


@cache
def freetype() -> tuple[int, ...]:
    """The version of the FreeType that Qt draws letters with; () where it is not the system's."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return ()
    try:
        library = ctypes.CDLL("libfreetype.so.6")
    except OSError:
        return ()
    handle = ctypes.c_void_p()
    version = tuple(ctypes.c_int() for _ in range(3))
    library.FT_Init_FreeType(ctypes.byref(handle))
    library.FT_Library_Version(handle, *map(ctypes.byref, version))
    library.FT_Done_FreeType(handle)
    return tuple(number.value for number in version)


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_badge_looks_as_it_did_when_a_person_looked(name: str, tmp_path: Path) -> None:
    golden = PICTURES[name]
    if golden.needs and not fonts.has(golden.needs):
        pytest.skip(f"the font {golden.needs} is not installed here")
    drawn = draw(golden)
    expected = QImage(str(GOLDEN / f"{name}.png")).convertToFormat(QImage.Format.Format_RGB32)
    assert (drawn.width(), drawn.height()) == (expected.width(), expected.height())
    off, allowed = differing(drawn, expected), 0.0
    if golden.needs or freetype() != DRAWN_WITH:
        allowed = MOST_PER_THOUSAND
    elif drawn != expected:
        off = 1000.0
    if off > allowed:
        drawn.save(str(tmp_path / f"{name}.png"))
    assert off <= allowed, f"compare {tmp_path / name}.png with {GOLDEN / name}.png"


def test_the_comparison_sees_another_letter() -> None:
    assert differing(draw(Golden(ANNA)), draw(Golden(named("Anna Muller")))) > 0.1
    assert differing(draw(Golden(ANNA)), draw(Golden(named("Anne Möller")))) > MOST_PER_THOUSAND


def main() -> None:
    fonts.prepare()
    for name, golden in PICTURES.items():
        draw(golden).save(str(GOLDEN / f"{name}.png"))


if __name__ == "__main__":
    main()
