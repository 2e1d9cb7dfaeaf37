"""From a layout that a person has drawn to the fact that says so."""

from collections.abc import Mapping
from typing import Any

from eventdesk.domain.facts import Draft, Kind


def layout_draft(id_: str, layout: Mapping[str, Any]) -> Draft:
    """Every member is written, as members are merged: a font that was taken out must go."""
    return Draft(Kind.LAYOUT_DEFINED, id_, {"fonts": {}, **layout, "removed": False})


def layout_removal(id_: str, layout: Mapping[str, Any]) -> Draft:
    """Its name stays, so that the log can be read."""
    return Draft(Kind.LAYOUT_DEFINED, id_, {**layout, "removed": True})
