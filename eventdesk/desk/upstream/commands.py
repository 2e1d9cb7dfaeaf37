"""What people ask of the desk's line to its upstream. Each is answered by the hook named."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from eventdesk.desk.commands import Command
from eventdesk.desk.upstream.values import AnyConflict
from eventdesk.domain.staff import Role


@dataclass(frozen=True, slots=True)
class PairDesk(Command):
    """`invitation` as scanned, or a bare code together with an `address`: `paired`, or trouble."""

    invitation: str
    address: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Unpair(Command):
    """Work alone from now on; what waits stays in the outbox."""


@dataclass(frozen=True, slots=True)
class FindHubs(Command):
    """Look round the LAN: `hubs_found`."""


@dataclass(frozen=True, slots=True)
class ShowLine(Command):
    """`line_changed`, now."""


@dataclass(frozen=True, slots=True)
class TryNow(Command):
    """Don't wait for the next try. `facts`: refused ones to be judged again (empty: none)."""

    facts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ListOutbox(Command):
    """`outbox_listed`: the oldest first."""

    limit: int = 200


@dataclass(frozen=True, slots=True)
class ExportOutbox(Command):
    """Write every item with its payload to a file (JSON lines): `operation_ended`."""

    path: str


@dataclass(frozen=True, slots=True)
class ListConflicts(Command):
    """`conflicts_listed`: the open ones, then the settled ones too. `log` empty: of the door chosen."""

    log: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class SettleConflict(Command):
    """Needs a supervisor. `subject` is the ticket that was admitted twice, or the seat that was sold twice;
    `word` is what was found: kept, and the same on every desk."""

    log: str
    subject: str
    conflict: str
    word: str


@dataclass(frozen=True, slots=True)
class StaffIn(Command):
    """Log on by PIN, or by what a staff card says: `staff_changed`, or trouble (after several wrong ones, a
    wait)."""

    pin: str = field(repr=False)
    log: str = ""


@dataclass(frozen=True, slots=True)
class StaffOut(Command):
    """`staff_changed`."""


@dataclass(frozen=True, slots=True)
class ListStaff(Command):
    """`staff_listed`."""

    log: str


@dataclass(frozen=True, slots=True)
class DefineStaff(Command):
    """Add or change a person. `id` empty: a new one; `pin` empty: as it was. Needs an organizer."""

    log: str
    name: str
    roles: frozenset[Role]
    pin: str = field(default="", repr=False)
    id: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class MakeStaffCard(Command):
    """`staff_card_made`, once: what it says is kept nowhere. An earlier card of this person is worth nothing
    then. `removed`: no card from now on, `staff_listed`. Needs an organizer."""

    log: str
    id: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class ListDesks(Command):
    """`desks_listed`, from upstream. Needs a supervisor."""


@dataclass(frozen=True, slots=True)
class RevokeDesk(Command):
    desk: str
    reason: str


@dataclass(frozen=True, slots=True)
class MakeCode(Command):
    """Let one more desk in: `code_made`."""

    name: str
    roles: Sequence[str] = (Role.DOOR,)
    valid_s: float = 3600.0


@dataclass(frozen=True, slots=True)
class StartHub(Command):
    """This computer serves the LAN: `hub_changed`."""

    port: int = 8443


@dataclass(frozen=True, slots=True)
class StopHub(Command):
    """`hub_changed`."""


@dataclass(frozen=True, slots=True)
class EraseGuest(Command):
    """Forget the people of an order, everywhere. Needs an organizer; can't be taken back."""

    log: str
    order: str
    reason: str


@dataclass(frozen=True, slots=True)
class ListErasures(Command):
    """`erasures_listed`."""

    log: str


@dataclass(frozen=True, slots=True)
class TellConflicts(Command):
    """New conflicts came with facts of others: `conflicts_found`. Posted by the line."""

    log: str
    conflicts: Sequence[AnyConflict]


@dataclass(frozen=True, slots=True)
class ListTicketKeys(Command):
    """`ticket_keys_listed`."""

    log: str


@dataclass(frozen=True, slots=True)
class RotateTicketKey(Command):
    """This desk signs with a new key from now on; what the old one signed stays good. Needs the selling
    right: `ticket_keys_listed`."""

    log: str


@dataclass(frozen=True, slots=True)
class RemoveTicketKey(Command):
    """End a key, and every ticket that is known by its signature alone. Needs an organizer:
    `ticket_keys_listed`."""

    log: str
    key: str


@dataclass(frozen=True, slots=True)
class PrepareTicketKey(Command):
    """Have a key at hand before a ticket is sold. Posted by the line; what goes wrong goes to the log."""

    log: str


@dataclass(frozen=True, slots=True)
class SignRevocations(Command):
    """Tickets may have been taken back: sign the list anew if so. Posted by the line."""

    log: str
