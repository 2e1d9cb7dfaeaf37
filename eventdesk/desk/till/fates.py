"""What becomes of payments that a card terminal is asked for, on the engine's lane.

An answer comes back as `PaymentAnswered`. One that says `UNKNOWN` leaves the payment as it is: it is
asked about again, by a person or at the next start, and never charged anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.lane import Handlers
from eventdesk.desk.till.commands import AskPayment, CancelPayment, SettlePayment
from eventdesk.desk.till.completing import Completing, Made
from eventdesk.desk.till.register import Register, bad_input
from eventdesk.desk.till.reserving import related_payments
from eventdesk.desk.till.selling import Selling
from eventdesk.desk.till.terminals import ChargeNow, FindNow, PaymentAnswered, ReturnNow, Terminals
from eventdesk.desk.till.values import PaymentChanged
from eventdesk.devices.terminals.port import Answer, Charge, Fate, Return
from eventdesk.domain.till import paying
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


class Fates:
    def __init__(
        self,
        register: Register,
        selling: Selling,
        completing: Completing,
        terminals: Terminals,
        post: Callable[[Command], None],
    ) -> None:
        self._register = register
        self._selling = selling
        self._completing = completing
        self._terminals = terminals
        self._post = post
        self._asked: set[str] = set()  # payments that a terminal is being asked for

    def handlers(self) -> Handlers:
        return {
            CancelPayment: self.cancel,
            AskPayment: self.ask,
            SettlePayment: self.settle,
            PaymentAnswered: self.answered,
            ResumePayments: self.resume,
        }

    def charge(self, payment: Payment, request: str) -> None:
        """After it is on the disk: ask the terminal for the money."""
        self._asked.add(payment.id)
        self._post(ChargeNow(payment.terminal, _charge(payment), request=request))

    def give_back(self, payments: Iterable[Payment], request: str) -> None:
        """After they are on the disk: ask the terminals that must be asked."""
        for payment in filter(is_asked, payments):
            self.tell(request, payment, busy=True)
            self._asked.add(payment.id)
            self._post(ReturnNow(payment.terminal, self._return(payment), request=request))

    def answered(self, command: PaymentAnswered) -> None:
        """The terminal has spoken. A later word on a payment that has its end changes nothing."""
        answer = command.answer
        self._asked.discard(command.payment)
        with self._register.store.transaction() as tx:
            payment = known(self._register, tx, command.payment)
            if payment.state is not PaymentState.STARTED:
                return self._too_late(payment, command)
            if self._register.shift is None:
                return self.tell(command.request, payment, words=NO_SHIFT.message, remedy=NO_SHIFT.remedy)
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
        self.tell(command.request, payment, words=words, remedy=remedy)

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
        self.tell(request, payment, busy=True)
        if payment.id in self._asked:
            return
        self._asked.add(payment.id)
        if payment.way is Way.IN:
            self._post(FindNow(payment.terminal, _charge(payment), payment.reference, request=request))
        else:
            self._post(ReturnNow(payment.terminal, self._return(payment), find=True, request=request))

    def _return(self, payment: Payment) -> Return:
        with self._register.store.reader() as reader:
            of = reader.payment(self._register.log, payment.of)
            every = related_payments(reader, self._register.log, payment.sale)
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
            payment = known(self._register, tx, command.payment)
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
        self.tell(command.request, told)
        self._selling.tell(made, command.request)

    def resume(self, _command: ResumePayments) -> None:
        if not self._register.is_open:
            return
        for payment in self._register.open_payments():
            self._find(payment, "")

    def _of_open_shift(self, payment: Payment) -> Payment:
        """Found out after its shift was closed, it belongs to the one that is open now."""
        return replace(payment, shift=self._register.open_shift().id, at=self._register.now())

    def tell(
        self, request: str, payment: Payment, *, busy: bool = False, words: str = "", remedy: str = ""
    ) -> None:
        self._register.hooks.payment_changed(PaymentChanged(request, payment, busy, words, remedy))


def known(register: Register, tx: Transaction, id_: str) -> Payment:
    """Raises BadInput where no such payment is here."""
    payment = tx.payment(register.log, id_)
    if payment is None:
        raise BadInput("This payment is not known here.", "Look for the sale.")
    return payment


def is_asked(payment: Payment) -> bool:
    """Whether a terminal must be asked for it."""
    return payment.tender is Tender.CARD


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
