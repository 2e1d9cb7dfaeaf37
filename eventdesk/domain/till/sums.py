"""Sums of receipts and payments, as storage tells them: every report is made of these rows.

A row stands for each combination of its texts that there is; whoever wants less detail adds rows up. What
was given back is negative, so that adding is all there is to do.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

# The way of a receipt that gives nothing back.
SALE = "sale"
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """A shift or, where `shift` is empty, what happened from `begins` until before `ends` (UTC)."""

    shift: str = ""
    begins: datetime = _EVER
    ends: datetime = _EVER


@dataclass(frozen=True, slots=True)
class Turnover:
    """`way` is `sale`, or that of a reversal. `person` is a staff id. `discount` is gross money off, of sales
    alone."""

    currency: str
    desk: str
    person: str
    way: str
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


@dataclass(frozen=True, slots=True)
class TenderSum:
    """`number` payments of one `state`; only `taken` and `returned` ones moved money. `amount` counts for
    sales, `amount + rounding` is what went over the counter, in (`way`: `in`) or out."""

    currency: str
    desk: str
    person: str
    tender: str
    way: str
    state: str
    number: int
    amount: int
    rounding: int


@dataclass(frozen=True, slots=True)
class ReceiptSum:
    """`way` as in Turnover; `amount` of reversals is negative. `first` and `last` are numbers of receipts."""

    currency: str
    desk: str
    person: str
    way: str
    number: int
    amount: int
    rounding: int
    first: int
    last: int
