"""What a desk lacks before the doors open, read from its report."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from eventdesk.domain.reports import DeskReport, Finding, PrinterReport

SILENT: Final = timedelta(seconds=60)
KNOWLEDGE: Final = timedelta(minutes=5)
# A slow line lets a clock look late, and none look early.
AHEAD: Final = timedelta(seconds=2)
BEHIND: Final = timedelta(seconds=5)
# What was tried this morning counts until the night, whatever the time zone; yesterday's does not.
TODAY: Final = timedelta(hours=16)
BATTERY_LOW, BATTERY_EMPTY = 40, 20
DISK_MB: Final = 1024
# A rush at the door waits for a moment: that is no trouble while the node answers.
WAITING: Final = 50

READS_CODES: Final = frozenset({"door", "kiosk"})
GONE, DEGRADED = "gone", "degraded"


def findings(
    report: DeskReport | None, heard_at: datetime | None, now: datetime, newest: str = ""
) -> list[Finding]:
    """What is not ready at a desk; nothing where all is well. `heard_at`: when this report came, by the same
    clock as `now`; `newest`: the newest version at the venue. Of a desk that is silent nothing else is said:
    its report tells of another time."""
    if report is None or heard_at is None:
        return [Finding("heard", "This desk was never heard.", "Start it, and see that it has the network.")]
    if now - heard_at > SILENT:
        return [Finding("heard", "This desk is silent.", "See that it runs and has the network.")]
    return [
        *_line(report, heard_at),
        *_outbox(report),
        *_printers(report, now),
        *_readers(report, now),
        *_computer(report, now),
        *_version(report, newest),
    ]


def newest_version(reports: Iterable[DeskReport]) -> str:
    """Empty where there is none."""
    return max((one.version for one in reports), key=_numbers, default="")


def _line(report: DeskReport, heard_at: datetime) -> Iterator[Finding]:
    paired = bool(report.reach)
    if paired and (report.heard_at is None or report.at - report.heard_at > KNOWLEDGE):
        yield Finding(
            "knowledge",
            "What this desk knows of the guests is old.",
            "Bring it to the network, and wait until it has heard the others.",
        )
    if not -BEHIND <= report.at - heard_at <= AHEAD:
        yield Finding(
            "clock", "Its clock is off.", "Set its clock, or bring it to the network: there it is corrected."
        )


def _outbox(report: DeskReport) -> Iterator[Finding]:
    if report.refused:
        yield Finding(
            "outbox", "Facts of this desk were refused.", "Look at what waits there: somebody must decide."
        )
    elif report.waiting and (report.reach == "alone" or report.waiting >= WAITING):
        yield Finding(
            "outbox",
            "Facts wait to be handed in.",
            "Bring it to the network; nothing is lost meanwhile.",
            bad=False,
        )


def _printers(report: DeskReport, now: datetime) -> Iterator[Finding]:
    for printer in report.printers:
        yield from _printer(printer)
    if not report.printers:
        return
    if report.test_words:
        yield Finding("test", "The test badge did not come out.", "See what the printer says, and try again.")
    elif not _is_recent(report.tested_at, now):
        yield Finding("test", "No test badge was printed today.", "Print one at that desk.", bad=False)


def _printer(printer: PrinterReport) -> Iterator[Finding]:
    if printer.status == GONE:
        yield Finding("printer", "A printer prints nothing.", "See what it says, its cable and its paper.")
    elif printer.status == DEGRADED:
        yield Finding("printer", "A printer wants to be looked at.", "See what it says.", bad=False)
    if printer.left == 0:
        yield Finding("printer", "A printer has no labels left.", "Put a new roll in, and say so there.")
    elif printer.left is not None and printer.left < printer.warn:
        yield Finding("printer", "Few labels are left.", "Bring a new roll.", bad=False)


def _readers(report: DeskReport, now: datetime) -> Iterator[Finding]:
    if report.camera == GONE:
        yield Finding("camera", "The camera is gone.", "See its cable, or choose another one there.")
    if report.doing in READS_CODES and not _is_recent(report.scanner_at, now):
        has_camera = report.camera not in ("", GONE)
        yield Finding(
            "scanner", "No scanner was tried today.", "Scan any code at that desk.", bad=not has_camera
        )
    if report.terminal == GONE:
        yield Finding("terminal", "The card terminal is gone.", "See that it is on, and in its network.")


def _computer(report: DeskReport, now: datetime) -> Iterator[Finding]:
    if report.battery is not None and not report.plugged and report.battery < BATTERY_LOW:
        empty = report.battery < BATTERY_EMPTY
        yield Finding("battery", "The battery runs low.", "Plug it in.", bad=empty)
    if report.disk_free_mb is not None and report.disk_free_mb < DISK_MB:
        yield Finding("disk", "The disk is nearly full.", "Make room: what can't be written is not let in.")
    if not _is_recent(report.backup_at, now):
        yield Finding("backup", "There is no backup of today.", "Make one at that desk.", bad=False)


def _version(report: DeskReport, newest: str) -> Iterator[Finding]:
    if _numbers(report.version) < _numbers(newest):
        yield Finding(
            "version",
            "Another desk runs a newer EventDesk.",
            "Update it when there is time.",
            bad=False,
        )


def _is_recent(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and now - moment < TODAY


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]{1,9}", version)]
