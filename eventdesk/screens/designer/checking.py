"""What can be kept of a layout as it stands, and what is wrong with the rest: by element and member."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from eventdesk.badges import layout as layouts
from eventdesk.badges.elements import AnyElement
from eventdesk.badges.layout import Layout
from eventdesk.errors import BadInput
from eventdesk.screens.designer import edits

Data = Mapping[str, Any]

# A page and an element that are well, to ask about the others alone.
_NAME = "Layout"
_PAGE = {"width": 10, "height": 10}
_DOT = {"type": "box", "x": 0, "y": 0, "width": 1, "height": 1}
_MEMBER = re.compile(r'member "([^"]+)": (.*)$', re.DOTALL)
_ELEMENT = re.compile(r'^Layout ".*?", element \d+(?: \(".*?"\))?(?:, |: )', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """`member` may be empty; `words` are the renderer's own."""

    member: str
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """`elements` by their places, as far as each can be read. `layout` holds those, so that they can be
    drawn; it is fit to be kept where `is_whole`. `general`: what is wrong with the layout itself."""

    layout: Layout
    elements: Mapping[int, AnyElement] = field(default_factory=dict)
    faults: Mapping[int, Fault] = field(default_factory=dict)
    general: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.faults and not self.general


class Checker:
    """Reads a layout again and again; of one that has changed, only the elements (and fonts) that did."""

    def __init__(self) -> None:
        self._page: object = None
        self._known: dict[int, tuple[Any, AnyElement | Fault]] = {}
        self._fonts: tuple[object, str] = (None, "")

    def check(self, data: Data) -> Checked:
        if data.get("page") != self._page:
            self._page, self._known = data.get("page"), {}
        read = {place: self._read(one) for place, one in enumerate(edits.elements_of(data))}
        elements = {place: one for place, one in read.items() if not isinstance(one, Fault)}
        faults = {place: one for place, one in read.items() if isinstance(one, Fault)}
        fonts = data.get("fonts")
        wrong = self._wrong_fonts(fonts)
        own = fonts if isinstance(fonts, Mapping) and not wrong else {}
        try:
            whole = layouts.parse({member: one for member, one in data.items() if member != "fonts"})
        except BadInput as error:
            general = wrong if faults else error.message
            return Checked(replace(_parts(self._page, elements), fonts=own), elements, faults, general)
        return Checked(replace(whole, fonts=own), elements, faults, wrong)

    def _read(self, element: Any) -> AnyElement | Fault:
        known = self._known.get(id(element))
        if known is None or known[0] is not element:
            # The element itself is kept with it, or another could come to have its id.
            known = element, _read(element, self._page)
            self._known[id(element)] = known
        return known[1]

    def _wrong_fonts(self, fonts: Any) -> str:
        """Read once: fonts are large."""
        if fonts is not self._fonts[0]:
            self._fonts = fonts, _wrong({"name": _NAME, "page": _PAGE, "elements": [_DOT], "fonts": fonts})
        return self._fonts[1]


def _read(element: Any, page: Any) -> AnyElement | Fault:
    try:
        return layouts.parse({"name": _NAME, "page": page, "elements": [element]}).elements[0]
    except BadInput as error:
        return fault_of(error.message)


def fault_of(message: str) -> Fault:
    """The renderer's sentence as member and what is wrong with it."""
    found = _MEMBER.search(message)
    if found:
        return Fault(found.group(1), found.group(2))
    return Fault("", _ELEMENT.sub("", message))


def _parts(page: Any, elements: Mapping[int, AnyElement]) -> Layout:
    """A layout of what can be read, for the canvas alone."""
    whole = {"name": _NAME, "page": page, "elements": [_DOT]}
    made = layouts.parse({**whole, "page": _PAGE} if _wrong(whole) else whole)
    return replace(made, elements=tuple(elements.values()))


def _wrong(data: Data) -> str:
    try:
        layouts.parse(data)
    except BadInput as error:
        return error.message
    return ""
