"""What is bound while money moves: what other carts of this desk have begun to pay for, and a sale whose
money is on its way back."""

from collections import Counter
from collections.abc import Iterator

from eventdesk.domain.till import refunding
from eventdesk.domain.till.cart import Cart
from eventdesk.domain.till.sales import Payment, PaymentState, Sale, Way
from eventdesk.domain.till.selling import standing_payments
from eventdesk.storage.store import Reader, Transaction


def paid_for(source: Reader | Transaction, log: str, but: str) -> Iterator[Cart]:
    """Carts that hold money, all but that of the sale `but`."""
    for kept in source.carts(log):
        if kept.sale == but or not kept.cart.lines:
            continue
        payments = source.payments_of(log, kept.sale)
        if standing_payments(payments) or any(one.state is PaymentState.STARTED for one in payments):
            yield kept.cart


def pieces(source: Reader | Transaction, log: str, but: str) -> Counter[tuple[str, str | None]]:
    """How many of each product and session they hold."""
    found: Counter[tuple[str, str | None]] = Counter()
    for cart in paid_for(source, log, but):
        for line in cart.lines:
            found[line.product, line.session] += 0 if line.tickets else line.quantity
    return found


def going_back(source: Reader | Transaction, log: str, sale: Sale) -> list[Payment]:
    """What is on its way back for the sale, or went back, and no reversal has told of yet."""
    told = {id_ for reversal in sale.reversals for id_ in reversal.payments}
    every = source.payments_of(log, sale.id)
    # What went back before the sale was made was never of it.
    before = {one.id for one in every if one.way is Way.IN} - set(sale.payments)
    return [
        one
        for one in every
        if one.way is Way.OUT
        and one.state is not PaymentState.FAILED
        and one.of not in before
        and one.id not in told
    ]


def related_payments(source: Reader | Transaction, log: str, sale_id: str) -> list[Payment]:
    """Those of the sale, and of all sales that exchanges join with it: what was paid for one may go back
    for another. The id may be that of a cart that is no sale yet."""
    sale = source.sale(log, sale_id)
    ids = refunding.related(sale, lambda id_: source.sale(log, id_)) if sale else (sale_id,)
    return [one for id_ in ids for one in source.payments_of(log, id_)]


def exchanging(source: Reader | Transaction, log: str, sale: str) -> list[Cart]:
    """Carts on the disk that give lines of the sale back: more than one would not know whose money went."""
    carts = (kept.cart for kept in source.carts(log))
    return [one for one in carts if one.exchange is not None and one.exchange.sale == sale]
