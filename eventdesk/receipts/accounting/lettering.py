"""Texts of the report. What the Latin face can set alone is set by reportlab, as text that can be searched;
any other is shaped by Qt and drawn as outlines, because reportlab joins no letters and turns no lines round.
"""

from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from math import ceil, floor
from typing import Any, NamedTuple
from unicodedata import bidirectional, combining, normalize

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QTextLayout, QTextOption
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable, Paragraph

from eventdesk import paths
from eventdesk.badges import fonts

REGULAR, BOLD = "EventDesk", "EventDesk-Bold"
# Of a letter's height: outlines have no size of their own.
PIXELS = 200
LEADING = 1.3
_TO_LEFT = {"R", "AL", "AN"}


@cache
def _faces() -> dict[str, TTFont]:
    fonts.prepare()
    folder = paths.resources() / "fonts"
    files = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}
    faces = {name: TTFont(name, str(folder / file)) for name, file in files.items()}
    for face in faces.values():
        pdfmetrics.registerFont(face)
    return faces


def prepare() -> None:
    """Register the faces. Raises as `badges.fonts.prepare`."""
    _faces()


@cache
def style(size: float = 8.0, bold: bool = False, right: bool = False) -> ParagraphStyle:
    prepare()
    return ParagraphStyle(
        f"{size}-{bold}-{right}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * LEADING,
        alignment=TA_RIGHT if right else TA_LEFT,
    )


def text(words: str, size: float = 8.0, bold: bool = False) -> Flowable:
    """The words in as many lines as they take."""
    words = normalize("NFC", words)
    if is_plain(words):
        return Paragraph(escape(words, quote=False), style(size, bold))
    return Shaped(words, size, bold)


def is_plain(words: str) -> bool:
    """Whether the Latin face has every letter, and none is joined, stacked or runs to the left."""
    glyphs = _faces()[REGULAR].face.charToGlyph
    return not any(needed.search(words) for needed, _family in fonts.SCRIPTS) and all(
        ord(letter) in glyphs and not combining(letter) and bidirectional(letter) not in _TO_LEFT
        for letter in words
    )


class Shaped(Flowable):
    """Words as Qt sets them, in as many lines as they take. Emoji that are pictures are left out."""

    def __init__(self, words: str, size: float, bold: bool) -> None:
        super().__init__()
        self._words, self._size, self._bold = words, size, bold

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.height = self._set().height * self._size / PIXELS
        return width, self.height

    def draw(self) -> None:
        """A form of the document: the same name a thousand times is one outline."""
        canvas, set_ = self.canv, self._set()
        form = f"words-{set_.key}"
        if not canvas.hasForm(form):
            scale = self._size / PIXELS
            bounds = set_.outline.boundingRect()
            left, right = floor(bounds.left() * scale), ceil(bounds.right() * scale)
            canvas.beginForm(
                form, left, floor(self.height - bounds.bottom() * scale), right, ceil(self.height)
            )
            path = canvas.beginPath()
            _trace(set_.outline, path, scale, self.height)
            canvas.drawPath(path, stroke=0, fill=1, fillMode=1)
            canvas.endForm()
        canvas.doForm(form)

    def _set(self) -> "Set":
        return _set(self._words, self._size, self._bold, round(self.width, 1))


class Set(NamedTuple):
    """Words in lines. `height` and `outline` in pixels; `key` is one for all that look the same."""

    key: str
    height: float
    outline: QPainterPath


@lru_cache(maxsize=512)
def _set(words: str, size: float, bold: bool, width: float) -> Set:
    layout = QTextLayout(words, fonts.font(words, "", PIXELS, bold))
    layout.setTextOption(_option())
    height = _set_lines(layout, width * PIXELS / size)
    key = sha256(f"{words}\0{size}\0{bold}\0{width}".encode()).hexdigest()[:32]
    return Set(key, height, _outline(layout))


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _set_lines(layout: QTextLayout, width: float) -> float:
    """The height that they come to."""
    top = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        # Faces rise to different heights: the letters of a row stand on one line.
        line.setPosition(QPointF(0, top + PIXELS - line.ascent()))
        top += PIXELS * LEADING
    layout.endLayout()
    return top


def _outline(layout: QTextLayout) -> QPainterPath:
    found = QPainterPath()
    for run in layout.glyphRuns():
        face = run.rawFont()
        for glyph, at in zip(run.glyphIndexes(), run.positions(), strict=True):
            found.addPath(face.pathForGlyph(glyph).translated(at))
    return found


def _trace(outline: QPainterPath, path: PDFPathObject, scale: float, height: float) -> None:
    """The outline into the PDF's path: upside down, as its page grows upwards."""

    def point(at: int) -> tuple[float, float]:
        element: Any = outline.elementAt(at)
        return element.x * scale, height - element.y * scale

    kinds = QPainterPath.ElementType
    at = 0
    while at < outline.elementCount():
        kind: Any = outline.elementAt(at)
        if kind.type is kinds.MoveToElement:
            path.moveTo(*point(at))
        elif kind.type is kinds.LineToElement:
            path.lineTo(*point(at))
        else:
            path.curveTo(*point(at), *point(at + 1), *point(at + 2))
            at += 2
        at += 1
