"""The verdicts' signs: each has a shape of its own, so that nobody needs the colour to tell them apart."""

from collections.abc import Callable
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from eventdesk.screens import palette
from eventdesk.screens.checkin.shown import Face
from eventdesk.screens.palette import Coat

COATS: dict[Face, Coat] = {
    Face.ADMITTED: palette.ADMITTED,
    Face.LEFT: palette.LEFT,
    Face.REFUSED: palette.REFUSED,
    Face.ASKING: palette.ASKING,
    Face.INFORMING: palette.INFORMING,
    Face.PRINTING: palette.INFORMING,
}

Stroke = list[tuple[float, float]]


def draw(painter: QPainter, face: Face, box: QRectF, ground: QColor, ink: QColor) -> None:
    """The sign of `face`: a filled shape in `ink` with its mark cut out in `ground`, within `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPath(_OUTLINES[face](box))
    _mark(painter, face, box, ground)
    painter.restore()


def _circle(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(box)
    return path


def _polygon(corners: int, turn: float) -> Callable[[QRectF], QPainterPath]:
    def outline(box: QRectF) -> QPainterPath:
        radius = box.width() / 2
        angles = [turn + 2 * pi * i / corners for i in range(corners)]
        points = [box.center() + QPointF(cos(a) * radius, sin(a) * radius) for a in angles]
        path = QPainterPath()
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
        return path

    return outline


def _square(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    inset = box.width() * 0.08
    path.addRoundedRect(box.adjusted(inset, inset, -inset, -inset), box.width() * 0.16, box.width() * 0.16)
    return path


def _pill(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    inset = box.height() * 0.18
    narrow = box.adjusted(0, inset, 0, -inset)
    path.addRoundedRect(narrow, narrow.height() / 2, narrow.height() / 2)
    return path


_OUTLINES: dict[Face, Callable[[QRectF], QPainterPath]] = {
    Face.READY: _circle,
    Face.ADMITTED: _circle,
    Face.REFUSED: _polygon(8, pi / 8),
    Face.ASKING: _polygon(4, 0.0),
    Face.INFORMING: _square,
    Face.PRINTING: _square,
    Face.LEFT: _pill,
}

# Lines of the marks on a grid of 0 to 1.
_STROKES: dict[Face, list[Stroke]] = {
    Face.ADMITTED: [[(0.26, 0.52), (0.44, 0.70), (0.75, 0.34)]],
    Face.REFUSED: [[(0.30, 0.30), (0.70, 0.70)], [(0.70, 0.30), (0.30, 0.70)]],
    Face.LEFT: [[(0.24, 0.50), (0.74, 0.50)], [(0.58, 0.36), (0.74, 0.50), (0.58, 0.64)]],
    Face.PRINTING: [
        [(0.38, 0.42), (0.38, 0.25), (0.62, 0.25), (0.62, 0.42)],
        [(0.36, 0.66), (0.26, 0.66), (0.26, 0.43), (0.74, 0.43), (0.74, 0.66), (0.64, 0.66)],
        [(0.38, 0.58), (0.62, 0.58), (0.62, 0.77), (0.38, 0.77), (0.38, 0.58)],
    ],
    Face.READY: [[(0.30, 0.50), (0.301, 0.50)], [(0.50, 0.50), (0.501, 0.50)], [(0.70, 0.50), (0.701, 0.50)]],
}
_LETTERS = {Face.ASKING: "?", Face.INFORMING: "i"}


def _mark(painter: QPainter, face: Face, box: QRectF, colour: QColor) -> None:
    letter = _LETTERS.get(face)
    if letter:
        font = painter.font()
        font.setBold(True)
        font.setPixelSize(max(8, round(box.height() * 0.62)))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
        return
    width = box.width() * (0.055 if face is Face.PRINTING else 0.11)
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in _STROKES[face]:
        points = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in stroke]
        painter.drawPolyline(QPolygonF(points))
