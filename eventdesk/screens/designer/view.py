"""How the canvas is looked at: zoom, side, what is shown beside the badge itself."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Signal

from eventdesk.badges.elements import Side
from eventdesk.screens.designer.geometry import Point, Rect

LEAST_ZOOM, MOST_ZOOM = 1.0, 40.0
ZOOM_STEP = 1.25
# Of the whole page, which is drawn as one picture: four bytes each.
MOST_PIXELS = 20_000_000
# Pixels round the page.
MARGIN = 40


@dataclass(frozen=True, slots=True)
class Aids:
    """`grid` in millimetres."""

    grid: float = 1.0
    shows_grid: bool = False
    snaps: bool = True
    outlines: bool = True


class View(QObject):
    """`zoom` is pixels a millimetre; `side` front or back."""

    changed = Signal()
    side_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.zoom = 6.0
        self._most = MOST_ZOOM
        self.side: Side = "front"
        self.aids = Aids()

    def set_zoom(self, zoom: float) -> None:
        zoom = min(max(zoom, LEAST_ZOOM), self._most)
        if zoom != self.zoom:
            self.zoom = zoom
            self.changed.emit()

    def set_page(self, page: Rect) -> None:
        """A large page is shown less large."""
        self._most = min(MOST_ZOOM, (MOST_PIXELS / (page.width * page.height)) ** 0.5)
        self.set_zoom(self.zoom)

    def set_side(self, side: Side) -> None:
        if side != self.side:
            self.side = side
            self.side_changed.emit()
            self.changed.emit()

    def set_aids(self, aids: Aids) -> None:
        if aids != self.aids:
            self.aids = aids
            self.changed.emit()

    def shows(self, side: str) -> bool:
        """Whether an element of this side (front, back, both) stands on the one that is shown."""
        return side in (self.side, "both")

    def px(self, point: Point) -> QPointF:
        """Where on the canvas a place of the page is."""
        return QPointF(MARGIN + point[0] * self.zoom, MARGIN + point[1] * self.zoom)

    def mm(self, at: QPointF) -> Point:
        return (at.x() - MARGIN) / self.zoom, (at.y() - MARGIN) / self.zoom
