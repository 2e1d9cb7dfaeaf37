"""Taking the money: what is missing first, then the way to pay, then what a terminal says."""

from collections.abc import Callable

from eventdesk.desk.till.commands import FinishFree, Pay
from eventdesk.desk.till.values import CartChanged, PaymentChanged
from eventdesk.domain.till.sales import PaymentState
from eventdesk.domain.till.setup import Tender
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.codes import Codes
from eventdesk.screens.boxoffice.line_wishes import LineWishes
from eventdesk.screens.boxoffice.paid_rows import tender_name
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.work import Work


class Taking:
    def __init__(self, state: TillState, work: Work, lines: LineWishes, codes: Codes) -> None:
        self._state = state
        self._work = work
        self._lines = lines
        self._codes = codes
        self._asked = self.failed = ""
        self.refused: Callable[[str], object] = lambda _words: None  # why a card was not charged
        work.pay.paid.connect(self._post)
        work.pay.tender_wanted.connect(self.tender)
        work.card.wanted.connect(state.post)

    def pay(self) -> None:
        """A payment without an end comes before anything else; where nothing is due, the sale is made."""
        if not self._state.can_sell or not self._state.lines:
            return
        unsettled = self._state.unsettled()
        if unsettled is not None:
            self.payment_changed(PaymentChanged("", unsettled))
        elif not self._lines.mend():
            if self._state.due <= 0:
                self._state.post(FinishFree())
            else:
                self._work.open_sheet(self._work.pay)
                self._work.pay.open_empty()

    def by_card(self) -> None:
        """Of what was typed on the sheet of payments, else all."""
        if self._work.is_open(self._work.pay):
            self._work.pay.want(Tender.CARD)
        elif self._state.can_sell and self._state.lines and not self._work.is_open():
            if self._state.unsettled() is not None:
                self.pay()
            elif not self._lines.mend():
                self.tender(Tender.CARD, None)

    def tender(self, tender: Tender, amount: int | None) -> None:
        """Pay `amount` (None: all that is due) by it; first what it needs to be told."""
        if self._state.due <= 0:
            return
        if tender is Tender.CARD:
            self._post(Pay(Tender.CARD, amount))
        elif tender is Tender.GIFT_CARD:
            self._codes.ask(tr("Gift card"), amount)
        else:
            self._ask_reference(tender, amount)

    def _ask_reference(self, tender: Tender, amount: int | None) -> None:
        customer = self._state.cart.cart.customer if self._state.cart else None
        named = customer is not None and bool(customer.name or customer.company)
        nobody = tender is Tender.INVOICE and not named
        reference, whom = tr("A reference; may stay empty."), tr("To whom it goes is not known yet: F5.")
        self._work.open_sheet(self._work.typing)
        self._work.typing.ask(
            tender_name(tender),
            str.strip,
            lambda text: self._pay_by(Pay(tender, amount, reference=text)),
            told=whom if nobody else reference,
            digits=False,
        )

    def _pay_by(self, command: Pay) -> None:
        self._work.close_sheet()
        self._post(command)

    def _post(self, command: Pay) -> None:
        self._work.pay.wait()
        self._asked = self._state.post(command)

    # What the engine tells

    def answered(self, request: str) -> None:
        """That a payment could not be, or needs somebody's approval: the sheet takes another try."""
        if request == self._asked:
            self._asked = ""
            self._work.pay.go_on()

    def payment_changed(self, told: PaymentChanged) -> None:
        """The sheet of the card stands until the payment has its end."""
        if told.payment.state is PaymentState.STARTED:
            self._work.open_sheet(self._work.card)
            self._work.card.show_payment(told)
            return
        self._state.ended.add(told.payment.id)
        if self._work.is_open(self._work.card):
            self._work.close_sheet()
        if told.payment.state is PaymentState.FAILED:
            self.failed = told.request
            self.refused(tr(told.words) or tr("The card was not charged."))

    def cart_changed(self, told: CartChanged) -> None:
        """After a part was paid the sheet goes on with the rest."""
        if not self._work.is_open(self._work.pay):
            return
        if told.cart.lines and told.due > 0:
            self._work.pay.open_empty()
        else:
            self._work.close_sheet()
