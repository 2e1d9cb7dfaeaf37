"""The changes of a layout, each a function from data to data: nothing is changed in place.

A layout is the JSON object of docs/badge-layouts.md; elements are named by their place in its list. What
these functions make of a layout that can be kept can be kept again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from eventdesk.screens.designer.geometry import Rect, number

Data = Mapping[str, Any]
Chosen = Collection[int]


def elements_of(data: Data) -> list[dict[str, Any]]:
    return list(data.get("elements") or ())


def page_of(data: Data) -> Rect:
    page = data.get("page") or {}
    return Rect(0, 0, number(page, "width", 86), number(page, "height", 54))


def has_back(data: Data) -> bool:
    return bool((data.get("page") or {}).get("back"))


def with_elements(data: Data, elements: Sequence[Data]) -> dict[str, Any]:
    return {**data, "elements": list(elements)}


def changed(data: Data, chosen: Chosen, change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """The layout with some elements replaced by what `change` makes of them."""
    return with_elements(
        data, [change(one) if place in chosen else one for place, one in enumerate(elements_of(data))]
    )


def put(data: Data, chosen: Chosen, member: str, value: Any) -> dict[str, Any]:
    """Set a member of elements; None takes it away."""

    def change(element: dict[str, Any]) -> dict[str, Any]:
        rest = {name: kept for name, kept in element.items() if name != member}
        return rest if value is None else {**element, member: value}

    return changed(data, chosen, change)


def free_id(element: Data, used: Collection[str]) -> str:
    """The element's own id, or one like it that no other has."""
    stem = str(element.get("id") or element.get("type") or "element")
    if stem not in used:
        return stem
    stem = stem.rstrip("0123456789").rstrip("-") or stem
    return next(name for count in range(2, len(used) + 3) if (name := f"{stem}-{count}") not in used)


def removed(data: Data, chosen: Chosen) -> dict[str, Any]:
    return with_elements(data, [one for place, one in enumerate(elements_of(data)) if place not in chosen])


def ordered(data: Data, chosen: Chosen, way: str) -> tuple[dict[str, Any], frozenset[int]]:
    """`way`: front, forward, backward or back, of what is painted; the chosen keep their own order."""
    elements = elements_of(data)
    order = _order(len(elements), frozenset(chosen), way)
    new = frozenset(place for place, old in enumerate(order) if old in chosen)
    return with_elements(data, [elements[old] for old in order]), new


def _order(count: int, chosen: frozenset[int], way: str) -> list[int]:
    every = list(range(count))
    if way in {"front", "back"}:
        rest = [one for one in every if one not in chosen]
        some = [one for one in every if one in chosen]
        return rest + some if way == "front" else some + rest
    steps = range(count - 2, -1, -1) if way == "forward" else range(1, count)
    step = 1 if way == "forward" else -1
    for place in steps:
        one, other = every[place], every[place + step]
        if one in chosen and other not in chosen:
            every[place], every[place + step] = other, one
    return every


def with_back(data: Data, *, back: bool) -> dict[str, Any]:
    """A layout with another side, or without: what stood there alone goes with it."""
    page = {name: one for name, one in (data.get("page") or {}).items() if name != "back"}
    if back:
        return {**data, "page": {**page, "back": True}}
    front = [one for one in elements_of(data) if one.get("side") != "back"]
    kept = [{name: value for name, value in one.items() if name != "side"} for one in front]
    return {**data, "page": page, "elements": kept}


def with_font(data: Data, family: str, font: str | None) -> dict[str, Any]:
    """A font in base64 put in, or (None) taken out; texts that were set in it go back to the standard one."""
    fonts = {name: one for name, one in (data.get("fonts") or {}).items() if name != family}
    if font is not None:
        return {**data, "fonts": {**fonts, family: font}}
    set_in = {place for place, one in enumerate(elements_of(data)) if one.get("font") == family}
    made = put(data, set_in, "font", None)
    rest = {name: one for name, one in made.items() if name != "fonts"}
    return {**rest, "fonts": fonts} if fonts else rest
