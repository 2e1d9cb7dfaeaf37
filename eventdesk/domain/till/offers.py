"""What one line of a cart may cost before any discount: its product, its price, its add-ons."""

from collections.abc import Mapping
from dataclasses import dataclass

from eventdesk.domain.catalogue import Addon, Catalogue, Product
from eventdesk.domain.members import MOST_MONEY
from eventdesk.domain.till.cart import Cart, CartLine
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.setup import TaxRate, TillSetup
from eventdesk.domain.verdicts import Words

MOST_PIECES = 10_000  # of one line
NO_TAX = TaxRate("", "", 0)


@dataclass(frozen=True, slots=True)
class Offer:
    """`price` of one; `included` of the line's pieces come with its parent without charge."""

    line: CartLine
    product: Product
    name: str
    price: int
    changed_price: bool
    tax: TaxRate
    included: int = 0


def offers(cart: Cart, catalogue: Catalogue, setup: TillSetup) -> tuple[Offer, ...]:
    """Raises Refused, which names the line, for what can't be sold so."""
    _check_seats(cart)
    lines = {line.id: line for line in cart.lines}
    taken: dict[tuple[str, str], int] = {}  # of each parent's add-ons, how many came before
    return tuple(_offer(line, lines, taken, catalogue, setup) for line in cart.lines)


def _check_seats(cart: Cart) -> None:
    seen: set[tuple[str, str | None]] = set()
    for line in cart.lines:
        for seat in filter(None, line.seats):
            if (seat, line.session) in seen:
                raise Refused(Words("A seat is in the cart twice."), Words("Choose another seat."), line.id)
            seen.add((seat, line.session))


def _check_tickets(line: CartLine, name: str) -> None:
    if line.tickets and len(set(line.tickets)) != line.quantity:
        raise Refused(
            Words("{name}: this pays for tickets that are there already.", {"name": name}),
            Words("Sell others on a line of their own."),
            line.id,
        )


def _offer(
    line: CartLine,
    lines: Mapping[str, CartLine],
    taken: dict[tuple[str, str], int],
    catalogue: Catalogue,
    setup: TillSetup,
) -> Offer:
    product = product_of(line, catalogue)
    if not 1 <= line.quantity <= MOST_PIECES:
        raise Refused(
            Words("{name}: so many can't be sold at once.", {"name": product.name}),
            Words("Type a number from 1 to {most}.", {"most": MOST_PIECES}),
            line.id,
        )
    _check_tickets(line, product.name)
    regular, name = _regular(line, product)
    price = regular if line.price is None else line.price
    _check_price(price, line, product)
    included = _included(line, lines, taken, product, catalogue) if line.parent else 0
    changed = not product.free_price and price != regular
    return Offer(line, product, name, price, changed, _tax(line, product, setup), included)


def product_of(line: CartLine, catalogue: Catalogue) -> Product:
    """Raises Refused where it is not sold here (any more)."""
    product = catalogue.products.get(line.product)
    if product is None or not product.at_till:
        name = product.name if product else line.product
        raise Refused(
            Words("{name} is not sold here.", {"name": name}), Words("Take it out of the cart."), line.id
        )
    return product


def _regular(line: CartLine, product: Product) -> tuple[int, str]:
    """Price and name."""
    if not product.variations:
        return product.price, product.name
    found = next((one for one in product.variations if one.id == line.variation), None)
    if found is None:
        raise Refused(
            Words("{name} is sold in several variations.", {"name": product.name}),
            Words("Choose one of them."),
            line.id,
        )
    return (product.price if found.price is None else found.price), f"{product.name} ({found.name})"


def _check_price(price: int, line: CartLine, product: Product) -> None:
    least = (product.lowest or 0) if product.free_price else 0
    most = product.highest if product.free_price and product.highest is not None else MOST_MONEY
    if not least <= price <= most or price * line.quantity > MOST_MONEY:
        raise Refused(
            Words("{name} can't be sold at this price.", {"name": product.name}),
            Words("Type another price."),
            line.id,
        )


def _tax(line: CartLine, product: Product, setup: TillSetup) -> TaxRate:
    if not product.tax:
        return NO_TAX
    rate = setup.taxes.get(product.tax)
    if rate is None:
        raise Refused(
            Words("The tax of {name} is not set up.", {"name": product.name}),
            Words("Set it up, or take it out of the cart."),
            line.id,
        )
    return rate


def _included(
    line: CartLine,
    lines: Mapping[str, CartLine],
    taken: dict[tuple[str, str], int],
    product: Product,
    catalogue: Catalogue,
) -> int:
    """How many of an add-on's pieces are without charge."""
    parent = lines.get(line.parent)
    addon = _addon(parent, line, catalogue)
    if parent is None or addon is None:
        raise Refused(
            Words("{name} is no add-on of what it stands with.", {"name": product.name}),
            Words("Take it out of the cart."),
            line.id,
        )
    before = taken.get((line.parent, line.product), 0)
    taken[line.parent, line.product] = before + line.quantity
    if addon.most is not None and before + line.quantity > addon.most * parent.quantity:
        raise Refused(
            Words(
                "{name}: at most {most} may be added.",
                {"name": product.name, "most": addon.most * parent.quantity},
            ),
            Words("Take some of them away."),
            line.id,
        )
    free = max(0, addon.included * parent.quantity - before)
    return min(free, line.quantity)


def _addon(parent: CartLine | None, line: CartLine, catalogue: Catalogue) -> Addon | None:
    product = catalogue.products.get(parent.product) if parent and not parent.parent else None
    offered = product.addons if product else ()
    return next((one for one in offered if one.product == line.product), None)
