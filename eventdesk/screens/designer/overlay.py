"""What is painted over the badge and never printed: frames, handles, guides, the grid, marks of faults."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF

from eventdesk.screens.designer.geometry import Rect, corners_of, is_line, number
from eventdesk.screens.designer.handles import TURN, handles_of
from eventdesk.screens.designer.snapping import Guides
from eventdesk.screens.designer.view import View

HANDLE_PX = 8
BADGE_PX = 16
# A grid closer than this is grey mist.
LEAST_GRID_PX = 6
# On the page, which is white whatever the program wears.
ACCENT, FAULT, CUT, FRAME, GRID, GUIDE = "#1B4FD1", "#A5150F", "#B45309", "#8A94A3", "#DCE3EC", "#C026D3"


@dataclass(frozen=True)
class Marks:
    """`elements` of this side by place; `cut`: their text had to be cut; `missing`: nothing is printed of
    them for this guest. Millimetres."""

    page: Rect
    elements: Mapping[int, Mapping[str, Any]]
    chosen: AbstractSet[int] = frozenset()
    faults: AbstractSet[int] = frozenset()
    cut: AbstractSet[int] = frozenset()
    missing: AbstractSet[int] = frozenset()
    guides: Guides = field(default_factory=Guides)
    band: Rect | None = None
    focus: bool = False
    moving: bool = False


def paint_marks(painter: QPainter, view: View, palette: QPalette, marks: Marks) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    page = QRectF(view.px((0, 0)), view.px((marks.page.width, marks.page.height)))
    if view.aids.shows_grid and view.aids.grid * view.zoom >= LEAST_GRID_PX:
        _grid(painter, view, marks.page)
    edge = palette.color(QPalette.ColorRole.Highlight if marks.focus else QPalette.ColorRole.Dark)
    painter.setPen(QPen(edge, 2 if marks.focus else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(page.adjusted(-1, -1, 1, 1))
    for place, element in marks.elements.items():
        _element(painter, view, marks, place, element)
    _guides(painter, view, page, marks.guides)
    for place in marks.chosen:
        _chosen(painter, view, marks, marks.elements[place])
    if marks.band is not None:
        _band(painter, view, marks.band)


def _grid(painter: QPainter, view: View, page: Rect) -> None:
    painter.save()
    # What is printed stays as dark as it is.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Darken)
    painter.setPen(QPen(QColor(GRID), 1))
    step = view.aids.grid
    for column in range(1, round(page.width / step + 0.499)):
        painter.drawLine(view.px((column * step, 0)), view.px((column * step, page.height)))
    for line in range(1, round(page.height / step + 0.499)):
        painter.drawLine(view.px((0, line * step)), view.px((page.width, line * step)))
    painter.restore()


def _outline(view: View, element: Mapping[str, Any]) -> QPolygonF:
    if is_line(element):
        ends = [
            (number(element, "x"), number(element, "y")),
            (number(element, "to_x"), number(element, "to_y")),
        ]
        return QPolygonF([view.px(end) for end in ends])
    return QPolygonF([view.px(corner) for corner in corners_of(element)])


def _element(painter: QPainter, view: View, marks: Marks, place: int, element: Mapping[str, Any]) -> None:
    outline = _outline(view, element)
    if place in marks.faults:
        painter.setPen(QPen(QColor(FAULT), 2, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(165, 21, 15, 24))
        painter.drawPolygon(outline)
        _sign(painter, outline, FAULT)
    elif place in marks.cut:
        painter.setPen(QPen(QColor(CUT), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(outline)
        _sign(painter, outline, CUT)
    elif view.aids.outlines and place not in marks.chosen and not is_line(element):
        painter.setPen(QPen(QColor(FRAME), 1, Qt.PenStyle.DotLine))
        painter.setBrush(QColor(138, 148, 163, 20) if place in marks.missing else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(outline)


def _sign(painter: QPainter, outline: QPolygonF, colour: str) -> None:
    """An exclamation mark at the corner: colour alone says nothing to many eyes."""
    box = QRectF(0, 0, BADGE_PX, BADGE_PX)
    # Beside the corner, where the handle is.
    box.moveCenter(outline.at(min(1, outline.size() - 1)) + QPointF(BADGE_PX, -BADGE_PX) * 0.7)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(box)
    font = painter.font()
    font.setPixelSize(BADGE_PX - 4)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "!")


def _chosen(painter: QPainter, view: View, marks: Marks, element: Mapping[str, Any]) -> None:
    accent = QColor(ACCENT)
    painter.setPen(QPen(accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_outline(view, element))
    if len(marks.chosen) != 1 or marks.moving:
        return
    handles = handles_of(element, 1 / view.zoom)
    turns = [one for one in handles if one.kind == TURN]
    if turns:
        top = next(one for one in handles if one.kind == "size" and (one.across, one.down) == (0, -1))
        painter.drawLine(view.px(top.at), view.px(turns[0].at))
    painter.setBrush(QColor("#FFFFFF"))
    for one in handles:
        box = QRectF(0, 0, HANDLE_PX, HANDLE_PX)
        box.moveCenter(view.px(one.at))
        if one.kind == "size":
            painter.drawRect(box)
        else:
            painter.drawEllipse(box.adjusted(-1, -1, 1, 1))


def _guides(painter: QPainter, view: View, page: QRectF, guides: Guides) -> None:
    painter.setPen(QPen(QColor(GUIDE), 1))
    beyond = 12
    for x in guides.down:
        at = view.px((x, 0)).x()
        painter.drawLine(QLineF(QPointF(at, page.top() - beyond), QPointF(at, page.bottom() + beyond)))
    for y in guides.across:
        at = view.px((0, y)).y()
        painter.drawLine(QLineF(QPointF(page.left() - beyond, at), QPointF(page.right() + beyond, at)))


def _band(painter: QPainter, view: View, band: Rect) -> None:
    accent = QColor(ACCENT)
    painter.setPen(QPen(accent, 1))
    accent.setAlpha(30)
    painter.setBrush(accent)
    painter.drawRect(QRectF(view.px((band.left, band.top)), view.px((band.right, band.bottom))))
