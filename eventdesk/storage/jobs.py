"""The badge spool on disk."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

import msgspec

from eventdesk.domain.badges import BadgeContents, BadgeJob, JobState
from eventdesk.domain.kiosk.entries import Entry
from eventdesk.storage.moments import maybe_to_column
from eventdesk.storage.reading.erasures import EVERYONE
from eventdesk.storage.search.fold import fold
from eventdesk.storage.spooled import FINAL, Spooled

UNDER_WAY: Final = (JobState.QUEUED, JobState.SENT, JobState.PRINTING)
HANDED_OVER: Final = (JobState.SENT, JobState.PRINTING)
# What waits in a wave is left out: there may be thousands, and they stand in nobody's way. What was handed
# over once and came back waits for its wave no longer.
_LIVE: Final = (
    "(state IN ('sent', 'printing') OR (state = 'queued' AND wave = '')"
    " OR (state = 'queued' AND attempts > 0 AND wave != ''))"
)


class Jobs(Spooled[BadgeJob]):
    table = "jobs"
    job = BadgeJob

    def latest(self, limit: int = 50, states: Collection[JobState] = (), text: str = "") -> list[BadgeJob]:
        """The last jobs of all events, newest first: in one of these states (none: in any), whose guest's
        name holds the words of `text`."""
        which, values = _in_states(states)
        if not text.strip():
            return self._jobs(f"{which} ORDER BY n DESC LIMIT ?", (*values, limit))
        numbers = list(islice(self._named(which, values, fold(text).split()), limit))
        marks = ", ".join("?" for _ in numbers)
        return self._jobs(f"WHERE n IN ({marks}) ORDER BY n DESC", numbers)

    def _named(self, which: str, values: Sequence[Any], words: Sequence[str]) -> Iterator[int]:
        select = f"SELECT n, json_extract(contents, '$.name') FROM jobs {which} ORDER BY n DESC"
        for number, name in self._execute(select, values):
            folded = fold(name)
            if all(word in folded for word in words):
                yield number

    def count(self, states: Collection[JobState]) -> int:
        which, values = _in_states(states)
        return int(self._execute(f"SELECT count(*) FROM jobs {which}", values).fetchone()[0])

    def for_ticket(self, log: str, ticket: str) -> list[BadgeJob]:
        """All jobs of a ticket, oldest first."""
        return self._jobs("WHERE log = ? AND ticket = ? ORDER BY n", (log, ticket))

    def live(self) -> list[BadgeJob]:
        """All that is under way but what waits in a wave, oldest first."""
        return self._jobs(f"WHERE {_LIVE} ORDER BY n", ())

    def before(self) -> Mapping[str, int]:
        """How many badges a new one would find at each printer."""
        counted = f"SELECT printer, count(*) FROM jobs WHERE {_LIVE} GROUP BY printer"
        return dict(self._execute(counted).fetchall())

    def next_of(self, wave: str, limit: int, layout: str = "") -> list[BadgeJob]:
        """The next badges of a wave that wait, of this layout alone where one is named."""
        which, values = "WHERE state = ? AND wave = ? AND attempts = 0", [JobState.QUEUED, wave]
        if layout:
            which, values = which + " AND layout = ?", [*values, layout]
        return self._jobs(f"{which} ORDER BY n LIMIT ?", (*values, limit))

    def give_up_wave(self, wave: str, at: datetime) -> int:
        """Cancel what waits in a wave; how many those were."""
        which = "UPDATE jobs SET state = ?, changed = ? WHERE state = ? AND wave = ?"
        values = JobState.CANCELED, maybe_to_column(at), JobState.QUEUED, wave
        return int(self._execute(which, values).rowcount)

    def is_in_wave(self, wave: str, log: str, ticket: str) -> bool:
        which = "SELECT 1 FROM jobs WHERE log = ? AND ticket = ? AND wave = ? LIMIT 1"
        return self._execute(which, (log, ticket, wave)).fetchone() is not None

    def on_page(self, page: str) -> list[BadgeJob]:
        """Those that were handed over on one page, in their places."""
        return self._jobs("WHERE page = ? AND page != '' ORDER BY n", (page,))

    def put_page(self, job: BadgeJob, page: str) -> BadgeJob:
        self._execute("UPDATE jobs SET page = ? WHERE id = ?", (page, job.id))
        return replace(job, page=page)

    def means(self, log: str, fact: str) -> bool:
        """Whether a job that is under way will write the pass of this id."""
        which = (
            "SELECT 1 FROM jobs WHERE state IN (?, ?, ?) AND log = ? AND entry != ''"
            " AND json_extract(entry, '$.fact') = ? LIMIT 1"
        )
        return self._execute(which, (*UNDER_WAY, log, fact)).fetchone() is not None

    def erased(self) -> tuple[set[str], set[str]]:
        """Of guests who are to be forgotten, as far as they are not under way: ids and pages of jobs."""
        which = (
            "SELECT id, page FROM jobs AS j WHERE state NOT IN (?, ?, ?) AND EXISTS"
            " (SELECT 1 FROM erased AS e WHERE e.log = j.log AND e.subject IN (j.ticket, ?))"
        )
        rows = self._execute(which, (*UNDER_WAY, EVERYONE)).fetchall()
        return {id_ for id_, _ in rows}, {page for _, page in rows if page}

    def check_ins(self, since: datetime) -> list[BadgeJob]:
        """Of those that bring a pass: all that wait, and those canceled since then; oldest first."""
        open_ = [state for state in JobState if state not in FINAL]
        which = f"state IN ({', '.join('?' for _ in open_)}) OR (state = ? AND changed >= ?)"
        values = (*open_, JobState.CANCELED, maybe_to_column(since))
        return self._jobs(f"WHERE entry != '' AND ({which}) ORDER BY n", values)

    def put_entry(self, job: BadgeJob, entry: Entry) -> BadgeJob:
        self._execute("UPDATE jobs SET entry = ? WHERE id = ?", (_entry_text(entry), job.id))
        return replace(job, entry=entry)

    def put_routed(self, job: BadgeJob, *, routed: bool) -> BadgeJob:
        """`routed` False: a person chose the printer, and nobody else does."""
        self._execute("UPDATE jobs SET routed = ? WHERE id = ?", (int(routed), job.id))
        return replace(job, routed=routed)

    def _columns(self, members: dict[str, Any]) -> dict[str, Any]:
        contents = msgspec.json.encode(members["contents"]).decode()
        entry = _entry_text(members["entry"]) if members["entry"] else ""
        return super()._columns(members | {"contents": contents, "entry": entry})

    def _members(self, columns: dict[str, Any]) -> dict[str, Any]:
        contents = msgspec.json.decode(columns["contents"], type=BadgeContents)
        entry = msgspec.json.decode(columns["entry"], type=Entry) if columns["entry"] else None
        found = {"contents": contents, "entry": entry, "routed": bool(columns["routed"])}
        return super()._members(columns) | found


def _in_states(states: Collection[JobState]) -> tuple[str, Sequence[Any]]:
    if not states:
        return "", ()
    return f"WHERE state IN ({', '.join('?' for _ in states)})", tuple(states)


def _entry_text(entry: Entry) -> str:
    return msgspec.json.encode(entry).decode()
