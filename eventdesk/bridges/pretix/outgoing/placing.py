"""What was sold at a door as an order of pretix, and a guest whom a door has added."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from eventdesk.bridges.pretix.faults import PretixCannot
from eventdesk.bridges.pretix.mapping.ids import order_code
from eventdesk.bridges.pretix.mapping.own import Own
from eventdesk.bridges.pretix.outgoing import pieces
from eventdesk.bridges.pretix.outgoing.pieces import Piece, money
from eventdesk.bridges.pretix.outgoing.target import Call, Target, Untold, post
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.tickets import Order
from eventdesk.domain.till.folds import fold_sale
from eventdesk.domain.till.sales import Sale
from eventdesk.storage.transaction import Transaction

ORDER: Final = "order"  # what `one` does with such a call
PAY: Final = "pay"
PROVIDER: Final = "boxoffice"
TILL: Final = "till"
WALK_IN: Final = "walk-in"
# Those of pretix' codes that nobody takes for one another.
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
NOTHING_OF_THEIRS: Final = Untold(
    "pretix takes no order without one of its own products: this money is in the till's figures alone."
)
JOINED: Final = Untold(
    "It was added to an order that was there already. Add its tickets and its payment in pretix by hand."
)
NOT_THEIR_PRODUCT: Final = Untold("The ticket is of a product that pretix has not.")


def sold(tx: Transaction, fact: Fact, target: Target) -> Call | Untold:
    """The order's total is the sale's, to the cent. What cash was rounded by is told beside the payment."""
    sale = fold_sale(fact.subject, [fact])
    try:
        told = _sold(tx, fact, sale, target)
    except PretixCannot as error:
        told = Untold(error.message)
    return replace(told, subject=sale.order) if isinstance(told, Untold) else told


def _sold(tx: Transaction, fact: Fact, sale: Sale, target: Target) -> Call | Untold:
    if order_code(sale.order) and is_owed(fact):
        return _paid_for(tx, fact, sale, target)
    if sale.order and not made_its_order(tx, fact.log, sale):
        return JOINED
    tickets = {one.id: one for one in tx.order_tickets(fact.log, sale.order)} if sale.order else {}
    found = pieces.of_sale(sale, tickets)
    if not found:
        return NOTHING_OF_THEIRS
    catalogue, setup = tx.catalogue(fact.log), tx.till_setup(fact.log)
    order = next((one.order for one in tickets.values()), None)
    body: dict[str, Any] = {
        "code": order.code if order else code_of(sale.id),
        "status": "p",
        "force": True,
        "send_email": False,
        "tax_rounding_mode": "line",
        "positions": pieces.rows(found, sale.currency, catalogue.questions),
        "fees": pieces.fees(sale, catalogue, setup),
        "payment_date": moment_text(sale.at),
        "comment": _comment(sale),
        "api_meta": _own(sale, found).meta(),
        **_buyer(order, sale.customer, sale.address),
    }
    if sale.total:
        body |= {"payment_provider": PROVIDER, "payment_info": _paid(tx, fact.log, sale)}
    return _call(target, body, sale.id, sale.order)


def _paid_for(tx: Transaction, fact: Fact, sale: Sale, target: Target) -> Call:
    """What a guest owed for an order of pretix: a payment of it."""
    body = {
        "amount": money(sale.total, sale.currency),
        "state": "confirmed",
        "provider": PROVIDER,
        "payment_date": moment_text(sale.at),
        "info": _paid(tx, fact.log, sale),
        "force": True,
        "send_email": False,
    }
    path = target.at_event(f"orders/{order_code(sale.order)}/payments/")
    return {**post(path, body, sale.id), "do": PAY, "subject": sale.order, "sale": sale.id}


def is_owed(fact: Fact) -> bool:
    """A `sale_completed` that pays for tickets which were there before, and for nothing else."""
    return all(row.get("owed") for row in fact.payload["lines"])


def walked_in(tx: Transaction, fact: Fact, target: Target) -> Call | Untold | None:
    """A guest whom a door has added; None for tickets of which a sale or pretix itself tells."""
    ticket = tx.ticket(fact.log, fact.subject)
    if ticket is None or source(tx, fact.log, ticket.order.id) != WALK_IN:
        return None
    found = pieces.of_ticket(ticket)
    if found is None:
        return NOT_THEIR_PRODUCT
    catalogue = tx.catalogue(fact.log)
    currency = catalogue.event.currency
    body: dict[str, Any] = {
        "code": ticket.order.code,
        "status": "p",
        "force": True,
        "send_email": False,
        "positions": pieces.rows([found], currency, catalogue.questions),
        "api_meta": Own(ticket.order.id, "", {1: ticket.id}).meta(),
        **_buyer(ticket.order, "", ""),
    }
    return _call(target, body, ticket.order.id, ticket.order.id)


def made_its_order(tx: Transaction, log: str, sale: Sale) -> bool:
    """Else it joined one that was there."""
    first = next(iter(tx.sales_of_order(log, sale.order)), None)
    return source(tx, log, sale.order) == TILL and first is not None and first.id == sale.id


def source(tx: Transaction, log: str, order: str) -> str:
    placed = tx.facts(log, order, Kind.ORDER_PLACED)
    return str(placed[0].payload.get("source") or "") if placed else ""


def code_of(sale: str) -> str:
    """The order's code of a sale that made none here: always the same."""
    digest = hashlib.sha256(sale.encode()).digest()
    return "S" + "".join(LETTERS[byte % 32] for byte in digest[:9])


