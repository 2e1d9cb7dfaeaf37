"""A badge layout: a page and what stands on it, as JSON that people write.

A layout travels as the payload of `layout_defined`; those that ship lie in `resources/layouts`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from eventdesk import paths
from eventdesk.badges import conditions, template, typefaces
from eventdesk.badges.elements import AnyElement, Barcode, Code, Length, Picture, Side, Text, reach
from eventdesk.errors import BadInput

MEMBERS = {"name", "page", "elements", "fonts"}
MOST_ELEMENTS = 200
# Of base64 in a whole layout: it travels between desks as one fact.
LARGEST = 5_600_000
DEFAULT = "card"


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """In millimetres. `back`: there is a second page for the other side."""

    width: Length
    height: Length
    back: bool = False

    @property
    def sides(self) -> tuple[Side, ...]:
        return ("front", "back") if self.back else ("front",)


@dataclass(frozen=True, slots=True)
class Layout:
    """`elements` are painted in their order, the first one lowest. `fonts` by family, in base64."""

    name: str
    page: Page
    elements: tuple[AnyElement, ...]
    fonts: Mapping[str, str] = field(default_factory=dict)


def parse(data: Any) -> Layout:
    """The layout of a JSON object. Raises BadInput, which names the element and its member."""
    if not isinstance(data, Mapping):
        raise _fault("A layout", "is not a JSON object")
    name = data.get("name")
    if not isinstance(name, str) or not name:
        raise _fault("A layout", 'has no member "name" that is a text')
    where = f'Layout "{name}"'
    if unknown := set(data) - MEMBERS:
        raise _fault(where, f'has an unknown member "{min(map(str, unknown))}"')
    page = _convert(data.get("page"), Page, f"{where}, page")
    made = Layout(name, page, _elements(data.get("elements"), page, where), _fonts(data.get("fonts"), where))
    if (size := _brought(made)) > LARGEST:
        raise _fault(
            where, f"its pictures and fonts have {size // 4000 * 3} kB; {LARGEST // 4000 * 3} are the most"
        )
    return made


def to_data(layout: Layout) -> dict[str, Any]:
    """The JSON object of a layout, what is at its default left out: `parse` makes the same layout of it."""
    data = {
        "name": layout.name,
        "page": msgspec.to_builtins(layout.page),
        "elements": [msgspec.to_builtins(element) for element in layout.elements],
    }
    return data | ({"fonts": dict(layout.fonts)} if layout.fonts else {})


def name_of(layout: Layout, element: AnyElement) -> str:
    """What messages call an element of the layout."""
    number = next((place for place, one in enumerate(layout.elements, 1) if one is element), 0)
    return _name(f'Layout "{layout.name}"', number, element.id)


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
    return tuple(
        _element(one, page, _name(where, number, one.get("id") if isinstance(one, Mapping) else None))
        for number, one in enumerate(data, 1)
    )


def _name(where: str, number: int, given: Any) -> str:
    return f'{where}, element {number} ("{given}")' if given else f"{where}, element {number}"


def _element(data: Any, page: Page, where: str) -> AnyElement:
    element: AnyElement = _convert(data, AnyElement, where)
    if element.side != "front" and not page.back:
        raise _fault(f'{where}, member "side"', 'the page has no "back"')
    for member, limit, ends in zip("xy", (page.width, page.height), reach(element), strict=True):
        if ends[0] >= limit or ends[1] <= 0:
            place = getattr(element, member)
            raise _fault(f'{where}, member "{member}"', f"{place:g} mm lies off the page of {limit:g} mm")
    with _told(f'{where}, member "when"'):
        conditions.check(element.when)
    if isinstance(element, Text | Code | Barcode):
        with _told(f'{where}, member "content"'):
            template.check(element.content)
    if isinstance(element, Text) and element.min_size > element.size:
        raise _fault(f'{where}, member "min_size"', f"is larger than the size, {element.size:g}")
    return element


def _fonts(data: Any, where: str) -> dict[str, str]:
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise _fault(f'{where}, member "fonts"', "is not a JSON object")
    if len(data) > typefaces.MOST_FONTS:
        raise _fault(f'{where}, member "fonts"', f"{len(data)} fonts; {typefaces.MOST_FONTS} are the most")
    for family, font in data.items():
        at = f'{where}, fonts, member "{family}"'
        if not isinstance(family, str) or not family.strip() or not isinstance(font, str):
            raise _fault(at, "is not a family's name with a font in base64")
        with _told(at):
            typefaces.check(font)
    return dict(data)


def _brought(layout: Layout) -> int:
    """The letters of base64 in a layout: all of it travels as one fact."""
    pictures = [element.data for element in layout.elements if isinstance(element, Picture)]
    return sum(map(len, (*pictures, *layout.fonts.values())))


@contextmanager
def _told(where: str) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise _fault(where, str(error)) from None


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
