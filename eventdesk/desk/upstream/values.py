"""What the desk tells of its line to the upstream: the values of its hooks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eventdesk.domain.conflicts import Conflict
from eventdesk.domain.staff import Role
from eventdesk.domain.till.taken import SeatConflict

AnyConflict = Conflict | SeatConflict


class Reach(StrEnum):
    """How far the desk's word goes just now."""

    ALONE = "alone"
    HUB = "hub"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class LineState:
    """The status line. `node` is the upstream's name; `heard_at` when the desk last learned all that
    its upstream knew (None: never), from which the age of its knowledge follows.

    `waiting` facts have not been numbered upstream, `refused` were refused there. `trouble` and
    `remedy` say what is wrong with the line, if anything. `clock_error_ms`: how far this
    computer's clock is ahead (it is corrected for). `locked`: too long alone, or (`shut`) by a supervisor.
    """

    paired: bool = False
    reach: Reach = Reach.ALONE
    node: str = ""
    heard_at: datetime | None = None
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0
    trouble: str = ""
    remedy: str = ""
    clock_error_ms: int = 0
    locked: bool = False
    shut: bool = False
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Paired:
    request: str
    node: str
    reach: Reach
    roles: Sequence[str]
    events: Sequence[str]


@dataclass(frozen=True, slots=True)
class HubFound:
    """A node on the LAN. `known`: our upstream vouches for it, so that no code is needed."""

    node: str
    name: str
    address: str
    known: bool


@dataclass(frozen=True, slots=True)
class HubsFound:
    request: str
    hubs: Sequence[HubFound]


class Delivery(StrEnum):
    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A fact that upstream has not numbered, or has refused. `what` are words for its kind and subject."""

    fact: str
    log: str
    kind: str
    subject: str
    what: str
    since: datetime
    state: Delivery
    tries: int
    tried_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class OutboxListed:
    request: str
    items: Sequence[OutboxItem]
    total: int


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """A conflict with names for people: guest, desks, gates.

    Of a seat that was sold twice, `seat` says which, `guests` are who has it (first and second; empty: no
    name), and `order_code` names both orders.
    """

    conflict: AnyConflict
    guest: str
    order_code: str
    desks: Sequence[str]
    gates: Sequence[str]
    seat: str = ""
    guests: Sequence[str] = ()

    @property
    def subject(self) -> str:
        """What `SettleConflict` names."""
        return self.conflict.seat if isinstance(self.conflict, SeatConflict) else self.conflict.ticket


@dataclass(frozen=True, slots=True)
class ConflictsListed:
    request: str
    log: str
    conflicts: Sequence[ConflictShown]


@dataclass(frozen=True, slots=True)
class ConflictsFound:
    """New ones: alarm. `mine` where one of the two passes was at this desk."""

    log: str
    conflicts: Sequence[ConflictShown]
    mine: bool


@dataclass(frozen=True, slots=True)
class StaffState:
    """Who is logged on at this desk (empty: nobody). `wait_until`: no PIN is tried before. `request`: of the
    StaffIn that has just logged them on; empty: told for another reason."""

    id: str = ""
    name: str = ""
    roles: frozenset[Role] = frozenset()
    required: bool = False
    wait_until: datetime | None = None
    request: str = ""


@dataclass(frozen=True, slots=True)
class StaffRow:
    id: str
    name: str
    roles: frozenset[Role]
    has_pin: bool
    has_card: bool = False


@dataclass(frozen=True, slots=True)
class StaffListed:
    request: str
    log: str
    staff: Sequence[StaffRow]


@dataclass(frozen=True, slots=True)
class StaffCardMade:
    """`code` is what the card says, as a QR code."""

    request: str
    id: str
    name: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeskRow:
    """Another desk as the upstream knows it."""

    desk: str
    name: str
    roles: Sequence[str]
    seen_at: datetime | None
    revoked: bool
    clock_error_ms: int
    is_this: bool


@dataclass(frozen=True, slots=True)
class DesksListed:
    request: str
    desks: Sequence[DeskRow]


@dataclass(frozen=True, slots=True)
class CodeMade:
    """`text` is the invitation to be shown as QR, `code` to be typed."""

    request: str
    code: str
    text: str
    until: datetime


@dataclass(frozen=True, slots=True)
class HubState:
    """This desk as a hub: running or not, and where desks reach it."""

    running: bool
    addresses: Sequence[str] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """A guest's erasure, and the desks that have not confirmed it yet (their names)."""

    fact: str
    order: str
    at: datetime
    unconfirmed: Sequence[str]


@dataclass(frozen=True, slots=True)
class ErasuresListed:
    request: str
    log: str
    erasures: Sequence[ErasureRow]


@dataclass(frozen=True, slots=True)
class TicketKeyRow:
    """`desk` is the name of whose key it is; `is_own`: this desk signs with it."""

    key: str
    desk: str
    since: datetime
    removed: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class TicketKeysListed:
    """The newest first. What may be done here: `may_rotate`, `may_remove`."""

    request: str
    log: str
    keys: Sequence[TicketKeyRow]
    may_rotate: bool = True
    may_remove: bool = True
