"""What a node tells of its desks' reports, gathered, and what of it is found wanting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from eventdesk.desk.upstream.reach import Link
from eventdesk.desk.venue.packing import unpacked
from eventdesk.desk.venue.values import DeskLine, DeskReport
from eventdesk.domain.readiness import findings, newest_version

KEPT: Final = timedelta(days=1)
MOST_ROUNDS: Final = 50

Told = tuple[DeskReport, datetime]


@dataclass
class Heard:
    """What one node has told: reports with the moments that they came there, by this desk's clock."""

    node: str = ""
    after: int = 0
    reports: dict[str, Told] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def read(
        self, link: Link, now: Callable[[], datetime], is_stopping: Callable[[], bool] = lambda: False
    ) -> None:
        """What is new at its node. Raises SyncError."""
        for _ in range(MOST_ROUNDS):
            found = link.upstream.notes(self.after)
            moment = now()
            for note in found.notes:
                report = unpacked(note.desk, note.body)
                if report is not None:
                    age = min(timedelta(milliseconds=note.age_ms), KEPT)
                    self.reports[note.desk] = report, moment - age
            self.names = {one.desk: one.name for one in found.desks}
            self.after = found.next
            if not found.more or is_stopping():
                return

    def lines(self, now: datetime, own: DeskReport | None = None) -> tuple[DeskLine, ...]:
        """A line a desk, by name, with what is not ready. `own`: this desk's report as it is now."""
        self.reports = {desk: told for desk, told in self.reports.items() if now - told[1] < KEPT}
        reports = {desk: told for desk, told in self.reports.items() if not self.names or desk in self.names}
        if own is not None:
            reports[own.desk] = own, own.at
        newest = newest_version(report for report, _ in reports.values())
        found = [
            _line(desk, self.names.get(desk, ""), reports, now, newest) for desk in {*self.names, *reports}
        ]
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.desk)))


def _line(desk: str, name: str, reports: Mapping[str, Told], now: datetime, newest: str) -> DeskLine:
    report, heard_at = reports.get(desk) or (None, None)
    called = report.name if report and report.name else name or desk
    return DeskLine(desk, called, heard_at, report, tuple(findings(report, heard_at, now, newest)))
