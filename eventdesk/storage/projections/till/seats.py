"""Seats: who has each, and a conflict where two do."""

from typing import Any

from eventdesk.domain.facts import Fact
from eventdesk.domain.till.taken import SEAT_KINDS, SeatTaken, standing_seats
from eventdesk.storage import log
from eventdesk.storage.projections import conflicts
from eventdesk.storage.projections.target import Target

DELETE = "DELETE FROM seats WHERE log = ? AND seat = ?"
INSERT = """
    INSERT OR REPLACE INTO seats (log, seat, ticket, fact, stamp, desk, sale, confirmed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


def apply(target: Target, fact: Fact) -> None:
    facts = log.facts_of(target.execute, fact.log, fact.subject, *SEAT_KINDS)
    taken = standing_seats(facts)
    if len(facts) > 1:
        target.execute(DELETE, (fact.log, fact.subject))
    for one in taken:
        target.execute(INSERT, _row(fact.log, one))
    if len(facts) > 1:
        conflicts.fold_seat(target, fact.log, fact.subject, taken)


def _row(log_id: str, one: SeatTaken) -> tuple[Any, ...]:
    return (log_id, one.seat, one.ticket, one.id, one.order, one.desk, one.sale, int(one.confirmed))
