"""From a cart that is paid to the facts of one sale: all that must be written in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventdesk.domain.catalogue import Catalogue, Product
from eventdesk.domain.facts import Draft, Kind, Payload
from eventdesk.domain.moments import moment_text
from eventdesk.domain.tickets import OrderStatus
from eventdesk.domain.till.cart import Cart, CartLine, Priced, PricedLine
from eventdesk.domain.till.limits import quotas_of
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, SaleLine, Way
from eventdesk.domain.till.seats import label, place
from eventdesk.domain.till.setup import TillSetup
from eventdesk.domain.verdicts import Words


@dataclass(frozen=True, slots=True)
class Issued:
    """The id and the code of a ticket or of a gift card that this sale makes."""

    id: str
    code: str


@dataclass(frozen=True, slots=True)
class Making:
    """What a sale needs beside cart and price. `order` is its id, and `order_code` that of a new one
    (empty: the tickets join an order that is there). `issued` are by cart line, as many as its
    `quantity`, for each line whose product makes tickets or gift cards; `quotas` are the ids by product
    and session; `unconfirmed` are seats which no upstream confirmed. `moment` is aware. `settles` is the
    id of the fact by which an order that was owed is paid (empty: there is none, or it is not to be
    changed)."""

    number: int
    shift: str
    currency: str
    at: datetime
    order: str = ""
    order_code: str = ""
    issued: Mapping[str, Sequence[Issued]] = field(default_factory=dict)
    quotas: Mapping[tuple[str, str | None], Sequence[str]] = field(default_factory=dict)
    unconfirmed: frozenset[str] = frozenset()
    locale: str = ""
    settles: str = ""


def is_ticket(product: Product) -> bool:
    """Whether each one sold is a ticket; a gift card is none, whatever else is said of it."""
    return product.ticket and not product.gift_card


def makes(cart: Cart, catalogue: Catalogue) -> dict[str, int]:
    """Of each cart line how many tickets or gift cards must be `issued`; lines that make none are absent."""
    made = {}
    for line in cart.lines:
        product = catalogue.products[line.product]
        if not line.tickets and (product.ticket or product.gift_card):
            made[line.id] = line.quantity
    return made


def sell(
    cart: Cart,
    priced: Priced,
    payments: Sequence[Payment],
    making: Making,
    catalogue: Catalogue,
    setup: TillSetup,
) -> list[Draft]:
    """The facts, what is referred to before what refers to it; `sale_completed` is the last. `payments` are
    the cart's, those that failed or were given back among them.

    Raises Refused where what was taken is not just what is due.
    """
    standing = standing_payments(payments)
    if paid(payments) != max(priced.due, 0):
        raise Refused(Words("This sale is not wholly paid."), Words("Take the rest, or give money back."))
    drafts = [*_order(cart, making, catalogue)]
    values = {one.of: one.price for one in priced.lines if not one.fee}
    if making.settles and cart.owing:
        paid_for = {"status": OrderStatus.PAID.value}
        drafts.append(Draft(Kind.ORDER_CHANGED, cart.owing, paid_for, making.settles))
    for line in cart.lines:
        drafts += _made(line, cart, values.get(line.id, 0), making, catalogue, setup)
    drafts += (
        Draft(Kind.DISCOUNT_USED, id_, {"number": number, "sale": cart.sale}) for id_, number in priced.used
    )
    return [*drafts, _completed(cart, priced, standing, making, catalogue, setup)]


def paid(payments: Iterable[Payment]) -> int:
    """What was taken, less what was given back."""
    return sum(one.amount if one.way is Way.IN else -one.amount for one in payments if one.counts)


def standing_payments(payments: Sequence[Payment]) -> list[Payment]:
    """Those that were taken and not wholly given back before the sale was made."""
    back: dict[str, int] = {}
    for one in payments:
        if one.way is Way.OUT and one.counts:
            back[one.of] = back.get(one.of, 0) + one.amount
    return [one for one in payments if one.way is Way.IN and one.counts and one.amount > back.get(one.id, 0)]


def _order(cart: Cart, making: Making, catalogue: Catalogue) -> Iterator[Draft]:
    if not making.order_code or not any(is_ticket(catalogue.products[line.product]) for line in cart.lines):
        return
    customer = cart.customer
    yield Draft(
        Kind.ORDER_PLACED,
        making.order,
        {
            "code": making.order_code,
            "status": OrderStatus.PAID.value,
            "source": "till",
            **_filled(
                name=customer.name, email=customer.email, company=customer.company, locale=making.locale
            ),
        },
    )


def _made(
    line: CartLine, cart: Cart, value: int, making: Making, catalogue: Catalogue, setup: TillSetup
) -> Iterator[Draft]:
    """Tickets with their seats and uses of quotas, gift cards; of goods the uses alone. `value` is the
    price of one, 0 where it comes without charge."""
    if line.tickets:
        return
    product = catalogue.products[line.product]
    issued = making.issued.get(line.id, ())
    if (product.ticket or product.gift_card) and len(issued) != line.quantity:
        raise ValueError(f"{line.quantity} of {product.id} need as many ids, not {len(issued)}")
    if is_ticket(product):
        for at, ticket in enumerate(issued):
            yield from _ticket(line, at, ticket, cart, making, setup)
    elif quotas := quotas_of(making.quotas, product.id, line.session):
        yield from (Draft(Kind.QUOTA_USED, id_, {"number": line.quantity}) for id_ in quotas)
    if product.gift_card:
        for card in issued:
            told = {
                "code": card.code,
                "amount": value or product.price,
                "currency": making.currency,
                "sale": cart.sale,
            }
            yield Draft(Kind.GIFT_CARD_ISSUED, card.id, told)


def _ticket(
    line: CartLine, at: int, ticket: Issued, cart: Cart, making: Making, setup: TillSetup
) -> Iterator[Draft]:
    seat = line.seats[at] if at < len(line.seats) else ""
    yield Draft(
        Kind.TICKET_ISSUED,
        ticket.id,
        {
            "order": making.order,
            "secret": ticket.code,
            "product": line.product,
            **_filled(
                variation=line.variation,
                session=line.session,
                name=line.names[at] if at < len(line.names) else "",
                seat=label(setup.seatings.values(), seat),
                answers=dict(line.answers[at]) if at < len(line.answers) else {},
                addon_to=_addon_to(line, at, cart, making),
            ),
        },
    )
    for id_ in quotas_of(making.quotas, line.product, line.session):
        yield Draft(Kind.QUOTA_USED, id_, {"number": 1, "ticket": ticket.id})
    if seat:
        told: dict[str, Any] = {"ticket": ticket.id, "sale": cart.sale}
        if seat in making.unconfirmed:
            told["confirmed"] = False
        yield Draft(Kind.SEAT_TAKEN, place(seat, line.session), told)


def _addon_to(line: CartLine, at: int, cart: Cart, making: Making) -> str:
    """The parent's ticket: dealt out one after another."""
    parents = making.issued.get(line.parent, ()) if line.parent else ()
    before = 0
    for one in cart.lines:
        if one.id == line.id:
            break
        before += one.quantity if (one.parent, one.product) == (line.parent, line.product) else 0
    return parents[(before + at) % len(parents)].id if parents else ""


