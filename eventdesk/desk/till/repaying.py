"""Money on its way back, by the way it came or by another: written down before any terminal is asked."""

from dataclasses import replace

from eventdesk.desk.lane import Handlers
from eventdesk.desk.till import shares
from eventdesk.desk.till.carts import Carts
from eventdesk.desk.till.commands import ReturnPayment
from eventdesk.desk.till.completing import Back
from eventdesk.desk.till.fates import Fates, is_asked, known
from eventdesk.desk.till.register import Register
from eventdesk.desk.till.reserving import related_payments
from eventdesk.domain.till import paying, refunding
from eventdesk.domain.till.money import cash_step, currency_of
from eventdesk.domain.till.sales import Payment, PaymentState
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import BadInput
from eventdesk.storage.store import Transaction


class Repaying:
    """Lives on the engine's lane."""

    def __init__(self, register: Register, carts: Carts, fates: Fates) -> None:
        self._register = register
        self._carts = carts
        self._fates = fates

    def handlers(self) -> Handlers:
        return {ReturnPayment: self.give_back}

    def repay(self, tx: Transaction, back: Back, amount: int, tender: Tender | None) -> list[Payment]:
        """Begin to give so much back, as it was paid or by this tender: the payments, some perhaps at their
        end. Raises Refused."""
        register, log = self._register, self._register.log
        payments = related_payments(tx, log, back.sale.id)
        step = cash_step(currency_of(register.currency), register.setup.rules)
        by_id = {one.id: one for one in payments}
        found = []
        for one in refunding.repay(amount, payments, tender, step):
            payment = paying.returning(
                by_id[one.of],
                one.amount,
                register.open_shift().id,
                register.desk,
                register.now(),
                one.rounding,
            )
            payment = replace(payment, sale=back.sale.id, tender=one.tender)
            self._begin(tx, payment, by_id[one.of])
            found.append(payment)
        return found

    def give_back(self, command: ReturnPayment) -> None:
        """What was taken for a cart that is no sale yet. Raises BadInput where nothing is left of it."""
        register = self._register
        shift = register.open_shift()
        with register.store.transaction() as tx:
            of = known(register, tx, command.payment)
            if tx.sale(register.log, of.sale) is not None:
                raise BadInput("This payment belongs to a finished sale.", "Give it back from the sale.")
            left = of.amount - sum(one.amount for one in self._returns(tx, of))
            if of.state is not PaymentState.TAKEN or left <= 0:
                raise BadInput("Nothing is left to give back of this payment.", "Look at the payments.")
            payment = paying.returning(of, left, shift.id, register.desk, register.now())
            self._begin(tx, payment, of)
        self._fates.give_back([payment], command.request)
        self._carts.tell(command.request)

    def _returns(self, tx: Transaction, of: Payment) -> list[Payment]:
        every = related_payments(tx, self._register.log, of.sale)
        return [one for one in every if one.of == of.id and one.state is not PaymentState.FAILED]

    def _begin(self, tx: Transaction, payment: Payment, of: Payment) -> None:
        """Write a return down: whole where nobody is asked, begun where a terminal is."""
        if is_asked(payment):
            if any(one.state is PaymentState.STARTED for one in self._returns(tx, of)):
                raise BadInput(
                    "Money of this payment is on its way back already.", "Ask what became of it first."
                )
            self._register.record(tx, [paying.started(payment)])
        else:
            card = tx.gift_card(self._register.log, of.reference) if of.reference else None
            self._register.record(tx, [paying.ended(payment), *shares.credited(card, payment)])
