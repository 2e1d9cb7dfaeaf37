"""Guests and passes to CSV and XLSX, page by page, in bounded memory."""

from pathlib import Path
from zoneinfo import ZoneInfo

from eventdesk.bridges.files.cells import local, yes
from eventdesk.bridges.files.opening import Canceled, Progress
from eventdesk.bridges.files.paging import PAGE, paged, told
from eventdesk.bridges.files.writing import write_table
from eventdesk.domain.guests import AdmissionRow, GuestRow
from eventdesk.domain.imports import Exported
from eventdesk.storage.store import Store

# Headers that an import knows again (synonyms.py), but for the last one.
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
    "Test order",
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
        pages = paged(lambda after: reader.guests(log, after, PAGE), lambda row: row.ticket)
        rows = (_guest(row, zone) for row in told(pages, total, progress, canceled))
        count = write_table(path, GUEST_HEADERS, rows, "Guests")
    return Exported(str(path), count)


def export_admissions(store: Store, log: str, path: Path, progress: Progress, canceled: Canceled) -> Exported:
    """Every pass that stands, on all lists, oldest first. Times are those of the event's zone."""
    with store.reader() as reader:
        zone = reader.catalogue(log).event.zone
        pages = paged(lambda after: reader.admissions(log, after, PAGE), lambda row: row.order)
        rows = (_admission(row, zone) for row in told(pages, 0, progress, canceled))
        count = write_table(path, ADMISSION_HEADERS, rows, "Admissions")
    return Exported(str(path), count)


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
        yes(row.canceled),
        yes(row.blocked),
        local(row.valid_from, zone),
        local(row.valid_until, zone),
        yes(row.testmode),
    )


def _admission(row: AdmissionRow, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        local(row.at, zone),
        row.direction.value,
        row.list,
        row.gate,
        row.name,
        row.product,
        row.desk,
        yes(row.forced),
        yes(row.confirmed),
        row.ticket,
        row.admission,
    )
