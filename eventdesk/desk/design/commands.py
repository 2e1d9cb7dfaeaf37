"""What the designer wants to know of an event, and a test print."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eventdesk.desk.commands import Command
from eventdesk.domain.badges import BadgeContents


@dataclass(frozen=True, slots=True)
class ShowLayouts(Command):
    """The event's own layouts, whole: answered by `layouts_shown`."""

    log: str


@dataclass(frozen=True, slots=True)
class FindSamples(Command):
    """Guests to try a layout on: answered by `samples_found`."""

    log: str


@dataclass(frozen=True, slots=True)
class TryLayout(Command):
    """Print one badge by this layout, kept or not, on a queue (empty: the printer set), outside the spool:
    `test_badge_told` says how it goes."""

    layout: Mapping[str, Any] = field(repr=False)
    contents: BadgeContents = field(repr=False)
    printer: str = ""
