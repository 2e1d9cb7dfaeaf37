"""Whether a discount or a voucher counts for a cart now, and why not."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.till.cart import Cart, CartLine
from eventdesk.domain.till.setup import Discount, TillSetup
from eventdesk.domain.verdicts import Words

NOTHING = Words("")


def by_code(setup: TillSetup, code: str) -> Discount | None:
    """The voucher with the code, whatever its case and the spaces around it."""
    wanted = code.strip().casefold()
    return next((one for one in setup.discounts.values() if wanted and one.code.casefold() == wanted), None)


def limit(discount: Discount) -> int | None:
    """How many uses, or how much money off, there are in all; None: no limit."""
    return discount.uses if discount.uses is not None else discount.budget


def covers(discount: Discount, line: CartLine, catalogue: Catalogue) -> bool:
    """Whether it is for this line. A gift card is money: only a discount that names it is for it."""
    if line.comp:
        return False
    if discount.products:
        return line.product in discount.products
    product = catalogue.products.get(line.product)
    return product is not None and not product.gift_card


def why_not(discount: Discount, moment: datetime, left: Mapping[str, int]) -> Words:
    """Why it does not count, whatever is in the cart; empty where it does. `left`: of each limited one what
    is left of its limit, as far as this desk may use it."""
    name = {"name": discount.name}
    if discount.begins is not None and moment < discount.begins:
        return Words("{name} is not valid yet.", name)
    if discount.ends is not None and moment >= discount.ends:
        return Words("{name} is no longer valid.", name)
    whole = limit(discount)
    if whole is not None and left.get(discount.id, whole) <= 0:
        return Words("{name} is used up, or this till has no share of it.", name)
    return NOTHING


def refusals(
    cart: Cart, catalogue: Catalogue, setup: TillSetup, moment: datetime, left: Mapping[str, int]
) -> tuple[Words, ...]:
    """What the cart's discounts do not do, and why: `pricing` passes over them."""
    return tuple(
        filter(None, (_refusal(one, cart, catalogue, setup, moment, left) for one in cart.discounts))
    )


def _refusal(
    id_: str, cart: Cart, catalogue: Catalogue, setup: TillSetup, moment: datetime, left: Mapping[str, int]
) -> Words:
    discount = setup.discounts.get(id_)
    if discount is None:
        return Words("A discount is no longer offered.")
    if words := why_not(discount, moment, left):
        return words
    if not _any(discount, cart.lines, catalogue):
        return Words("{name} is for nothing in this cart.", {"name": discount.name})
    return NOTHING


def _any(discount: Discount, lines: Iterable[CartLine], catalogue: Catalogue) -> bool:
    return any(covers(discount, line, catalogue) for line in lines)
