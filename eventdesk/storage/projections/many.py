"""Projecting thousands of facts at once, for imports and for `verify`.

Most subjects then have a single fact and nothing to be folded: those are written in batches. The
rest take the one way that single facts take. The facts stand in the log already.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from eventdesk.domain.facts import Fact, Kind
from eventdesk.storage import log
from eventdesk.storage.projections import orders, presence, project, tickets
from eventdesk.storage.projections.target import Target
from eventdesk.storage.search import index

COUNT_FACTS = """
    SELECT subject FROM facts INDEXED BY facts_subject
    WHERE log = ? AND subject IN (SELECT value FROM json_each(?)) AND kind IN (SELECT value FROM json_each(?))
    GROUP BY subject HAVING count(*) = 1
"""
SELECT_WAITING = """
    SELECT order_id, product, session, canceled, id FROM tickets INDEXED BY tickets_order
    WHERE log = ? AND order_id IN (SELECT value FROM json_each(?))
"""
LAST_NUMBER = "SELECT coalesce(max(n), 0) FROM tickets"
# Tickets that the table did not have before; those whose order has not come yet count for nothing.
COUNT_NEW = """
    SELECT tickets.log, product, coalesce(session, ''), status, requires_approval, valid_if_pending,
        canceled, count(*)
    FROM tickets NOT INDEXED CROSS JOIN orders ON orders.log = tickets.log AND orders.id = tickets.order_id
    WHERE tickets.n > ? GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
SELECT_NEW = index.SELECT_GUESTS + "WHERE tickets.n > ? ORDER BY tickets.n"


def project_many(target: Target, log_id: str, facts: Sequence[Fact]) -> None:
    """Change the tables by facts of one log, in any order. Flushes the target."""
    _orders(target, log_id, [fact for fact in facts if fact.kind in orders.KINDS])
    _tickets(target, log_id, [fact for fact in facts if fact.kind in tickets.KINDS])
    for fact in facts:
        if fact.kind not in orders.KINDS and fact.kind not in tickets.KINDS:
            project(target, fact)
    target.flush()


def _orders(target: Target, log_id: str, facts: list[Fact]) -> None:
    lone, others = _parted(target, log_id, facts, orders.KINDS, Kind.ORDER_PLACED)
    standings = place(target, lone)
    waiting = target.execute(SELECT_WAITING, (log_id, _json(standings))).fetchall()
    for order, product, session, canceled, ticket in waiting:
        target.count_tickets(orders.sort_of(log_id, (product, session, canceled), standings[order]), 1)
        target.guests.add((log_id, ticket))
    for fact in others:
        orders.apply(target, fact)


def _tickets(target: Target, log_id: str, facts: list[Fact]) -> None:
    lone, others = _parted(target, log_id, facts, tickets.KINDS, Kind.TICKET_ISSUED)
    issue(target, lone)
    for fact in others:
        tickets.apply(target, fact)


def place(target: Target, facts: Iterable[Fact]) -> dict[str, orders.Standing]:
    """Write orders, each of a single fact; returns what of them counts for tickets that came before."""
    rows = [orders.row_of_placed(fact) for fact in facts]
    target.connection.executemany(orders.UPSERT, sorted(rows))
    return {row[1]: (row[3], row[4], row[5]) for row in rows}


def issue(target: Target, facts: Iterable[Fact]) -> int:
    """Write tickets, each of a single fact, and count and index them; returns how many have their orders."""
    rows, counted = _without_moving(target, [tickets.row_of_issued(fact) for fact in facts])
    last = target.execute(LAST_NUMBER).fetchone()
    target.connection.executemany(tickets.UPSERT, rows)
    counts = target.execute(COUNT_NEW, last).fetchall()
    for *sort, number in counts:
        target.count_tickets(tuple(sort), number)
    if rows and target.searchable:
        new = target.execute(SELECT_NEW, last)
        index.put(target.connection.cursor(), map(index.GuestText._make, new))
    return counted + sum(int(count[-1]) for count in counts)


def _without_moving(target: Target, rows: list[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], int]:
    """Write add-ons whose passes came before them by themselves; returns the rest, and how many of the
    written ones have their orders."""
    if not rows or not presence.anyone_has_passed(target, rows[0][0]):
        return rows, 0
    rest, counted = [], 0
    for row in rows:
        if row[tickets.ADDON_TO] and presence.has_passed(target, row[0], row[1]):
            tickets.store(target, row)
            counted += orders.standing(target, row[0], row[2]) is not None
        else:
            rest.append(row)
    return rest, counted


def _parted(
    target: Target, log_id: str, facts: list[Fact], kinds: Iterable[Kind], first: Kind
) -> tuple[list[Fact], list[Fact]]:
    """Facts that are their subject's only one (and its first kind), and one fact of each other subject."""
    subjects = {fact.subject: fact for fact in facts}
    rows = target.execute(COUNT_FACTS, (log_id, _json(subjects), _json(kinds)))
    alone = {row[0] for row in rows.fetchall() if subjects[row[0]].kind is first}
    return (
        [subjects[one] for one in subjects if one in alone],
        [subjects[one] for one in subjects if one not in alone],
    )


def _json(values: Iterable[Any]) -> str:
    return log.encode(list(values)).decode()
