"""Whether a guest's texts and codes have room: for those who draw a layout."""

from collections.abc import Iterator

from eventdesk.badges import codes, fonts, template
from eventdesk.badges.elements import Area, Barcode, Code, Text
from eventdesk.badges.fitting import fit
from eventdesk.badges.layout import Layout
from eventdesk.badges.painting import shown
from eventdesk.domain.badges import BadgeContents

# Two dots of a label printer of 203 an inch.
FINEST_MM = 0.25


def overflow(layout: Layout, contents: BadgeContents) -> list[str]:
    """The ids of the elements whose text has to be cut; "element 3" of one without an id. Raises BadInput."""
    fonts.prepare()
    return [
        name
        for name, element, text in _filled(layout, contents)
        if isinstance(element, Text) and fit(element, text, layout.fonts).cut
    ]


def too_fine(layout: Layout, contents: BadgeContents) -> list[str]:
    """The ids of the codes whose modules are finer than label printers draw. Raises BadInput."""
    filled = _filled(layout, contents)
    return [name for name, element, text in filled if 0 < _module(element, text) < FINEST_MM]


def _module(element: Area, text: str) -> float:
    """The width of a code's module in millimetres; 0 where it is none."""
    if not isinstance(element, Code | Barcode):
        return 0
    kind = element.kind if isinstance(element, Barcode) else codes.QR
    drawn = codes.path(text, kind)
    beside = element.width / drawn.width
    return beside if kind == "code128" else min(beside, element.height / drawn.height)


def _filled(layout: Layout, contents: BadgeContents) -> Iterator[tuple[str, Area, str]]:
    """Names, elements and texts of what has a text on this badge."""
    for number, element in enumerate(layout.elements, 1):
        if not isinstance(element, Text | Code | Barcode):
            continue
        if any(shown(element, contents, side) for side in layout.page.sides) and (
            text := template.fill(element.content, contents)
        ):
            yield element.id or f"element {number}", element, text
