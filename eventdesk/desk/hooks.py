"""What the engine tells, in the past tense. Hooks are called on the engine's threads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventdesk.desk.checks.check import Checkup
from eventdesk.desk.design.hooks import DesignHooks
from eventdesk.desk.hook import Hook
from eventdesk.desk.kiosk.hooks import KioskHooks
from eventdesk.desk.listings import (
    BadgeTried,
    CatalogueShown,
    DevicesListed,
    EventsListed,
    GuestsListed,
    JobsListed,
    SettingsListed,
    TicketShown,
)
from eventdesk.desk.pretix.hooks import PretixHooks
from eventdesk.desk.till.hooks import TillHooks
from eventdesk.desk.upstream.values import (
    CodeMade,
    ConflictsFound,
    ConflictsListed,
    DesksListed,
    ErasuresListed,
    HubsFound,
    HubState,
    LineState,
    OutboxListed,
    Paired,
    StaffCardMade,
    StaffListed,
    StaffState,
    TicketKeysListed,
)
from eventdesk.desk.venue.hooks import VenueHooks
from eventdesk.devices.states import DeviceState
from eventdesk.domain.badges import BadgeJob
from eventdesk.domain.catalogue import Catalogue, CheckInList
from eventdesk.domain.decision import Mode, Verdict
from eventdesk.domain.guests import Figures, Hit
from eventdesk.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict that stands on the disk. `admission` is the pass it wrote, for undo (or empty).

    `seen_at` is when the code was seen (`time.monotonic()`). `product` and `variation` are
    names; `job` is the badge that goes with it. `confirmed` is False where an admission was decided
    here alone, though other desks might have been asked; `by_hub_alone` where a hub confirmed it and could
    not ask its centre.
    """

    request: str
    code: str
    mode: Mode
    verdict: Verdict
    admission: str = ""
    nonce: str = ""
    seen_at: float = 0.0
    at: datetime | None = None
    product: str = ""
    variation: str = ""
    job: BadgeJob | None = None
    confirmed: bool = True
    by_hub_alone: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    request: str
    ticket: Ticket
    admission: str


@dataclass(frozen=True, slots=True)
class PassesListed:
    """The last passes of a list, newest first, each as the verdict that it was."""

    request: str
    log: str
    list: str
    given: Sequence[Given]


@dataclass(frozen=True, slots=True)
class Found:
    request: str
    text: str
    hits: Sequence[Hit]
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class OrderShown:
    """`verdicts` are what each ticket would get; nothing was written."""

    request: str
    order: str
    verdicts: Sequence[Verdict]


@dataclass(frozen=True, slots=True)
class OrderAdmitted:
    request: str
    order: str
    given: Sequence[Given]


@dataclass(frozen=True, slots=True)
class Door:
    """Where the desk stands: the chosen event, list, gate and mode, with all that is set up."""

    catalogue: Catalogue
    list: CheckInList
    gate: str | None
    mode: Mode
    figures: Figures = field(default_factory=Figures)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault of the world, in words; `remedy` is what to do.

    `command`: the type of what failed. `device`: what limps by it (see DeviceChanged), if anything.
    `is_bug`: EventDesk's own mistake, not the world's; its words name nobody.
    """

    request: str
    message: str
    remedy: str = ""
    command: type[object] | None = None
    device: str = ""
    is_bug: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """An operation went on; `total` 0 where unknown."""

    operation: str
    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Ended:
    """An operation is over: with its result, with an error in words, or canceled."""

    operation: str
    name: str
    result: Any = None
    error: Trouble | None = None
    canceled: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """Facts were written to `log`: kinds by number, so that screens refresh what changed."""

    request: str
    log: str
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    """A device of this desk has another state. `device`: camera, readers, scanner, printer or database."""

    device: str
    state: DeviceState


@dataclass(frozen=True, slots=True)
class Sighted:
    """What the camera makes of its picture: the corners of a code in view (pixels), or, where a code
    is seen and not read, the `cause` ("blurred", "too_dark" ...)."""

    corners: Sequence[tuple[float, float]] = ()
    cause: str = ""


@dataclass(frozen=True, slots=True)
class CodeRead:
    """The camera has read a code that newly came into view. `seen_at`: `time.monotonic()` of the frame."""

    text: str
    seen_at: float


class Hooks(TillHooks, KioskHooks, VenueHooks, DesignHooks, PretixHooks):
    def __init__(self) -> None:
        super().__init__()
        self.verdict_given: Hook[Given] = Hook()
        self.admission_undone: Hook[Undone] = Hook()
        self.passes_listed: Hook[PassesListed] = Hook()
        self.order_shown: Hook[OrderShown] = Hook()
        self.order_admitted: Hook[OrderAdmitted] = Hook()
        self.guests_found: Hook[Found] = Hook()
        self.door_chosen: Hook[Door] = Hook()
        self.figures_changed: Hook[Figures] = Hook()
        self.facts_recorded: Hook[Recorded] = Hook()
        self.job_changed: Hook[BadgeJob] = Hook()
        self.operation_moved: Hook[Moved] = Hook()
        self.operation_ended: Hook[Ended] = Hook()
        self.setting_kept: Hook[tuple[str, Any]] = Hook()
        self.backup_made: Hook[str] = Hook()
        self.trouble_told: Hook[Trouble] = Hook()
        self.events_listed: Hook[EventsListed] = Hook()
        self.catalogue_shown: Hook[CatalogueShown] = Hook()
        self.guests_listed: Hook[GuestsListed] = Hook()
        self.ticket_shown: Hook[TicketShown] = Hook()
        self.jobs_listed: Hook[JobsListed] = Hook()
        self.devices_listed: Hook[DevicesListed] = Hook()
        self.settings_listed: Hook[SettingsListed] = Hook()
        self.test_badge_told: Hook[BadgeTried] = Hook()
        self.doctor_reported: Hook[Checkup] = Hook()
        self.device_changed: Hook[DeviceChanged] = Hook()
        self.sighted: Hook[Sighted] = Hook()
        self.code_read: Hook[CodeRead] = Hook()
        self.line_changed: Hook[LineState] = Hook()
        self.paired: Hook[Paired] = Hook()
        self.hubs_found: Hook[HubsFound] = Hook()
        self.hub_changed: Hook[HubState] = Hook()
        self.outbox_listed: Hook[OutboxListed] = Hook()
        self.conflicts_found: Hook[ConflictsFound] = Hook()
        self.conflicts_listed: Hook[ConflictsListed] = Hook()
        self.staff_changed: Hook[StaffState] = Hook()
        self.staff_listed: Hook[StaffListed] = Hook()
        self.staff_card_made: Hook[StaffCardMade] = Hook()
        self.desks_listed: Hook[DesksListed] = Hook()
        self.code_made: Hook[CodeMade] = Hook()
        self.erasures_listed: Hook[ErasuresListed] = Hook()
        self.ticket_keys_listed: Hook[TicketKeysListed] = Hook()
