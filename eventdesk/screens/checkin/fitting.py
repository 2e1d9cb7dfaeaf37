"""Text that fits its box: as large as can be, then smaller, then on more lines, then cut short."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

LINES = 3


@dataclass(frozen=True, slots=True)
class Style:
    """Pixel sizes between which a text may be set. `lines` at most."""

    largest: float
    smallest: float
    weight: QFont.Weight = QFont.Weight.Normal
    lines: int = 1


def paint(painter: QPainter, text: str, box: QRectF, style: Style, flags: Qt.AlignmentFlag) -> float:
    """Paint `text` at the top of `box`; returns the height that it took, in logical pixels."""
    if not text or box.height() < style.smallest * 0.8:
        return 0.0
    font = fitted(painter.font(), text, box, style)
    metrics = QFontMetricsF(font, painter.device())
    wrap = Qt.TextFlag.TextWordWrap if style.lines > 1 else Qt.TextFlag.TextSingleLine
    shown = text if style.lines > 1 else metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    shown = shortened(metrics, shown, box, style) if style.lines > 1 else shown
    if shown == "…":
        return 0.0
    painter.save()
    painter.setFont(font)
    taken = painter.boundingRect(box, int(flags) | int(wrap), shown)
    painter.drawText(box, int(flags) | int(wrap), shown)
    painter.restore()
    return min(float(taken.height()), box.height())


def fitted(base: QFont, text: str, box: QRectF, style: Style) -> QFont:
    """The font in the largest size at which the text fits the box, no smaller than allowed."""
    font = QFont(base)
    font.setWeight(style.weight)
    size = min(style.largest, box.height() / 1.2)
    while size > style.smallest and not _fits(font, size, text, box, style.lines):
        size *= 0.92
    font.setPixelSize(max(1, round(max(size, style.smallest))))
    return font


def _fits(font: QFont, size: float, text: str, box: QRectF, lines: int) -> bool:
    font.setPixelSize(max(1, round(size)))
    metrics = QFontMetricsF(font)
    if lines == 1:
        return metrics.horizontalAdvance(text) <= box.width()
    height = _height(metrics, text, box.width())
    return height <= min(box.height(), metrics.lineSpacing() * (lines + 0.4))


def _height(metrics: QFontMetricsF, text: str, width: float) -> float:
    room = QRectF(0, 0, width, 100_000)
    return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()


def shortened(metrics: QFontMetricsF, text: str, box: QRectF, style: Style) -> str:
    """The text with its end cut off where even the smallest size does not fit."""
    room = min(box.height(), metrics.lineSpacing() * (style.lines + 0.4))
    if _height(metrics, text, box.width()) <= room:
        return text
    shortest, longest = 0, len(text)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        fits = _height(metrics, _cut(text, middle), box.width()) <= room
        shortest, longest = (middle, longest) if fits else (shortest, middle - 1)
    return _cut(text, shortest)


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip() + "…"
