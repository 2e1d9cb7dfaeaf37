"""The places by which an element is taken hold of: eight to resize, one to turn; a line by its ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eventdesk.screens.designer.geometry import Point, box_of, is_line, number, turn_of, turned

TURN = "turn"
TURN_PX = 22.0
REACH_PX = 9.0


@dataclass(frozen=True, slots=True)
class Handle:
    """`kind`: "size" (with the edges that it moves: -1, 0 or 1 each way), "turn", or an end of a line ("",
    "to_"). `at` in millimetres."""

    kind: str
    at: Point
    across: int = 0
    down: int = 0


def handles_of(element: Mapping[str, Any], mm_of_px: float) -> list[Handle]:
    """`mm_of_px`: how many millimetres a pixel of the screen is."""
    if is_line(element):
        start = number(element, "x"), number(element, "y")
        return [Handle("", start), Handle("to_", (number(element, "to_x"), number(element, "to_y")))]
    box, turn = box_of(element), turn_of(element)

    def at(x: float, y: float) -> Point:
        return turned((x, y), box.centre, turn)

    xs = {-1: box.left, 0: box.centre[0], 1: box.right}
    ys = {-1: box.top, 0: box.centre[1], 1: box.bottom}
    corners = [(across, down) for across in (-1, 1) for down in (-1, 1)]
    edges = [(0, -1), (0, 1), (-1, 0), (1, 0)]
    sizes = [Handle("size", at(xs[a], ys[d]), a, d) for a, d in corners + edges]
    return [*sizes, Handle(TURN, at(box.centre[0], box.top - TURN_PX * mm_of_px))]


def handle_at(element: Mapping[str, Any], point: Point, mm_of_px: float) -> Handle | None:
    """The nearest one within reach; corners go before edges."""
    reach = REACH_PX * mm_of_px
    near = [(_off(one.at, point), one) for one in handles_of(element, mm_of_px)]
    within = [pair for pair in near if pair[0] <= reach]
    return min(within, key=lambda pair: pair[0])[1] if within else None


def _off(one: Point, other: Point) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))
