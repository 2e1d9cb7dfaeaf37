"""What is dragged goes to what is near: the grid, the page's and other elements' edges and middles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from eventdesk.screens.designer.geometry import Rect


@dataclass(frozen=True, slots=True)
class Guides:
    """Lines to show: x of those that run down, y of those that run across. Millimetres."""

    down: tuple[float, ...] = ()
    across: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Pulls:
    """What pulls: `xs` and `ys` of edges and middles; `grid` in mm, 0 for none; `reach` in mm."""

    xs: tuple[float, ...] = ()
    ys: tuple[float, ...] = ()
    grid: float = 0.0
    reach: float = 0.0


NOTHING = Pulls()


@dataclass(frozen=True, slots=True)
class Pulled:
    """How far to go beside the drag itself, and the lines that say why."""

    dx: float = 0.0
    dy: float = 0.0
    guides: Guides = field(default_factory=Guides)


def pulls(page: Rect, others: Iterable[Rect], grid: float, reach: float) -> Pulls:
    """Of a page and the elements that stay where they are."""
    every = [page, *others]
    xs = {x for one in every for x in (one.left, one.centre[0], one.right)}
    ys = {y for one in every for y in (one.top, one.centre[1], one.bottom)}
    return Pulls(tuple(sorted(xs)), tuple(sorted(ys)), grid, reach)


def pull_rect(moving: Rect, by: Pulls) -> Pulled:
    """Where a rectangle goes: its edges and its middle to the nearest line, else its corner to the grid."""
    dx, down = _pull((moving.left, moving.centre[0], moving.right), by.xs, by)
    dy, across = _pull((moving.top, moving.centre[1], moving.bottom), by.ys, by)
    return Pulled(dx, dy, Guides(down, across))


def pull_point(x: float | None, y: float | None, by: Pulls) -> Pulled:
    """Where an edge or a corner goes; None: it does not move that way."""
    dx, down = _pull((x,), by.xs, by) if x is not None else (0.0, ())
    dy, across = _pull((y,), by.ys, by) if y is not None else (0.0, ())
    return Pulled(dx, dy, Guides(down, across))


def _pull(places: Sequence[float], lines: Sequence[float], by: Pulls) -> tuple[float, tuple[float, ...]]:
    """The way to the nearest line within reach, with every line that is met then."""
    ways = [line - place for place in places for line in lines if abs(line - place) <= by.reach]
    if ways:
        way = min(ways, key=abs)
        met = {line for place in places for line in lines if abs(line - place - way) < 1e-6}
        return way, tuple(sorted(met))
    if by.grid:
        first = places[0]
        return round(first / by.grid) * by.grid - first, ()
    return 0.0, ()
