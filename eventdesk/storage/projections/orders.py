"""Orders: the fold of `order_placed` and `order_changed`."""

from collections.abc import Sequence
from typing import Any

import msgspec

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import merged
from eventdesk.domain.payloads import order_from
from eventdesk.domain.tickets import Order, OrderStatus
from eventdesk.storage import log
from eventdesk.storage.projections.target import Sort, Target

KINDS = (Kind.ORDER_PLACED, Kind.ORDER_CHANGED)

UPSERT = """
    INSERT OR REPLACE INTO orders (log, id, code, status, requires_approval, valid_if_pending,
        email, company, name, locale, checkin_text, attention, testmode)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SELECT_STANDING = "SELECT status, requires_approval, valid_if_pending FROM orders WHERE log = ? AND id = ?"
SELECT_TICKETS = "SELECT id, product, session, canceled FROM tickets WHERE log = ? AND order_id = ?"

# status, requires_approval, valid_if_pending: what of an order counts for its tickets.
Standing = tuple[str, int, int]


def apply(target: Target, fact: Fact) -> None:
    facts = log.facts_of(target.execute, fact.log, fact.subject, *KINDS)
    members = merged(facts)
    if "code" in members or fact.kind is Kind.ORDER_PLACED:  # else what it changes is yet to arrive
        store(target, fact.log, order_from(fact.subject, members))


def store(target: Target, log_id: str, order: Order) -> None:
    """Write the order; its tickets move to the sort that they are now of."""
    row = row_of(log_id, order)
    before = standing(target, log_id, order.id)
    target.execute(UPSERT, row)
    move_tickets(target, log_id, order.id, before, (row[3], row[4], row[5]))


def row_of(log_id: str, order: Order) -> tuple[Any, ...]:
    """A row for UPSERT."""
    return (
        log_id,
        order.id,
        order.code,
        order.status.value,
        int(order.requires_approval),
        int(order.valid_if_pending),
        order.email,
        order.company,
        order.name,
        order.locale,
        order.checkin_text,
        int(order.attention),
        int(order.testmode),
    )


class _Plain(msgspec.Struct, gc=False):
    """Members that are columns as they stand."""

    code: str
    status: OrderStatus = OrderStatus.PAID
    requires_approval: bool = False
    valid_if_pending: bool = False
    email: str = ""
    company: str = ""
    name: str = ""
    locale: str = "en"
    checkin_text: str = ""
    attention: bool = False
    testmode: bool = False


def row_of_placed(fact: Fact) -> tuple[Any, ...]:
    """`row_of` for an order of a single fact, several times faster where its members are plain."""
    try:
        plain = msgspec.convert(fact.payload, _Plain)
    except msgspec.ValidationError:  # something that `order_from` has the words for
        return row_of(fact.log, order_from(fact.subject, fact.payload))
    return (fact.log, fact.subject, *msgspec.structs.astuple(plain))


def standing(target: Target, log_id: str, order: str) -> Standing | None:
    row: Standing | None = target.execute(SELECT_STANDING, (log_id, order)).fetchone()
    return row


def move_tickets(target: Target, log_id: str, order: str, before: Standing | None, after: Standing) -> None:
    for ticket, product, session, canceled in target.execute(SELECT_TICKETS, (log_id, order)).fetchall():
        target.guests.add((log_id, ticket))
        if before != after:
            if before is not None:
                target.count_tickets(sort_of(log_id, (product, session, canceled), before), -1)
            target.count_tickets(sort_of(log_id, (product, session, canceled), after), 1)


def sort_of(log_id: str, ticket: Sequence[Any], of_order: Standing) -> Sort:
    """The sort that a ticket counts in; `ticket` is its product, session and canceled."""
    product, session, canceled = ticket
    return (log_id, product, session or "", *of_order, canceled)
