"""The end of a cart: its sale, and what is given back for it, in the transaction of the last payment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from eventdesk.desk.till.carts import Carts
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.reserving import going_back
from eventdesk.desk.till.seating import Seating, named
from eventdesk.desk.upstream.signer import Signer
from eventdesk.desk.walk_ins import letters, new_secret, order_code
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.tickets import OrderStatus
from eventdesk.domain.till import limits, refunding, reversing, selling
from eventdesk.domain.till.cart import Cart, Exchange, Priced
from eventdesk.domain.till.sales import (
    Payment,
    PaymentState,
    Reversal,
    ReversalWay,
    ReversedLine,
    Sale,
    SaleLine,
)
from eventdesk.domain.training import marked
from eventdesk.errors import BadInput
from eventdesk.storage.store import Reader, Transaction

CARD_LETTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Back:
    """What a cart gives back of an earlier sale. `moving` are the payments that went back for it, or are on
    their way."""

    sale: Sale
    parts: tuple[ReversedLine, ...]
    moving: Sequence[Payment]

    @property
    def returned(self) -> list[Payment]:
        return [one for one in self.moving if one.state is PaymentState.RETURNED]

    def check_known(self) -> None:
        """Raises BadInput while the fate of any is not known: it may be all that is owed."""
        if any(one.state is PaymentState.STARTED for one in self.moving):
            raise BadInput("Money of this sale is on its way back already.", "Ask what became of it first.")

    @property
    def owed(self) -> int:
        return refunding.amount(self.parts)

    @property
    def repaid(self) -> int:
        return sum(one.amount for one in self.returned)


@dataclass(frozen=True, slots=True)
class Made:
    """What stands on the disk now. `sale` None: something was given back, and nothing sold."""

    cart: Cart
    sale: Sale | None = None
    payments: Sequence[Payment] = ()
    tickets: Sequence[str] = ()
    of: Sale | None = None
    reversal: Reversal | None = None


def reversal_id(cart: str) -> str:
    """The id of the fact by which this cart gives something back: known before it is written, as it is
    claimed."""
    return sha256(f"reversal\n{cart}".encode()).hexdigest()[:32]


def paying_id(cart: str) -> str:
    """The same of the fact by which this cart pays for an order."""
    return sha256(f"paying\n{cart}".encode()).hexdigest()[:32]


class Completing:
    def __init__(
        self,
        register: Register,
        carts: Carts,
        signer: Signer | None,
        seating: Seating,
        after: Callable[[Transaction, Made], None] = lambda _tx, _made: None,
    ) -> None:
        """`after` is called in the transaction: it queues what is printed."""
        self._register = register
        self._carts = carts
        self._signer = signer
        self._seating = seating
        self._after = after

    def complete(self, tx: Transaction, cart_id: str) -> Made | None:
        """None while something is due, or still to be given back. Raises BadInput, Refused."""
        kept = tx.cart(cart_id)
        if kept is None:
            return None
        register, cart = self._register, kept.cart
        priced = self._carts.price(tx, cart)
        payments = tx.payments_of(register.log, cart_id)
        paid = selling.paid(payments)
        back = self.back(tx, cart.exchange)
        credited = min(back.owed, priced.total) if back else 0
        if paid != priced.total - credited or (back and back.repaid != back.owed - credited):
            return None
        drafts = self._reversal(tx, cart, back, credited) if back else []
        tickets: list[str] = []
        if cart.lines:
            sold = self._sale(tx, cart, priced, payments, number=1 if back else 0)
            tickets = [one.subject for one in sold if one.kind is Kind.TICKET_ISSUED]
            drafts += sold
        register.record(tx, drafts, approved=cart.approved)
        tx.drop_cart(cart_id)
        made = self._made(tx, cart, payments, tickets)
        self._after(tx, made)
        return made

    def back(self, source: Reader | Transaction, exchange: Exchange | None) -> Back | None:
        """Raises BadInput where the sale is not here, Refused where so much is not left of it."""
        if exchange is None:
            return None
        sale = source.sale(self._register.log, exchange.sale)
        if sale is None:
            raise BadInput("This sale is not known here (yet).", "Look at the desk that sold it.")
        moving = going_back(source, self._register.log, sale)
        return Back(sale, refunding.give_back(sale, exchange.lines), moving)

    def _made(self, tx: Transaction, cart: Cart, payments: Sequence[Payment], tickets: Sequence[str]) -> Made:
        log = self._register.log
        of = tx.sale(log, cart.exchange.sale) if cart.exchange else None
        fact = reversal_id(cart.sale)
        reversal = next((one for one in of.reversals if one.id == fact), None) if of else None
        sale = tx.sale(log, cart.sale) if cart.lines else None
        return Made(cart, sale, selling.standing_payments(payments), tickets, of, reversal)

    # What is sold

    def _sale(
        self, tx: Transaction, cart: Cart, priced: Priced, payments: Sequence[Payment], number: int
    ) -> list[Draft]:
        register, now = self._register, self._register.now()
        making = selling.Making(
            number=tx.next_receipt_number(register.log, register.desk) + number,
            shift=register.open_shift().id,
            currency=register.currency,
            at=now,
            order=cart.customer.order or new_id(),
            order_code="" if cart.customer.order else order_code(),
            issued=self._issued(cart),
            quotas=quotas(tx, register.log),
            unconfirmed=self._seating.unconfirmed(cart),
            settles=paying_id(cart.sale) if self._is_owed(tx, cart) else "",
        )
        drafts = selling.sell(cart, priced, payments, making, register.catalogue, register.setup)
        drafts = named(cart, drafts)
        has_tickets = any(one.kind is Kind.TICKET_ISSUED for one in drafts)
        if self._signer is None or not has_tickets or register.is_training:
            return drafts
        return self._signer.signed(tx, register.log, drafts, now)

    def _is_owed(self, tx: Transaction, cart: Cart) -> bool:
        """An order that was canceled meanwhile stays so: the sale stands, and its money can be given back."""
        tickets = tx.order_tickets(self._register.log, cart.owing) if cart.owing else ()
        return bool(tickets) and tickets[0].order.status in (OrderStatus.PENDING, OrderStatus.EXPIRED)

    def _issued(self, cart: Cart) -> dict[str, list[selling.Issued]]:
        register = self._register
        cards = {line.id for line in cart.lines if register.catalogue.products[line.product].gift_card}
        return {
            line: [selling.Issued(new_id(), self._code(line in cards)) for _ in range(number)]
            for line, number in selling.makes(cart, register.catalogue).items()
        }

    def _code(self, is_card: bool) -> str:
        code = letters(CARD_LETTERS) if is_card else new_secret()
        return marked(code) if self._register.is_training else code

    # What is given back

    def _reversal(self, tx: Transaction, cart: Cart, back: Back, credited: int) -> list[Draft]:
        register = self._register
        way = ReversalWay(cart.exchange.way) if cart.exchange else ReversalWay.REFUND
        told = reversing.Reversing(
            number=tx.next_receipt_number(register.log, register.desk),
            shift=register.open_shift().id,
            at=register.now(),
            way=way,
            reason=cart.reason or way.value,
            payments=back.returned,
            credited=credited,
            exchanged_for=cart.sale if cart.lines else "",
            tickets=self._held(tx, back),
            quotas=quotas(tx, register.log),
            cards=self.cards(tx, back.sale),
            used=self._used(tx, back.sale),
        )
        first, *others = reversing.reverse(back.sale, back.parts, told)
        return [replace(first, id=reversal_id(cart.sale)), *others]

    def _held(self, tx: Transaction, back: Back) -> dict[str, reversing.HeldTicket]:
        log, by_product = self._register.log, quotas(tx, self._register.log)
        held = {}
        for line in back.sale.lines:
            for id_ in line.tickets:
                ticket = tx.ticket(log, id_)
                if ticket is not None:
                    seats = tx.seats_of_ticket(log, id_)
                    own = () if line.owed else limits.quotas_of(by_product, ticket.product, ticket.session)
                    held[id_] = reversing.HeldTicket(ticket.secret, seats, own, ticket.canceled)
        return held

    def cards(self, source: Reader | Transaction, sale: Sale) -> Mapping[str, Sequence[reversing.HeldCard]]:
        """Gift cards that the sale sold, by line: those of a line's price, in their order."""
        rest = source.gift_cards_of(self._register.log, sale.id)
        found: dict[str, list[reversing.HeldCard]] = {}
        for line in sale.lines if rest else ():
            own = [card for card in rest if card.amount == line.price][: line.quantity]
            if own and self._sells_cards(line):
                rest = [card for card in rest if card not in own]
                found[line.id] = [
                    reversing.HeldCard(card.id, card.amount, card.left.number or 0) for card in own
                ]
        return found

    def _sells_cards(self, line: SaleLine) -> bool:
        product = self._register.catalogue.products.get(line.product)
        return product is not None and product.gift_card and not line.fee

    def _used(self, tx: Transaction, sale: Sale) -> dict[str, int]:
        ids = {id_ for line in sale.lines for id_ in line.discounts}
        used: dict[str, int] = {}
        for id_ in ids:
            for fact in tx.facts(self._register.log, id_, Kind.DISCOUNT_USED):
                if fact.payload.get("sale") == sale.id:
                    used[id_] = used.get(id_, 0) + int(fact.payload["number"])
        return used


def quotas(source: Reader | Transaction, log: str) -> Mapping[tuple[str, str | None], Sequence[str]]:
    """The ids of the quotas of each product, and of the session if they are of one."""
    by_product: dict[tuple[str, str | None], list[str]] = {}
    for state in source.quotas(log):
        for product in state.quota.products:
            by_product.setdefault((product, state.quota.session), []).append(state.quota.id)
    return by_product
