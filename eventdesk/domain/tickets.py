"""Orders, tickets and their admissions, as the fold of their facts shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventdesk.domain.verdicts import Words


class OrderStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELED = "canceled"


class Direction(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Order:
    """`testmode`: somebody tried the shop with it. It is let in as any other and left out of the figures,
    unless the whole event is in test mode."""

    id: str
    code: str
    status: OrderStatus = OrderStatus.PAID
    requires_approval: bool = False
    valid_if_pending: bool = False
    email: str = ""
    company: str = ""
    name: str = ""
    locale: str = "en"
    checkin_text: str = ""
    attention: bool = False
    testmode: bool = False


@dataclass(frozen=True, slots=True)
class Admission:
    """One successful pass through a door that has not been undone. `id` is its fact's id.

    `at` is when the ticket was scanned (UTC), by the clock of its desk: for rules of minutes and days,
    and to be shown. What came first is told by `order`, the stamp's text. `by_hub_alone`: confirmed by a
    hub whose centre was silent.
    """

    id: str
    ticket: str
    list: str
    direction: Direction
    at: datetime
    order: str = ""
    desk: str = ""
    gate: str = ""
    nonce: str = ""
    forced: bool = False
    confirmed: bool = True
    by_hub_alone: bool = False


def in_stamp_order(passes: Iterable[Admission]) -> list[Admission]:
    """Passes as they stand: a stamp is never before what its desk had seen, a clock may be."""
    return sorted(passes, key=_place)


def _place(admission: Admission) -> tuple[str, str]:
    return admission.order, admission.id


@dataclass(frozen=True, slots=True)
class Ticket:
    """One scannable position of an order. `secret` is what its code says.

    `addons` are the add-on tickets of this one; `addon_to` is the id of the ticket this one is
    an add-on of. `admissions` are those on every list, in stamp order.
    """

    id: str
    order: Order
    secret: str
    product: str
    variation: str | None = None
    session: str | None = None
    name: str = ""
    email: str = ""
    company: str = ""
    notes: str = ""
    photo: str = ""
    seat: str = ""
    canceled: bool = False
    blocked: bool = False
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    checkin_text: str = ""
    attention: bool = False
    addon_to: str | None = None
    addons: tuple["Ticket", ...] = ()
    admissions: tuple[Admission, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


class Via(StrEnum):
    """How a code led to its ticket."""

    SECRET = "secret"
    REVOKED = "revoked"
    MEDIUM = "medium"
    TICKET_ID = "ticket_id"
    SIGNED = "signed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Presented:
    """A code and what the desk knows of it: no ticket, one, or (a medium with many) several.

    `ticket` bears its add-ons; where the code is an add-on's own, `parent` is the main ticket.
    `medium_active` and `medium_until` (the last moment at which it is good) count only where `via` is MEDIUM.
    `withdrawn` (with REVOKED): the ticket stands in the organizer's list of revoked ones. `why` (with
    NOTHING): what is wrong with a signed code.
    """

    code: str
    via: Via = Via.NOTHING
    ticket: Ticket | None = None
    parent: Ticket | None = None
    others: tuple[Ticket, ...] = ()
    medium_active: bool = True
    withdrawn: bool = False
    why: "Words | None" = None
    medium_until: datetime | None = None
