"""Rows for screens, searches and exports: guests and their passes, flattened."""

from dataclasses import dataclass
from datetime import datetime

from eventdesk.domain.tickets import Direction, OrderStatus


@dataclass(frozen=True, slots=True)
class Hit:
    """One guest found. `product` is a name; `used` and `inside` hold for the list that was asked for."""

    ticket: str
    secret: str
    name: str
    email: str = ""
    company: str = ""
    order: str = ""
    order_code: str = ""
    product: str = ""
    used: bool = False
    inside: bool = False
    testmode: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search found, best first. `corrected` is what was probably meant, where nobody has what was
    typed."""

    hits: tuple[Hit, ...] = ()
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Who is inside now, how many have entered at least once, how many are expected on the list. Test
    orders count where the whole event is in test mode."""

    inside: int = 0
    entered: int = 0
    expected: int = 0


@dataclass(frozen=True, slots=True)
class GuestRow:
    """A ticket as an export shows it; product, variation and session are names."""

    ticket: str
    secret: str
    order_code: str
    status: OrderStatus
    name: str
    email: str
    company: str
    product: str
    variation: str
    session: str
    seat: str
    notes: str
    canceled: bool
    blocked: bool
    valid_from: datetime | None
    valid_until: datetime | None
    testmode: bool = False


@dataclass(frozen=True, slots=True)
class AdmissionRow:
    """A pass, with the guest's name and the names of list, gate and product. `at` is UTC."""

    admission: str
    ticket: str
    name: str
    product: str
    list: str
    direction: Direction
    at: datetime
    gate: str
    desk: str
    forced: bool
    confirmed: bool
    by_hub_alone: bool
    order: str
