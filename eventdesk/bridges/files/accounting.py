"""An event's account, gathered for an accountant: the figures that its report is drawn from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from eventdesk.bridges.files.opening import Canceled, Progress
from eventdesk.bridges.files.paging import told
from eventdesk.bridges.files.tills import closings
from eventdesk.domain.till.accounts import (
    EVER,
    Account,
    CurrencyAccount,
    HourSum,
    MinuteSum,
)
from eventdesk.domain.till.sums import Span
from eventdesk.storage.store import Reader, Store


class _InCurrency(Protocol):
    @property
    def currency(self) -> str: ...


T = TypeVar("T", bound=_InCurrency)


def account_of(
    store: Store, log: str, made: datetime, progress: Progress, canceled: Canceled, span: Span = EVER
) -> Account:
    """All of it in one consistent view. `made` is now."""
    with store.reader() as reader:
        event = reader.catalogue(log).event
        parts = _Parts(reader, log, span, event.zone, progress, canceled)
        return Account(
            reader.till_setup(log).rules.business,
            event,
            span,
            made,
            tuple(parts.account(currency) for currency in parts.currencies()),
            {one.id: one.name for one in reader.staff(log)},
        )


class _Parts:
    def __init__(
        self, reader: Reader, log: str, span: Span, zone: ZoneInfo, progress: Progress, canceled: Canceled
    ) -> None:
        self._turnover = reader.turnover(log, span)
        self._tenders = reader.tender_sums(log, span)
        self._receipts = reader.receipt_sums(log, span)
        self._hours = by_hour(told(reader.minute_sums(log, span), 0, progress, canceled), zone)
        self._closings = list(told(closings(reader, log, span), 0, progress, canceled))
        self._reversals = list(
            told(reader.given_back(log, span), reader.receipt_count(log, span), progress, canceled)
        )
        self._open = [
            one for one in reader.shifts(log, limit=100_000) if one.closed is None and one.opened < span.ends
        ]

    def currencies(self) -> list[str]:
        found = {one.currency for one in self._turnover} | {one.currency for one in self._tenders}
        found |= {one.currency for one in self._open} | {one.shift.currency for one in self._closings}
        return sorted(found)

    def account(self, currency: str) -> CurrencyAccount:
        return CurrencyAccount(
            currency,
            _of(self._turnover, currency),
            _of(self._tenders, currency),
            _of(self._receipts, currency),
            tuple(sorted(self._hours.get(currency, {}).values(), key=lambda one: one.hour)),
            tuple(one for one in self._closings if one.shift.currency == currency),
            _of(self._open, currency),
            _of(self._reversals, currency),
        )


def by_hour(sums: Iterable[MinuteSum], zone: ZoneInfo) -> dict[str, dict[datetime, HourSum]]:
    """By currency and hour of the zone's clocks; the hour that they repeat in autumn stands twice."""
    found: dict[str, dict[datetime, HourSum]] = {}
    for one in sums:
        # Zones that are not whole hours from UTC begin their hours within one of UTC's.
        hour = one.minute.astimezone(zone).replace(minute=0)
        hours = found.setdefault(one.currency, {})
        at = hour.astimezone(one.minute.tzinfo)
        before = hours.get(at, HourSum(hour))
        hours[at] = HourSum(
            hour,
            before.sold + one.sold,
            before.back + one.back,
            before.net + one.net,
            before.tax + one.tax,
        )
    return found


def _of(rows: Iterable[T], currency: str) -> tuple[T, ...]:
    return tuple(one for one in rows if one.currency == currency)
