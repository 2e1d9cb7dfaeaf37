"""From what people have in hand (a number, a code, a name) to sales, and the numbers that come next."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from eventdesk.domain.till.sales import Sale
from eventdesk.storage import log as facts
from eventdesk.storage.reading import codes
from eventdesk.storage.reading.standing import orders_by_code
from eventdesk.storage.reading.till import money
from eventdesk.storage.search.fold import fold as plain

Execute = Callable[..., Any]

SELECT_NUMBER = """
    SELECT sale FROM receipts INDEXED BY receipts_number WHERE log = ? AND desk = ? AND number = ? ORDER BY id
"""
SELECT_LAST_NUMBER = """
    SELECT number FROM receipts INDEXED BY receipts_number WHERE log = ? AND desk = ?
    ORDER BY number DESC LIMIT 1
"""
SELECT_LAST_SHIFT = """
    SELECT number FROM shifts INDEXED BY shifts_number WHERE log = ? AND desk = ? ORDER BY number DESC LIMIT 1
"""
SELECT_LATEST = "SELECT id FROM sales INDEXED BY sales_at WHERE log = ? ORDER BY at DESC LIMIT ?"
SELECT_OF_ORDER = """
    SELECT id FROM sales INDEXED BY sales_order
    WHERE log = ? AND order_id = ? AND order_id <> '' ORDER BY at, id
"""
SELECT_OF_TICKET = "SELECT sale FROM sold_tickets WHERE log = ? AND ticket = ? ORDER BY sale"
# Few sales name a customer: of those that do, each is looked at.
SELECT_WORDS = """
    SELECT id FROM sales INDEXED BY sales_words WHERE log = ? AND words <> '' AND instr(words, ?) LIMIT ?
"""

MOST_DIGITS = 12


def sale_by_number(execute: Execute, log: str, desk: str, number: int) -> Sale | None:
    row = execute(SELECT_NUMBER, (log, desk, number)).fetchone()
    return money.sale(execute, log, row[0]) if row else None


def next_receipt_number(execute: Execute, log: str, desk: str) -> int:
    return _after(execute(SELECT_LAST_NUMBER, (log, desk)).fetchone())


def next_shift_number(execute: Execute, log: str, desk: str) -> int:
    return _after(execute(SELECT_LAST_SHIFT, (log, desk)).fetchone())


def sales(execute: Execute, log: str, text: str, limit: int) -> list[Sale]:
    text = text.strip()
    if not text:
        rows = execute(SELECT_LATEST, (log, limit)).fetchall()
        return _sales(execute, log, (row[0] for row in rows))
    found = _sales(execute, log, dict.fromkeys(_named(execute, log, text, limit)))
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:limit]


def sales_of_order(execute: Execute, log: str, order_id: str) -> list[Sale]:
    return _sales(execute, log, (row[0] for row in execute(SELECT_OF_ORDER, (log, order_id)).fetchall()))


def sales_of_ticket(execute: Execute, log: str, ticket_id: str) -> list[Sale]:
    rows = execute(SELECT_OF_TICKET, (log, ticket_id)).fetchall()
    return sorted(_sales(execute, log, (row[0] for row in rows)), key=lambda one: (one.at, one.id))


def _named(execute: Execute, log: str, text: str, limit: int) -> Iterator[str]:
    """Ids of sales that the text may mean, some of them twice."""
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        for desk in facts.desks_of(execute, log):
            yield from _first(execute(SELECT_NUMBER, (log, desk, int(text))))
    for order in orders_by_code(execute, log, {text, text.upper()}).values():
        yield from _first(execute(SELECT_OF_ORDER, (log, order.id)))
    presented = codes.presented(execute, log, text)
    for ticket in (presented.ticket, *presented.others):
        if ticket is not None:
            yield from _first(execute(SELECT_OF_TICKET, (log, ticket.id)))
            yield from _first(execute(SELECT_OF_ORDER, (log, ticket.order.id)))
    yield from _first(execute(SELECT_WORDS, (log, plain(text), limit)))


def _first(rows: Any) -> list[str]:
    return [row[0] for row in rows.fetchall()]


def _after(row: tuple[int] | None) -> int:
    return row[0] + 1 if row else 1


def _sales(execute: Execute, log: str, ids: Iterable[str]) -> list[Sale]:
    return [one for id_ in ids if (one := money.sale(execute, log, id_)) is not None]
