"""From the members of facts (`docs/facts.md`) to the values that the rest of the program uses.

Each function takes a subject's id and its members as the fold shows them (`domain.fold.merged`) and
raises BadPayload, a ValueError that names the member, where they are not what the kind says.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from eventdesk.domain import members
from eventdesk.domain.catalogue import (
    Addon,
    CheckInList,
    Event,
    Gate,
    Option,
    Product,
    Question,
    QuestionType,
    Session,
    Variation,
)
from eventdesk.domain.claims import HUB_ALONE
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.members import BadPayload
from eventdesk.domain.moments import moment_text, parse_moment
from eventdesk.domain.tickets import Admission, Direction, Order, OrderStatus, Ticket

__all__ = [
    "BadPayload",
    "admission_from",
    "event_from",
    "gate_from",
    "list_from",
    "moment_text",
    "order_from",
    "parse_moment",
    "product_from",
    "question_from",
    "session_from",
    "ticket_from",
]

Payload = Mapping[str, Any]


def event_from(id_: str, payload: Payload) -> Event:
    return Event(
        id=id_,
        name=members.text(payload, "name"),
        timezone=_timezone(payload),
        begins=members.moment(payload, "begins"),
        ends=members.optional_moment(payload, "ends"),
        admission=members.optional_moment(payload, "admission"),
        currency=members.text(payload, "currency", "EUR"),
        testmode=members.flag(payload, "testmode"),
    )


def _timezone(payload: Payload) -> str:
    name = members.text(payload, "timezone")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise members.wrong("timezone", "a time zone such as Europe/Berlin", name) from None
    return name


def session_from(id_: str, payload: Payload) -> Session:
    return Session(
        id=id_,
        name=members.text(payload, "name"),
        begins=members.moment(payload, "begins"),
        ends=members.optional_moment(payload, "ends"),
        admission=members.optional_moment(payload, "admission"),
    )


def _variation(row: Payload) -> Variation:
    return Variation(
        id=members.text(row, "id"),
        name=members.text(row, "name"),
        checkin_text=members.text(row, "checkin_text", ""),
        attention=members.flag(row, "attention"),
        price=members.optional_amount(row, "price"),
    )


def _addon(row: Payload) -> Addon:
    return Addon(
        product=members.text(row, "product"),
        most=members.optional_amount(row, "most"),
        included=members.amount(row, "included"),
    )


def product_from(id_: str, payload: Payload) -> Product:
    return Product(
        id=id_,
        name=members.text(payload, "name"),
        variations=members.rows(payload, "variations", _variation),
        price=members.amount(payload, "price"),
        admits=members.flag(payload, "admits", True),
        checkin_text=members.text(payload, "checkin_text", ""),
        attention=members.flag(payload, "attention"),
        layout=members.text(payload, "layout", ""),
        category=members.text(payload, "category", ""),
        position=members.signed_amount(payload, "position"),
        tax=members.text(payload, "tax", ""),
        fee=members.amount(payload, "fee"),
        at_till=members.flag(payload, "at_till", True),
        ticket=members.flag(payload, "ticket", True),
        free_price=members.flag(payload, "free_price"),
        lowest=members.optional_amount(payload, "lowest"),
        highest=members.optional_amount(payload, "highest"),
        asks_name=members.flag(payload, "asks_name"),
        addons=members.rows(payload, "addons", _addon),
        seating=members.text(payload, "seating", ""),
        gift_card=members.flag(payload, "gift_card"),
    )


def list_from(id_: str, payload: Payload) -> CheckInList:
    return CheckInList(
        id=id_,
        name=members.text(payload, "name"),
        all_products=members.flag(payload, "all_products", True),
        products=members.ids(payload, "products"),
        session=members.optional_text(payload, "session"),
        include_pending=members.flag(payload, "include_pending"),
        allow_multiple_entries=members.flag(payload, "allow_multiple_entries"),
        allow_entry_after_exit=members.flag(payload, "allow_entry_after_exit", True),
        addon_match=members.flag(payload, "addon_match"),
        rules=members.table(payload, "rules"),
        exit_all_at=members.optional_moment(payload, "exit_all_at"),
    )


def _option(row: Payload) -> Option:
    return Option(id=members.text(row, "id"), text=members.text(row, "text"))


def question_from(id_: str, payload: Payload) -> Question:
    return Question(
        id=id_,
        text=members.text(payload, "text"),
        type=members.choice(payload, "type", QuestionType),
        required=members.flag(payload, "required"),
        ask_during_checkin=members.flag(payload, "ask_during_checkin"),
        options=members.rows(payload, "options", _option),
        products=members.ids(payload, "products"),
        help=members.text(payload, "help", ""),
        position=members.signed_amount(payload, "position"),
    )


def gate_from(id_: str, payload: Payload) -> Gate:
    return Gate(id=id_, name=members.text(payload, "name"), area=members.text(payload, "area", ""))


def order_from(id_: str, payload: Payload) -> Order:
    return Order(
        id=id_,
        code=members.text(payload, "code"),
        status=members.choice(payload, "status", OrderStatus, OrderStatus.PAID),
        requires_approval=members.flag(payload, "requires_approval"),
        valid_if_pending=members.flag(payload, "valid_if_pending"),
        email=members.text(payload, "email", ""),
        company=members.text(payload, "company", ""),
        name=members.text(payload, "name", ""),
        locale=members.text(payload, "locale", "en"),
        checkin_text=members.text(payload, "checkin_text", ""),
        attention=members.flag(payload, "attention"),
        testmode=members.flag(payload, "testmode"),
    )


def ticket_from(
    id_: str,
    payload: Payload,
    order: Order,
    admissions: tuple[Admission, ...] = (),
    addons: tuple[Ticket, ...] = (),
) -> Ticket:
    """A ticket of `order`; `payload` holds the members of `ticket_issued`."""
    return Ticket(
        id=id_,
        order=order,
        secret=members.text(payload, "secret"),
        product=members.text(payload, "product"),
        variation=members.optional_text(payload, "variation"),
        session=members.optional_text(payload, "session"),
        name=members.text(payload, "name", ""),
        email=members.text(payload, "email", ""),
        company=members.text(payload, "company", ""),
        notes=members.text(payload, "notes", ""),
        photo=members.text(payload, "photo", ""),
        seat=members.text(payload, "seat", ""),
        canceled=members.flag(payload, "canceled"),
        blocked=members.flag(payload, "blocked"),
        valid_from=members.optional_moment(payload, "valid_from"),
        valid_until=members.optional_moment(payload, "valid_until"),
        checkin_text=members.text(payload, "checkin_text", ""),
        attention=members.flag(payload, "attention"),
        addon_to=members.optional_text(payload, "addon_to"),
        addons=addons,
        admissions=admissions,
        answers=dict(members.table(payload, "answers") or {}),
    )


def admission_from(fact: Fact) -> Admission:
    """The pass that an `admitted` or `left` fact tells of."""
    payload = fact.payload
    confirmed = members.flag(payload, "confirmed", True)
    return Admission(
        id=fact.id,
        ticket=fact.subject,
        list=members.text(payload, "list"),
        direction=Direction.ENTRY if fact.kind == Kind.ADMITTED else Direction.EXIT,
        at=members.moment(payload, "at"),
        order=fact.stamp.text(),
        desk=fact.desk,
        gate=members.text(payload, "gate", ""),
        nonce=members.text(payload, "nonce", ""),
        forced=members.flag(payload, "forced"),
        confirmed=confirmed,
        by_hub_alone=confirmed and members.text(payload, "confirmed_by", "") == HUB_ALONE,
    )
