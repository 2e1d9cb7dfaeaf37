"""Which seats are taken, and which twice."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from eventdesk.domain.stamps import Stamp
from eventdesk.domain.till.taken import SeatConflict, SeatTaken

Execute = Callable[..., Any]

# The seats of a plan begin with its id and a slash; the sign after the slash ends them.
SELECT = """
    SELECT fact, seat, ticket, desk, stamp, sale, confirmed FROM seats
    WHERE log = ? AND seat >= ? AND seat < ? ORDER BY stamp DESC, fact DESC
"""
SELECT_SEAT = "SELECT fact, seat, ticket, desk, stamp, sale, confirmed FROM seats WHERE log = ? AND seat = ?"
SELECT_OF_TICKET = "SELECT seat FROM seats INDEXED BY seats_ticket WHERE log = ? AND ticket = ? ORDER BY seat"
SELECT_CONFLICTS = """
    SELECT id, subject, first, second, word, settled_by FROM conflicts INDEXED BY conflicts_settled
    WHERE log = ? AND settled = ? AND kind = 'seat'
"""


def taken(execute: Execute, log: str, plan: str, session: str | None) -> dict[str, SeatTaken]:
    rows = execute(SELECT, (log, f"{plan}/", f"{plan}0")).fetchall()
    end = "" if session is None else f"@{session}"
    found = {row[1]: _taken(*row) for row in rows}
    return {seat: one for seat, one in found.items() if seat.partition("@")[1:] == (end[:1], end[1:])}


def of_ticket(execute: Execute, log: str, ticket: str) -> list[str]:
    return [row[0] for row in execute(SELECT_OF_TICKET, (log, ticket)).fetchall()]


def conflicts(execute: Execute, log: str, settled: bool) -> list[SeatConflict]:
    rows = execute(SELECT_CONFLICTS, (log, int(settled))).fetchall()
    found = []
    for id_, seat, first, second, word, by in rows:
        having = {row[0]: _taken(*row) for row in execute(SELECT_SEAT, (log, seat)).fetchall()}
        found.append(SeatConflict(id_, seat, having[first], having[second], word, by))
    return sorted(found, key=lambda one: (one.second.order, one.id))


def _taken(fact: str, seat: str, ticket: str, desk: str, stamp: str, sale: str, confirmed: int) -> SeatTaken:
    at = datetime.fromtimestamp(Stamp.parse(stamp).wall / 1000, UTC)
    return SeatTaken(fact, seat, ticket, desk, stamp, at, sale, bool(confirmed))
