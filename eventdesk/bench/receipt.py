"""Drawing a receipt of five lines, and making bytes for the printer of it."""

import argparse
import statistics
import time
from datetime import UTC, datetime
from typing import Any

from eventdesk.badges import fonts
from eventdesk.devices.receipts import encoding
from eventdesk.domain.paper import Paper
from eventdesk.domain.till.cart import TaxSum
from eventdesk.domain.till.receipt import (
    Extras,
    ReceiptContents,
    ReceiptKind,
    ReceiptLine,
    ReceiptPayment,
    TicketCode,
)
from eventdesk.domain.till.setup import Business, Tender
from eventdesk.receipts import drawing

NAMES = ("Conference pass, two days", "Workshop", "Booking fee", "T-shirt", "Speaker's dinner")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=50, help="receipts of each kind (50)")


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds to the last byte; each ticket bears a new code. "first_ms": with cold fonts."""
    fonts.prepare()
    first = _ms("", 0)
    plain = sorted(_ms("", 0) for _ in range(args.rounds))
    short = sorted(_ms(f"{number:023}", 1) for number in range(args.rounds))
    signed = sorted(_ms(f"HC1:{number:0152}", 1) for number in range(args.rounds))
    return {
        "first_ms": first,
        "plain": _of(plain),
        "one_ticket": _of(short),
        "one_signed_ticket": _of(signed),
    }


def _of(times: list[float]) -> dict[str, float]:
    return {"ms_p50": round(statistics.median(times), 2), "ms_p95": times[int(len(times) * 0.95)]}


def _ms(code: str, tickets: int) -> float:
    codes = tuple(TicketCode(code, NAMES[0]) for _ in range(tickets))
    contents = _contents(Extras(codes=codes))
    begin = time.perf_counter()
    b"".join(encoding.bands(drawing.receipt(contents, "de").raster(Paper.ROLL_80)))
    return round((time.perf_counter() - begin) * 1000, 2)


def _contents(extras: Extras) -> ReceiptContents:
    return ReceiptContents(
        ReceiptKind.SALE,
        Business("PyDays e. V.", ("Höchstädtplatz 6", "1200 Wien"), "ATU12345678", "box@pydays.example"),
        "PyDays Vienna 2026",
        "Box office 1",
        1042,
        datetime(2026, 6, 10, 18, 15, tzinfo=UTC),
        "EUR",
        tuple(ReceiptLine(name, 1, 1_200, 1_200, code="A") for name in NAMES),
        6_000,
        (TaxSum(200_000, "A", 5_000, 1_000, 6_000),),
        (ReceiptPayment(Tender.CASH, 6_000, 10_000, 4_000),),
        extras=extras,
    )
