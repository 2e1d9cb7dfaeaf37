"""What this desk may still sell and give: quotas, discounts with a limit, and what is on gift cards.

All are counters of the log. A desk that works alone knows them; a paired one uses its own share, which
the line asks for ahead. Nothing here waits for the network.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from eventdesk.desk.till import reserving
from eventdesk.desk.upstream.allotments import Allotments
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.definitions import Quota
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.cart import Cart
from eventdesk.domain.till.limits import GiftCard
from eventdesk.domain.till.sales import Payment
from eventdesk.domain.till.setup import Tender, TillSetup
from eventdesk.domain.till.vouchers import limit
from eventdesk.errors import BadInput
from eventdesk.i18n import tr
from eventdesk.storage.store import Reader, Transaction

NOT_GRANTED: Final = "This till has no share of it left, and can't ask for more just now."


class Shares:
    def __init__(self, allotments: Allotments) -> None:
        self._allotments = allotments

    def usable(self, source: Reader | Transaction, log: str, counter: str) -> int | None:
        """How many (or how much money) this desk may still use; None: no limit."""
        return self._allotments.usable(source, log, counter)

    def left_of_products(self, source: Reader, catalogue: Catalogue) -> dict[str, int]:
        """How many of each limited product are left, as far as this desk knows and may ask."""
        log, found = catalogue.event.id, dict[str, int]()
        for state in source.quotas(log):
            if state.quota.size is None or state.quota.session is not None:
                continue  # of a date no more than its own guests are told
            number = self._allotments.within_reach(source, log, state.quota.id) or 0
            for product in state.quota.products:
                found[product] = max(0, min(found.get(product, number), number))
        return found

    def left_of_discounts(self, source: Reader | Transaction, log: str, setup: TillSetup) -> dict[str, int]:
        limited = [one.id for one in setup.discounts.values() if limit(one) is not None]
        left = {id_: self.usable(source, log, id_) for id_ in limited}
        return {id_: number for id_, number in left.items() if number is not None}

    def check_quotas(self, source: Reader | Transaction, catalogue: Catalogue, cart: Cart) -> None:
        """Raises BadInput where this desk may not sell so many now, beside those that other carts have begun
        to pay for; more are asked for."""
        log, wanted = catalogue.event.id, Counter[tuple[str, str | None]]()
        for line in cart.lines:
            wanted[line.product, line.session] += 0 if line.tickets else line.quantity
        held = reserving.pieces(source, log, cart.sale)
        for state in source.quotas(log):
            number, others = _counted(wanted, state.quota), _counted(held, state.quota)
            if number and not self._allotments.may_use(source, log, state.quota.id, number + others):
                left = (self.usable(source, log, state.quota.id) or 0) - others
                raise _sold_out(state.quota.name, max(0, left))

    def want(self, source: Reader | Transaction, log: str, counter: str, number: int) -> bool:
        """Whether the desk may use so much; if not, the line asks for it now."""
        return self._allotments.may_use(source, log, counter, number, spare=0)


def charged(card: GiftCard | None, payment: Payment, *, is_granted: bool) -> list[Draft]:
    """Raises BadInput where the card is unknown, empty, or this desk has no share of what is on it."""
    if card is None:
        raise BadInput("No gift card has this code.", "Check it.")
    if card.currency != payment.currency:
        raise BadInput("The gift card is of another currency.", "Choose another way to pay.")
    if (card.left.number or 0) < payment.amount:
        raise BadInput("Not so much is left on the gift card.", "Pay a part with it.")
    if not is_granted:
        raise BadInput(NOT_GRANTED, "Try again in a moment, or choose another way to pay.")
    members = {"amount": payment.amount, "payment": payment.id}
    return [Draft(Kind.GIFT_CARD_CHARGED, card.id, members)]


def credited(card: GiftCard | None, payment: Payment) -> Sequence[Draft]:
    """What is given back onto the card that it came from."""
    if payment.tender is not Tender.GIFT_CARD:
        return ()
    if card is None:
        raise BadInput("The gift card that was paid with is not known here.", "Give cash back.")
    members = {"amount": payment.amount, "payment": payment.id}
    return (Draft(Kind.GIFT_CARD_CREDITED, card.id, members),)


def _counted(pieces: Counter[tuple[str, str | None]], quota: Quota) -> int:
    return sum(
        number
        for (product, session), number in pieces.items()
        if product in quota.products and quota.session in (None, session)
    )


def _sold_out(name: str, left: int) -> BadInput:
    if left:
        words = tr("{name}: this till may sell {left} more just now.", name=name, left=left)
        return BadInput(words, "Sell fewer, or try again.")
    words = tr("{name}: sold out, or this till has no share left.", name=name)
    return BadInput(words, "Try again in a moment.")


def sums(setup: TillSetup, used: Sequence[tuple[str, int]]) -> Mapping[str, int]:
    """Uses by discount, of those with a limit."""
    return {id_: number for id_, number in used if limit(setup.discounts[id_]) is not None}
