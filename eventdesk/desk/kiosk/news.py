"""What the rest of the desk tells the kiosk: hooks are called on other threads, these come by the lane."""

from dataclasses import dataclass

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import DeviceChanged
from eventdesk.desk.kiosk.ports import Outcome
from eventdesk.desk.printing.values import PrintersTold
from eventdesk.desk.upstream.values import LineState
from eventdesk.devices.gates.port import Passage
from eventdesk.domain.badges import JobState
from eventdesk.domain.venue import DeskOrder


@dataclass(frozen=True, slots=True)
class JobNews(Command):
    """A badge's job has moved. No more of it than this: what it says is a guest's."""

    job: str
    state: JobState
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EnteredNews(Command):
    """The badge of a waiting check-in is out; `admission` empty: no pass was written with it."""

    job: str
    admission: str


@dataclass(frozen=True, slots=True)
class Overdue(Command):
    """The badge (job) or the turn (ticket id) that is waited for has not come in time."""

    what: str


@dataclass(frozen=True, slots=True)
class Turned(Command):
    """How an opening of the turnstile has ended, or that it turned without one (`opening` 0)."""

    passage: Passage
    opening: int = 0


@dataclass(frozen=True, slots=True)
class DeviceNews(Command):
    told: DeviceChanged


@dataclass(frozen=True, slots=True)
class PrintersNews(Command):
    told: PrintersTold


@dataclass(frozen=True, slots=True)
class PrintSystemSilent(Command):
    """The print system does not answer; it is asked until it does."""


@dataclass(frozen=True, slots=True)
class LineNews(Command):
    told: LineState


@dataclass(frozen=True, slots=True)
class OrderNews(Command):
    told: DeskOrder


@dataclass(frozen=True, slots=True)
class LookAgain(Command):
    """The door, or what is set up for it, may have changed."""


@dataclass(frozen=True, slots=True)
class PaidNews(Command):
    """How what the card terminal was asked for this visit has ended."""

    visit: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class LatePaid(Command):
    """The same, of a payment that no visit waits for (any more)."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TooLongToPay(Command):
    """The guest has had time enough at the card terminal."""

    visit: str


@dataclass(frozen=True, slots=True)
class AskPayments(Command):
    """It is time to ask again about payments in doubt."""
