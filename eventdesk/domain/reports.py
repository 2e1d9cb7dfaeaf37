"""What a desk reports of itself, and what of it is found wanting. Reports hold no guest's data."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """`status`: ready, degraded or gone. `left`: labels, None: unknown; `warn`: so many are few."""

    queue: str
    status: str
    words: str = ""
    left: int | None = None
    waiting: int = 0
    warn: int = 20


@dataclass(frozen=True, slots=True)
class DeskReport:
    """How a desk was at `at` (its own corrected clock, UTC). `doing`: door, till, kiosk or manage;
    `page`: of a kiosk; `event`, `list`, `gate`: names. `reach`: alone, hub or centre; empty: not paired.
    `camera`, `terminal`: ready, degraded or gone; empty: none is set up. Moments None: never, or unknown.
    `battery` in percent, None: none. `guests`: in the last five minutes; `pace`: seconds a guest, of the last
    ten minutes, None: too few. `picture`: a JPEG of the screen when something failed last, taken after the
    guest's data was gone from it."""

    desk: str
    name: str
    at: datetime
    version: str = ""
    doing: str = ""
    page: str = ""
    event: str = ""
    list: str = ""
    gate: str = ""
    locked: bool = False
    reach: str = ""
    heard_at: datetime | None = None
    waiting: int = 0
    refused: int = 0
    clock_error_ms: int = 0
    printers: Sequence[PrinterReport] = ()
    tested_at: datetime | None = None
    test_words: str = ""
    camera: str = ""
    scanner_at: datetime | None = None
    terminal: str = ""
    battery: int | None = None
    plugged: bool = True
    disk_free_mb: int | None = None
    backup_at: datetime | None = None
    trouble: str = ""
    trouble_at: datetime | None = None
    guests: int = 0
    pace: float | None = None
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """What of a desk is not ready: `check` is its name (heard, knowledge, clock, printer, test, camera,
    scanner, terminal, battery, disk, backup, outbox, version), `bad` False: only worth a look. `words` and
    `remedy` are English sentences, and keys of their translations."""

    check: str
    words: str
    remedy: str = ""
    bad: bool = True