def _call(target: Target, body: Mapping[str, Any], key: str, order: str) -> Call:
    return {**post(target.at_event("orders/"), body, key), "do": ORDER, "subject": order or key}


def _own(sale: Sale, found: list[Piece]) -> Own:
    places = list(enumerate(found, 1))
    return Own(
        sale.order,
        sale.id,
        {place: one.ticket.id for place, one in places if one.ticket is not None},
        {place: one.line for place, one in places},
    )


def _comment(sale: Sale) -> str:
    """With the seats of our own plans: pretix has no other place for them."""
    seats = ", ".join(line.seat for line in sale.lines if line.seat)
    return f"EventDesk, receipt {sale.number}" + (f"; {seats}" if seats else "")


def _buyer(order: Order | None, customer: str, address: str) -> dict[str, Any]:
    """`customer` and `address`: to whom the receipt is made out."""
    found: dict[str, Any] = {}
    if order and order.email:
        found["email"] = order.email
    if order and order.locale:
        found["locale"] = order.locale
    name, company = customer or (order.name if order else ""), order.company if order else ""
    if name or company or address:
        said = {"name": name, "company": company, "street": address}
        found["invoice_address"] = {"is_business": bool(company)} | {
            member: value for member, value in said.items() if value
        }
    return found


def _paid(tx: Transaction, log: str, sale: Sale) -> dict[str, Any]:
    """How it was paid, without a card's numbers. `exchange_of`: the sale whose money paid for it."""
    payments = [one for id_ in sale.payments if (one := tx.payment(log, id_)) is not None]
    tenders = {one.tender.value for one in payments}
    told = [
        {"tender": one.tender.value, "amount": money(one.amount, sale.currency)}
        | ({"terminal": one.terminal} if one.terminal else {})
        | ({"reference": one.reference} if one.reference else {})
        for one in payments
    ]
    data: dict[str, Any] = {"payments": told, "sale": sale.id}
    if sale.rounding:
        data["rounding"] = money(sale.rounding, sale.currency)
    if sale.exchange_of:
        data["exchange_of"] = sale.exchange_of
    kind = tenders.pop() if len(tenders) == 1 else "mixed" if tenders else "exchange"
    return {"pos_id": sale.desk, "receipt_id": sale.number, "payment_type": kind, "payment_data": data}
