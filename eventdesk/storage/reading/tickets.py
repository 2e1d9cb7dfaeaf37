"""Tickets from their rows, and the look-up of a code: the hot path of every scan."""

from collections.abc import Callable, Sequence
from typing import Any

from eventdesk.domain.tickets import Admission, Direction, Order, OrderStatus, Presented, Ticket, Via
from eventdesk.storage.log import decode
from eventdesk.storage.moments import from_column, maybe_from_column

Execute = Callable[..., Any]

_SELECT = """
    SELECT t.id, t.secret, t.product, t.variation, t.session, t.name, t.email, t.company, t.notes, t.photo,
        t.seat, t.canceled, t.blocked, t.valid_from, t.valid_until, t.checkin_text, t.attention, t.addon_to,
        t.answers, o.id, o.code, o.status, o.requires_approval, o.valid_if_pending, o.email, o.company,
        o.name, o.locale, o.checkin_text, o.attention
    FROM tickets t JOIN orders o ON o.log = t.log AND o.id = t.order_id
"""
BY_SECRET = _SELECT + "WHERE t.log = ? AND t.secret = ? ORDER BY t.id"
BY_ID = _SELECT + "WHERE t.log = ? AND t.id = ?"
BY_ORDER = _SELECT + "WHERE t.log = ? AND t.order_id = ? ORDER BY t.id"
BY_MAIN = _SELECT + "WHERE t.log = ? AND t.addon_to = ? ORDER BY t.id"
REVOKED = "SELECT ticket FROM revocations WHERE log = ? AND secret = ? ORDER BY ticket"
MEDIUM = "SELECT tickets, active FROM media WHERE log = ? AND identifier = ? ORDER BY active DESC, id"
PASSES = """
    SELECT id, ticket, list, direction, at, stamp, desk, gate, nonce, forced, confirmed
    FROM admissions WHERE log = ? AND ticket = ? ORDER BY at, stamp
"""

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
        confirmed == 1,
    )


def passes(execute: Execute, log: str, ticket: str) -> tuple[Admission, ...]:
    """The ticket's passes on every list, oldest first."""
    return tuple([admission_of(row) for row in execute(PASSES, (log, ticket)).fetchall()])


def _order_of(row: Row) -> Order:
    id_, code, status, approval, pending, email, company, name, locale, text, attention = row[19:30]
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
    )


def _ticket_of(row: Row, addons: tuple[Ticket, ...], admissions: tuple[Admission, ...]) -> Ticket:
    # By position: names would cost a scan some microseconds. _SELECT has the order of Ticket's fields.
    id_, secret, product, variation, session, name, email, company, notes, photo, seat = row[:11]
    canceled, blocked, valid_from, valid_until, checkin_text, attention, addon_to, answers = row[11:19]
    return Ticket(
        id_,
        _order_of(row),
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


def full(execute: Execute, log: str, row: Row) -> Ticket:
    """The ticket with its passes and its add-ons, which bear theirs."""
    addons = tuple(
        [
            _ticket_of(addon, (), passes(execute, log, addon[0]))
            for addon in execute(BY_MAIN, (log, row[0])).fetchall()
        ]
    )
    return _ticket_of(row, addons, passes(execute, log, row[0]))


def ticket(execute: Execute, log: str, ticket_id: str) -> Ticket | None:
    row = execute(BY_ID, (log, ticket_id)).fetchone()
    return full(execute, log, row) if row else None


def order_tickets(execute: Execute, log: str, order: str) -> tuple[Ticket, ...]:
    """The order's tickets, main tickets and add-ons alike."""
    return tuple([full(execute, log, row) for row in execute(BY_ORDER, (log, order)).fetchall()])


def presented(execute: Execute, log: str, code: str) -> Presented:
    """What the code leads to: a secret, a revoked one, a medium's identifier or a ticket's id, in that order.

    Where it leads to several tickets, the first is `ticket` and the rest are `others`.
    """
    found = execute(BY_SECRET, (log, code)).fetchall()
    if found:
        return _presented(execute, log, code, Via.SECRET, found)
    revoked = [row for (one,) in execute(REVOKED, (log, code)).fetchall() for row in _rows(execute, log, one)]
    if revoked:
        return _presented(execute, log, code, Via.REVOKED, revoked)
    medium = execute(MEDIUM, (log, code)).fetchone()
    if medium:
        linked = [row for one in decode(medium[0]) for row in _rows(execute, log, one)]
        return _presented(execute, log, code, Via.MEDIUM, linked, medium[1] == 1)
    by_id = _rows(execute, log, code)
    return _presented(execute, log, code, Via.TICKET_ID if by_id else Via.NOTHING, by_id)


def _rows(execute: Execute, log: str, ticket_id: str) -> list[Row]:
    rows: list[Row] = execute(BY_ID, (log, ticket_id)).fetchall()
    return rows


def _presented(
    execute: Execute, log: str, code: str, via: Via, rows: list[Row], medium_active: bool = True
) -> Presented:
    found = [full(execute, log, row) for row in rows]
    if not found:
        return Presented(code, via, medium_active=medium_active)
    first = found[0]
    parent = ticket(execute, log, first.addon_to) if first.addon_to else None
    return Presented(code, via, first, parent, tuple(found[1:]), medium_active)
