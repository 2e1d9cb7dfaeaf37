"""The receipts' spool on disk, as that of badges is (`jobs.py`): a receipt survives whatever happens."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from eventdesk.domain.badges import JobState
from eventdesk.domain.till.spool import Printout, ReceiptJob
from eventdesk.storage.jobs import FINAL
from eventdesk.storage.moments import from_column, to_column

_NAMES = [column.name for column in fields(ReceiptJob)]
_SELECT = f"SELECT {', '.join(_NAMES)} FROM receipt_jobs "
_ADD = f"INSERT INTO receipt_jobs ({', '.join(_NAMES)}) VALUES ({', '.join('?' for _ in _NAMES)})"
_MOVE = """
    UPDATE receipt_jobs SET state = ?, changed = ?, detail = ?, reference = ?, printer = ?, attempts = ?
    WHERE id = ?
"""
_GET = _SELECT + "WHERE id = ?"
_WAITING = _SELECT + "WHERE state NOT IN (?, ?) ORDER BY n"
_RECENT = _SELECT + "WHERE log = ? ORDER BY n DESC LIMIT ?"
_OF_SUBJECT = _SELECT + "INDEXED BY receipt_jobs_subject WHERE log = ? AND subject = ? ORDER BY n"


class ReceiptJobs:
    """`add` and `move` need a write transaction."""

    def __init__(self, execute: Callable[..., Any]) -> None:
        self._execute = execute

    def add(self, job: ReceiptJob) -> None:
        self._execute(_ADD, _row(job))

    def get(self, id_: str) -> ReceiptJob | None:
        row = self._execute(_GET, (id_,)).fetchone()
        return _job(row) if row else None

    def move(
        self,
        id_: str,
        state: JobState,
        at: datetime,
        *,
        detail: str = "",
        reference: str | None = None,
        printer: str | None = None,
        attempts: int | None = None,
    ) -> ReceiptJob:
        """Write down a job's new state and return it. Raises KeyError for an unknown job.

        `reference`, `printer` and `attempts` stay as they are where they are None.
        """
        job = self.get(id_)
        if job is None:
            raise KeyError(id_)
        moved = replace(
            job,
            state=state,
            changed=at,
            detail=detail,
            reference=job.reference if reference is None else reference,
            printer=job.printer if printer is None else printer,
            attempts=job.attempts if attempts is None else attempts,
        )
        row = state, to_column(at), detail, moved.reference, moved.printer, moved.attempts, id_
        self._execute(_MOVE, row)
        return moved

    def waiting(self) -> list[ReceiptJob]:
        """Neither printed nor canceled, oldest first; failed and unknown ones wait for a person."""
        return self._jobs(_WAITING, FINAL)

    def recent(self, log: str, limit: int = 50) -> list[ReceiptJob]:
        """The event's last jobs, newest first."""
        return self._jobs(_RECENT, (log, limit))

    def of_subject(self, log: str, subject: str) -> list[ReceiptJob]:
        """All jobs of a sale or a shift, oldest first."""
        return self._jobs(_OF_SUBJECT, (log, subject))

    def _jobs(self, query: str, values: Sequence[Any]) -> list[ReceiptJob]:
        return [_job(row) for row in self._execute(query, values).fetchall()]


def _row(job: ReceiptJob) -> tuple[Any, ...]:
    values = {name: getattr(job, name) for name in _NAMES}
    values |= {"created": to_column(job.created), "changed": to_column(job.changed)}
    return tuple(values.values())


def _job(row: Sequence[Any]) -> ReceiptJob:
    values = dict(zip(_NAMES, row, strict=True))
    return ReceiptJob(
        **{
            **values,
            "what": Printout(values["what"]),
            "state": JobState(values["state"]),
            "created": from_column(values["created"]),
            "changed": from_column(values["changed"]),
        }
    )
