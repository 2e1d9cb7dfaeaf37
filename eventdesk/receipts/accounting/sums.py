"""Rows of an account added up by what a table tells apart."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeVar

from eventdesk.domain.till.accounts import CurrencyAccount, HourSum
from eventdesk.domain.till.sales import PaymentState, Way
from eventdesk.domain.till.setup import Tender
from eventdesk.domain.till.sums import SALE, TenderSum, Turnover

MOVED = (PaymentState.TAKEN.value, PaymentState.RETURNED.value)
# A plot shows so many bars by hours, then by days, then by months.
MOST_HOURS, MOST_DAYS = 60, 92
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Sold:
    """`back` is what was given back, below zero."""

    quantity: int = 0
    sold: int = 0
    back: int = 0
    net: int = 0
    tax: int = 0

    @property
    def gross(self) -> int:
        return self.sold + self.back


@dataclass(frozen=True, slots=True)
class Paid:
    """`taken` and `returned` as they count for sales, none below zero; `moved` went over the counter."""

    number: int = 0
    taken: int = 0
    returned: int = 0
    rounding: int = 0

    @property
    def moved(self) -> int:
        return self.taken - self.returned + self.rounding


def sold_by(rows: Iterable[Turnover], key: Callable[[Turnover], K]) -> dict[K, Sold]:
    found: dict[K, Sold] = {}
    for row in rows:
        before = found.get(key(row), Sold())
        is_sale = row.way == SALE
        found[key(row)] = Sold(
            before.quantity + row.quantity,
            before.sold + (row.gross if is_sale else 0),
            before.back + (0 if is_sale else row.gross),
            before.net + row.net,
            before.tax + row.tax,
        )
    return found


def paid_by_tender(rows: Iterable[TenderSum]) -> dict[Tender, Paid]:
    """Of payments whose money moved."""
    found: dict[str, Paid] = {}
    for row in rows:
        if row.state not in MOVED:
            continue
        before, taken = found.get(row.tender, Paid()), row.way == Way.IN
        found[row.tender] = Paid(
            before.number + row.number,
            before.taken + (row.amount if taken else 0),
            before.returned + (0 if taken else row.amount),
            before.rounding + (row.rounding if taken else -row.rounding),
        )
    return {tender: found[tender.value] for tender in Tender if tender.value in found}


def total(account: CurrencyAccount) -> Sold:
    return sold_by(account.turnover, lambda _row: None).get(None, Sold())


def by_day(hours: Iterable[HourSum]) -> dict[datetime, HourSum]:
    """By the midnight with which the day began."""
    return _added(hours, lambda hour: hour.replace(hour=0))


def steps(hours: Sequence[HourSum]) -> tuple[str, list[HourSum]]:
    """What a plot shows: `hours`, `days` or `months`, and their sums with those in which nothing was sold."""
    if not hours:
        return "hours", []
    lasted = hours[-1].hour - hours[0].hour
    if lasted <= timedelta(hours=MOST_HOURS):
        return "hours", _filled(hours, timedelta(hours=1))
    found = list(by_day(hours).values())
    if lasted <= timedelta(days=MOST_DAYS):
        return "days", _filled(found, timedelta(days=1))
    return "months", list(_added(found, lambda hour: hour.replace(day=1, hour=0)).values())


def _added(hours: Iterable[HourSum], begin: Callable[[datetime], datetime]) -> dict[datetime, HourSum]:
    ordered = sorted(hours, key=lambda one: one.hour)
    found: dict[datetime, HourSum] = {}
    for start, ones in groupby(ordered, lambda one: begin(one.hour)):
        same = list(ones)
        found[start] = HourSum(
            start,
            sum(one.sold for one in same),
            sum(one.back for one in same),
            sum(one.net for one in same),
            sum(one.tax for one in same),
        )
    return found


def _filled(found: Sequence[HourSum], step: timedelta) -> list[HourSum]:
    """By the clock on the wall: a step over a change of clocks stays one."""
    there = {(one.hour.replace(tzinfo=None), one.hour.fold): one for one in found}
    filled, at, last = [], found[0].hour.replace(fold=0), found[-1].hour.replace(tzinfo=None)
    while at.replace(tzinfo=None) <= last:
        key = at.replace(tzinfo=None)
        ones = [there[key, fold] for fold in (0, 1) if (key, fold) in there]
        filled += ones or [HourSum(at)]
        at += step
    return filled
