"""Giving money back: whole, by line or in part, by the way it came. The reversal is written with the last
of it."""

from dataclasses import replace

from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.carts import Carts
from eventdesk.desk.till.claiming import Claiming
from eventdesk.desk.till.commands import ReverseSale, StartExchange
from eventdesk.desk.till.completing import Back, Completing, Made
from eventdesk.desk.till.fates import Fates
from eventdesk.desk.till.register import Register, bad_input
from eventdesk.desk.till.repaying import Repaying
from eventdesk.desk.till.reserving import exchanging
from eventdesk.desk.till.selling import Selling
from eventdesk.domain.facts import new_id
from eventdesk.domain.rights import Right
from eventdesk.domain.till import refunding, reversing
from eventdesk.domain.till.approvals import over_refund
from eventdesk.domain.till.cart import Cart, Exchange
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, Sale
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import BadInput
from eventdesk.storage.carts import CartState, KeptCart
from eventdesk.storage.store import Transaction


class Reversing:
    """Lives on the engine's lane."""

    def __init__(
        self,
        register: Register,
        carts: Carts,
        completing: Completing,
        fates: Fates,
        repaying: Repaying,
        selling: Selling,
        claiming: Claiming,
    ) -> None:
        self._register = register
        self._carts = carts
        self._completing = completing
        self._fates = fates
        self._repaying = repaying
        self._selling = selling
        self._claiming = claiming

    def handlers(self) -> Handlers:
        return {ReverseSale: self.reverse, StartExchange: self.exchange}

    def exchange(self, command: StartExchange) -> None:
        """Lines of a sale count for what comes into the cart. Raises BadInput where they are not left."""
        exchange = Exchange(command.sale, tuple(command.lines))
        cart = self._carts.cart
        if cart.exchange is not None and cart.exchange.sale != command.sale:
            raise BadInput("This cart exchanges another sale already.", "Finish that one first.")
        self._check_alone(command.sale, cart.sale)
        self._carts.change(replace(cart, exchange=exchange, approved=""), command.request)

    def reverse(self, command: ReverseSale) -> None:
        """Raises BadInput where so much is not left, a reason is missing, or another desk may be at it;
        NeedsApproval. Where it was begun before, and a card refused it, the rest goes back now."""
        if not command.reason.strip():
            raise BadInput("Giving back needs a reason.", "Say why.")
        self._register.open_shift()
        cart, sale = self._begun(command)
        approved = cart.approved or self._register.approvals.approver(self._register.log, [Right.REFUND])
        cart = replace(cart, approved=approved)
        with self._claiming.never_left(sale) as is_own:
            if is_own and self._is_at_once(sale, command.tender):
                made, asked = self._begin(cart, command.tender)
            else:
                made, asked = None, None
        if asked is None:
            self._claiming.claim(sale, cart.sale)
            made, asked = self._kept_clean(cart, command.tender)
        self._register.approvals.used()
        self._fates.give_back(asked, command.request)
        self._selling.tell(made, command.request)

    def _kept_clean(self, cart: Cart, tender: Tender | None) -> tuple[Made | None, list[Payment]]:
        try:
            return self._begin(cart, tender)
        except BaseException:
            self._claiming.settle(cart.sale)
            raise

    def _begun(self, command: ReverseSale) -> tuple[Cart, Sale]:
        """The cart of this reversal, perhaps an earlier one that still waits for money to go back."""
        log = self._register.log
        with self._register.store.reader() as reader:
            sale = reader.sale(log, command.sale)
            waiting = [one.cart for one in reader.carts(log) if one.state is CartState.RETURNING]
        if sale is None:
            raise BadInput("This sale is not known here (yet).", "Look at the desk that sold it.")
        for cart in waiting:
            if cart.exchange and cart.exchange.sale == sale.id:
                return cart, sale
        self._check_alone(sale.id, "")
        exchange = Exchange(sale.id, tuple(command.lines), command.way.value)
        return Cart(new_id(), exchange=exchange, reason=command.reason.strip()), sale

    def _check_alone(self, sale: str, cart: str) -> None:
        """Raises BadInput where another cart gives the sale back already."""
        at_hand = self._carts.cart
        with self._register.store.reader() as reader:
            others = exchanging(reader, self._register.log, sale)
        if at_hand.exchange is not None and at_hand.exchange.sale == sale:
            others.append(at_hand)
        if any(one.sale != cart for one in others):
            raise BadInput(
                "This sale is being exchanged, or given back, in another cart.",
                "Finish that one, or drop it, then try again.",
            )

    def _is_at_once(self, sale: Sale, tender: Tender | None) -> bool:
        """No terminal must be asked."""
        if tender is not None:
            return tender is not Tender.CARD
        with self._register.store.reader() as reader:
            payments = reader.payments_of(self._register.log, sale.id)
        return all(one.tender is not Tender.CARD for one in payments)

    def _begin(self, cart: Cart, tender: Tender | None) -> tuple[Made | None, list[Payment]]:
        """Write down what goes back; with it the reversal, where nobody must be asked."""
        register = self._register
        try:
            with register.store.transaction() as tx:
                back = self._completing.back(tx, cart.exchange)
                assert back is not None
                back.check_known()
                self._check(tx, back)
                tx.put_cart(KeptCart(register.log, cart, CartState.RETURNING, "", register.now()))
                payments = self._repaying.repay(tx, back, back.owed - back.repaid, tender)
                made = self._completing.complete(tx, cart.sale)
        except Refused as error:
            raise bad_input(error) from error
        return made, payments

    def _check(self, tx: Transaction, back: Back) -> None:
        reversing.check_cards(back.parts, self._completing.cards(tx, back.sale))
        if words := over_refund(refunding.amount(back.parts), self._register.setup.rules):
            raise BadInput(str(words), "Ask the organizer.")
