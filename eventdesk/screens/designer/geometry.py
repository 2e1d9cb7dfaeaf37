"""Where the elements of a layout lie. All lengths are millimetres, all places from the page's top left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

Data = Mapping[str, Any]
Point = tuple[float, float]

# The finest that is kept: a hundredth of a millimetre, an eighth of a dot at 300 dots an inch.
DIGITS = 2


@dataclass(frozen=True, slots=True)
class Rect:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def centre(self) -> Point:
        return self.left + self.width / 2, self.top + self.height / 2

    def moved(self, dx: float, dy: float) -> "Rect":
        return Rect(self.left + dx, self.top + dy, self.width, self.height)

    def grown(self, by: float) -> "Rect":
        return Rect(self.left - by, self.top - by, self.width + 2 * by, self.height + 2 * by)

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def meets(self, other: "Rect") -> bool:
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom


def rounded(value: float) -> float:
    """To the finest that is kept; never -0."""
    return round(value, DIGITS) + 0.0


def number(element: Data, member: str, otherwise: float = 0.0) -> float:
    """A member that should be a number; `otherwise` where it is none."""
    value = element.get(member, otherwise)
    fits = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6
    return float(value) if fits else otherwise


def is_line(element: Data) -> bool:
    return element.get("type") == "line"


def box_of(element: Data) -> Rect:
    """The element's own rectangle, before it is turned. Of a line: the one that it spans."""
    x, y = number(element, "x"), number(element, "y")
    if is_line(element):
        to_x, to_y = number(element, "to_x"), number(element, "to_y")
        return Rect(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y))
    return Rect(x, y, number(element, "width", 1), number(element, "height", 1))


def turn_of(element: Data) -> float:
    """Degrees clockwise about the centre."""
    return 0.0 if is_line(element) else number(element, "rotation")


def turned(point: Point, about: Point, degrees: float) -> Point:
    """The point, turned clockwise (y runs down) about another one."""
    if not degrees:
        return point
    angle = radians(degrees)
    x, y = point[0] - about[0], point[1] - about[1]
    return about[0] + x * cos(angle) - y * sin(angle), about[1] + x * sin(angle) + y * cos(angle)


def corners_of(element: Data) -> list[Point]:
    """Top left, top right, bottom right, bottom left of the element's rectangle, turned as it is."""
    box, turn = box_of(element), turn_of(element)
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    return [turned(corner, box.centre, turn) for corner in corners]


def bounds_of(element: Data) -> Rect:
    """The upright rectangle about the turned element: what is aligned and snapped."""
    if not turn_of(element):
        return box_of(element)
    xs, ys = zip(*corners_of(element), strict=True)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def around(rects: Iterable[Rect]) -> Rect | None:
    """The smallest rectangle about all of them; None about none."""
    every = list(rects)
    if not every:
        return None
    left, top = min(one.left for one in every), min(one.top for one in every)
    right, bottom = max(one.right for one in every), max(one.bottom for one in every)
    return Rect(left, top, right - left, bottom - top)


def is_hit(element: Data, point: Point, slack: float) -> bool:
    """Whether a press at the point, `slack` mm off at most, means this element."""
    if is_line(element):
        return _distance_to_line(element, point) <= max(slack, number(element, "thickness") / 2)
    box = box_of(element)
    return box.grown(slack).holds(turned(point, box.centre, -turn_of(element)))


def _distance_to_line(element: Data, point: Point) -> float:
    x, y = number(element, "x"), number(element, "y")
    across, down = number(element, "to_x") - x, number(element, "to_y") - y
    long = across * across + down * down
    share = ((point[0] - x) * across + (point[1] - y) * down) / long if long else 0.0
    share = min(max(share, 0.0), 1.0)
    dx, dy = point[0] - x - share * across, point[1] - y - share * down
    return float((dx * dx + dy * dy) ** 0.5)
