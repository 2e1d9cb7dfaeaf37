"""What an accountant is given: lines of receipts, turnover by hour, and an event's figures as a whole.

Amounts are minor units of the row's own currency; what was given back is negative.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eventdesk.domain.catalogue import Event
from eventdesk.domain.till.figures import Figures
from eventdesk.domain.till.sales import Reversal, Shift
from eventdesk.domain.till.setup import Business
from eventdesk.domain.till.sums import ReceiptSum, Span, TenderSum, Turnover

EVER = Span(ends=datetime(9999, 1, 1, tzinfo=UTC))

_LAST = date(9998, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included; None: from the beginning, to the end."""

    first: date | None = None
    last: date | None = None


ALL_DAYS = Period()


def days(zone: ZoneInfo, first: date | None = None, last: date | None = None) -> Span:
    """From the first day of a zone to the last, that one included; None: from the beginning, to the end."""
    begins = EVER.begins if first is None else _midnight(max(first, date(1971, 1, 1)), zone)
    ends = EVER.ends if last is None else _midnight(min(last, _LAST) + timedelta(days=1), zone)
    return Span(begins=begins, ends=ends)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


# Where a page of receipts ended: desk, number, shift, id.
ReceiptKey = tuple[str, int, str, str]
# Where a page of shifts ended: desk, number, id.
ShiftKey = tuple[str, int, str]
# Where a page of payments ended: moment as its column has it, id.
PaymentKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of a receipt. `number` is the receipt's, `z` its shift's; `receipt` is the sale's id or, of a
    reversal, the fact's; `n` counts the receipt's lines. `product` and `variation` are ids."""

    desk: str
    number: int
    shift: str
    receipt: str
    sale: str
    way: str
    at: datetime
    person: str
    currency: str
    z: int
    order: str
    n: int
    product: str
    variation: str
    name: str
    rate: int
    code: str
    comp: bool
    fee: bool
    quantity: int
    gross: int
    net: int
    tax: int
    discount: int

    @property
    def key(self) -> ReceiptKey:
        return self.desk, self.number, self.shift, self.receipt


@dataclass(frozen=True, slots=True)
class MinuteSum:
    """Of one minute (UTC): `sold` by sales, `back` (negative) by reversals; `net` and `tax` of both."""

    currency: str
    minute: datetime
    sold: int
    back: int
    net: int
    tax: int


@dataclass(frozen=True, slots=True)
class HourSum:
    """As MinuteSum, of an hour in the event's zone."""

    hour: datetime
    sold: int = 0
    back: int = 0
    net: int = 0
    tax: int = 0


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed shift as its close says it. `by` closed it, `approved` allowed it: staff ids."""

    shift: Shift
    figures: Figures
    by: str = ""
    approved: str = ""


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A reversal, and the number of the receipt that it gives back; `original_desk` wrote that."""

    reversal: Reversal
    currency: str
    original: int
    original_desk: str


@dataclass(frozen=True, slots=True)
class CurrencyAccount:
    """All that happened in one currency: they are never added up."""

    currency: str
    turnover: tuple[Turnover, ...] = ()
    tenders: tuple[TenderSum, ...] = ()
    receipts: tuple[ReceiptSum, ...] = ()
    hours: tuple[HourSum, ...] = ()
    closings: tuple[Closing, ...] = ()
    open_shifts: tuple[Shift, ...] = ()
    reversals: tuple[GivenBack, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """`span` is the time that was asked for; `made` when; `people` are names by staff id."""

    business: Business
    event: Event
    span: Span
    made: datetime
    currencies: tuple[CurrencyAccount, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reported:
    """A report was written."""

    file: str
    pages: int
