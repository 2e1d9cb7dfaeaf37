"""Money for the cart at hand, on the engine's lane: what is asked for stands on the disk before it is
asked."""

from collections.abc import Sequence
from dataclasses import replace

from eventdesk.desk.commands import Command
from eventdesk.desk.lane import Handlers
from eventdesk.desk.till import shares
from eventdesk.desk.till.carts import Carts
from eventdesk.desk.till.commands import FinishFree, Pay
from eventdesk.desk.till.completing import Completing
from eventdesk.desk.till.fates import Fates
from eventdesk.desk.till.register import Register, bad_input
from eventdesk.desk.till.repaying import Repaying
from eventdesk.desk.till.selling import Selling
from eventdesk.domain.facts import Draft, new_id
from eventdesk.domain.till import paying
from eventdesk.domain.till.approvals import tender_refused
from eventdesk.domain.till.money import cash_step, currency_of
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, PaymentState, Way
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import BadInput


class Paying:
    def __init__(
        self,
        register: Register,
        carts: Carts,
        selling: Selling,
        completing: Completing,
        fates: Fates,
        repaying: Repaying,
    ) -> None:
        self._register = register
        self._carts = carts
        self._selling = selling
        self._completing = completing
        self._fates = fates
        self._repaying = repaying

    def handlers(self) -> Handlers:
        return {Pay: self.pay, FinishFree: self.finish_free}

    def pay(self, command: Pay) -> None:
        """Raises BadInput for an amount that can't be paid, and where something else must come first."""
        register = self._register
        shift = register.open_shift()
        state = self._carts.state()
        if state.open_payments:
            raise BadInput("A card payment is not finished.", "Wait for it, or ask what became of it.")
        amount = state.due if command.amount is None else command.amount
        if words := tender_refused(command.tender, register.setup.rules):
            raise BadInput(str(words), "Choose another way to pay.")
        if not 0 < amount <= state.due:
            raise BadInput("This is not an amount that is due.", "Check what was typed.")
        self._selling.check(state)
        payment = Payment(
            id=new_id(),
            sale=state.cart.sale,
            shift=shift.id,
            desk=register.desk,
            way=Way.IN,
            tender=command.tender,
            amount=amount,
            currency=register.currency,
            at=register.now(),
            state=PaymentState.STARTED,
            reference=command.reference.strip(),
        )
        self._by_tender(command, payment, is_last=amount == state.due)

    def _by_tender(self, command: Pay, payment: Payment, *, is_last: bool) -> None:
        match command.tender:
            case Tender.CASH:
                self._at_once(command, self._in_cash(payment, command.given, is_last=is_last))
            case Tender.CARD:
                self._by_card(command, payment)
            case Tender.GIFT_CARD:
                self._with_gift_card(command, payment)
            case Tender.INVOICE | Tender.OTHER:
                self._at_once(command, payment)

    def _with_gift_card(self, command: Pay, payment: Payment) -> None:
        register, log = self._register, self._register.log
        with register.store.reader() as reader:
            card = reader.gift_card(log, command.code.strip())
            is_granted = card is not None and register.shares.want(reader, log, card.id, payment.amount)
        charged = shares.charged(card, payment, is_granted=is_granted)
        self._at_once(command, replace(payment, reference=card.id if card else ""), charged)

    def _in_cash(self, payment: Payment, given: int | None, *, is_last: bool) -> Payment:
        step = cash_step(currency_of(payment.currency), self._register.setup.rules)
        cash = paying.cash_for(payment.amount, step, given, is_last=is_last)
        if cash is None:
            raise BadInput(
                "The guest gave less than is to be paid.", "Type the part as an amount of its own."
            )
        return replace(payment, given=cash.given, change=cash.change, rounding=cash.rounding)

    def _at_once(self, command: Command, payment: Payment, more: Sequence[Draft] = ()) -> None:
        """A payment that needs nobody's answer; with it, in one transaction, the sale where it is the
        last."""
        with self._register.store.transaction() as tx:
            self._carts.keep(tx)
            self._register.write(tx, [paying.ended(payment), *more])
            made = self._completing.complete(tx, payment.sale)
        self._selling.tell(made, command.request)

    def _by_card(self, command: Pay, payment: Payment) -> None:
        """The intent and its key are on the disk before the terminal hears of it."""
        payment = replace(payment, terminal=command.terminal or self._selling.terminal(), key=payment.id)
        with self._register.store.transaction() as tx:
            self._carts.keep(tx)
            self._register.write(tx, [paying.started(payment)])
        self._fates.tell(command.request, payment, busy=True)
        self._carts.tell(command.request)
        self._fates.charge(payment, command.request)

    def finish_free(self, command: FinishFree) -> None:
        """Nothing is due, or an exchange leaves money to give back. Raises BadInput while anything is
        due."""
        state = self._carts.state()
        if state.due > 0 or not state.cart.lines:
            raise BadInput("This sale is not paid yet.", "Take the money first.")
        self._selling.check(state)
        asked: list[Payment] = []
        try:
            with self._register.store.transaction() as tx:
                self._carts.keep(tx)
                back = self._completing.back(tx, state.cart.exchange)
                if back is not None:
                    back.check_known()
                if back is not None and state.due + back.repaid < 0:
                    asked = self._repaying.repay(tx, back, -state.due - back.repaid, None)
                made = self._completing.complete(tx, state.cart.sale)
        except Refused as error:
            raise bad_input(error) from error
        self._register.approvals.used()
        self._fates.give_back(asked, command.request)
        self._selling.tell(made, command.request)
