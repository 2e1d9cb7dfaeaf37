"""A spool on disk: what is to be printed survives whatever happens to the desk. Badges and receipts have
one each."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from eventdesk.domain.badges import JobState
from eventdesk.storage.moments import from_column, maybe_to_column

FINAL = (JobState.PRINTED, JobState.CANCELED)


class SpooledJob(Protocol):
    """A dataclass whose members are the table's columns, beside those that only its kind has."""

    @property
    def state(self) -> JobState: ...
    @property
    def changed(self) -> datetime: ...
    @property
    def reference(self) -> str: ...
    @property
    def printer(self) -> str: ...
    @property
    def attempts(self) -> int: ...


_MOVED = "state = ?, changed = ?, detail = ?, reference = ?, printer = ?, attempts = ?"

J = TypeVar("J", bound=SpooledJob)


class Spooled(Generic[J]):
    """`add` and `move` need a write transaction. A kind says its `table` and its dataclass (`job`), and,
    where a member is no column as it stands, how it becomes one (`_columns`) and comes back (`_members`)."""

    table: str
    job: type[J]

    def __init__(self, execute: Callable[..., Any]) -> None:
        self._execute = execute
        self._names = [column.name for column in fields(self.job)]  # type: ignore[arg-type]  # a dataclass
        self._select = f"SELECT {', '.join(self._names)} FROM {self.table}"

    def add(self, job: J) -> None:
        names = ", ".join(self._names)
        marks = ", ".join("?" for _ in self._names)
        values = self._columns({name: getattr(job, name) for name in self._names})
        self._execute(f"INSERT INTO {self.table} ({names}) VALUES ({marks})", tuple(values.values()))

    def get(self, id_: str) -> J | None:
        found = self._jobs("WHERE id = ?", (id_,))
        return found[0] if found else None

    def move(
        self,
        id_: str,
        state: JobState,
        at: datetime | None = None,
        *,
        detail: str = "",
        reference: str | None = None,
        printer: str | None = None,
        attempts: int | None = None,
    ) -> J:
        """Write down a job's new state (at this moment where `at` is None) and return it. Raises KeyError
        for an unknown job.

        `reference`, `printer` and `attempts` stay as they are where they are None.
        """
        job = self.get(id_)
        if job is None:
            raise KeyError(id_)
        moved = replace(
            job,  # type: ignore[type-var]  # a dataclass
            state=state,
            changed=at or datetime.now(UTC),
            detail=detail,
            reference=job.reference if reference is None else reference,
            printer=job.printer if printer is None else printer,
            attempts=job.attempts if attempts is None else attempts,
        )
        changed = maybe_to_column(moved.changed)
        row = state, changed, detail, moved.reference, moved.printer, moved.attempts, id_
        self._execute(f"UPDATE {self.table} SET {_MOVED} WHERE id = ?", row)
        return moved

    def waiting(self) -> list[J]:
        """Neither printed nor canceled, oldest first; failed and unknown ones wait for a person."""
        return self._jobs("WHERE state NOT IN (?, ?) ORDER BY n", FINAL)

    def recent(self, log: str, limit: int = 50) -> list[J]:
        """The event's last jobs, newest first."""
        return self._jobs("WHERE log = ? ORDER BY n DESC LIMIT ?", (log, limit))

    def _jobs(self, which: str, values: Sequence[Any]) -> list[J]:
        rows = self._execute(f"{self._select} {which}", values).fetchall()
        return [self._job(dict(zip(self._names, row, strict=True))) for row in rows]

    def _job(self, columns: dict[str, Any]) -> J:
        return self.job(**self._members(columns))

    def _columns(self, members: dict[str, Any]) -> dict[str, Any]:
        moments = {name: maybe_to_column(members[name]) for name in ("created", "changed")}
        return members | moments

    def _members(self, columns: dict[str, Any]) -> dict[str, Any]:
        moments = {name: from_column(columns[name]) for name in ("created", "changed")}
        return columns | moments | {"state": JobState(columns["state"])}
