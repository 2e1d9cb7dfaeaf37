"""Payments, step by step, on the engine's lane: what is asked for stands on the disk before it is asked.

A card's answer comes back as `PaymentAnswered`. One that says `UNKNOWN` leaves the payment as it is: it
is asked about again, by a person or at the next start, and never charged anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.lane import Handlers
from eventdesk.desk.till import shares
from eventdesk.desk.till.carts import Carts
from eventdesk.desk.till.commands import (
    AskPayment,
    CancelPayment,
    FinishFree,
    Pay,
    ReturnPayment,
    SettlePayment,
)
from eventdesk.desk.till.completing import Back, Completing, Made
from eventdesk.desk.till.register import Register, bad_input
from eventdesk.desk.till.selling import Selling
from eventdesk.desk.till.terminals import ChargeNow, FindNow, PaymentAnswered, ReturnNow, Terminals
from eventdesk.desk.till.values import PaymentChanged
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Return
from eventdesk.domain.facts import Draft, new_id
from eventdesk.domain.till import paying, refunding
from eventdesk.domain.till.approvals import tender_refused
from eventdesk.domain.till.money import cash_step, currency_of
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Failure, Payment, PaymentState, Way
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import BadInput
from eventdesk.storage.store import Transaction

FAILURES: Final = {
    Fate.DECLINED: Failure.DECLINED,
    Fate.CANCELED: Failure.CANCELED,
    Fate.EXPIRED: Failure.EXPIRED,
}
UNKNOWN: Final = Trouble(
    "",
    "The terminal's answer was lost: nobody knows yet whether the guest has paid.",
    "Look at the terminal, and ask again here. Do not charge the card a second time.",
)
TOO_LATE: Final = Trouble(
    "",
    "A card payment that was settled as not paid was charged after all.",
    "Give it back at the terminal itself, and note its reference.",
)
NO_SHIFT: Final = Trouble(
    "",
    "No shift is open, so that this payment can't be written down.",
    "Open a shift: it is asked about again by itself.",
)


@dataclass(frozen=True, slots=True)
class ResumePayments(Command):
    """At the start: find out about each payment of this desk that has no end."""


class Paying:
    def __init__(
        self,
        register: Register,
        carts: Carts,
        selling: Selling,
        completing: Completing,
        terminals: Terminals,
        post: Callable[[Command], None],
    ) -> None:
        self._register = register
        self._carts = carts
        self._selling = selling
        self._completing = completing
        self._terminals = terminals
        self._post = post
        self._asked: set[str] = set()  # payments that a terminal is being asked for

    def handlers(self) -> Handlers:
        return {
            Pay: self.pay,
            FinishFree: self.finish_free,
            CancelPayment: self.cancel,
            AskPayment: self.ask,
            SettlePayment: self.settle,
            ReturnPayment: self.give_back,
            PaymentAnswered: self.answered,
            ResumePayments: self.resume,
        }

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
        self._tell(command.request, payment, busy=True)
        self._carts.tell(command.request)
        self._asked.add(payment.id)
        self._post(ChargeNow(payment.terminal, _charge(payment), request=command.request))

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
                    asked = self.repay(tx, back, -state.due - back.repaid, None)
                made = self._completing.complete(tx, state.cart.sale)
        except Refused as error:
            raise bad_input(error) from error
        self._register.approvals.used()
        self.go_on(asked, command.request)
        self._selling.tell(made, command.request)

    # What becomes of a card payment

    def answered(self, command: PaymentAnswered) -> None:
        """The terminal has spoken. A later word on a payment that has its end changes nothing."""
        answer = command.answer
        self._asked.discard(command.payment)
        with self._register.store.transaction() as tx:
            payment = self._payment(tx, command.payment)
            if payment.state is not PaymentState.STARTED:
                return self._too_late(payment, command)
            if self._register.shift is None:
                return self._tell(command.request, payment, words=NO_SHIFT.message, remedy=NO_SHIFT.remedy)
            if answer.fate in FAILURES:
                self._fail(tx, payment, FAILURES[answer.fate], command.words)
        made = None
        if answer.fate is Fate.PAID:
            made = self._happened(_with(payment, answer, self._register), command.request)
        self._tell_end(command)
        self._selling.tell(made, command.request)
        return None

    def _too_late(self, payment: Payment, command: PaymentAnswered) -> None:
        """A person had said otherwise: what the terminal says now is told, and a person's to settle."""
        if payment.state is PaymentState.FAILED and command.answer.fate is Fate.PAID:
            trouble = replace(TOO_LATE, request=command.request)
            self._register.hooks.trouble_told(trouble)

    def _tell_end(self, command: PaymentAnswered) -> None:
        with self._register.store.reader() as reader:
            payment = reader.payment(self._register.log, command.payment)
        assert payment is not None
        words, remedy = command.words, command.remedy
        if payment.state is PaymentState.STARTED:
            words, remedy = words or UNKNOWN.message, UNKNOWN.remedy
        self._tell(command.request, payment, words=words, remedy=remedy)

    def _happened(self, payment: Payment, request: str, settled_by: str = "") -> Made | None:
        """Money moved: that is written whatever else can't be. With it, where it is the last, the sale."""
        ended = paying.ended(payment, settled_by)
        try:
            with self._register.store.transaction() as tx:
                self._register.record(tx, [ended])
                return self._completing.complete(tx, self._cart_of(tx, payment))
        except (Refused, BadInput) as error:
            with self._register.store.transaction() as tx:
                self._register.record(tx, [ended])
            told = error if isinstance(error, BadInput) else bad_input(error)
            trouble = Trouble(request, told.message, told.remedy)
            self._register.hooks.trouble_told(trouble)
            return None

    def _cart_of(self, tx: Transaction, payment: Payment) -> str:
        """The cart that it is for: of what goes back, the one that gives it back."""
        if payment.way is Way.IN:
            return payment.sale
        carts = [one.cart for one in tx.carts(self._register.log)]
        found = (one.sale for one in carts if one.exchange and one.exchange.sale == payment.sale)
        return next(found, payment.sale)

    def _fail(self, tx: Transaction, payment: Payment, why: Failure, words: str, by: str = "") -> None:
        payment = self._of_open_shift(payment)
        self._register.record(tx, [paying.failed(payment, why, self._register.now(), words, by)])

    def cancel(self, command: CancelPayment) -> None:
        self._terminals.cancel(command.payment)

    def ask(self, command: AskPayment) -> None:
        """Raises BadInput where its fate is known."""
        with self._register.store.reader() as reader:
            payment = reader.payment(self._register.log, command.payment)
        if payment is None or payment.state is not PaymentState.STARTED:
            raise BadInput("What became of this payment is known.", "Look at the sale.")
        self._find(payment, command.request)

    def _find(self, payment: Payment, request: str) -> None:
        """Unless it is being asked already."""
        self._tell(request, payment, busy=True)
        if payment.id in self._asked:
            return
        self._asked.add(payment.id)
        if payment.way is Way.IN:
            self._post(FindNow(payment.terminal, _charge(payment), payment.reference, request=request))
        else:
            self._post(ReturnNow(payment.terminal, self._return(payment), find=True, request=request))

    def _return(self, payment: Payment) -> Return:
        log = self._register.log
        with self._register.store.reader() as reader:
            of = reader.payment(log, payment.of)
            sale = reader.sale(log, payment.sale)
            related = refunding.related(sale, lambda id_: reader.sale(log, id_)) if sale else (payment.sale,)
            every = [one for id_ in related for one in reader.payments_of(log, id_)]
        earlier = sum(
            one.amount
            for one in every
            if one.of == payment.of
            and one.tender is Tender.CARD  # cash that stood for a card is not known to its maker
            and one.state is PaymentState.RETURNED
            and one.id != payment.id
        )
        reference = of.reference if of else ""
        return Return(payment.id, payment.key, payment.amount, payment.currency, reference, earlier)

    def settle(self, command: SettlePayment) -> None:
        """A person has looked at the terminal's own slip: their word ends it."""
        with self._register.store.transaction() as tx:
            payment = self._payment(tx, command.payment)
            if payment.state is not PaymentState.STARTED:
                raise BadInput("What became of this payment is known.", "Look at the sale.")
            payment = self._of_open_shift(replace(payment, reference=command.reference.strip()))
            if not command.paid:
                self._fail(tx, payment, Failure.NOT_CHARGED, "", by="person")
        made = self._happened(payment, command.request, "person") if command.paid else None
        self._terminals.cancel(payment.id)
        with self._register.store.reader() as reader:
            told = reader.payment(self._register.log, payment.id)
        assert told is not None
        self._tell(command.request, told)
        self._selling.tell(made, command.request)

    def repay(self, tx: Transaction, back: Back, amount: int, tender: Tender | None) -> list[Payment]:
        """Begin to give so much back, as it was paid or by this tender: the payments, some perhaps at their
        end. Raises Refused."""
        register, log = self._register, self._register.log
        related = refunding.related(back.sale, lambda id_: tx.sale(log, id_))
        payments = [one for id_ in related for one in tx.payments_of(log, id_)]
        step = cash_step(currency_of(register.currency), register.setup.rules)
        known = {one.id: one for one in payments}
        found = []
        for one in refunding.repay(amount, payments, tender, step):
            payment = paying.returning(
                known[one.of],
                one.amount,
                register.open_shift().id,
                register.desk,
                register.now(),
                one.rounding,
            )
            payment = replace(payment, sale=back.sale.id, tender=one.tender)
            self.begin_return(tx, payment, known[one.of])
            found.append(payment)
        return found

    def give_back(self, command: ReturnPayment) -> None:
        """What was taken for a cart that is no sale yet. Raises BadInput where nothing is left of it."""
        register = self._register
        shift = register.open_shift()
        with register.store.transaction() as tx:
            of = self._payment(tx, command.payment)
            if tx.sale(register.log, of.sale) is not None:
                raise BadInput("This payment belongs to a finished sale.", "Give it back from the sale.")
            left = of.amount - sum(one.amount for one in self._returns(tx, of))
            if of.state is not PaymentState.TAKEN or left <= 0:
                raise BadInput("Nothing is left to give back of this payment.", "Look at the payments.")
            payment = paying.returning(of, left, shift.id, register.desk, register.now())
            self.begin_return(tx, payment, of)
        self.go_on([payment], command.request)
        self._carts.tell(command.request)

    def _returns(self, tx: Transaction, of: Payment) -> list[Payment]:
        sale = tx.sale(self._register.log, of.sale)
        related = (
            refunding.related(sale, lambda id_: tx.sale(self._register.log, id_)) if sale else (of.sale,)
        )
        known = [one for id_ in related for one in tx.payments_of(self._register.log, id_)]
        return [one for one in known if one.of == of.id and one.state is not PaymentState.FAILED]

    def begin_return(self, tx: Transaction, payment: Payment, of: Payment) -> None:
        """Write a return down: whole where nobody is asked, begun where a terminal is."""
        if self.is_asked(payment):
            if any(one.state is PaymentState.STARTED for one in self._returns(tx, of)):
                raise BadInput(
                    "Money of this payment is on its way back already.", "Ask what became of it first."
                )
            self._register.record(tx, [paying.started(payment)])
        else:
            card = tx.gift_card(self._register.log, of.reference) if of.reference else None
            self._register.record(tx, [paying.ended(payment), *shares.credited(card, payment)])

    @staticmethod
    def is_asked(payment: Payment) -> bool:
        return payment.tender is Tender.CARD

    def go_on(self, payments: Sequence[Payment], request: str) -> None:
        """After they are on the disk: ask the terminals that must be asked."""
        for payment in filter(self.is_asked, payments):
            self._tell(request, payment, busy=True)
            self._asked.add(payment.id)
            self._post(ReturnNow(payment.terminal, self._return(payment), request=request))

    def resume(self, _command: ResumePayments) -> None:
        if not self._register.is_open:
            return
        for payment in self._register.open_payments():
            self._find(payment, "")

    def _payment(self, tx: Transaction, id_: str) -> Payment:
        payment = tx.payment(self._register.log, id_)
        if payment is None:
            raise BadInput("This payment is not known here.", "Look for the sale.")
        return payment

    def _of_open_shift(self, payment: Payment) -> Payment:
        """Found out after its shift was closed, it belongs to the one that is open now."""
        return replace(payment, shift=self._register.open_shift().id, at=self._register.now())

    def _tell(
        self, request: str, payment: Payment, *, busy: bool = False, words: str = "", remedy: str = ""
    ) -> None:
        self._register.hooks.payment_changed(PaymentChanged(request, payment, busy, words, remedy))


def _charge(payment: Payment) -> Charge:
    return Charge(payment.id, payment.key, payment.amount, payment.currency)


def _with(payment: Payment, answer: Answer, register: Register) -> Payment:
    """As the terminal told it; of the shift that is open now, as its own may be closed."""
    return replace(
        payment,
        reference=answer.reference or payment.reference,
        brand=answer.brand,
        last4=answer.last4,
        at=register.now(),
        shift=register.open_shift().id,
    )
