"""What people and devices ask of the engine: values, posted from any thread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from eventdesk.domain.badges import JobState
from eventdesk.domain.decision import Mode
from eventdesk.domain.facts import Draft
from eventdesk.domain.rights import Right


class Source(StrEnum):
    CAMERA = "camera"
    SCANNER = "scanner"
    TYPED = "typed"
    SEARCH = "search"


def _request() -> str:
    return uuid4().hex


@dataclass(frozen=True, slots=True)
class Command:
    """`request` comes back in the hook that answers."""

    request: str = field(default_factory=_request, kw_only=True)


@dataclass(frozen=True, slots=True)
class ChooseDoor(Command):
    """Stand at this door from now on: event, check-in list, gate (or none) and mode."""

    log: str
    list: str
    gate: str | None = None
    mode: Mode = Mode.ENTRY


@dataclass(frozen=True, slots=True)
class ResumeDoor(Command):
    """Stand at the door where the desk stood before it was shut, where that is still there."""


@dataclass(frozen=True, slots=True)
class RefreshDoor(Command):
    """What is set up may have changed: read it anew for the door where the desk stands."""


@dataclass(frozen=True, slots=True)
class CountDoor(Command):
    """Passes of other desks may have changed the figures of the door."""


@dataclass(frozen=True, slots=True)
class CheckOutIfDue(Command):
    """Check everyone out where the list of the door names an hour for it that has come."""


@dataclass(frozen=True, slots=True)
class ScanCode(Command):
    """A code was presented at the door chosen. `seen_at` is `time.monotonic()` of the frame or key.

    `answers`, `force` and `ignore_unpaid` are set when a person has filled in or overruled, `reason`
    says why; the `nonce` of the first try is kept so that no pass is counted twice.
    """

    code: str
    source: Source = Source.CAMERA
    seen_at: float = 0.0
    answers: Mapping[str, Any] = field(default_factory=dict)
    force: bool = False
    reason: str = ""
    ignore_unpaid: bool = False
    nonce: str = field(default_factory=_request)


@dataclass(frozen=True, slots=True)
class UndoAdmission(Command):
    """Take a pass back. `admission` empty: the last one of this desk."""

    reason: str
    admission: str = ""


@dataclass(frozen=True, slots=True)
class AdmitOrder(Command):
    """Admit these tickets of one order at once (`tickets` empty: all that may pass)."""

    order: str
    tickets: Sequence[str] = ()
    force: bool = False


@dataclass(frozen=True, slots=True)
class AddWalkIn(Command):
    """A guest without a ticket: issue one, admit it, print its badge."""

    name: str
    product: str
    variation: str | None = None
    company: str = ""
    email: str = ""
    admit: bool = True


@dataclass(frozen=True, slots=True)
class ListPasses(Command):
    """The last passes of a check-in list, at any desk: answered by `passes_listed`."""

    log: str
    list: str
    limit: int = 50


@dataclass(frozen=True, slots=True)
class FindGuests(Command):
    """Search as one types. A newer one makes an older one that still waits moot.

    `log` empty: the event of the door chosen.
    """

    text: str
    limit: int = 50
    log: str = ""


@dataclass(frozen=True, slots=True)
class PrepareSearch(Command):
    """Read the event's words ahead, so that the first search is as quick as the others."""

    log: str


@dataclass(frozen=True, slots=True)
class ShowOrder(Command):
    """All tickets of an order with what each would get at this door."""

    order: str


@dataclass(frozen=True, slots=True)
class RecordFacts(Command):
    """Write what a person has set up (event, list, product ...) to a log."""

    log: str
    drafts: Sequence[Draft]


@dataclass(frozen=True, slots=True)
class PrintBadge(Command):
    """Print (or print again, with a reason) the badge of a ticket. `log` empty: of the door's event."""

    ticket: str
    reason: str = ""
    printer: str = ""
    log: str = ""


@dataclass(frozen=True, slots=True)
class SettleJob(Command):
    """What a person decided about a print job: "retry" (here or on `printer`), "printed" or "cancel".
    `patient`: nobody stands there to try again; it is kept while the print system is silent."""

    job: str
    choice: str
    printer: str = ""
    patient: bool = False


@dataclass(frozen=True, slots=True)
class PutSetting(Command):
    """Keep a desk-local setting (camera, printer, theme, language ...)."""

    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class PrintStaffCard(Command):
    """On the badge printer, once and outside the spool, which would keep its code: `test_badge_told`."""

    name: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StartTraining(Command):
    """Open a training in a window of its own, as `log` is set up (empty: the event of this till or door)."""

    log: str = ""


@dataclass(frozen=True, slots=True)
class BackUpNow(Command):
    """Make a verified backup now."""


@dataclass(frozen=True, slots=True)
class BackUpIfDue(Command):
    """Make a backup where facts were written since the last one, and that is some minutes old."""


@dataclass(frozen=True, slots=True)
class ForgetIfDue(Command):
    """Forget whom an erasure or the end of an event's time asks to forget, and say that it is done."""


@dataclass(frozen=True, slots=True)
class RunOperation(Command):
    """Long work off the engine's thread: an import, an export, a verification.

    `work(store, progress, canceled)` runs on a worker with the desk's Store; `progress(done, total)`
    may be called often (total 0 where unknown); where `canceled()` is true it raises
    `errors.OperationCanceled`. `desk/operations.py` makes these. It needs `right` in `log` (None: nothing).
    """

    name: str
    work: Callable[[Any, Callable[[int, int], None], Callable[[], bool]], Any]
    log: str = ""
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class CancelOperation(Command):
    operation: str


@dataclass(frozen=True, slots=True)
class ListEvents(Command):
    """Every event of this desk: answered by `events_listed`."""


@dataclass(frozen=True, slots=True)
class ShowCatalogue(Command):
    """All that is set up for an event: answered by `catalogue_shown`."""

    log: str


@dataclass(frozen=True, slots=True)
class ListGuests(Command):
    """One page of an event's guests, by ticket id after `after`: answered by `guests_listed`."""

    log: str
    after: str | None = None
    limit: int = 200


@dataclass(frozen=True, slots=True)
class ShowTicket(Command):
    """One ticket with its order and passes, nothing decided: answered by `ticket_shown`."""

    log: str
    ticket: str


@dataclass(frozen=True, slots=True)
class ListJobs(Command):
    """The latest badge jobs, newest first: answered by `jobs_listed`. `states`: those alone (none: all);
    `text`: of guests whose name holds these words."""

    limit: int = 200
    states: tuple[JobState, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class ListDevices(Command):
    """The cameras and printers that can be chosen: answered by `devices_listed`."""


@dataclass(frozen=True, slots=True)
class ListSettings(Command):
    """The desk-local settings as they stand: answered by `settings_listed`."""


@dataclass(frozen=True, slots=True)
class RunDoctor(Command):
    """Check everything a door needs: `doctor_reported` tells after each check, the last one complete."""


@dataclass(frozen=True, slots=True)
class PrintTestBadge(Command):
    """Print a made-up badge on a queue (empty: the printer set): `test_badge_told` says how it goes."""

    printer: str = ""


@dataclass(frozen=True, slots=True)
class OpenDemoEvent(Command):
    """Make the demo event where it is missing; `events_listed` tells when it is there."""


@dataclass(frozen=True, slots=True)
class OpenCamera(Command):
    """Watch through the camera that is set; the one before it is let go."""


# Posted again and again by the clock: a fault that stays is told once, not each time.
BY_THE_CLOCK: Final[frozenset[type[Command]]] = frozenset({BackUpIfDue, CheckOutIfDue, ForgetIfDue})
