"""A guest list from its file to guests who can be scanned and found, against raw inserts of the same rows."""

import argparse
import csv
import resource
import secrets
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import xlsxwriter

from eventdesk.bench.filling import LOG, event_drafts
from eventdesk.bench.guests import made_guests
from eventdesk.bench.raw_import import raw_seconds
from eventdesk.bridges.files.importing import import_file
from eventdesk.domain.imports import ImportChoices
from eventdesk.storage import connecting
from eventdesk.storage.store import Store

SIZES = (50_000, 500_000)
# The smaller size is measured several times, ours and raw in turns; the middle counts.
REPEATED_BELOW = 100_000
TURNS = 3
HEADERS = ("Order code", "Attendee name", "Attendee email", "Company", "Product", "Secret")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--guests", type=int, nargs="+", default=list(SIZES), metavar="N")


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """By number of guests: `rows_per_s`, `vs_raw` (our seconds by the seconds of raw `executemany` of
    all rows that the import made, search index included, in an equal database), `vs_raw_unsearchable`
    (raw leaves the search index out), `seconds`, `raw_seconds`, `peak_rss_mib` of the process after
    our import, and `xlsx_rows_per_s` for the same list as XLSX."""
    return {str(size): _measure_size(size) for size in args.guests}


def _measure_size(size: int) -> dict[str, Any]:
    turns = TURNS if size < REPEATED_BELOW else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, sheet = _write_csv(folder / "guests.csv", size), _write_xlsx(folder / "guests.xlsx", size)
        results = [_one_turn(folder / str(turn), text) for turn in range(turns)]
        peak = _peak_rss_mib()
        sheet_seconds, _ = _ours(folder / "sheet", sheet)
    ours, raw, unsearchable = (statistics.median(times) for times in zip(*results, strict=True))
    return {
        "rows_per_s": round(size / ours),
        "vs_raw": round(ours / raw, 2),
        "vs_raw_unsearchable": round(ours / unsearchable, 2),
        "seconds": round(ours, 2),
        "raw_seconds": round(raw, 2),
        "peak_rss_mib": peak,
        "xlsx_rows_per_s": round(size / sheet_seconds),
    }


def _one_turn(folder: Path, file: Path) -> tuple[float, float, float]:
    """Seconds of ours, of raw with the search index, of raw without it."""
    ours, key = _ours(folder, file)
    raw, searching = raw_seconds(folder / "ours.db", key, folder / "raw.db", LOG)
    for database in folder.glob("*.db*"):
        database.unlink()
    return ours, raw + searching, raw


def _ours(folder: Path, file: Path) -> tuple[float, bytes]:
    """From the file to the commit: seconds, and the key of the database `ours.db` in the folder."""
    folder.mkdir()
    key = secrets.token_bytes(connecting.KEY_BYTES)
    with Store.open(folder / "ours.db", key, "bench") as store:
        with store.transaction() as tx:
            tx.append(LOG, event_drafts())
        began = perf_counter()
        done = import_file(store, LOG, file, ImportChoices(), lambda _done, _total: None, lambda: False)
        seconds = perf_counter() - began
    if not done.written or done.counts.created != done.counts.rows:
        raise RuntimeError(f"the made list did not come in whole: {done.counts}")
    return seconds, key


def _rows(size: int) -> Iterator[tuple[str, ...]]:
    for guest in made_guests(size):
        yield guest.order_code, guest.name, guest.email, guest.company, guest.product, guest.secret


def _write_csv(path: Path, size: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADERS, *_rows(size)])
    return path


def _write_xlsx(path: Path, size: int) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        sheet = book.add_worksheet("Guests")
        for number, row in enumerate([HEADERS, *_rows(size)]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return path


def _peak_rss_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
