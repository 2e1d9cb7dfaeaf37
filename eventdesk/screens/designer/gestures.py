"""What the mouse does while it is down: each gesture makes, of where it is, the layout as it would be."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from math import atan2, degrees
from typing import Any

from eventdesk.i18n import tr
from eventdesk.screens.designer import edits, placing
from eventdesk.screens.designer.geometry import (
    Point,
    Rect,
    around,
    bounds_of,
    box_of,
    number,
    turn_of,
    turned,
)
from eventdesk.screens.designer.handles import Handle
from eventdesk.screens.designer.snapping import NOTHING, Guides, Pulls, pull_point, pull_rect

Data = Mapping[str, Any]
TURN_STEP = 15
TURN_REACH = 4


class Gesture(ABC):
    """`data` is the layout as it stood when the mouse went down, `start` where. Millimetres."""

    words = ""

    def __init__(self, data: Data, start: Point, pulls: Pulls) -> None:
        self._data, self._start, self._pulls = data, start, pulls
        self.guides = Guides()

    def at(self, point: Point, *, free: bool = False, keep: bool = False) -> Data:
        """The layout with the mouse at the point. `free`: nothing pulls; `keep`: the shape (or the line of
        the movement) is kept."""
        pulls = NOTHING if free else self._pulls
        self.guides = Guides()
        return self._made(point, pulls, keep)

    @abstractmethod
    def _made(self, point: Point, pulls: Pulls, keep: bool) -> Data: ...


class Move(Gesture):
    def __init__(self, data: Data, start: Point, pulls: Pulls, chosen: frozenset[int]) -> None:
        super().__init__(data, start, pulls)
        self.words = tr("Move")
        self._chosen = chosen
        elements = edits.elements_of(data)
        self._box = around(bounds_of(elements[place]) for place in chosen)

    def _made(self, point: Point, pulls: Pulls, keep: bool) -> Data:
        dx, dy = point[0] - self._start[0], point[1] - self._start[1]
        if keep:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        if self._box is not None:
            pulled = pull_rect(self._box.moved(dx, dy), pulls)
            self.guides = pulled.guides
            if not (keep and dx == 0):
                dx += pulled.dx
            if not (keep and dy == 0):
                dy += pulled.dy
        return placing.moved(self._data, self._chosen, dx, dy)


class _OfOne(Gesture):
    def __init__(self, data: Data, start: Point, pulls: Pulls, place: int) -> None:
        super().__init__(data, start, pulls)
        self._place = place
        self._element = edits.elements_of(data)[place]
        self._page = edits.page_of(data)

    def _with(self, element: dict[str, Any]) -> Data:
        return edits.changed(self._data, {self._place}, lambda _old: element)


class Resize(_OfOne):
    """The edges opposite to the handle stay where they are, also of an element that is turned."""

    def __init__(self, data: Data, start: Point, pulls: Pulls, place: int, handle: Handle) -> None:
        super().__init__(data, start, pulls, place)
        self.words = tr("Resize")
        self._handle = handle

    def _made(self, point: Point, pulls: Pulls, keep: bool) -> Data:
        box, turn = box_of(self._element), turn_of(self._element)
        handle = self._handle
        x, y = turned(point, box.centre, -turn)
        if not turn:
            pulled = pull_point(x if handle.across else None, y if handle.down else None, pulls)
            self.guides = pulled.guides
            x, y = x + pulled.dx, y + pulled.dy
        left, right = _edges(box.left, box.right, x, handle.across)
        top, bottom = _edges(box.top, box.bottom, y, handle.down)
        new = Rect(left, top, right - left, bottom - top)
        if keep and handle.across and handle.down:
            new = _in_shape(new, box, handle)
        if turn:
            middle = turned(new.centre, box.centre, turn)
            new = new.moved(middle[0] - new.centre[0], middle[1] - new.centre[1])
        return self._with(placing.with_box(self._element, new, self._page))


def _edges(low: float, high: float, at: float, which: int) -> tuple[float, float]:
    if which < 0:
        return min(at, high - placing.LEAST_MM), high
    if which > 0:
        return low, max(at, low + placing.LEAST_MM)
    return low, high


def _in_shape(new: Rect, old: Rect, handle: Handle) -> Rect:
    """As wide to its height as it was: by the greater change."""
    scale = max(new.width / old.width, new.height / old.height)
    width, height = old.width * scale, old.height * scale
    left = old.right - width if handle.across < 0 else old.left
    top = old.bottom - height if handle.down < 0 else old.top
    return Rect(left, top, width, height)


class Turn(_OfOne):
    """By whole degrees; near a multiple of fifteen, by that."""

    def __init__(self, data: Data, start: Point, pulls: Pulls, place: int) -> None:
        super().__init__(data, start, pulls, place)
        self.words = tr("Turn")

    def _made(self, point: Point, pulls: Pulls, keep: bool) -> Data:
        middle = box_of(self._element).centre
        angle = degrees(atan2(point[1] - middle[1], point[0] - middle[0])) + 90
        near = round(angle / TURN_STEP) * TURN_STEP
        if keep or (pulls is not NOTHING and abs(angle - near) <= TURN_REACH):
            angle = near
        return self._with(placing.with_turn(self._element, round(angle), self._page))


class LineEnd(_OfOne):
    """One end of a line; kept in shape it runs level, upright or slantwise."""

    def __init__(self, data: Data, start: Point, pulls: Pulls, place: int, end: str) -> None:
        super().__init__(data, start, pulls, place)
        self.words = tr("Move the end of a line")
        self._end = end

    def _made(self, point: Point, pulls: Pulls, keep: bool) -> Data:
        x, y = point
        other = "" if self._end else "to_"
        fixed = number(self._element, f"{other}x"), number(self._element, f"{other}y")
        if keep:
            x, y = _straight(fixed, point)
        else:
            pulled = pull_point(x, y, pulls)
            self.guides = pulled.guides
            x, y = x + pulled.dx, y + pulled.dy
        return self._with(placing.with_end(self._element, self._end, x, y, self._page))


def _straight(fixed: Point, point: Point) -> Point:
    dx, dy = point[0] - fixed[0], point[1] - fixed[1]
    if abs(dx) > 2 * abs(dy):
        return point[0], fixed[1]
    if abs(dy) > 2 * abs(dx):
        return fixed[0], point[1]
    long = max(abs(dx), abs(dy))
    return fixed[0] + (long if dx > 0 else -long), fixed[1] + (long if dy > 0 else -long)
