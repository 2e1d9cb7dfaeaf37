"""The till of a kiosk: what is owed for an order, and tickets on the spot, by card alone and without a
person.

It sells as the till does, into the shift that staff has opened. On the disk stands which sales a kiosk
has asked for (setting `kiosk.payments`) until their guests are looked after: nobody who paid is lost when
the desk goes down.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from eventdesk.desk.commands import Command
from eventdesk.desk.kiosk.ports import Outcome, Owed, Paid, Wanted
from eventdesk.desk.lane import Handlers
from eventdesk.desk.settings import KIOSK_PAYMENTS, TERMINALS
from eventdesk.desk.till.carts import Carts
from eventdesk.desk.till.commands import AskPayment, Pay
from eventdesk.desk.till.fates import Fates
from eventdesk.desk.till.paying import Paying
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.reserving import paid_for
from eventdesk.desk.till.terminals import Terminals
from eventdesk.desk.till.values import PaymentChanged
from eventdesk.domain.catalogue import Product, Question, QuestionType
from eventdesk.domain.facts import Kind, new_id
from eventdesk.domain.rights import Right
from eventdesk.domain.till import editing, owing
from eventdesk.domain.till.approvals import tender_refused
from eventdesk.domain.till.cart import Cart, CartLine
from eventdesk.domain.till.money import currency_of
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, PaymentState, Way
from eventdesk.domain.till.selling import standing_payments
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import EventDeskError

_LOG: Final = logging.getLogger(__name__)

RIGHTS: Final = (Right.SELL, Right.ISSUE)
# Orders that another system must hear of when they are paid.
ELSEWHERE: Final = "pretix"


@dataclass(frozen=True, slots=True)
class LookAtPayment(Command):
    """A payment that a kiosk asked for has moved."""

    payment: str


class AtKiosk:
    """Fills `desk.kiosk.ports.KioskTill`. Lives on the engine's lane."""

    def __init__(
        self,
        register: Register,
        carts: Carts,
        paying: Paying,
        fates: Fates,
        terminals: Terminals,
        post: Callable[[Command], None],
    ) -> None:
        self._register = register
        self._carts = carts
        self._paying = paying
        self._fates = fates
        self._terminals = terminals
        self._post = post
        self._waiting: dict[str, Callable[[Outcome], None]] = {}  # by sale
        self._late: Callable[[Outcome], None] = lambda _outcome: None
        register.hooks.payment_changed.connect(self._changed)

    def handlers(self) -> Handlers:
        return {LookAtPayment: self.look}

    def tell_late(self, told: Callable[[Outcome], None]) -> None:
        self._late = told

    def resume(self) -> None:
        """At the start: whoever had paid, and was not looked after yet, and carts that nothing was asked
        for. Payments in doubt the till asks about by itself."""
        for sale in self._kept():
            if self._fate(sale).paid is not Paid.UNSURE:
                self._ended(sale)

    # What can be paid

    def owed(self, log: str, order: str) -> Owed | None:
        cart = self._cart_of(log, order) if self._is_ready(log) else None
        return self._due(cart, order)

    def offers(self, log: str) -> Sequence[Product]:
        if not self._is_ready(log):
            return ()
        left = self._register.left
        products = self._register.catalogue.products.values()
        return [one for one in products if self._needs_nobody(one) and left.get(one.id, 1)]

    def questions(self, product: str) -> Sequence[Question]:
        return list(editing.asked(CartLine("", product), self._register.catalogue))

    def price(self, log: str, wanted: Wanted) -> Owed | None:
        if wanted.product not in {one.id for one in self.offers(log)}:
            return None
        return self._due(_cart_of_wish(wanted), "", wanted)

    def _due(self, cart: Cart | None, order: str, wanted: Wanted | None = None) -> Owed | None:
        if cart is None:
            return None
        try:
            with self._register.store.reader() as reader:
                due = self._carts.price(reader, cart).due
        except Refused:
            return None
        return Owed(order, due, currency_of(self._register.currency), wanted) if due > 0 else None

    def _is_ready(self, log: str) -> bool:
        """A shift that staff has opened for this event, a terminal, the right to sell."""
        register = self._register
        return (
            register.is_open
            and register.log == log
            and register.shift is not None
            and not register.is_training
            and bool(register.preferences.get(TERMINALS))
            and not tender_refused(Tender.CARD, register.setup.rules)
            and not register.approvals.missing(log, RIGHTS)
        )

    def _needs_nobody(self, product: Product) -> bool:
        """Seats are chosen on a plan, free prices and gift cards asked for, files looked at by a person."""
        asked = self.questions(product.id)
        files = any(one.type is QuestionType.FILE and one.required for one in asked)
        plain = product.ticket and product.at_till and not product.gift_card and not product.free_price
        return plain and product.seating not in self._register.setup.seatings and not files

    def _cart_of(self, log: str, order: str) -> Cart | None:
        """None where nothing is owed, or it was asked for already and nobody knows (yet) what became of
        it."""
        with self._register.store.reader() as reader:
            tickets = reader.order_tickets(log, order)
            placed = reader.facts(log, order, Kind.ORDER_PLACED, Kind.ORDER_CHANGED)
            is_asked = any(one.owing == order for one in paid_for(reader, log, ""))
        if is_asked or any(str(one.payload.get("source", "")).startswith(ELSEWHERE) for one in placed):
            return None
        return owing.cart_for(new_id(), tickets, self._register.catalogue)

    # The card terminal

    def pay(self, log: str, owed: Owed, done: Callable[[Outcome], None]) -> None:
        now = self.price(log, owed.wanted) if owed.wanted else self.owed(log, owed.order)
        cart = _cart_of_wish(owed.wanted) if owed.wanted else self._cart_of(log, owed.order)
        if now is None or cart is None or now.amount != owed.amount:
            done(Outcome(Paid.NO))
            return
        self._carts.take_up(cart)
        self._keep(cart.sale)
        self._waiting[cart.sale] = done
        try:
            self._paying.pay(Pay(Tender.CARD, request=cart.sale))
        except EventDeskError as error:
            _LOG.info("nothing was asked of the card terminal: %s", error)
            self._ended(cart.sale)

    def cancel(self) -> None:
        for payment in self._open():
            if payment.sale in self._waiting:
                self._terminals.cancel(payment.id)

    def ask_again(self) -> bool:
        kept = self._kept()
        doubtful = [one for one in self._open() if one.sale in kept and one.sale not in self._waiting]
        for payment in doubtful:
            self._fates.ask(AskPayment(payment.id))
        return bool(doubtful)

    def _open(self) -> Sequence[Payment]:
        return self._register.open_payments() if self._register.is_open else ()

    def _changed(self, told: PaymentChanged) -> None:
        if not told.busy and told.payment.way is Way.IN and told.payment.sale in self._kept():
            self._post(LookAtPayment(told.payment.id))

    def look(self, command: LookAtPayment) -> None:
        with self._register.store.reader() as reader:
            payment = reader.payment(self._register.log, command.payment)
        if payment is not None and payment.sale in self._kept():
            self._ended(payment.sale)

    def _ended(self, sale: str) -> None:
        """As far as the disk knows. Where no money stands for it, the cart is none any more."""
        outcome = self._fate(sale)
        if outcome.paid is Paid.NO:
            self._carts.give_up(sale)
            self._forget(sale)
        elif outcome.paid is Paid.UNSURE:
            self._carts.put_aside(sale, "")
        self._carts.tell("")
        self._waiting.pop(sale, self._late)(outcome)

    def _fate(self, sale_id: str) -> Outcome:
        with self._register.store.reader() as reader:
            sale = reader.sale(self._register.log, sale_id)
            kept = reader.cart(sale_id)
            payments = reader.payments_of(self._register.log, sale_id)
        if sale is not None:
            tickets = tuple(id_ for line in sale.lines for id_ in line.tickets)
            return Outcome(Paid.YES, sale_id, tickets)
        tickets = tuple(one for line in kept.cart.lines for one in line.tickets) if kept else ()
        is_open = any(one.state is PaymentState.STARTED for one in payments)
        is_unsure = is_open or bool(standing_payments(payments))
        return Outcome(Paid.UNSURE if is_unsure else Paid.NO, sale_id, tickets)

    # On the disk

    def noted(self, sale: str) -> None:
        self._forget(sale)

    def _kept(self) -> list[str]:
        return list(self._register.preferences.get(KIOSK_PAYMENTS))

    def _keep(self, sale: str) -> None:
        self._register.preferences.put(KIOSK_PAYMENTS, [*self._kept(), sale])

    def _forget(self, sale: str) -> None:
        kept = self._kept()
        if sale in kept:
            self._register.preferences.put(KIOSK_PAYMENTS, [one for one in kept if one != sale])


def _cart_of_wish(wanted: Wanted) -> Cart:
    names = (wanted.name,) if wanted.name else ()
    answers = (tuple(wanted.answers.items()),) if wanted.answers else ()
    line = CartLine(new_id(), wanted.product, wanted.variation, names=names, answers=answers)
    return Cart(new_id(), (line,))
