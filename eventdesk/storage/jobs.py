"""The badge spool on disk."""

from dataclasses import replace
from typing import Any, Final

import msgspec

from eventdesk.domain.badges import BadgeContents, BadgeJob, JobState
from eventdesk.domain.kiosk.entries import Entry
from eventdesk.storage.spooled import Spooled

UNDER_WAY: Final = (JobState.QUEUED, JobState.SENT, JobState.PRINTING)


class Jobs(Spooled[BadgeJob]):
    table = "jobs"
    job = BadgeJob

    def latest(self, limit: int = 50) -> list[BadgeJob]:
        """The last jobs of all events, newest first."""
        return self._jobs("ORDER BY n DESC LIMIT ?", (limit,))

    def for_ticket(self, log: str, ticket: str) -> list[BadgeJob]:
        """All jobs of a ticket, oldest first."""
        return self._jobs("WHERE log = ? AND ticket = ? ORDER BY n", (log, ticket))

    def means(self, log: str, fact: str) -> bool:
        """Whether a job that is under way will write the pass of this id."""
        which = (
            "SELECT 1 FROM jobs WHERE state IN (?, ?, ?) AND log = ? AND entry != ''"
            " AND json_extract(entry, '$.fact') = ? LIMIT 1"
        )
        return self._execute(which, (*UNDER_WAY, log, fact)).fetchone() is not None

    def put_entry(self, job: BadgeJob, entry: Entry) -> BadgeJob:
        self._execute("UPDATE jobs SET entry = ? WHERE id = ?", (_entry_text(entry), job.id))
        return replace(job, entry=entry)

    def _columns(self, members: dict[str, Any]) -> dict[str, Any]:
        contents = msgspec.json.encode(members["contents"]).decode()
        entry = _entry_text(members["entry"]) if members["entry"] else ""
        return super()._columns(members | {"contents": contents, "entry": entry})

    def _members(self, columns: dict[str, Any]) -> dict[str, Any]:
        contents = msgspec.json.decode(columns["contents"], type=BadgeContents)
        entry = msgspec.json.decode(columns["entry"], type=Entry) if columns["entry"] else None
        found = {"contents": contents, "entry": entry, "routed": bool(columns["routed"])}
        return super()._members(columns) | found


def _entry_text(entry: Entry) -> str:
    return msgspec.json.encode(entry).decode()
