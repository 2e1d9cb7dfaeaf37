"""What is owed for the tickets of an order that is not paid, as a cart that pays for them.

Orders hold no money: a ticket costs what its product costs at a till, with its fee. Where that is not
certain there is no cart, and a person looks.
"""

from collections.abc import Sequence

from eventdesk.domain.catalogue import Catalogue, Product
from eventdesk.domain.tickets import OrderStatus, Ticket
from eventdesk.domain.till.cart import Cart, CartLine, Customer


def cart_for(sale: str, tickets: Sequence[Ticket], catalogue: Catalogue) -> Cart | None:
    """`tickets` are all of one order; a line each, under its ticket's id. None where nothing is owed, or
    nobody can say what: a product that is gone or whose price is free, an order that must be approved
    first."""
    standing = [one for one in tickets if not one.canceled]
    if not is_owed(standing):
        return None
    products = [catalogue.products.get(one.product) for one in standing]
    if any(one is None or not _has_price(one) for one in products):
        return None
    known = {one.id for one in standing}
    if any(one.addon_to and one.addon_to not in known for one in standing):
        return None
    return Cart(sale, tuple(map(_line, standing)), customer=Customer(order=standing[0].order.id))


def is_owed(tickets: Sequence[Ticket]) -> bool:
    """Whether their order waits for its money, and for nothing else."""
    if not tickets:
        return False
    order = tickets[0].order
    return order.status is OrderStatus.PENDING and not order.requires_approval


def _has_price(product: Product) -> bool:
    return product.ticket and not product.free_price and not product.gift_card


def _line(ticket: Ticket) -> CartLine:
    return CartLine(
        id=ticket.id,
        product=ticket.product,
        variation=ticket.variation,
        session=ticket.session,
        parent=ticket.addon_to or "",
        tickets=(ticket.id,),
    )
