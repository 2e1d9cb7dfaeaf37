"""Lines of a sale as positions and fees of an order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from eventdesk.bridges.pretix.faults import PretixCannot
from eventdesk.bridges.pretix.mapping.ids import Of, number
from eventdesk.bridges.pretix.outgoing import answers
from eventdesk.domain.catalogue import Catalogue, Question
from eventdesk.domain.tickets import Ticket
from eventdesk.domain.till.currencies import CURRENCIES
from eventdesk.domain.till.money import plain, spread
from eventdesk.domain.till.sales import Sale, SaleLine
from eventdesk.domain.till.setup import TillSetup

FEE: Final = "eventdesk:"  # begins a fee's internal type; the sale's line follows
LONGEST: Final = 190
MOST_DIGITS: Final = 2  # of any currency: pretix' columns have no more
SMALL_UNITS: Final = "pretix counts no more than two digits after the decimal sign."


@dataclass(frozen=True, slots=True)
class Piece:
    """What is one position there: of a line of the sale, for a ticket (None: goods), at a gross price."""

    line: str
    item: int
    variation: int | None
    price: int
    ticket: Ticket | None = None


def of_sale(sale: Sale, tickets: Mapping[str, Ticket]) -> list[Piece]:
    """Of pretix' own products, each main ticket followed by its add-ons, as pretix wants them."""
    lines = [line for line in sale.lines if is_position(line)]
    found = [one for line in lines for one in _of_line(line, tickets, sale.currency)]
    told = {one.ticket.id for one in found if one.ticket}
    addons: dict[str, list[Piece]] = {}
    mains = []
    for one in found:
        main = one.ticket.addon_to if one.ticket else None
        if main is not None and main in told:
            addons.setdefault(main, []).append(one)
        else:
            mains.append(one)
    return [piece for one in mains for piece in (one, *(addons.get(one.ticket.id, ()) if one.ticket else ()))]


def of_ticket(ticket: Ticket) -> Piece | None:
    """Without charge; None where its product is not one of pretix'."""
    item = number(Of.ITEM, ticket.product)
    return None if item is None else Piece("", item, _variation(ticket.variation), 0, ticket)


def is_position(line: SaleLine) -> bool:
    return not line.fee and number(Of.ITEM, line.product) is not None


def rows(found: Sequence[Piece], currency: str, questions: Mapping[str, Question]) -> list[dict[str, Any]]:
    places = {one.ticket.id: place for place, one in enumerate(found, 1) if one.ticket}
    return [_row(one, place, places, currency, questions) for place, one in enumerate(found, 1)]


def fees(sale: Sale, catalogue: Catalogue, setup: TillSetup) -> list[dict[str, Any]]:
    """Fees, and all that is no product of pretix': its money must not be missing there."""
    return [_fee(line, sale.currency, catalogue, setup) for line in sale.lines if not is_position(line)]


def money(amount: int, currency: str) -> str:
    """As pretix takes it. Raises PretixCannot for what it can't keep."""
    least = smallest(currency)
    if amount % least:
        raise PretixCannot(SMALL_UNITS)
    known = CURRENCIES[currency]
    return plain(amount // least, replace(known, digits=min(known.digits, MOST_DIGITS)))


def smallest(currency: str) -> int:
    """The least amount that pretix can keep, in minor units: 10 of a currency with three digits."""
    return int(10 ** max(0, CURRENCIES[currency].digits - MOST_DIGITS))


def shares(amount: int, number: int, currency: str) -> list[int]:
    """So many equal parts of it, which pretix can keep where it can keep the whole."""
    least = smallest(currency)
    whole, rest = divmod(amount, least)
    parts = [least * one for one in spread(whole, [1] * number)]
    return [parts[0] + rest, *parts[1:]] if parts else []


def _of_line(line: SaleLine, tickets: Mapping[str, Ticket], currency: str) -> Iterator[Piece]:
    item = number(Of.ITEM, line.product)
    assert item is not None
    prices = shares(line.gross, line.quantity, currency)
    ids: Iterable[str | None] = (*line.tickets, *[None] * (line.quantity - len(line.tickets)))
    for price, id_ in zip(prices, ids, strict=False):
        yield Piece(line.id, item, _variation(line.variation), price, tickets.get(id_) if id_ else None)


def _variation(id_: str | None) -> int | None:
    return number(Of.VARIATION, id_) if id_ else None


def _row(
    piece: Piece, place: int, places: Mapping[str, int], currency: str, questions: Mapping[str, Question]
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "positionid": place,
        "item": piece.item,
        "price": money(piece.price, currency),
    }
    if piece.variation is not None:
        found["variation"] = piece.variation
    ticket = piece.ticket
    if ticket is None:
        return found
    found["secret"] = ticket.secret
    if ticket.addon_to and ticket.addon_to in places:
        found["addon_to"] = places[ticket.addon_to]
    if ticket.session and (date := number(Of.SUBEVENT, ticket.session)) is not None:
        found["subevent"] = date
    if ticket.name:
        found["attendee_name_parts"] = name_parts(ticket.name)
    if ticket.email:
        found["attendee_email"] = ticket.email
    if ticket.company:
        found["company"] = ticket.company
    told = [answers.told(id_, answer, questions) for id_, answer in ticket.answers.items()]
    if some := [one for one in told if one is not None]:
        found["answers"] = some
    return found


def name_parts(name: str) -> dict[str, str]:
    return {"_scheme": "full", "full_name": name}


def _fee(line: SaleLine, currency: str, catalogue: Catalogue, setup: TillSetup) -> dict[str, Any]:
    name = f"{line.quantity} × {line.name}" if line.quantity > 1 else line.name
    return {
        "fee_type": "service" if line.fee else "other",
        "value": money(line.gross, currency),
        "description": name[:LONGEST],
        "internal_type": f"{FEE}{line.id}",
        "tax_rule": _tax_rule(line, catalogue, setup),
    }


def _tax_rule(line: SaleLine, catalogue: Catalogue, setup: TillSetup) -> int | None:
    """The product's own, else one of the same rate; None: without tax."""
    product = catalogue.products.get(line.product)
    if product and setup.taxes.get(product.tax) and setup.taxes[product.tax].rate == line.rate:
        found = number(Of.TAX, product.tax)
        if found is not None:
            return found
    same = (number(Of.TAX, one.id) for one in setup.taxes.values() if line.rate and one.rate == line.rate)
    return next((one for one in same if one is not None), None)
