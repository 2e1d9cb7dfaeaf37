"""The badge spool on disk: what is to be printed survives whatever happens to the desk."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from eventdesk.domain.badges import BadgeContents, BadgeJob, JobState
from eventdesk.storage.moments import from_column, maybe_to_column

FINAL = (JobState.PRINTED, JobState.CANCELED)

_COLUMNS = ", ".join(column.name for column in fields(BadgeJob))
_MARKS = ", ".join("?" for _ in fields(BadgeJob))
_SELECT = f"SELECT {_COLUMNS} FROM jobs "
_ADD = f"INSERT INTO jobs ({_COLUMNS}) VALUES ({_MARKS})"
_MOVE = """
    UPDATE jobs SET state = ?, changed = ?, detail = ?, reference = ?, printer = ?, attempts = ? WHERE id = ?
"""
_GET = _SELECT + "WHERE id = ?"
_WAITING = _SELECT + "WHERE state NOT IN (?, ?) ORDER BY n"
_RECENT = _SELECT + "WHERE log = ? ORDER BY n DESC LIMIT ?"
_LATEST = _SELECT + "ORDER BY n DESC LIMIT ?"
_FOR_TICKET = _SELECT + "WHERE log = ? AND ticket = ? ORDER BY n"


class Jobs:
    """`add` and `move` need a write transaction."""

    def __init__(self, execute: Callable[..., Any]) -> None:
        self._execute = execute

    def add(self, job: BadgeJob) -> None:
        self._execute(_ADD, _row(job))

    def get(self, id_: str) -> BadgeJob | None:
        row = self._execute(_GET, (id_,)).fetchone()
        return _job(row) if row else None

    def move(
        self,
        id_: str,
        state: JobState,
        *,
        detail: str = "",
        reference: str | None = None,
        printer: str | None = None,
        attempts: int | None = None,
        at: datetime | None = None,
    ) -> BadgeJob:
        """Write down a job's new state and return it. Raises KeyError for an unknown job.

        `reference`, `printer` and `attempts` stay as they are where they are None.
        """
        job = self.get(id_)
        if job is None:
            raise KeyError(id_)
        moved = replace(
            job,
            state=state,
            changed=at or datetime.now(UTC),
            detail=detail,
            reference=job.reference if reference is None else reference,
            printer=job.printer if printer is None else printer,
            attempts=job.attempts if attempts is None else attempts,
        )
        changed = maybe_to_column(moved.changed)
        row = (state, changed, detail, moved.reference, moved.printer, moved.attempts, id_)
        self._execute(_MOVE, row)
        return moved

    def waiting(self) -> list[BadgeJob]:
        """Jobs neither printed nor canceled, oldest first; failed and unknown ones wait for a person."""
        return self._jobs(_WAITING, FINAL)

    def recent(self, log: str, limit: int = 50) -> list[BadgeJob]:
        """The event's last jobs, newest first."""
        return self._jobs(_RECENT, (log, limit))

    def latest(self, limit: int = 50) -> list[BadgeJob]:
        """The last jobs of all events, newest first."""
        return self._jobs(_LATEST, (limit,))

    def for_ticket(self, log: str, ticket: str) -> list[BadgeJob]:
        """All jobs of a ticket, oldest first."""
        return self._jobs(_FOR_TICKET, (log, ticket))

    def _jobs(self, query: str, values: Sequence[Any]) -> list[BadgeJob]:
        return [_job(row) for row in self._execute(query, values).fetchall()]


def _row(job: BadgeJob) -> tuple[Any, ...]:
    values = {column.name: getattr(job, column.name) for column in fields(BadgeJob)}
    values["contents"] = msgspec.json.encode(job.contents).decode()
    values["state"] = job.state.value
    values["created"] = maybe_to_column(job.created)
    values["changed"] = maybe_to_column(job.changed)
    return tuple(values.values())


def _job(row: Sequence[Any]) -> BadgeJob:
    values = dict(zip((column.name for column in fields(BadgeJob)), row, strict=True))
    values["contents"] = msgspec.json.decode(values["contents"], type=BadgeContents)
    values["state"] = JobState(values["state"])
    values["created"] = from_column(values["created"])
    values["changed"] = from_column(values["changed"])
    return BadgeJob(**values)
