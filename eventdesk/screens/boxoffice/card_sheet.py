"""A card payment that a terminal is being asked for, or whose fate nobody knows yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from eventdesk.desk.till.commands import AskPayment, CancelPayment, SettlePayment
from eventdesk.desk.till.values import PaymentChanged
from eventdesk.domain.till.sales import Payment, Way
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.big_text import BigText
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.manage.look import note, say
from eventdesk.screens.widgets.basics import Button, boxed, label, row


class CardSheet(Sheet):
    """`wanted` gives a command. While a terminal is asked nothing here can charge again."""

    wanted = Signal(object)

    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self.payment: Payment | None = None
        self._sum = BigText(2.4, 64)
        self._told = label(tone="heading", wrap=True)
        self._what = note()
        self._cancel = Button(tr("Cancel the payment (Esc)"), "close", pressed=self.cancel)
        self._ask = Button(tr("Ask the terminal again (Enter)"), "search", "primary", self.ask)
        self._settle = note(tr("Nobody can find out? Look at the terminal's own slip or display, then say:"))
        self.reference = QLineEdit()
        self.reference.setPlaceholderText(tr("Number on the terminal's slip"))
        self.reference.setAccessibleName(tr("Number on the terminal's slip"))
        self._yes = Button(tr("It was paid"), "check", pressed=lambda: self.settle(paid=True))
        self._no = Button(tr("It was not paid"), "cross", "danger", lambda: self.settle(paid=False))
        self._persons = boxed(row(self._yes, self._no))
        for part in (self._sum, self._told, self._what, self._settle, self.reference, self._persons):
            self.body.addWidget(part)
        self.body.addStretch()
        self.buttons.addWidget(self._ask, 1)
        self.buttons.addWidget(self._cancel, 1)

    def show_payment(self, told: PaymentChanged) -> None:
        """`told.payment` has no end yet."""
        self.payment = told.payment
        back = told.payment.way is Way.OUT
        self.set_title(tr("Back onto the card") if back else tr("Card"))
        self._sum.show_text(self._state.says(told.payment.amount))
        if told.busy:
            self._show_busy(back=back)
        else:
            self._show_unknown(tr(told.words), tr(told.remedy))

    def _show_busy(self, *, back: bool) -> None:
        beside = self._is_beside()
        asked = tr("Type the sum into the terminal that stands beside the till.")
        waits = tr("The terminal gives it back ...") if back else tr("The guest's card, please ...")
        self._told.setText(asked if beside else waits)
        say(self._what, tr("Then say what it has answered.") if beside else "")
        self._show_ways(settle=beside, cancel=not beside and not back, ask=False)
        (self._yes if beside else self._cancel).setFocus()

    def _show_unknown(self, words: str, remedy: str) -> None:
        self._told.setText(words or tr("Nobody knows yet whether the guest has paid."))
        say(self._what, remedy or tr("Do not charge the card again before it is known."), "warn")
        self._show_ways(settle=True, cancel=False, ask=True)
        self._ask.setFocus()

    def _show_ways(self, *, settle: bool, cancel: bool, ask: bool) -> None:
        for part in (self.reference, self._persons):
            part.setVisible(settle)
        self._settle.setVisible(settle and ask)
        self._cancel.setVisible(cancel)
        self._cancel.setEnabled(True)
        self._ask.setVisible(ask)

    def _is_beside(self) -> bool:
        name = self.payment.terminal if self.payment else ""
        return any(one.get("name") == name and one.get("kind") == "beside" for one in self._state.terminals)

    def cancel(self) -> None:
        if self.payment:
            self._cancel.setEnabled(False)
            self._told.setText(tr("The terminal is told to stop ..."))
            self.wanted.emit(CancelPayment(self.payment.id))

    def ask(self) -> None:
        if self.payment:
            self.wanted.emit(AskPayment(self.payment.id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape while the guest is asked stops that, and does not hide it."""
        if event.key() == Qt.Key.Key_Escape and self._cancel.isVisible():
            self.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._ask.isVisible():
            self.ask()
        else:
            super().keyPressEvent(event)

    def can_ask(self) -> bool:
        """Nobody knows what became of it, and nobody is being asked."""
        return not self._ask.isHidden()

    def settle(self, *, paid: bool) -> None:
        """A person has looked."""
        if self.payment:
            self.wanted.emit(SettlePayment(self.payment.id, paid, self.reference.text().strip()))
            self.reference.clear()
