"""Passes that stand, and who is inside: `admitted`, `left`, `admission_undone`."""

from collections.abc import Iterable
from typing import Any

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.payloads import admission_from
from eventdesk.domain.tickets import Admission, Direction
from eventdesk.storage import log
from eventdesk.storage.moments import to_column
from eventdesk.storage.projections.target import Target

INSERT = """
    INSERT INTO admissions (log, ticket, at, stamp, id, list, direction, desk, gate, nonce, forced, confirmed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SELECT_PASSES = (
    "SELECT at, stamp, direction, list, id FROM admissions WHERE log = ? AND ticket = ? AND list = ?"
)
SELECT_BY_ID = "SELECT at, stamp, direction, list FROM admissions WHERE log = ? AND ticket = ? AND id = ?"
DELETE = "DELETE FROM admissions WHERE log = ? AND ticket = ? AND at = ? AND stamp = ?"

ENTRY = Direction.ENTRY.value

# at, stamp, direction: enough to know who is inside
Pass = tuple[str, str, str]


def apply_pass(target: Target, fact: Fact) -> None:
    """Write the pass down, unless an undo that names it came before it."""
    if not _is_undone(target, fact):
        row = row_of(fact.log, admission_from(fact))
        others = _passes(target, fact.log, fact.subject, row[5])
        target.execute(INSERT, row)
        _count(target, fact.log, row[5], others, [*others, (row[2], row[3], row[6])])


def apply_undo(target: Target, fact: Fact) -> None:
    """Take the pass away that the fact names, if it is here yet."""
    key = (fact.log, fact.subject, fact.payload.get("admission"))
    row = target.execute(SELECT_BY_ID, key).fetchone()
    if row is not None:
        at, stamp, direction, list_id = row
        before = _passes(target, fact.log, fact.subject, list_id)
        target.execute(DELETE, (fact.log, fact.subject, at, stamp))
        after = [one for one in before if one != (at, stamp, direction)]
        _count(target, fact.log, list_id, before, after)


def row_of(log_id: str, admission: Admission) -> tuple[Any, ...]:
    """A row for INSERT."""
    return (
        log_id,
        admission.ticket,
        to_column(admission.at),
        admission.order,
        admission.id,
        admission.list,
        admission.direction.value,
        admission.desk,
        admission.gate,
        admission.nonce,
        int(admission.forced),
        int(admission.confirmed),
    )


def _is_undone(target: Target, fact: Fact) -> bool:
    rows = target.execute(log.SELECT_OF_KIND, (fact.log, fact.subject, Kind.ADMISSION_UNDONE))
    return any(log.decode(row[6]).get("admission") == fact.id for row in rows.fetchall())


def _passes(target: Target, log_id: str, ticket: str, list_id: str) -> list[Pass]:
    rows = target.execute(SELECT_PASSES, (log_id, ticket, list_id)).fetchall()
    return [row[:3] for row in rows]


def _count(target: Target, log_id: str, list_id: str, before: list[Pass], after: list[Pass]) -> None:
    inside = _is_inside(after) - _is_inside(before)
    target.count_passes(log_id, list_id, inside, _has_entered(after) - _has_entered(before))


def _is_inside(passes: Iterable[Pass]) -> int:
    """1 where the last pass, by the moment of the scan, went in."""
    last = max(passes, default=None)
    return int(last is not None and last[2] == ENTRY)


def _has_entered(passes: Iterable[Pass]) -> int:
    return int(any(one[2] == ENTRY for one in passes))
