"""Guests and passes as flat rows, paged by key: a page costs the same at 500 guests and at 500,000."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from eventdesk.domain.facts import Kind
from eventdesk.domain.guests import AdmissionRow, GuestRow
from eventdesk.domain.tickets import Direction, OrderStatus
from eventdesk.storage.moments import from_column, maybe_from_column, to_column
from eventdesk.storage.reading import catalogue
from eventdesk.storage.reading.tickets import BY_HUB_ALONE

Execute = Callable[..., Any]
Names = Mapping[tuple[str, str], str]

SELECT_GUESTS = """
    SELECT t.id, t.secret, o.code, o.status, t.name, t.email, t.company, t.product, t.variation, t.session,
        t.seat, t.notes, t.canceled, t.blocked, t.valid_from, t.valid_until, o.testmode
    FROM tickets t JOIN orders o ON o.log = t.log AND o.id = t.order_id
    WHERE t.log = ? AND t.id > ? ORDER BY t.id LIMIT ?
"""
# A loose index scan: one look-up a list, however many passes it has.
SELECT_LISTS = """
    WITH RECURSIVE lists(id) AS (
        SELECT min(list) FROM admissions WHERE log = ?1
        UNION ALL
        SELECT (SELECT min(list) FROM admissions WHERE log = ?1 AND list > lists.id)
        FROM lists WHERE lists.id IS NOT NULL
    )
    SELECT id FROM lists WHERE id IS NOT NULL
"""
_SELECT_PASSES = """
    SELECT a.id, a.ticket, t.name, t.product, a.list, a.direction, a.at, a.gate, a.desk, a.forced,
        a.confirmed, a.stamp
    FROM admissions a LEFT JOIN tickets t ON t.log = a.log AND t.id = a.ticket
"""
SELECT_AFTER = _SELECT_PASSES + "WHERE a.log = ? AND a.list = ? AND a.stamp > ? ORDER BY a.stamp LIMIT ?"
# SQLite takes `direction` from the row of the maximum: https://sqlite.org/lang_select.html#bareagg
SELECT_INSIDE = """
    SELECT ticket FROM (
        SELECT ticket, direction, at, max(stamp) FROM admissions WHERE log = ? AND list = ? GROUP BY ticket
    ) WHERE direction = 'entry' AND at < ? LIMIT ?
"""
SELECT_RECENT = _SELECT_PASSES + "WHERE a.log = ? AND a.list = ? ORDER BY a.stamp DESC LIMIT ?"


def guests(execute: Execute, log: str, after: str | None, limit: int) -> list[GuestRow]:
    """The page of guests whose ticket ids follow `after`."""
    names = catalogue.names(execute, log)
    variations = catalogue.variation_names(execute, log)
    rows = execute(SELECT_GUESTS, (log, after or "", limit)).fetchall()
    return [_guest(row, names, variations) for row in rows]


def _guest(row: Sequence[Any], names: Names, variations: Names) -> GuestRow:
    ticket, secret, code, status, name, email, company, product, variation, session = row[:10]
    return GuestRow(
        ticket=ticket,
        secret=secret,
        order_code=code,
        status=OrderStatus(status),
        name=name,
        email=email,
        company=company,
        product=names.get((Kind.PRODUCT_DEFINED, product), product),
        variation=variations.get((product, variation), variation) if variation else "",
        session=names.get((Kind.SESSION_DEFINED, session), session) if session else "",
        seat=row[10],
        notes=row[11],
        canceled=row[12] == 1,
        blocked=row[13] == 1,
        valid_from=maybe_from_column(row[14]),
        valid_until=maybe_from_column(row[15]),
        testmode=row[16] == 1,
    )


def admissions(execute: Execute, log: str, after: str | None, limit: int) -> list[AdmissionRow]:
    """The page of passes on all lists, oldest first, that follow the one whose `order` is `after`."""
    names = catalogue.names(execute, log)
    lists = [row[0] for row in execute(SELECT_LISTS, (log,)).fetchall()]
    pages = [execute(SELECT_AFTER, (log, one, after or "", limit)).fetchall() for one in lists]
    rows = islice(merge(*pages, key=_stamp), limit)
    return [_admission(row, names) for row in rows]


def recent(execute: Execute, log: str, list_id: str, limit: int) -> list[AdmissionRow]:
    """The last passes on a list, newest first."""
    names = catalogue.names(execute, log)
    return [_admission(row, names) for row in execute(SELECT_RECENT, (log, list_id, limit)).fetchall()]


def _stamp(row: Sequence[Any]) -> str:
    return str(row[11])


def _admission(row: Sequence[Any], names: Names) -> AdmissionRow:
    id_, ticket, name, product, list_id, direction, at, gate, desk, forced, confirmed, stamp = row
    return AdmissionRow(
        admission=id_,
        ticket=ticket,
        name=name or "",
        product=names.get((Kind.PRODUCT_DEFINED, product), product or ""),
        list=names.get((Kind.LIST_DEFINED, list_id), list_id),
        direction=Direction(direction),
        at=from_column(at),
        gate=names.get((Kind.GATE_DEFINED, gate), gate),
        desk=desk,
        forced=forced == 1,
        confirmed=confirmed > 0,
        by_hub_alone=confirmed == BY_HUB_ALONE,
        order=stamp,
    )


def inside(execute: Execute, log: str, list_id: str, before: datetime, limit: int) -> list[str]:
    """Tickets whose last pass, by the stamps, was an entry before the moment.

    A walk over the list's passes: not for every scan.
    """
    moment = to_column(before)
    rows = execute(SELECT_INSIDE, (log, list_id, moment, limit)).fetchall()
    return [row[0] for row in rows]
