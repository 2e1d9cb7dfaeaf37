"""Where elements are put: moved, shaped, aligned, added. What these make lies on the page, as it must."""

from collections.abc import Sequence
from typing import Any

from eventdesk.screens.designer.edits import (
    Chosen,
    Data,
    changed,
    elements_of,
    free_id,
    page_of,
    with_elements,
)
from eventdesk.screens.designer.geometry import Rect, bounds_of, box_of, is_line, number, rounded

# So much of an element stays on the page, that it can be taken hold of.
LEAST_MM = 1.0
LARGEST_MM = 1000.0
DUPLICATE_MM = 3.0


def moved(data: Data, chosen: Chosen, dx: float, dy: float) -> dict[str, Any]:
    """Move elements together, no farther than that a little of each stays on the page."""
    page = page_of(data)
    some = [bounds_of(one) for place, one in enumerate(elements_of(data)) if place in chosen]
    dx = _way(dx, [(one.left, one.right) for one in some], page.width)
    dy = _way(dy, [(one.top, one.bottom) for one in some], page.height)
    return changed(data, chosen, lambda element: _shifted(element, dx, dy))


def _way(way: float, ends: Sequence[tuple[float, float]], size: float) -> float:
    """`way`, shortened to what all of them can go; lengthened for one that lies off the page."""
    lowest = max([_least(low, high, size) - high for low, high in ends], default=0.0)
    highest = min([size - _least(low, high, size) - low for low, high in ends], default=0.0)
    return min(max(way, lowest), max(highest, lowest))


def _least(low: float, high: float, size: float) -> float:
    """How much of an element must stay on the page: of a thin one (a line) all of it."""
    return min(LEAST_MM, high - low, size / 2)


def _shifted(element: Data, dx: float, dy: float) -> dict[str, Any]:
    new = {**element, "x": _place(element, "x", dx), "y": _place(element, "y", dy)}
    if is_line(element):
        new |= {"to_x": _place(element, "to_x", dx), "to_y": _place(element, "to_y", dy)}
    return new


def _place(element: Data, member: str, way: float) -> float:
    """One that a layout may hold: the corner of a large turned element may lie far outside its bounds."""
    return rounded(min(max(number(element, member) + way, -LARGEST_MM), LARGEST_MM))


def onto_page(element: Data, page: Rect) -> dict[str, Any]:
    """The element moved, if need be, so far that a little of it lies on the page."""
    bounds = bounds_of(element)
    dx = _way(0, [(bounds.left, bounds.right)], page.width)
    dy = _way(0, [(bounds.top, bounds.bottom)], page.height)
    return _shifted(element, dx, dy)


def with_box(element: Data, box: Rect, page: Rect) -> dict[str, Any]:
    """The element with another rectangle (not for lines), of sizes that a layout may hold."""
    width = min(max(box.width, LEAST_MM), LARGEST_MM)
    height = min(max(box.height, LEAST_MM), LARGEST_MM)
    size = {"width": rounded(width), "height": rounded(height)}
    return onto_page({**element, "x": rounded(box.left), "y": rounded(box.top), **size}, page)


def with_end(element: Data, end: str, x: float, y: float, page: Rect) -> dict[str, Any]:
    """A line with one end elsewhere on the page: `end` is "" for the first, "to_" for the other."""
    x, y = min(max(x, 0), page.width), min(max(y, 0), page.height)
    return onto_page({**element, f"{end}x": rounded(x), f"{end}y": rounded(y)}, page)


def with_turn(element: Data, degrees: float, page: Rect) -> dict[str, Any]:
    """Turned to so many degrees, told between -180 and 180."""
    turn = rounded((degrees + 180) % 360 - 180)
    return onto_page({**element, "rotation": turn}, page)


def with_page(data: Data, width: float, height: float) -> dict[str, Any]:
    """Another page; what would lie off it comes back onto it."""
    page = {**(data.get("page") or {}), "width": rounded(width), "height": rounded(height)}
    made = {**data, "page": page}
    return with_elements(made, [onto_page(one, page_of(made)) for one in elements_of(data)])


def grown(data: Data, chosen: Chosen, wider: float, higher: float) -> dict[str, Any]:
    """Wider and higher, to the right and down; of a line the other end goes there."""
    page = page_of(data)

    def change(element: dict[str, Any]) -> dict[str, Any]:
        if is_line(element):
            x, y = number(element, "to_x") + wider, number(element, "to_y") + higher
            return with_end(element, "to_", x, y, page)
        box = box_of(element)
        return with_box(element, Rect(box.left, box.top, box.width + wider, box.height + higher), page)

    return changed(data, chosen, change)


def aligned(data: Data, chosen: Chosen, side: str) -> dict[str, Any]:
    """`side`: left, centre, right, top, middle or bottom; of all chosen, or of the page for one alone."""
    elements = elements_of(data)
    bounds = {place: bounds_of(elements[place]) for place in chosen}
    frame = page_of(data) if len(bounds) < 2 else _around(list(bounds.values()))
    made = data
    for place, one in bounds.items():
        made = moved(made, {place}, *_to_side(one, frame, side))
    return dict(made)


def _around(rects: list[Rect]) -> Rect:
    left, top = min(one.left for one in rects), min(one.top for one in rects)
    return Rect(left, top, max(one.right for one in rects) - left, max(one.bottom for one in rects) - top)


def _to_side(one: Rect, frame: Rect, side: str) -> tuple[float, float]:
    return {
        "left": (frame.left - one.left, 0.0),
        "centre": (frame.centre[0] - one.centre[0], 0.0),
        "right": (frame.right - one.right, 0.0),
        "top": (0.0, frame.top - one.top),
        "middle": (0.0, frame.centre[1] - one.centre[1]),
        "bottom": (0.0, frame.bottom - one.bottom),
    }[side]


def distributed(data: Data, chosen: Chosen, axis: str) -> dict[str, Any]:
    """The same gap between each two of three or more, along "x" or "y"; the outermost stay."""
    elements = elements_of(data)
    across = axis == "x"

    def start(place: int) -> float:
        box = bounds_of(elements[place])
        return box.left if across else box.top

    def long(place: int) -> float:
        box = bounds_of(elements[place])
        return box.width if across else box.height

    order = sorted(chosen, key=lambda place: (start(place), place))
    if len(order) < 3:
        return dict(data)
    room = start(order[-1]) + long(order[-1]) - start(order[0]) - sum(long(one) for one in order)
    gap, at, made = room / (len(order) - 1), start(order[0]), data
    for place in order:
        way = at - start(place)
        made = moved(made, {place}, way if across else 0, 0 if across else way)
        at += long(place) + gap
    return dict(made)


def added(data: Data, elements: Sequence[Data]) -> tuple[dict[str, Any], frozenset[int]]:
    """The layout with more elements on top, each under an id of its own; and their places."""
    made, page = elements_of(data), page_of(data)
    first = len(made)
    for element in elements:
        used = {str(one.get("id", "")) for one in made}
        made.append({**onto_page(element, page), "id": free_id(element, used)})
    return with_elements(data, made), frozenset(range(first, len(made)))


def duplicated(data: Data, chosen: Chosen) -> tuple[dict[str, Any], frozenset[int]]:
    """Copies a little beside what they are copies of."""
    page = page_of(data)
    return added(data, [beside(one, page) for place, one in enumerate(elements_of(data)) if place in chosen])


def beside(element: Data, page: Rect) -> dict[str, Any]:
    """The element a little to the right and down."""
    return onto_page(_shifted(element, DUPLICATE_MM, DUPLICATE_MM), page)
