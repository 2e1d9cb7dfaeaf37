"""The latest badge jobs as a table; a job that changed is shown where it stands."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from eventdesk.domain.badges import OPEN, STUCK, BadgeJob, JobState
from eventdesk.i18n import tr
from eventdesk.screens.manage.job_words import state_words
from eventdesk.screens.words import in_cell

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
COLUMNS = 6


class JobTable(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._jobs: list[BadgeJob] = []

    def show_jobs(self, jobs: Sequence[BadgeJob]) -> None:
        """All of them, newest first."""
        self.beginResetModel()
        self._jobs = list(jobs)
        self.endResetModel()

    def update(self, job: BadgeJob) -> None:
        """A job changed, or is new."""
        row = next((row for row, one in enumerate(self._jobs) if one.id == job.id), -1)
        if row < 0:
            self.beginInsertRows(ROOT, 0, 0)
            self._jobs.insert(0, job)
            self.endInsertRows()
        else:
            self._jobs[row] = job
            self.dataChanged.emit(self.index(row, 0), self.index(row, COLUMNS - 1))

    def holds(self, job: BadgeJob) -> bool:
        return any(one.id == job.id for one in self._jobs)

    def job(self, row: int) -> BadgeJob | None:
        return self._jobs[row] if 0 <= row < len(self._jobs) else None

    def waiting(self) -> tuple[int, int]:
        """How many are not over, and how many of those need a person."""
        states = [job.state for job in self._jobs]
        stuck = sum(state in STUCK for state in states)
        return sum(state in OPEN for state in states), stuck

    def tick(self) -> None:
        """Time went on: the column of waits is read again."""
        if self._jobs:
            self.dataChanged.emit(self.index(0, 3), self.index(len(self._jobs) - 1, 3))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._jobs)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return in_cell(_cells(self._jobs[index.row()])[index.column()], role)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return headers()[section]
        return None


def headers() -> tuple[str, ...]:
    return (tr("Guest"), tr("State"), tr("Printer"), tr("For"), tr("Tries"), tr("The printer says"))


def _cells(job: BadgeJob) -> tuple[str, ...]:
    sign = {JobState.PRINTED: "✓ ", JobState.FAILED: "✕ ", JobState.UNKNOWN: "? "}.get(job.state, "")
    copy = tr("{name} (copy {number})", name=job.contents.name, number=job.copy)
    return (
        copy if job.copy else job.contents.name,
        sign + state_words(job.state),
        job.printer,
        waited(datetime.now(UTC) - job.changed),
        str(job.attempts),
        tr(job.detail) if job.detail else "",
    )


def waited(span: timedelta) -> str:
    """How long something has been as it is, roughly."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 90:
        return tr("{number} s", number=seconds)
    if seconds < 5400:
        return tr("{number} min", number=round(seconds / 60))
    return tr("{number} h", number=round(seconds / 3600))
