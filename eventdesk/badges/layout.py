"""A badge layout: a page and what stands on it, as JSON that people write.

A layout travels as the payload of `layout_defined`; those that ship lie in `resources/layouts`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from eventdesk import paths
from eventdesk.badges import template
from eventdesk.badges.elements import AnyElement, Code, Length, Text
from eventdesk.errors import BadInput

MOST_ELEMENTS = 200
DEFAULT = "card"


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In millimetres."""

    width: Length
    height: Length


@dataclass(frozen=True, slots=True)
class Layout:
    """`elements` are painted in their order, the first one lowest."""

    name: str
    page: Page
    elements: tuple[AnyElement, ...]


def parse(data: Any) -> Layout:
    """The layout of a JSON object. Raises BadInput, which names the element and its member."""
    if not isinstance(data, Mapping):
        raise _fault("A layout", "is not a JSON object")
    name = data.get("name")
    if not isinstance(name, str) or not name:
        raise _fault("A layout", 'has no member "name" that is a text')
    where = f'Layout "{name}"'
    if unknown := set(data) - {"name", "page", "elements"}:
        raise _fault(where, f'has an unknown member "{min(map(str, unknown))}"')
    page = _convert(data.get("page"), Page, f"{where}, page")
    return Layout(name, page, _elements(data.get("elements"), page, where))


def load(file: Path) -> Layout:
    """The layout in a JSON file. Raises BadInput."""
    try:
        return parse(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise BadInput(f"The layout {file} can't be read: {error}.", "Choose another layout.") from error


def shipped() -> dict[str, Layout]:
    """The layouts that come with the program, by id."""
    files = sorted((paths.resources() / "layouts").glob("*.json"))
    return {file.stem: load(file) for file in files}


def _elements(data: Any, page: Page, where: str) -> tuple[AnyElement, ...]:
    if not isinstance(data, Sequence) or isinstance(data, str) or not data:
        raise _fault(where, 'has no member "elements" with a list of elements')
    if len(data) > MOST_ELEMENTS:
        raise _fault(where, f"has {len(data)} elements; {MOST_ELEMENTS} are the most")
    return tuple(_element(one, page, _name(where, number, one)) for number, one in enumerate(data, 1))


def _name(where: str, number: int, data: Any) -> str:
    given = data.get("id") if isinstance(data, Mapping) else None
    return f'{where}, element {number} ("{given}")' if given else f"{where}, element {number}"


def _element(data: Any, page: Page, where: str) -> AnyElement:
    element: AnyElement = _convert(data, AnyElement, where)
    for member, place, limit in (("x", element.x, page.width), ("y", element.y, page.height)):
        if place >= limit:
            raise _fault(f'{where}, member "{member}"', f"{place:g} mm lies off the page of {limit:g} mm")
    if isinstance(element, Text | Code):
        try:
            template.check(element.content)
        except ValueError as error:
            raise _fault(f'{where}, member "content"', str(error)) from None
    if isinstance(element, Text) and element.min_size > element.size:
        raise _fault(f'{where}, member "min_size"', f"is larger than the size, {element.size:g}")
    return element


def _convert(data: Any, kind: Any, where: str) -> Any:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise _fault(*_words(where, str(error))) from None


def _words(where: str, message: str) -> tuple[str, str]:
    """msgspec's "Expected `float`, got `str` - at `$.size`" as the place and what is wrong there."""
    message, _, path = message.partition(" - at `$")
    member = path.strip("`.") or next(iter(re.findall(r"field `([^`]+)`", message)), "")
    place = f'{where}, member "{member}"' if member else where
    return place, message.replace("`", '"')


def _fault(where: str, wrong: str) -> BadInput:
    return BadInput(f"{where}: {wrong}.", "Correct the layout or choose another one.")
