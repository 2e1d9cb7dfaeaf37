"""Tickets and their revoked secrets: the fold of the facts that define them."""

from collections.abc import Mapping
from typing import Any

import msgspec

from eventdesk.domain import members as members_of
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import fold_ticket
from eventdesk.domain.payloads import ticket_from
from eventdesk.domain.tickets import Order, Ticket
from eventdesk.storage import log
from eventdesk.storage.moments import maybe_to_column
from eventdesk.storage.projections import orders, presence
from eventdesk.storage.projections.target import Target

KINDS = (Kind.TICKET_ISSUED, Kind.TICKET_CHANGED, Kind.QUESTION_ANSWERED, Kind.SECRET_REVOKED)

UPSERT = """
    INSERT INTO tickets (log, id, order_id, secret, product, variation, session, name, email, company,
        notes, photo, seat, canceled, blocked, valid_from, valid_until, checkin_text, attention,
        addon_to, answers)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (log, id) DO UPDATE SET
        order_id = excluded.order_id, secret = excluded.secret, product = excluded.product,
        variation = excluded.variation, session = excluded.session, name = excluded.name,
        email = excluded.email, company = excluded.company, notes = excluded.notes,
        photo = excluded.photo, seat = excluded.seat, canceled = excluded.canceled,
        blocked = excluded.blocked, valid_from = excluded.valid_from, valid_until = excluded.valid_until,
        checkin_text = excluded.checkin_text, attention = excluded.attention,
        addon_to = excluded.addon_to, answers = excluded.answers
"""
INSERT_REVOCATION = "INSERT OR IGNORE INTO revocations (log, secret, ticket) VALUES (?, ?, ?)"
DELETE_REVOCATION = "DELETE FROM revocations WHERE log = ? AND secret = ? AND ticket = ?"
SELECT_SORT = "SELECT order_id, product, session, canceled, addon_to FROM tickets WHERE log = ? AND id = ?"

ADDON_TO = 19  # its place in a row


def apply(target: Target, fact: Fact) -> None:
    facts = log.facts_of(target.execute, fact.log, fact.subject, *KINDS)
    state = fold_ticket(facts)
    complete = state.issued and "order" in state.members
    if complete or fact.kind is Kind.TICKET_ISSUED:  # else what it changes is yet to arrive
        store(target, row_of(fact.log, fact.subject, state.members))
    for one in facts:
        if one.kind is Kind.SECRET_REVOKED:
            secret = members_of.text(one.payload, "secret")
            statement = INSERT_REVOCATION if secret in state.revoked else DELETE_REVOCATION
            target.execute(statement, (fact.log, secret, fact.subject))


def store(target: Target, row: tuple[Any, ...]) -> None:
    """Write the ticket and count it under the sort that it is now of."""
    log_id, ticket, order = row[:3]
    before = target.execute(SELECT_SORT, (log_id, ticket)).fetchone()
    was, now = (before and before[4]) or ticket, row[ADDON_TO] or ticket
    if was != now and presence.has_passed(target, log_id, ticket):
        _move(target, row, was, now)
    else:
        target.execute(UPSERT, row)
    target.guests.add((log_id, ticket))
    if before is not None:
        _count(target, log_id, before[0], before[1:4], -1)
    _count(target, log_id, order, (row[4], row[6], row[13]), 1)


def _move(target: Target, row: tuple[Any, ...], was: str, now: str) -> None:
    """Write a ticket whose passes are another person's from now on."""
    before = [presence.passes_of(target, row[0], person) for person in (was, now)]
    target.execute(UPSERT, row)
    for passes, person in zip(before, (was, now), strict=True):
        presence.count(target, row[0], passes, presence.passes_of(target, row[0], person))


def _count(target: Target, log_id: str, order: str, ticket: tuple[Any, ...], number: int) -> None:
    of_order = orders.standing(target, log_id, order)
    if of_order is not None:  # else the order's own arrival will count it
        target.count_tickets(orders.sort_of(log_id, ticket, of_order), number)


def row_of(log_id: str, id_: str, members: Mapping[str, Any]) -> tuple[Any, ...]:
    """A row for UPSERT. Raises BadPayload, which names the member, where one is not what it must be."""
    order = Order(id=members_of.text(members, "order"), code="")
    return _columns(log_id, ticket_from(id_, members, order))


class _Plain(msgspec.Struct, gc=False):
    """Members that are columns as they stand."""

    order: str
    secret: str
    product: str
    variation: str | None = None
    session: str | None = None
    name: str = ""
    email: str = ""
    company: str = ""
    notes: str = ""
    photo: str = ""
    seat: str = ""
    canceled: bool = False
    blocked: bool = False
    valid_from: None = None
    valid_until: None = None
    checkin_text: str = ""
    attention: bool = False
    addon_to: str | None = None
    answers: None = None


def row_of_issued(fact: Fact) -> tuple[Any, ...]:
    """`row_of` for a ticket of a single fact, several times faster where its members are plain."""
    try:
        plain = msgspec.convert(fact.payload, _Plain)
    except msgspec.ValidationError:  # moments, answers, or something that `row_of` has the words for
        return row_of(fact.log, fact.subject, fold_ticket([fact]).members)
    return (fact.log, fact.subject, *msgspec.structs.astuple(plain)[:-1], "{}")


def _columns(log_id: str, ticket: Ticket) -> tuple[Any, ...]:
    return (
        log_id,
        ticket.id,
        ticket.order.id,
        ticket.secret,
        ticket.product,
        ticket.variation,
        ticket.session,
        ticket.name,
        ticket.email,
        ticket.company,
        ticket.notes,
        ticket.photo,
        ticket.seat,
        int(ticket.canceled),
        int(ticket.blocked),
        maybe_to_column(ticket.valid_from),
        maybe_to_column(ticket.valid_until),
        ticket.checkin_text,
        int(ticket.attention),
        ticket.addon_to,
        log.encode(ticket.answers).decode() if ticket.answers else "{}",
    )
