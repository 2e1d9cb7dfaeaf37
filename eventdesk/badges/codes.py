"""QR codes and barcodes as vector paths."""

import re
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import zxingcpp
from PySide6.QtGui import QPainterPath

from eventdesk.errors import BadInput

QR = "qr"
# ISO/IEC 18004 asks for four modules of white on every side.
QUIET_ZONE = 4
# Of a dot: black is 0.
_DARK = bytes([1]) + bytes(255)
_RUN = re.compile(b"\x01+")
Rows = tuple[tuple[bool, ...], ...]


class Kind(NamedTuple):
    """How a kind of code is made: zxing-cpp's name for it, its options; modules of white beside, above."""

    format: zxingcpp.BarcodeFormat
    words: str
    options: dict[str, object]
    white: tuple[int, int]


_FORMATS = zxingcpp.BarcodeFormat
KINDS = {
    QR: Kind(_FORMATS.QRCodeModel2, "a QR code", {"ec_level": "M"}, (QUIET_ZONE, QUIET_ZONE)),
    "code128": Kind(_FORMATS.Code128, "a Code 128", {}, (10, 0)),
    "datamatrix": Kind(_FORMATS.DataMatrix, "a Data Matrix", {"forceSquare": True}, (2, 2)),
    "pdf417": Kind(_FORMATS.PDF417, "a PDF417", {}, (2, 2)),
    "aztec": Kind(_FORMATS.Aztec, "an Aztec code", {}, (2, 2)),
}


class Drawn(NamedTuple):
    """The dark modules as one path in which a module is 1 wide; the size in modules, the white included."""

    path: QPainterPath
    width: int
    height: int


@lru_cache(maxsize=64)
def modules(text: str, kind: str = QR) -> Rows:
    """The dark and light modules of a code, the white around it included. Raises BadInput."""
    beside, above = KINDS[kind].white
    inside = [(False,) * beside + tuple(map(bool, row)) + (False,) * beside for row in _made(text, kind)]
    white = ((False,) * len(inside[0]),) * above
    return (*white, *inside, *white)


def _made(text: str, kind: str) -> list[bytes]:
    """A byte a module, row by row: 1 where it is dark."""
    made = KINDS[kind]
    try:
        code = zxingcpp.create_barcode(text, made.format, **made.options)
    except ValueError as error:
        raise BadInput(
            _words(text, made, str(error)), "Change what the layout puts into this code."
        ) from error
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    width = image.shape[1]
    dots = bytes(image).translate(_DARK)
    rows = [dots[place : place + width] for place in range(0, len(dots), width)]
    # A bar is drawn as high as there is room: one row says it all.
    return rows[:1] if kind == "code128" else rows


def _words(text: str, kind: Kind, error: str) -> str:
    if "too long" in error:
        return f"A text of {len(text)} letters is too long for {kind.words}."
    if "character" in error.lower():
        return f"There are letters that {kind.words} can't hold."
    return f"This can't be made {kind.words}: {error}."


def path(text: str, kind: str = QR) -> Drawn:
    """The code, ready to be filled with black.

    Neighbours are joined along a row, and rows that are alike, so that no hair line shows between them.
    """
    rows = _made(text, kind)
    beside, above = KINDS[kind].white
    drawn = QPainterPath()
    y = above
    for row, alike in groupby(rows):
        height = len(list(alike))
        for run in _RUN.finditer(row):
            drawn.addRect(beside + run.start(), y, run.end() - run.start(), height)
        y += height
    return Drawn(drawn, len(rows[0]) + 2 * beside, len(rows) + 2 * above)
