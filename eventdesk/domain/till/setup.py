"""What an organizer sets up for the till, beside the products themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Tender(StrEnum):
    """What is paid with."""

    CASH = "cash"
    CARD = "card"
    GIFT_CARD = "gift_card"
    INVOICE = "invoice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Business:
    """Who sells, as receipts say it."""

    name: str = ""
    address: tuple[str, ...] = ()
    tax_number: str = ""
    contact: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class TillRules:
    """An event's own rules. Limits are None where there is none; `denominations` empty: the currency's."""

    business: Business = Business()
    net_prices: bool = False
    cash_step: int | None = None
    denominations: tuple[int, ...] = ()
    tenders: tuple[Tender, ...] = tuple(Tender)
    most_discount: int | None = None
    most_refund: int | None = None
    most_comps: int | None = None
    most_pay_out: int | None = None
    blind: bool = True


@dataclass(frozen=True, slots=True)
class Category:
    """A page of tiles. `color` as `#rrggbb`, or empty."""

    id: str
    name: str
    position: int = 0
    color: str = ""


@dataclass(frozen=True, slots=True)
class TaxRate:
    """`rate` in parts per million (190000 is 19 %); `code` is its letter on receipts."""

    id: str
    name: str
    rate: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Discount:
    """One of `percent` (parts per million), `amount` (off the whole sale) and `price` (of each one) is
    set; at most one of `uses` and `budget`. With a `code` it is a voucher. `free`: anyone who sells may
    give it."""

    id: str
    name: str
    code: str = ""
    percent: int | None = None
    amount: int | None = None
    price: int | None = None
    products: frozenset[str] = frozenset()
    uses: int | None = None
    budget: int | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    free: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SeatingPlan:
    """Seats are named by `domain.till.seats.seat_id`."""

    id: str
    name: str
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class TillSetup:
    """All that a till needs beside the `Catalogue`."""

    rules: TillRules = TillRules()
    categories: Mapping[str, Category] = field(default_factory=dict)
    taxes: Mapping[str, TaxRate] = field(default_factory=dict)
    discounts: Mapping[str, Discount] = field(default_factory=dict)
    seatings: Mapping[str, SeatingPlan] = field(default_factory=dict)
