"""Sales, payments, closings and who did what at the tills, to CSV and XLSX, page by page, in bounded memory.

Amounts are decimals, each with its currency in a column of its own, so that nobody adds up two. What was
given back is negative. Moments are those of the event's zone, desks and unnamed people by their ids.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from eventdesk.bridges.files import till_rows
from eventdesk.bridges.files.opening import Canceled, Progress
from eventdesk.bridges.files.paging import paged, told
from eventdesk.bridges.files.writing import write_table
from eventdesk.domain.imports import Exported
from eventdesk.domain.till.accounts import EVER, Closing, SoldLine
from eventdesk.domain.till.sales import Payment
from eventdesk.domain.till.setup import Tender
from eventdesk.domain.till.sums import SALE, Span
from eventdesk.storage.store import Reader, Store

PAGE = 500


def export_sales(
    store: Store, log: str, path: Path, progress: Progress, canceled: Canceled, span: Span = EVER
) -> Exported:
    """Every line of every receipt, sales and reversals, by desk and receipt number."""
    with store.reader() as reader:
        lines = _told_lines(reader, log, span, progress, canceled)
        names = _Names(reader, log)
        rows = (till_rows.sold(line, names.original(line), names.people, names.zone) for line in lines)
        count = write_table(path, till_rows.SALES, rows, "Sales")
    return Exported(str(path), count)


def export_payments(
    store: Store, log: str, path: Path, progress: Progress, canceled: Canceled, span: Span = EVER
) -> Exported:
    """Every payment, whatever became of it, the oldest first."""
    with store.reader() as reader:
        names = _Names(reader, log)
        keys = paged(lambda after: reader.payment_keys(log, span, after, PAGE), lambda key: key)
        ids = (id_ for _at, id_ in told(keys, reader.payment_count(log, span), progress, canceled))
        payments = (one for id_ in ids if (one := reader.payment(log, id_)) is not None)
        rows = (
            till_rows.paid(
                one, names.receipt(one), names.customer(one), names.z(one), names.people, names.zone
            )
            for one in payments
        )
        count = write_table(path, till_rows.PAYMENTS, rows, "Payments")
    return Exported(str(path), count)


def export_closings(
    store: Store, log: str, path: Path, progress: Progress, canceled: Canceled, span: Span = EVER
) -> Exported:
    """Every closed shift as its close says it, by desk and number."""
    with store.reader() as reader:
        names = _Names(reader, log)
        rows = (
            till_rows.closed(one, names.people, names.zone)
            for one in told(closings(reader, log, span), 0, progress, canceled)
        )
        count = write_table(path, till_rows.CLOSINGS, rows, "Closings")
    return Exported(str(path), count)


def export_audit(
    store: Store, log: str, path: Path, progress: Progress, canceled: Canceled, span: Span = EVER
) -> Exported:
    """Who did what at the tills that is to be asked about, by shift, the latest shift first."""
    with store.reader() as reader:
        names = _Names(reader, log)
        shifts = told(reader.shifts(log, limit=1_000_000), 0, progress, canceled)
        rows = (
            till_rows.audited(entry, shift, names.people, names.zone)
            for shift in shifts
            for entry in reader.audit(log, shift.id)
            if span.begins <= entry.at < span.ends
        )
        count = write_table(path, till_rows.AUDIT, rows, "Audit")
    return Exported(str(path), count)


def closings(reader: Reader, log: str, span: Span) -> Iterator[Closing]:
    keys = paged(lambda after: reader.closed_shifts(log, span, after, PAGE), lambda key: key)
    for _desk, _number, id_ in keys:
        found = reader.closing(log, id_)
        if found is not None:
            yield found


def _told_lines(
    reader: Reader, log: str, span: Span, progress: Progress, canceled: Canceled
) -> Iterator[SoldLine]:
    """Progress counts receipts, not lines."""
    receipts = told(_receipts(reader, log, span), reader.receipt_count(log, span), progress, canceled)
    return (line for lines in receipts for line in lines)


def _receipts(reader: Reader, log: str, span: Span) -> Iterator[list[SoldLine]]:
    def page(after: list[SoldLine] | None) -> list[list[SoldLine]]:
        found: list[list[SoldLine]] = []
        for line in reader.sold_lines(log, span, after[-1].key if after else None, PAGE):
            if not found or found[-1][-1].key != line.key:
                found.append([])
            found[-1].append(line)
        return found

    return paged(page, lambda lines: lines)


class _Names:
    """What rows say of other things. Looked up one by one, and only where a row needs it."""

    def __init__(self, reader: Reader, log: str) -> None:
        self._reader, self._log = reader, log
        self.zone: ZoneInfo = reader.catalogue(log).event.zone
        self.people: Mapping[str, str] = {one.id: one.name for one in reader.staff(log)}
        self._shifts: dict[str, int] = {}

    def original(self, line: SoldLine) -> int:
        """The number of the receipt that a reversal gives back; 0 for a sale."""
        return 0 if line.way == SALE else self._number(line.sale)

    def receipt(self, payment: Payment) -> int:
        """Of the payment's sale; 0 while it is none."""
        number = self._reader.receipt_number(self._log, payment.shift, payment.sale)
        return number or self._number(payment.sale)

    def customer(self, payment: Payment) -> str:
        """Who still owes it: of invoices alone, as nobody else's name is needed here."""
        if payment.tender is not Tender.INVOICE:
            return ""
        sale = self._reader.sale(self._log, payment.sale)
        return sale.customer if sale else ""

    def z(self, payment: Payment) -> int:
        """The number of the payment's shift."""
        if payment.shift not in self._shifts:
            shift = self._reader.shift(self._log, payment.shift)
            self._shifts[payment.shift] = shift.number if shift else 0
        return self._shifts[payment.shift]

    def _number(self, sale_id: str) -> int:
        sale = self._reader.sale(self._log, sale_id)
        return sale.number if sale else 0
