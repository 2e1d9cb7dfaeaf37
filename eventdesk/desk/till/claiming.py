"""Who may give a sale's money back, or take what is owed for an order: never two desks at once, whatever is
cut (docs/decisions/0090-till.md)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from eventdesk.desk.till.completing import paying_id, reversal_id
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.seating import Seating
from eventdesk.desk.upstream.claims import Asked, Claims, Wish
from eventdesk.desk.upstream.offered import Offered
from eventdesk.domain.facts import Kind
from eventdesk.domain.till.cart import Cart
from eventdesk.domain.till.sales import Sale
from eventdesk.errors import BadInput

CENTRE: Final = "centre"
CATCH_UP_S: Final = 2.0
STEP_S: Final = 0.02
WAIT: Final = "Money can be given back as soon as the line to the server is there again."


class Claiming:
    """Lives on the engine's lane. A claim is kept, by cart, until the reversal stands or was given up."""

    def __init__(self, register: Register, claims: Claims, offered: Offered, seating: Seating) -> None:
        self._register = register
        self._seating = seating
        self._claims = claims
        self._offered = offered
        self._held: dict[str, tuple[Wish, Asked]] = {}
        claims.meant.append(self._is_meant)

    def claim(self, sale: Sale, cart: str) -> None:
        """Raises BadInput where nobody can say that no other desk gives it back just now."""
        wish = Wish(self._register.log, f"refund/{sale.id}", sale.id, reversal_id(cart), "")
        granted = self._hold(
            wish, cart, lambda: self._newest(sale.id, Kind.SALE_COMPLETED, Kind.SALE_REVERSED)
        )
        if granted is False:
            raise BadInput("Another desk is giving this sale back just now.", "Look at it again in a moment.")
        if granted is None:
            raise BadInput("This sale can't be given back while the desk is alone.", WAIT)

    def claim_owed(self, cart: Cart) -> None:
        """Before money is asked for an order. Raises BadInput where nobody can say that no other desk
        takes it just now."""
        order = cart.owing
        wish = Wish(self._register.log, f"pay/{order}", order, paying_id(cart.sale), "")
        granted = self._hold(wish, cart.sale, lambda: self._newest(order))
        if granted is False:
            raise BadInput("Another desk is taking this money just now.", "Look at it again in a moment.")
        if granted is None:
            raise BadInput(
                "This order can't be paid while the desk is alone.",
                "It can be paid as soon as the line to the server is there again.",
            )

    def _hold(self, wish: Wish, cart: str, newest: Callable[[], str]) -> bool | None:
        """Whether the node at the top grants it, and all that it judged by is here; None: nobody can say."""
        if not self._claims.is_paired:
            return True
        held = self._held.get(cart)
        if held is not None and held[0].key == wish.key:
            return True
        self.settle(cart)
        asked = Asked()
        self._claims.hold(wish, asked)
        answer = asked.answer
        if answer.granted and answer.level == CENTRE and _caught_up(answer.stamp, newest):
            self._held[cart] = wish, asked
            return True
        self._claims.let_go(wish, asked)
        return False if answer.granted is False else None

    def _newest(self, subject: str, *kinds: Kind) -> str:
        with self._register.store.reader() as reader:
            facts = reader.facts(self._register.log, subject, *kinds)
        return facts[-1].stamp.text() if facts else ""

    @contextmanager
    def never_left(self, sale: Sale) -> Iterator[bool]:
        """Whether nobody else can have heard of the sale; within this, nobody does."""
        if not self._claims.is_paired or sale.desk != self._register.desk:
            yield False
            return
        log = self._register.log
        with self._register.store.reader() as reader:
            facts = reader.facts(log, sale.id, Kind.SALE_COMPLETED)
        with self._offered.kept_back(log, facts[0].seq) as kept:
            yield kept

    def settle(self, cart: str) -> None:
        """The reversal stands, or was given up."""
        held = self._held.pop(cart, None)
        if held is not None:
            self._claims.let_go(*held)

    def let_go(self, cart: str) -> None:
        """The cart was dropped: its seats are free as well."""
        self.settle(cart)
        self._seating.let_go(cart)

    def _is_meant(self, log: str, fact: str) -> bool:
        """What outlives a restart: a reversal whose money is on its way, a seat of a cart."""
        with self._register.store.reader() as reader:
            kept = reader.carts(log)
        is_back = any(reversal_id(one.sale) == fact for one in kept if one.cart.exchange)
        is_paid = any(paying_id(one.sale) == fact for one in kept if one.cart.owing)
        return is_back or is_paid or self._seating.is_meant(kept, fact)


def _caught_up(stamp: str, newest: Callable[[], str]) -> bool:
    """Whether all that the node judged by is here: what is written now stands after it."""
    until = time.monotonic() + CATCH_UP_S
    while stamp > newest():
        if time.monotonic() > until:
            return False
        time.sleep(STEP_S)
    return True
