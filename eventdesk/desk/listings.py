"""Answers to the questions of the manage screens: what is set up, who is on the list, what is plugged in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.catalogue import Catalogue, Event
from eventdesk.domain.guests import GuestRow
from eventdesk.domain.tickets import Ticket
from eventdesk.domain.till.setup import TillSetup


@dataclass(frozen=True, slots=True)
class EventsListed:
    request: str
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class CatalogueShown:
    """`layouts`: the names of the badge layouts that the event has of its own, by id. `till`: what is set up
    for selling."""

    request: str
    catalogue: Catalogue
    layouts: Mapping[str, str] = field(default_factory=dict)
    till: TillSetup = field(default_factory=TillSetup)


@dataclass(frozen=True, slots=True)
class GuestsListed:
    """One page. `total` counts all guests of the event; the next page follows the last row's ticket."""

    request: str
    log: str
    rows: Sequence[GuestRow]
    total: int


@dataclass(frozen=True, slots=True)
class TicketShown:
    """`ticket` is None where the event has no ticket of that id."""

    request: str
    log: str
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class JobsListed:
    """`waiting` and `stuck` count all that are not over, and those that need a person; None: as many as
    are listed."""

    request: str
    jobs: Sequence[BadgeJob]
    waiting: int | None = None
    stuck: int | None = None


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """A camera that can be chosen. `source` is what the setting `camera.source` keeps."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A queue of the system. `detail` is its own word for its state where that is not idle."""

    queue: str
    name: str = ""
    detail: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class DevicesListed:
    """`trouble` says why one kind could not be listed (no CUPS, no camera layer); empty where all could."""

    request: str
    cameras: Sequence[CameraChoice]
    printers: Sequence[PrinterChoice]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class SettingsListed:
    """Keys as in `desk/settings.py`; a key that was never put is absent."""

    request: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BadgeTried:
    """How the test badge goes: told at each change until PRINTED or FAILED. `detail`: the printer's words."""

    request: str
    printer: str
    state: JobState
    detail: str = ""
