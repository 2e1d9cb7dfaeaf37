"""What a desk reports of itself, and what a supervisor sees of all. Reports hold no guest's data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventdesk.domain.flow import Flow
from eventdesk.domain.venue import HelpCall


@dataclass(frozen=True, slots=True)
class PrinterReport:
    queue: str
    status: str
    words: str = ""
    left: int | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class DeskReport:
    """How a desk was at `at` (its own corrected clock, UTC). `doing`: door, till, kiosk or manage;
    `page`: of a kiosk. Moments None: never, or unknown. `battery` in percent, None: none. `guests`: in
    the last five minutes; `pace`: seconds a guest, of the last ten minutes, None: too few. `picture`: a
    JPEG of the screen when something failed last, taken after the guest's data was gone from it."""

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
    """What of a desk is not ready: `check` is its name (knowledge, clock, printer, camera, scanner,
    battery, disk, backup, outbox, version), `bad` False: only worth a look."""

    check: str
    words: str
    remedy: str = ""
    bad: bool = True


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A desk of the venue. `heard_at`: by the node, its clock; `report` None: it has never reported."""

    desk: str
    name: str
    heard_at: datetime | None
    report: DeskReport | None
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Venue:
    """`trouble`: why the list may be old (the node does not answer)."""

    lines: Sequence[DeskLine]
    at: datetime
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class HelpChanged:
    """All open calls of the event of the door, the oldest first; `new`: ids of those that just came."""

    log: str
    calls: Sequence[HelpCall]
    new: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FlowChanged:
    """How guests go in at a list; `names` of desks by id."""

    log: str
    list: str
    flow: Flow
    names: Mapping[str, str] = field(default_factory=dict)
