"""Passes that stand, and who is inside: `admitted`, `left`, `admission_undone`. They stand in stamp order."""

from collections.abc import Sequence
from typing import Any

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.payloads import admission_from
from eventdesk.domain.tickets import Admission
from eventdesk.storage import log
from eventdesk.storage.moments import to_column
from eventdesk.storage.projections import conflicts, presence
from eventdesk.storage.projections.presence import ENTRY, Pass
from eventdesk.storage.projections.target import Target
from eventdesk.storage.reading.tickets import BY_HUB_ALONE

INSERT = """
    INSERT INTO admissions (log, ticket, stamp, id, at, list, direction, desk, gate, nonce, forced, confirmed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
DELETE = "DELETE FROM admissions WHERE log = ? AND ticket = ? AND stamp = ? AND id = ?"


def apply_pass(target: Target, fact: Fact) -> None:
    """Write the pass down, unless an undo that names it came before it."""
    if _is_undone(target, fact):
        return
    admission = admission_from(fact)
    before = presence.passes_of(target, fact.log, presence.person_of(target, fact.log, fact.subject))
    if any(one.id == fact.id for one in before):
        return  # it came again, with another part of it redacted
    target.execute(INSERT, row_of(fact.log, admission))
    _count(target, fact.log, admission.ticket, admission.list, before, sorted([*before, _pass(admission)]))


def apply_undo(target: Target, fact: Fact) -> None:
    """Take the pass away that the fact names, if it is here yet."""
    named = fact.payload.get("admission")
    before = presence.passes_of(target, fact.log, presence.person_of(target, fact.log, fact.subject))
    for one in before:
        if one.id == named and one.ticket == fact.subject:
            target.execute(DELETE, (fact.log, one.ticket, one.stamp, one.id))
            after = [other for other in before if other is not one]
            _count(target, fact.log, one.ticket, one.list, before, after)


def row_of(log_id: str, admission: Admission) -> tuple[Any, ...]:
    """A row for INSERT."""
    return (
        log_id,
        admission.ticket,
        admission.order,
        admission.id,
        to_column(admission.at),
        admission.list,
        admission.direction.value,
        admission.desk,
        admission.gate,
        admission.nonce,
        int(admission.forced),
        BY_HUB_ALONE if admission.by_hub_alone else int(admission.confirmed),
    )


def _pass(admission: Admission) -> Pass:
    return Pass(
        admission.order,
        admission.id,
        admission.ticket,
        admission.list,
        admission.direction.value,
        admission.gate,
        admission.desk,
    )


def _is_undone(target: Target, fact: Fact) -> bool:
    rows = target.execute(log.SELECT_OF_KIND, (fact.log, fact.subject, Kind.ADMISSION_UNDONE))
    return any(log.decode(row[6]).get("admission") == fact.id for row in rows.fetchall())


def _count(
    target: Target, log_id: str, ticket: str, list_id: str, before: Sequence[Pass], after: Sequence[Pass]
) -> None:
    """Bring the sums and the conflicts up to date; the passes are all of the person's, in stamp order."""
    was = [one for one in before if one.list == list_id and one.ticket == ticket]
    now = [one for one in after if one.list == list_id and one.ticket == ticket]
    target.count_passes(
        log_id, list_id, _is_inside(now) - _is_inside(was), _has_entered(now) - _has_entered(was)
    )
    presence.count(target, log_id, before, after)
    if len({one.desk for one in (*was, *now) if one.direction == ENTRY}) > 1:
        conflicts.fold(target, log_id, ticket, list_id)


def _is_inside(passes: Sequence[Pass]) -> int:
    """1 where the last pass went in."""
    return int(bool(passes) and passes[-1].direction == ENTRY)


def _has_entered(passes: Sequence[Pass]) -> int:
    return int(any(one.direction == ENTRY for one in passes))
