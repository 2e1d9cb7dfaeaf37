"""Tickets from their rows: the hot path of every scan."""

from collections.abc import Callable, Sequence
from typing import Any

from eventdesk.domain.tickets import Admission, Direction, Order, OrderStatus, Ticket
from eventdesk.storage.log import decode
from eventdesk.storage.moments import from_column, maybe_from_column

Execute = Callable[..., Any]

_SELECT = """
    SELECT t.id, t.secret, t.product, t.variation, t.session, t.name, t.email, t.company, t.notes, t.photo,
        t.seat, t.canceled, t.blocked, t.valid_from, t.valid_until, t.checkin_text, t.attention, t.addon_to,
        t.answers, o.id, o.code, o.status, o.requires_approval, o.valid_if_pending, o.email, o.company,
        o.name, o.locale, o.checkin_text, o.attention, o.testmode
    FROM tickets t INDEXED BY {index} JOIN orders o ON o.log = t.log AND o.id = t.order_id
    WHERE t.log = ? AND t.{column} = ?
"""
# The index is named: left to guess, SQLite may walk all tickets of an event.
BY_SECRET = _SELECT.format(index="tickets_secret", column="secret")
BY_ID = _SELECT.format(index="sqlite_autoindex_tickets_1", column="id")
BY_ORDER = _SELECT.format(index="tickets_order", column="order_id")
BY_MAIN = _SELECT.format(index="tickets_addon", column="addon_to")
PASSES = """
    SELECT id, ticket, list, direction, at, stamp, desk, gate, nonce, forced, confirmed
    FROM admissions WHERE log = ? AND ticket = ? ORDER BY stamp, id
"""

BY_HUB_ALONE = 2  # in the column `confirmed`

_DIRECTIONS = {one.value: one for one in Direction}
_STATUSES = {one.value: one for one in OrderStatus}

Row = Sequence[Any]


def admission_of(row: Row) -> Admission:
    """An admission from a row of PASSES."""
    id_, ticket, list_id, direction, at, stamp, desk, gate, nonce, forced, confirmed = row
    return Admission(
        id_,
        ticket,
        list_id,
        _DIRECTIONS[direction],
        from_column(at),
        stamp,
        desk,
        gate,
        nonce,
        forced == 1,
        confirmed > 0,
        confirmed == BY_HUB_ALONE,
    )


def passes(execute: Execute, log: str, ticket: str) -> tuple[Admission, ...]:
    """The ticket's passes on every list, in stamp order."""
    return tuple([admission_of(row) for row in execute(PASSES, (log, ticket)).fetchall()])


def order_of(row: Row) -> Order:
    id_, code, status, approval, pending, email, company, name, locale, text, attention, testmode = row[19:31]
    return Order(
        id_,
        code,
        _STATUSES[status],
        approval == 1,
        pending == 1,
        email,
        company,
        name,
        locale,
        text,
        attention == 1,
        testmode == 1,
    )


def ticket_of(row: Row, addons: tuple[Ticket, ...], admissions: tuple[Admission, ...]) -> Ticket:
    # By position: names would cost a scan some microseconds. _SELECT has the order of Ticket's fields.
    id_, secret, product, variation, session, name, email, company, notes, photo, seat = row[:11]
    canceled, blocked, valid_from, valid_until, checkin_text, attention, addon_to, answers = row[11:19]
    return Ticket(
        id_,
        order_of(row),
        secret,
        product,
        variation,
        session,
        name,
        email,
        company,
        notes,
        photo,
        seat,
        canceled == 1,
        blocked == 1,
        maybe_from_column(valid_from),
        maybe_from_column(valid_until),
        checkin_text,
        attention == 1,
        addon_to,
        addons,
        admissions,
        decode(answers) if answers != "{}" else {},
    )


def rows_of(execute: Execute, query: str, log: str, value: str) -> list[Row]:
    """Rows of a BY_ query, by ticket id: sorted here, as SQLite sets up a sorter even for one row."""
    rows: list[Row] = execute(query, (log, value)).fetchall()
    if len(rows) > 1:
        rows.sort(key=_id_of)
    return rows


def _id_of(row: Row) -> str:
    return str(row[0])


def full(execute: Execute, log: str, row: Row) -> Ticket:
    """The ticket with its passes and its add-ons, which bear theirs."""
    addons = tuple(
        [
            ticket_of(addon, (), passes(execute, log, addon[0]))
            for addon in rows_of(execute, BY_MAIN, log, row[0])
        ]
    )
    return ticket_of(row, addons, passes(execute, log, row[0]))


def ticket(execute: Execute, log: str, ticket_id: str) -> Ticket | None:
    row = execute(BY_ID, (log, ticket_id)).fetchone()
    return full(execute, log, row) if row else None


def order_tickets(execute: Execute, log: str, order: str) -> tuple[Ticket, ...]:
    """The order's tickets, main tickets and add-ons alike."""
    return tuple([full(execute, log, row) for row in rows_of(execute, BY_ORDER, log, order)])
