"""Guests and passes to CSV and XLSX, page by page, in bounded memory."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from eventdesk.bridges.files.opening import Canceled, Progress, check
from eventdesk.bridges.files.writing import write_table
from eventdesk.domain.guests import AdmissionRow, GuestRow
from eventdesk.domain.imports import Exported
from eventdesk.storage.store import Store

T = TypeVar("T")
PAGE = 1_000

# Headers that an import knows again (synonyms.py).
GUEST_HEADERS = (
    "Code",
    "Name",
    "Email",
    "Company",
    "Product",
    "Variation",
    "Session",
    "Order code",
    "Order status",
    "Seat",
    "Notes",
    "Canceled",
    "Blocked",
    "Valid from",
    "Valid until",
)
ADMISSION_HEADERS = (
    "Time",
    "Direction",
    "List",
    "Gate",
    "Name",
    "Product",
    "Desk",
    "Forced",
    "Confirmed",
    "Ticket",
    "Admission",
)


def export_guests(store: Store, log: str, path: Path, progress: Progress, canceled: Canceled) -> Exported:
    """Every guest of the event, by ticket id. Times are those of the event's zone."""
    with store.reader() as reader:
        zone, total = reader.catalogue(log).event.zone, reader.guest_count(log)
        pages = _paged(lambda after: reader.guests(log, after, PAGE), lambda row: row.ticket)
        rows = (_guest(row, zone) for row in _told(pages, total, progress, canceled))
        count = write_table(path, GUEST_HEADERS, rows, "Guests")
    return Exported(str(path), count)


def export_admissions(store: Store, log: str, path: Path, progress: Progress, canceled: Canceled) -> Exported:
    """Every pass that stands, on all lists, oldest first. Times are those of the event's zone."""
    with store.reader() as reader:
        zone = reader.catalogue(log).event.zone
        pages = _paged(lambda after: reader.admissions(log, after, PAGE), lambda row: row.order)
        rows = (_admission(row, zone) for row in _told(pages, 0, progress, canceled))
        count = write_table(path, ADMISSION_HEADERS, rows, "Admissions")
    return Exported(str(path), count)


def _paged(page: Callable[[str | None], list[T]], key: Callable[[T], str]) -> Iterator[T]:
    after: str | None = None
    while rows := page(after):
        yield from rows
        after = key(rows[-1])


def _told(rows: Iterator[T], total: int, progress: Progress, canceled: Canceled) -> Iterator[T]:
    for count, row in enumerate(rows, 1):
        if count % PAGE == 0:
            check(canceled)
            progress(count, max(count, total) if total else 0)
        yield row
    check(canceled)


def _guest(row: GuestRow, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        row.secret,
        row.name,
        row.email,
        row.company,
        row.product,
        row.variation,
        row.session,
        row.order_code,
        row.status.value,
        row.seat,
        row.notes,
        _yes(row.canceled),
        _yes(row.blocked),
        _local(row.valid_from, zone),
        _local(row.valid_until, zone),
    )


def _admission(row: AdmissionRow, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        _local(row.at, zone),
        row.direction.value,
        row.list,
        row.gate,
        row.name,
        row.product,
        row.desk,
        _yes(row.forced),
        _yes(row.confirmed),
        row.ticket,
        row.admission,
    )


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _local(at: datetime | None, zone: ZoneInfo) -> str:
    """With its offset, so that the hour that clocks repeat in autumn is told apart."""
    return "" if at is None else at.astimezone(zone).isoformat(" ")
