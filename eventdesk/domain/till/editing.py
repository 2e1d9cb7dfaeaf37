"""Changes to a cart, each a new cart. What it then costs, and whether it can be sold so, `pricing` says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from eventdesk.domain.catalogue import Catalogue, Question
from eventdesk.domain.till.cart import Cart, CartLine
from eventdesk.domain.till.offers import product_of
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.setup import TillSetup
from eventdesk.domain.verdicts import Words

MOST_LINES = 200


def add(cart: Cart, line: CartLine) -> Cart:
    """A line more; what is just like one that is there (no names, seats or add-ons of its own) adds to it.

    Raises Refused where the cart is full.
    """
    same = next((one for one in cart.lines if _may_join(one, line, cart)), None)
    if same is not None:
        return change(cart, same.id, quantity=same.quantity + line.quantity)
    if len(cart.lines) >= MOST_LINES:
        raise Refused(Words("The cart is full."), Words("Finish this sale and begin another."))
    return replace(cart, lines=(*cart.lines, line))


def _may_join(there: CartLine, line: CartLine, cart: Cart) -> bool:
    plain = not any(one.names or one.seats or one.answers or one.tickets for one in (line, there))
    has_addons = any(one.parent == there.id for one in cart.lines)
    return plain and not has_addons and replace(there, id=line.id, quantity=line.quantity) == line


def change(cart: Cart, line_id: str, **members: Any) -> Cart:
    """The members of a line that are not None; a `quantity` of 0 takes it away. Fewer pieces keep the first
    names, seats and answers. Raises Refused where the line is not there (any more)."""
    line = line_of(cart, line_id)
    told = {name: value for name, value in members.items() if value is not None}
    if told.get("quantity") == 0:
        return remove(cart, line_id)
    changed = replace(line, **told)
    kept = {name: getattr(changed, name)[: changed.quantity] for name in ("names", "seats", "answers")}
    return _with(cart, replace(changed, **kept))


def remove(cart: Cart, line_id: str) -> Cart:
    """Without the line and its add-ons."""
    line_of(cart, line_id)
    return replace(cart, lines=tuple(one for one in cart.lines if line_id not in (one.id, one.parent)))


def line_of(cart: Cart, line_id: str) -> CartLine:
    """Raises Refused where it is not there (any more)."""
    found = next((one for one in cart.lines if one.id == line_id), None)
    if found is None:
        raise Refused(Words("This line is not in the cart any more."), Words("Look at the cart again."))
    return found


def give(cart: Cart, discount: str) -> Cart:
    return cart if discount in cart.discounts else replace(cart, discounts=(*cart.discounts, discount))


def take_back(cart: Cart, discount: str) -> Cart:
    return replace(cart, discounts=tuple(one for one in cart.discounts if one != discount))


def missing(cart: Cart, catalogue: Catalogue, setup: TillSetup) -> Refused | None:
    """The first thing that must be known before this can be sold: a seat, a name, an answer, a reason."""
    return next(_missing(cart, catalogue, setup), None)


def _missing(cart: Cart, catalogue: Catalogue, setup: TillSetup) -> Iterator[Refused]:
    if (cart.percent or cart.off) and not cart.reason.strip():
        yield Refused(Words("A discount needs a reason."), Words("Say why it is given."))
    for line in cart.lines:
        product = product_of(line, catalogue)
        name = {"name": product.name}
        if (line.percent or line.off or line.comp) and not line.reason.strip():
            yield Refused(Words("{name}: say why it costs less.", name), Words("Type a reason."), line.id)
        if line.tickets:
            continue
        if product.seating in setup.seatings and len(set(line.seats)) < line.quantity:
            yield Refused(Words("{name}: no seat is chosen.", name), Words("Choose the seats."), line.id)
        if product.asks_name and sum(1 for one in line.names if one.strip()) < line.quantity:
            yield Refused(Words("{name}: a name is missing.", name), Words("Type the guest's name."), line.id)
        yield from _unanswered(line, catalogue, name)


def _unanswered(line: CartLine, catalogue: Catalogue, name: Mapping[str, Any]) -> Iterator[Refused]:
    for question in asked(line, catalogue):
        answered = sum(1 for one in line.answers if dict(one).get(question.id, "") != "")
        if question.required and answered < line.quantity:
            yield Refused(
                Words("{name}: a question is not answered.", name), Words("Ask the guest."), line.id
            )


def asked(line: CartLine, catalogue: Catalogue) -> Iterable[Question]:
    """The questions of this line's product that are asked when it is sold: a door asks the others."""
    return [
        one
        for one in catalogue.questions.values()
        if line.product in one.products and not one.ask_during_checkin
    ]


def _with(cart: Cart, line: CartLine) -> Cart:
    return replace(cart, lines=tuple(line if one.id == line.id else one for one in cart.lines))
