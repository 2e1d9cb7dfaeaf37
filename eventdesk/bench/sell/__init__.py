"""A cash sale of three lines, from the last key to the disk and to the receipt, against raw sqlcipher3."""

import argparse
import secrets
import statistics
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from eventdesk.badges import fonts
from eventdesk.bench.sell import reports, spooling
from eventdesk.bench.sell.counter import Counter, opened
from eventdesk.bench.sell.raw import Raw, copied
from eventdesk.bench.sell.written import written
from eventdesk.storage import connecting
from eventdesk.storage.store import Store

WARM_UP = 10
LATE = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sales", type=int, default=200, help="sales timed on each side (200)")
    parser.add_argument("--shift", type=int, default=2_000, help="sales of the full shift (2000)")


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds, medians and ninety-fifths.

    `sale_vs_raw`: from `Pay` in the till's hands, the cart already there, to the sale on the disk, against
    the same rows written into a copy of the database by prepared statements, all in one transaction.
    `lane_ms`: until the till has told all that follows and may serve the next one. `key_to_spool_ms`: from
    `Pay` posted to the engine until ticket and receipt wait in the spool; `key_to_receipt_ms`: until the
    receipt's printer has its bytes, with the ticket's code. `full_...`: the same, and what counting
    costs, in a shift of `--shift` sales.
    """
    fonts.prepare()
    key = secrets.token_bytes(32)
    with (
        tempfile.TemporaryDirectory(prefix="eventdesk-bench-") as name,
        opened(Path(name) / "ours.db", key) as store,
    ):
        till = Counter(store)
        till.open()
        spooled = spooling.measure(store, args.sales)
        found = _against_raw(till, Path(name) / "raw.db", key, args.sales)
        found |= spread("lane_ms", [till.sell().free for _ in range(args.sales)])
        for figure, seconds in spooled.items():
            found |= spread(figure, seconds)
        return found | _full(store, args.shift)


def _against_raw(till: Counter, path: Path, key: bytes, sales: int) -> dict[str, float]:
    for _ in range(WARM_UP):
        till.sell()
    till.fill()
    with closing(connecting.connect(till.store.path, key)) as connection:
        rows, known = written(connection, till.pay)
    with copied(till.store.path, path, key) as connection:
        raw = Raw(connection, rows, known)
        for _ in range(WARM_UP):
            raw.sell()
        times: tuple[list[float], list[float]] = [], []
        turns = (lambda: till.sell().durable, raw.sell)
        for number in range(sales):
            # Whoever goes first finds the disk in another state: they change places.
            for which in (0, 1) if number % 2 else (1, 0):
                times[which].append(turns[which]())
    ratio = statistics.median(times[0]) / statistics.median(times[1])
    figures = {"sale_vs_raw": round(ratio, 3), "rows": float(len(rows))}
    return figures | spread("sale_ms", times[0]) | spread("raw_ms", times[1])


def _full(store: Store, size: int) -> dict[str, float]:
    till = Counter(store)
    till.stand()
    while till.number < size:
        till.sell()
    late = [till.sell() for _ in range(LATE)]
    found = spread("full_sale_ms", [one.durable for one in late])
    found |= spread("full_lane_ms", [one.free for one in late])
    return found | {name: round(ms, 2) for name, ms in reports.measure(till).items()}


def spread(name: str, seconds: list[float]) -> dict[str, float]:
    in_order = sorted(seconds)
    return {
        f"{name}_p50": round(statistics.median(in_order) * 1000, 2),
        f"{name}_p95": round(in_order[int(len(in_order) * 0.95)] * 1000, 2),
    }
