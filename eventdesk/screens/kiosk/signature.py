"""A line drawn with a finger, as an SVG path within 0 0 1000 400."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.i18n import tr

WIDE, HIGH = 1000, 400
# What is stored has no more: a name in full takes a few hundred.
MOST_POINTS = 3000
# A dot by mistake is no signature: so long a line at least, in the path's own units.
LEAST_LENGTH = 80.0
NEAR = 2.0

Stroke = list[tuple[int, int]]


class SignaturePad(QWidget):
    """`changed` with each line that is drawn, and when all was wiped away."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[Stroke] = []
        self._points = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Sign here with your finger"))
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        return QSize(500, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 80)

    def clear(self) -> None:
        self._strokes.clear()
        self._points = 0
        self.changed.emit()
        self.update()

    def is_signed(self) -> bool:
        return sum(_length(stroke) for stroke in self._strokes) >= LEAST_LENGTH

    def path(self) -> str:
        """The drawn line; empty where nothing was drawn."""
        return " ".join("M" + " L".join(f"{x} {y}" for x, y in stroke) for stroke in self._strokes)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._points < MOST_POINTS:
            self._strokes.append([])
            self._add(self._scaled(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._strokes:
            point, last = self._scaled(event.position()), self._strokes[-1][-1]
            far = abs(point[0] - last[0]) + abs(point[1] - last[1]) >= NEAR
            if far and self._points < MOST_POINTS:
                self._add(point)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.changed.emit()

    def _add(self, point: tuple[int, int]) -> None:
        self._strokes[-1].append(point)
        self._points += 1
        self.update()

    def _scaled(self, point: QPointF) -> tuple[int, int]:
        """One scale for both ways, so that the name keeps its shape."""
        scale = self._scale()
        x, y = round(point.x() / scale), round(point.y() / scale)
        return min(max(x, 0), WIDE), min(max(y, 0), HIGH)

    def _scale(self) -> float:
        """Pixels to a unit of the path."""
        return max(self.width() / WIDE, self.height() / HIGH, 0.01)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        ink = self.palette().color(QPalette.ColorRole.Text)
        painter.setPen(QPen(ink, 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        low = round(self.height() * 0.78)
        painter.drawLine(16, low, self.width() - 16, low)
        painter.setPen(
            QPen(ink, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        scale = self._scale()
        for stroke in self._strokes:
            points = [QPointF(x * scale, y * scale) for x, y in stroke]
            painter.drawPolyline(points) if len(points) > 1 else painter.drawPoint(points[0])


def _length(stroke: Sequence[tuple[int, int]]) -> float:
    steps = pairwise(stroke)
    return sum(hypot(a - c, b - d) for (a, b), (c, d) in steps)
