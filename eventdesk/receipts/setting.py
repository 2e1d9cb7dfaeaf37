"""Blocks set to a width: how high each is, and how it is painted. All lengths are dots."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextLayout, QTextOption

from eventdesk.badges import codes, fonts
from eventdesk.receipts.blocks import (
    LARGE,
    SMALL,
    Banner,
    Block,
    Code,
    Columns,
    Gap,
    Pair,
    Rule,
    Signature,
    Text,
)

# Between a text and the amount beside it, and the column of the taxes' letters.
GUTTER, MARK = 16, 28
# A code is drawn at whole dots a module, as near to this width as that allows.
CODE_WIDTH, LEAST_MODULE = 264, 3
SIGNATURE_ROOM = 72
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_CENTER = Qt.AlignmentFlag.AlignHCenter
Paint = Callable[[QPainter, float], None]


@dataclass(frozen=True, slots=True)
class Placed:
    """`paint(painter, y)` paints it with its upper edge at y."""

    height: float
    paint: Paint


def place(blocks: Iterable[Block], width: int) -> list[Placed]:
    """Each block set to the width."""
    blocks = tuple(blocks)
    marks = MARK if any(isinstance(block, Pair) and block.mark for block in blocks) else 0
    return [_place(block, width, marks) for block in blocks]


def _place(block: Block, width: int, marks: int) -> Placed:
    match block:
        case Text():
            text = _text(block, width)
            return Placed(text.height, lambda painter, y: text.draw(painter, block.indent, y))
        case Pair():
            return _pair(block, width, marks)
        case Columns():
            return _columns(block, width)
        case Banner():
            return _banner(block, width)
        case Code():
            return _code(block, width)
        case Signature():
            return _signature(block, width)
        case Rule():
            return Placed(block.thickness + 10, lambda painter, y: _rule(painter, y + 5, width, block))
        case Gap():
            return Placed(block.height, lambda _painter, _y: None)


@dataclass(frozen=True, slots=True)
class Lines:
    """A text broken into lines, ready to draw. `ascent` is the first one's, down to its baseline."""

    layout: QTextLayout
    width: float
    height: float
    ascent: float

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        self.layout.draw(painter, QPointF(x, y))


def _lines(text: str, size: int, bold: bool, width: float, side: Qt.AlignmentFlag) -> Lines:
    """Wrapped at words, and within one where it is longer than a line."""
    layout = QTextLayout(text.replace("\n", "\u2028"), fonts.font(text, "", size, bold))
    option = QTextOption(side)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    widest = height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        widest = max(widest, line.naturalTextWidth())
        height += line.height()
    layout.endLayout()
    return Lines(layout, widest, height, layout.lineAt(0).ascent() if layout.lineCount() else 0.0)


def _start(text: str) -> Qt.AlignmentFlag:
    return _RIGHT if fonts.runs_to_left(text) else _LEFT


def _text(block: Text, width: int) -> Lines:
    side = _CENTER if block.centered else _start(block.text)
    return _lines(block.text, block.size, block.bold, width - block.indent, side)


def _pair(block: Pair, width: int, marks: int) -> Placed:
    edge = width - marks
    right = _lines(block.right, block.size, block.bold, edge - block.indent, _RIGHT)
    room = edge - block.indent - right.width - GUTTER
    left = _lines(block.left, block.size, block.bold, max(room, block.size), _start(block.left))
    mark = _lines(block.mark, block.size, block.bold, marks, _RIGHT)
    parts = ((left, block.indent), (right, block.indent), (mark, edge))
    # Scripts stand differently high: what is on one line shares its baseline.
    baseline = max(part.ascent for part, _ in parts)

    def paint(painter: QPainter, y: float) -> None:
        for part, x in parts:
            part.draw(painter, x, y + baseline - part.ascent)

    return Placed(max(part.height + baseline - part.ascent for part, _ in parts), paint)


def _columns(block: Columns, width: int) -> Placed:
    each = width / len(block.cells)
    cells = [
        _lines(cell, block.size, block.bold, each - GUTTER / 2, _RIGHT if number else _LEFT)
        for number, cell in enumerate(block.cells)
    ]

    def paint(painter: QPainter, y: float) -> None:
        for number, cell in enumerate(cells):
            cell.draw(painter, number * each + (GUTTER / 2 if number else 0), y)

    return Placed(max(cell.height for cell in cells), paint)


def _banner(block: Banner, width: int) -> Placed:
    text = _lines(block.text, block.size, True, width, _CENTER)

    def paint(painter: QPainter, y: float) -> None:
        painter.fillRect(QRectF(0, y + 4, width, text.height), QColor("black"))
        painter.setPen(QColor("white"))
        text.draw(painter, 0, y + 4)
        painter.setPen(QColor("black"))

    return Placed(text.height + 8, paint)


def _code(block: Code, width: int) -> Placed:
    words = _lines(block.words, LARGE - 4, True, width, _CENTER) if block.words else None
    drawn, modules, _ = codes.path(block.text)
    scale = min(max(LEAST_MODULE, round(CODE_WIDTH / modules)), max(1, width // modules))
    above = words.height if words else 0.0

    def paint(painter: QPainter, y: float) -> None:
        if words:
            words.draw(painter, 0, y)
        painter.save()
        # Whole dots: a module that begins within one is printed too wide or too narrow.
        painter.translate(round((width - scale * modules) / 2), round(y + above))
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(QRectF(0, 0, modules, modules), Qt.GlobalColor.white)
        painter.fillPath(drawn, Qt.GlobalColor.black)
        painter.restore()

    return Placed(above + scale * modules, paint)


def _signature(block: Signature, width: int) -> Placed:
    words = _lines(block.words, SMALL, False, width, _start(block.words))

    def paint(painter: QPainter, y: float) -> None:
        painter.fillRect(QRectF(0, y + SIGNATURE_ROOM, width, 2), QColor("black"))
        words.draw(painter, 0, y + SIGNATURE_ROOM + 4)

    return Placed(SIGNATURE_ROOM + 4 + words.height, paint)


def _rule(painter: QPainter, y: float, width: int, block: Rule) -> None:
    painter.fillRect(QRectF(0, round(y), width, block.thickness), QColor("black"))
