"""Many tickets and orders at once, as they stand: what an import compares a file with."""

from collections.abc import Callable, Collection
from typing import Any

import msgspec

from eventdesk.domain.tickets import Order, Ticket
from eventdesk.storage.reading import tickets

Execute = Callable[..., Any]

# The values go in as one JSON array: SQLite bounds the number of parameters, not their length.
_AMONG = " IN (SELECT value FROM json_each(?))"
BY_SECRETS = tickets.BY_SECRET.replace(" = ?", _AMONG).replace(_AMONG, " = ?", 1)
BY_IDS = tickets.BY_ID.replace(" = ?", _AMONG).replace(_AMONG, " = ?", 1)
BY_CODES = f"""
    SELECT {", ".join(f"NULL AS c{number}" for number in range(19))}, id, code, status, requires_approval,
        valid_if_pending, email, company, name, locale, checkin_text, attention, testmode
    FROM orders INDEXED BY orders_code WHERE log = ? AND code{_AMONG}
"""

CODES = "SELECT code, id FROM orders WHERE log = ?"


def tickets_by_secret(execute: Execute, log: str, secrets: Collection[str]) -> dict[str, Ticket]:
    """By secret; without passes and add-ons. Where several share a secret, the first by id."""
    rows = execute(BY_SECRETS, (log, _array(secrets))).fetchall()
    found = [tickets.ticket_of(row, (), ()) for row in sorted(rows, key=_first, reverse=True)]
    return {ticket.secret: ticket for ticket in found}


def tickets_by_id(execute: Execute, log: str, ids: Collection[str]) -> dict[str, Ticket]:
    """By id; without passes and add-ons."""
    rows = execute(BY_IDS, (log, _array(ids))).fetchall()
    return {row[0]: tickets.ticket_of(row, (), ()) for row in rows}


def orders_by_code(execute: Execute, log: str, codes: Collection[str]) -> dict[str, Order]:
    """By code. Where several share a code, the first by id."""
    rows = execute(BY_CODES, (log, _array(codes))).fetchall()
    found = sorted((tickets.order_of(row) for row in rows), key=lambda order: order.id, reverse=True)
    return {order.code: order for order in found}


def order_codes(execute: Execute, log: str) -> dict[str, str]:
    return dict(execute(CODES, (log,)).fetchall())


def _array(values: Collection[str]) -> str:
    return msgspec.json.encode(list(values)).decode()


def _first(row: tickets.Row) -> str:
    return str(row[0])
