"""Sales, payments and shifts as the fold of their facts: in stamp order, each fact once.

Facts of other subjects and kinds among those given are left aside. Each raises BadPayload while the fact
with which its subject began has not arrived.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from eventdesk.domain import members
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import in_order
from eventdesk.domain.members import BadPayload
from eventdesk.domain.till.rows import (
    counted,
    currency_code,
    reversed_line_from,
    sale_line_from,
    tax_sum_from,
)
from eventdesk.domain.till.sales import (
    CashMoved,
    Failure,
    Movement,
    Payment,
    PaymentState,
    Reversal,
    ReversalWay,
    Sale,
    Shift,
    Way,
)
from eventdesk.domain.till.setup import Tender

PAYMENT_KINDS = (Kind.PAYMENT_STARTED, Kind.PAYMENT_TAKEN, Kind.PAYMENT_RETURNED, Kind.PAYMENT_FAILED)
SALE_KINDS = (Kind.SALE_COMPLETED, Kind.SALE_REVERSED)
SHIFT_KINDS = (
    Kind.SHIFT_OPENED,
    Kind.CASH_MOVED,
    Kind.DRAWER_OPENED,
    Kind.CASH_COUNTED,
    Kind.SHIFT_CLOSED,
)

_STATES = {
    Kind.PAYMENT_TAKEN: PaymentState.TAKEN,
    Kind.PAYMENT_RETURNED: PaymentState.RETURNED,
    Kind.PAYMENT_FAILED: PaymentState.FAILED,
}


def fold_sale(id_: str, facts: Iterable[Fact]) -> Sale:
    """The sale with its reversals. Were it told twice, the first stands."""
    own = _own(id_, SALE_KINDS, facts)
    sold = _first(own, Kind.SALE_COMPLETED)
    payload = sold.payload
    customer = members.table(payload, "customer") or {}
    return Sale(
        id=id_,
        number=members.amount(payload, "number"),
        desk=sold.desk,
        shift=members.text(payload, "shift"),
        at=members.moment(payload, "at"),
        currency=currency_code(payload, "currency"),
        lines=members.rows(payload, "lines", sale_line_from),
        total=members.amount(payload, "total"),
        taxes=members.rows(payload, "tax", tax_sum_from),
        payments=members.texts(payload, "payments"),
        order=members.text(payload, "order", ""),
        rounding=members.signed_amount(payload, "rounding"),
        by=members.text(payload, "by", ""),
        customer=members.text(customer, "name", ""),
        exchange_of=members.text(payload, "exchange_of", ""),
        reversals=tuple(reversal_from(fact) for fact in own if fact.kind == Kind.SALE_REVERSED),
        net_prices=members.flag(payload, "net_prices"),
        address=members.text(customer, "address", ""),
        approved=members.text(payload, "approved", ""),
    )


def reversal_from(fact: Fact) -> Reversal:
    payload = fact.payload
    return Reversal(
        id=fact.id,
        number=members.amount(payload, "number"),
        desk=fact.desk,
        shift=members.text(payload, "shift"),
        at=members.moment(payload, "at"),
        way=members.choice(payload, "way", ReversalWay),
        lines=members.rows(payload, "lines", reversed_line_from),
        amount=members.amount(payload, "amount"),
        payments=members.texts(payload, "payments"),
        rounding=members.signed_amount(payload, "rounding"),
        reason=members.text(payload, "reason", ""),
        by=members.text(payload, "by", ""),
        exchanged_for=members.text(payload, "exchanged_for", ""),
        approved=members.text(payload, "approved", ""),
    )


def fold_payment(id_: str, facts: Iterable[Fact]) -> Payment:
    """The first end that was told stands; a second one is found by `verify`. An end that arrives before
    `payment_started` tells enough by itself, but for a failure."""
    own = _own(id_, PAYMENT_KINDS, facts)
    start = next((fact for fact in own if fact.kind == Kind.PAYMENT_STARTED), None)
    end = next((fact for fact in own if fact.kind in _STATES), None)
    if start is None and (end is None or end.kind == Kind.PAYMENT_FAILED):
        raise BadPayload(f"no `{Kind.PAYMENT_STARTED}` of the payment is there yet")
    begun: Mapping[str, Any] = start.payload if start else {}
    ended: Mapping[str, Any] = end.payload if end else {}
    paid = ended if end is not None and end.kind != Kind.PAYMENT_FAILED else {}
    told, last, first = paid or begun, ended or begun, start or end
    assert first is not None
    return Payment(
        id=id_,
        sale=members.text(told, "sale"),
        shift=members.text(last, "shift"),
        desk=first.desk,
        way=_way(begun, end),
        tender=members.choice(told, "tender", Tender),
        amount=members.amount(told, "amount"),
        currency=currency_code(told, "currency"),
        at=members.moment(last, "at"),
        state=_STATES[end.kind] if end else PaymentState.STARTED,
        given=members.amount(paid, "given"),
        change=members.amount(paid, "change"),
        rounding=members.signed_amount(paid, "rounding"),
        terminal=members.text(told, "terminal", ""),
        key=members.text(begun, "key", ""),
        reference=members.text(paid, "reference", ""),
        **_card(paid),
        of=members.text(told, "of", ""),
        **_failure(end),
        settled_by=members.text(ended, "settled_by", ""),
        by=members.text(last, "by", ""),
    )


def _failure(end: Fact | None) -> dict[str, Any]:
    if end is None or end.kind != Kind.PAYMENT_FAILED:
        return {}
    return {
        "why": members.choice(end.payload, "why", Failure),
        "words": members.text(end.payload, "words", ""),
    }


def _way(payload: Mapping[str, Any], end: Fact | None) -> Way:
    if end is not None and end.kind != Kind.PAYMENT_FAILED:
        return Way.IN if end.kind == Kind.PAYMENT_TAKEN else Way.OUT
    return members.choice(payload, "way", Way)


def _card(payload: Mapping[str, Any]) -> dict[str, Any]:
    card = members.table(payload, "card") or {}
    return {"brand": members.text(card, "brand", ""), "last4": members.text(card, "last4", "")}


def fold_shift(id_: str, facts: Iterable[Fact]) -> Shift:
    """The shift by its own facts; those of payments and sales that name it are for `closing`."""
    own = _own(id_, SHIFT_KINDS, facts)
    opened = _first(own, Kind.SHIFT_OPENED)
    count = next((fact for fact in reversed(own) if fact.kind == Kind.CASH_COUNTED), None)
    end = next((fact for fact in own if fact.kind == Kind.SHIFT_CLOSED), None)
    payload, closed = opened.payload, end.payload if end else {}
    return Shift(
        id=id_,
        desk=opened.desk,
        number=members.amount(payload, "number"),
        drawer=members.text(payload, "drawer"),
        currency=currency_code(payload, "currency"),
        opened=members.moment(payload, "at"),
        float_=members.amount(payload, "float"),
        by=members.text(payload, "by", ""),
        moves=tuple(_moved(fact) for fact in own if fact.kind == Kind.CASH_MOVED),
        no_sales=sum(fact.kind == Kind.DRAWER_OPENED for fact in own),
        counted=_counted(end, count),
        count=counted(count.payload, "count") if count else {},
        closed=members.moment(closed, "at") if end else None,
        difference=members.signed_amount(closed, "difference"),
        expected=members.signed_amount(closed, "expected"),
        facts=members.amount(closed, "facts"),
        digest=members.text(closed, "digest", ""),
    )


def _counted(end: Fact | None, count: Fact | None) -> int | None:
    if end is not None:
        return members.amount(end.payload, "counted")
    return None if count is None else members.amount(count.payload, "amount")


def _moved(fact: Fact) -> CashMoved:
    payload = fact.payload
    return CashMoved(
        id=fact.id,
        way=members.choice(payload, "way", Movement),
        amount=members.amount(payload, "amount"),
        number=members.amount(payload, "number"),
        at=members.moment(payload, "at"),
        reason=members.text(payload, "reason", ""),
        by=members.text(payload, "by", ""),
    )


def _own(id_: str, kinds: tuple[Kind, ...], facts: Iterable[Fact]) -> list[Fact]:
    return in_order(fact for fact in facts if fact.subject == id_ and fact.kind in kinds)


def _first(own: list[Fact], kind: Kind) -> Fact:
    found = next((fact for fact in own if fact.kind == kind), None)
    if found is None:
        raise BadPayload(f"no `{kind}` of it is there yet")
    return found
