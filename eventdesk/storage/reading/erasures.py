"""What was asked to be forgotten, and which desks have not said that they did; facts that can't be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventdesk.domain.facts import Kind
from eventdesk.storage import intake
from eventdesk.storage import log as facts
from eventdesk.storage.received import Unread
from eventdesk.storage.upward import since_of
from sync.chain import Record

Execute = Callable[..., Any]

# Stands for every subject of a log.
EVERYONE = ""

SELECT = "SELECT fact, kind, subject, stamp FROM erasures WHERE log = ? ORDER BY stamp, fact"
SELECT_FORGETTING = "SELECT 1 FROM forgetting WHERE log = ?"
SELECT_ALL_FORGETTING = "SELECT log FROM forgetting ORDER BY log"
SELECT_CONFIRMED = "SELECT desk FROM confirmations WHERE log = ? AND erasure = ?"
SELECT_UNREAD = (
    f"SELECT {facts.COLUMNS} FROM facts INDEXED BY facts_unread "
    "WHERE log = ? AND redacted > 1 AND redacted = 3 ORDER BY n"
)


@dataclass(frozen=True, slots=True)
class ErasureState:
    """`subject` is the order, or the event where everyone was. `unconfirmed`: desks with facts in the log
    that have not written that they hold no such data any more."""

    fact: str
    kind: Kind
    subject: str
    at: datetime
    confirmed: frozenset[str]
    unconfirmed: frozenset[str]


def erasures(execute: Execute, log: str) -> list[ErasureState]:
    """The oldest first."""
    desks = frozenset(facts.heads_of(execute, log))
    found = []
    for fact, kind, subject, stamp in execute(SELECT, (log,)).fetchall():
        confirmed = _confirmed(execute, log, fact)
        found.append(ErasureState(fact, Kind(kind), subject, since_of(stamp), confirmed, desks - confirmed))
    return found


def to_confirm(execute: Execute, log: str, desk: str) -> list[str]:
    """Erasures that the desk has not confirmed yet; none while something of them is still to be done."""
    if execute(SELECT_FORGETTING, (log,)).fetchone() is not None:
        return []
    rows = execute(SELECT, (log,)).fetchall()
    return [row[0] for row in rows if desk not in _confirmed(execute, log, row[0])]


def forgetting(execute: Execute) -> list[str]:
    """Logs in which something of an erasure is still to be done."""
    return [row[0] for row in execute(SELECT_ALL_FORGETTING).fetchall()]


def unreadable(execute: Execute, log: str) -> list[Unread]:
    """Facts that are kept and mean nothing here, in order of arrival."""
    records = [Record(*row) for row in execute(SELECT_UNREAD, (log,)).fetchall()]
    return [Unread(*one) for one in zip(records, intake.unread_words(records), strict=True)]


def _confirmed(execute: Execute, log: str, fact: str) -> frozenset[str]:
    return frozenset(row[0] for row in execute(SELECT_CONFIRMED, (log, fact)).fetchall())