def _completed(
    cart: Cart,
    priced: Priced,
    payments: Sequence[Payment],
    making: Making,
    catalogue: Catalogue,
    setup: TillSetup,
) -> Draft:
    tickets = {
        line.id: list(line.tickets) or [one.id for one in making.issued.get(line.id, ())]
        for line in cart.lines
        if is_ticket(catalogue.products[line.product])
    }
    included = {one.of: one.quantity for one in priced.lines if one.line.endswith("/included")}
    lines = []
    for one in priced.lines:
        own = [] if one.fee else tickets.get(one.of, [])
        first = included.get(one.of, 0)
        own = own[:first] if one.line.endswith("/included") else own[first:]
        lines.append(line_members(sale_line(one, cart, own, setup)))
    has_tickets = any(tickets.values())
    customer = _filled(name=cart.customer.name, address=cart.customer.address)
    return Draft(
        Kind.SALE_COMPLETED,
        cart.sale,
        {
            "number": making.number,
            "shift": making.shift,
            "at": moment_text(making.at),
            "currency": making.currency,
            "lines": lines,
            "total": priced.total,
            "tax": [
                {
                    "rate": tax.rate,
                    **_filled(code=tax.code),
                    "net": tax.net,
                    "tax": tax.tax,
                    "gross": tax.gross,
                }
                for tax in priced.taxes
            ],
            "payments": [one.id for one in payments],
            **_filled(
                rounding=sum(one.rounding for one in payments),
                order=making.order if has_tickets or cart.customer.order else "",
                net_prices=setup.rules.net_prices,
                customer=customer,
                exchange_of=cart.exchange.sale if cart.exchange else "",
            ),
        },
    )


def sale_line(
    one: PricedLine, cart: Cart, tickets: Sequence[str] = (), setup: TillSetup | None = None
) -> SaleLine:
    """A line of the sale as it will stand in its fact."""
    line = next(line for line in cart.lines if line.id == one.of)
    plans = setup.seatings.values() if setup else ()
    said = one.comp or one.manual or one.changed_price
    return SaleLine(
        id=one.line,
        name=one.name,
        quantity=one.quantity,
        price=one.price,
        gross=one.gross,
        net=one.net,
        tax=one.tax,
        rate=one.rate,
        code=one.code,
        product=one.product,
        variation=one.variation,
        tickets=tuple(tickets),
        seat="" if one.fee else ", ".join(label(plans, seat) for seat in line.seats),
        discount=one.discount,
        discounts=one.discounts,
        manual=one.manual,
        comp=one.comp,
        changed_price=one.changed_price,
        fee=one.fee,
        parent=one.parent,
        reason=(line.reason or cart.reason) if said else "",
        owed=bool(line.tickets),
    )


def line_members(line: SaleLine) -> Payload:
    """As `docs/facts.md` has it: what is empty is left out."""
    told = {
        name: getattr(line, name)
        for name in ("id", "name", "quantity", "price", "gross", "net", "tax", "rate")
    }
    return told | _filled(
        product=line.product,
        variation=line.variation,
        tickets=list(line.tickets),
        seat=line.seat,
        code=line.code,
        discount=line.discount,
        discounts=list(line.discounts),
        manual=line.manual,
        comp=line.comp,
        changed_price=line.changed_price,
        fee=line.fee,
        parent=line.parent,
        reason=line.reason,
        owed=line.owed,
    )


def _filled(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}
