"""A word across everything that is printed: hollow letters, so that what is below stays legible."""

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from eventdesk.badges import fonts

TURN = -24
# Of the width: the word's length, and from one to the next.
LENGTH, EVERY = 0.75, 0.57


def paint_watermark(painter: QPainter, word: str, size: QSizeF, pen: float) -> None:
    """Across a page of `size` from the painter's origin, as often as there is room; `pen` is the width of a
    stroke."""
    letters = QPainterPath()
    letters.addText(QPointF(0, 0), fonts.font(word, "", 100, True), word)
    box = letters.boundingRect()
    scale = LENGTH * size.width() / box.width()
    every = EVERY * size.width()
    painter.setPen(QPen(QColor("black"), pen / scale))
    number = max(1, round(size.height() / every))
    for turn in range(number):
        painter.save()
        painter.translate(size.width() / 2, size.height() * (turn + 0.5) / number)
        painter.rotate(TURN)
        painter.scale(scale, scale)
        painter.drawPath(letters.translated(-box.center()))
        painter.restore()
