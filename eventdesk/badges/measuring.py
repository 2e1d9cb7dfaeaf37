"""Whether a guest's texts have room: for those who draw a layout."""

from eventdesk.badges import fonts, template
from eventdesk.badges.elements import Text
from eventdesk.badges.fitting import fit
from eventdesk.badges.layout import Layout
from eventdesk.badges.painting import shown
from eventdesk.domain.badges import BadgeContents


def overflow(layout: Layout, contents: BadgeContents) -> list[str]:
    """The ids of the elements whose text has to be cut; "element 3" of one without an id. Raises BadInput."""
    fonts.prepare()
    return [
        element.id or f"element {number}"
        for number, element in enumerate(layout.elements, 1)
        if isinstance(element, Text)
        and any(shown(element, contents, side) for side in layout.page.sides)
        and (text := template.fill(element.content, contents))
        and fit(element, text, layout.fonts).cut
    ]
