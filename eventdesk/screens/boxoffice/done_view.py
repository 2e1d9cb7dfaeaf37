"""After a sale, in the cart's place: the change in huge figures, until the next guest begins."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventdesk.desk.till.values import MailAsked, PrintState, ReceiptChanged, SaleMade, SaleReversed
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.big_text import BigText
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.manage.look import say
from eventdesk.screens.widgets.basics import Button, boxed, column, label, row, set_tone
from eventdesk.screens.words import joined, number


class DoneView(QWidget):
    """`next_wanted`, `print_wanted(sale, number of the receipt or 0)`, and `mail_wanted(sale)`."""

    next_wanted = Signal()
    print_wanted = Signal(str, int)
    mail_wanted = Signal(str)

    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self.sale, self._number = "", 0
        self._reversing, self._back = "", 0
        self._name = label(tone="title", wrap=True)
        self.sum = BigText(4.0)
        self._told = label(tone="heading", wrap=True)
        self._what = label(tone="muted", wrap=True)
        self._receipt = label(wrap=True)
        self._print = Button(tr("Print again"), "printer", pressed=self._print_again)
        self._mail = Button(tr("By e-mail"), pressed=lambda: self.mail_wanted.emit(self.sale))
        self.next = Button(tr("Next guest (Enter)"), "check", "primary", self.next_wanted.emit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        for part in (self._name, self.sum, self._told, self._what, self._receipt):
            whole.addWidget(part)
        whole.setStretchFactor(self.sum, 1)
        whole.addWidget(boxed(column(boxed(row(self._print, self._mail)), self.next)))

    def show_sale(self, made: SaleMade) -> None:
        """After an exchange that gave money back, that stands there: it is still to be handed over."""
        state, back = self._state, self._back if made.request == self._reversing else 0
        self.sale, self._number = made.sale.id, 0
        self._name.setText(tr("Give back in cash") if back else tr("Change") if made.change else tr("Paid"))
        self.sum.show_text(state.says(back or made.change or made.sale.total + made.sale.rounding))
        self._told.setText(tr("Receipt {number}", number=made.sale.number))
        parts = [tr("Total {amount}", amount=state.says(made.sale.total))]
        if made.tickets:
            parts.append(tr("Tickets: {number}", number=number(len(made.tickets))))
        if made.admitted:
            parts.append(tr("admitted at once"))
        say(self._what, joined(*parts))
        self._say_receipt("")

    def show_reversal(self, told: SaleReversed) -> None:
        """What goes back over the counter, or onto the card."""
        self.sale, self._number = told.sale.id, told.reversal.number
        self._reversing, self._back = told.request, abs(told.cash)
        self._name.setText(tr("Give back in cash") if told.cash else tr("Given back"))
        self.sum.show_text(self._state.says(abs(told.cash) or told.reversal.amount))
        self._told.setText(tr("Receipt {number}", number=told.reversal.number))
        say(self._what, tr("For receipt {number}", number=told.sale.number))
        self._say_receipt("")

    def show_receipt(self, told: ReceiptChanged) -> None:
        """Of this sale alone."""
        if told.sale != self.sale:
            return
        words = {
            PrintState.WAITING: tr("The receipt is being printed ..."),
            PrintState.PRINTED: tr("✓ The receipt is printed."),
            PrintState.FAILED: joined(tr("✕ The receipt was not printed."), tr(told.words), by=" "),
            PrintState.NONE: "",
        }[told.state]
        self._say_receipt(words, "bad" if told.state is PrintState.FAILED else "muted")

    def show_mail(self, told: MailAsked) -> None:
        if told.sale == self.sale:
            self._say_receipt(tr("✓ It is sent by e-mail."))

    def _say_receipt(self, words: str, tone: str = "muted") -> None:
        self._receipt.setText(words)
        set_tone(self._receipt, tone)
        self._receipt.setVisible(bool(words))

    def _print_again(self) -> None:
        self.print_wanted.emit(self.sale, self._number)

    def words(self) -> list[str]:
        return [one.text() for one in (self._name, self._told, self._what, self._receipt) if one.text()]
