"""What people want to know of a venue, and to tell its desks."""

from dataclasses import dataclass, field

from eventdesk.desk.commands import Command
from eventdesk.domain.venue import Order, Reason


@dataclass(frozen=True, slots=True)
class WatchVenue(Command):
    """Tell `venue_changed` every few seconds while `on`: what all desks report."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class WatchFlow(Command):
    """Tell `flow_changed` every few seconds while `on`. `limit`: minutes that a guest may wait."""

    on: bool = True
    limit: float = 5.0


@dataclass(frozen=True, slots=True)
class OrderDesk(Command):
    """Tell a desk what to do (right: direct). `event`, `list`, `gate`: where to stand; `words`: a
    message."""

    desk: str
    order: Order
    words: str = ""
    event: str = ""
    list: str = ""
    gate: str = ""


@dataclass(frozen=True, slots=True)
class AskHelp(Command):
    """Call staff: told at every desk. One call stays open for a reason and ticket."""

    reason: Reason
    words: str = ""
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class GiveHelp(Command):
    """The call is settled; or somebody is on the way (`going`), and it stays open. `word`: what was done."""

    call: str
    word: str = ""
    going: bool = False


@dataclass(frozen=True, slots=True)
class SettleHelp(Command):
    """This desk's own calls for this reason are over: it was mended."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class ListHelp(Command):
    """`help_changed` with all open calls."""


@dataclass(frozen=True, slots=True)
class ReportPicture(Command):
    """How the screen looked when something failed, after the guest's data was gone from it: a JPEG of 40 KB
    at most. It goes with the reports until something else fails."""

    jpeg: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoteScanner(Command):
    """A scanner has read something here."""


@dataclass(frozen=True, slots=True)
class TellHelp(Command):
    """Calls may have come or ended: `help_changed` if so. Posted by the desk itself."""


@dataclass(frozen=True, slots=True)
class CarryOut(Command):
    """Orders may have come for this desk. Posted by the desk itself."""
