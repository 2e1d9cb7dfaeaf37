"""How many people are inside, by list and by gate: `domain/occupancy.py` as sums that are kept.

A person is a ticket with its add-ons: where a ticket turns out to be an add-on, its passes move to
another person.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from eventdesk.domain.tickets import Direction
from eventdesk.storage.projections.target import Target

SELECT_MAIN = "SELECT addon_to FROM tickets WHERE log = ? AND id = ?"
# The ticket itself counts for another person where it is an add-on.
SELECT_PASSES = """
    SELECT stamp, id, ticket, list, direction, gate, desk FROM admissions
    WHERE log = ?1 AND ticket = ?2
        AND NOT EXISTS (SELECT 1 FROM tickets WHERE log = ?1 AND id = ?2 AND addon_to <> '')
    UNION ALL
    SELECT a.stamp, a.id, a.ticket, a.list, a.direction, a.gate, a.desk
    FROM tickets t CROSS JOIN admissions a ON a.log = ?1 AND a.ticket = t.id
    WHERE t.log = ?1 AND t.addon_to = ?2
"""
SELECT_ANY = "SELECT 1 FROM admissions WHERE log = ? AND ticket = ? LIMIT 1"
SELECT_ANY_OF_LOG = "SELECT 1 FROM admissions WHERE log = ? LIMIT 1"

ENTRY = Direction.ENTRY.value

# `list` or `gate`, and its id.
Place = tuple[str, str]


class Pass(NamedTuple):
    """Enough of an admission to know who is inside; sorts as passes stand."""

    stamp: str
    id: str
    ticket: str
    list: str
    direction: str
    gate: str
    desk: str


def person_of(target: Target, log_id: str, ticket: str) -> str:
    row = target.execute(SELECT_MAIN, (log_id, ticket)).fetchone()
    return (row and row[0]) or ticket


def passes_of(target: Target, log_id: str, person: str) -> list[Pass]:
    """All standing passes of a person, in stamp order."""
    return sorted(map(Pass._make, target.execute(SELECT_PASSES, (log_id, person)).fetchall()))


def has_passed(target: Target, log_id: str, ticket: str) -> bool:
    return target.execute(SELECT_ANY, (log_id, ticket)).fetchone() is not None


def anyone_has_passed(target: Target, log_id: str) -> bool:
    return target.execute(SELECT_ANY_OF_LOG, (log_id,)).fetchone() is not None


def count(target: Target, log_id: str, before: Sequence[Pass], after: Sequence[Pass]) -> None:
    """One person's passes changed: count them out of where they were, and into where they are."""
    was, now = places(before), places(after)
    for place in was - now:
        target.count_people(log_id, place, -1)
    for place in now - was:
        target.count_people(log_id, place, 1)


def places(passes: Iterable[Pass]) -> set[Place]:
    """Where the person is; `passes` in stamp order."""
    last = {(one.ticket, one.list): one for one in passes}
    entries = [one for one in last.values() if one.direction == ENTRY]
    found = {("list", one.list) for one in entries}
    if entries:
        found.add(("gate", max(entries).gate))
    return found
