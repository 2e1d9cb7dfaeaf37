"""One sale: its lines, how it was paid, what was given back, and what can be done about it."""

from datetime import tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from eventdesk.desk.till.commands import PrintReceipt
from eventdesk.desk.till.values import SaleShown
from eventdesk.domain.till.sales import PaymentState, Reversal, Sale, SaleLine, Way
from eventdesk.i18n import tr
from eventdesk.screens.manage.look import button, fill, note
from eventdesk.screens.till.words import moment, money, payment_words, reversal_words
from eventdesk.screens.widgets.basics import boxed, label, row
from eventdesk.screens.words import isolate, joined, says


class SaleCard(QWidget):
    """`wanted` gives commands; the other signals say what the person wants to do with the sale shown.
    `zone` is the event's, `desk` this one's id."""

    wanted = Signal(object)
    back_wanted = Signal()
    exchange_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: SaleShown | None = None
        self.zone: tzinfo | None = None
        self.desk = ""
        self.title = label("", "title", wrap=True)
        self.about = note()
        self.may_not = note(tone="warn")
        self.back_button = button(tr("Give money back"), self.back_wanted.emit, "", "undo")
        self.exchange_button = button(tr("Exchange"), self.exchange_wanted.emit)
        self.print_button = button(tr("Print a copy"), self._print, "", "printer")
        self._body = QWidget()
        self._column = fill(
            self,
            self.title,
            self.about,
            boxed(row(self.back_button, self.exchange_button, self.print_button, 1)),
            self.may_not,
            self._body,
            1,
        )

    def show_sale(self, shown: SaleShown) -> None:
        self.shown = shown
        sale = shown.sale
        total = money(sale.total, sale.currency)
        self.title.setText(tr("Receipt {number} · {amount}", number=sale.number, amount=total))
        elsewhere = tr("sold at desk {desk}", desk=sale.desk[:8]) if sale.desk != self.desk else ""
        self.about.setText(joined(moment(sale.at, self.zone), sale.customer, sale.address, elsewhere))
        is_left = any(quantity for quantity, _money in shown.left.values())
        words = says(shown.may) if shown.may else "" if is_left else tr("All of it was given back.")
        self.may_not.setText(words)
        self.may_not.setVisible(bool(words))
        for control in (self.back_button, self.exchange_button):
            control.setEnabled(is_left and shown.may is None)
        self._fill(shown)

    def _fill(self, shown: SaleShown) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._lines(shown))
        sale = shown.sale
        for payment in shown.payments:
            if payment.way is Way.IN and payment.state is not PaymentState.FAILED:
                column.addWidget(label(tr("Paid: {payment}", payment=payment_words(payment)), wrap=True))
        for reversal in sale.reversals:
            column.addWidget(self._reversal(sale, reversal))
        self._column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        body.show()

    def _lines(self, shown: SaleShown) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        currency = shown.sale.currency
        for place, line in enumerate(shown.sale.lines):
            left = shown.left.get(line.id, (0, 0))[0]
            grid.addWidget(label(line_words(line, left), wrap=True), place, 0)
            amount = label(money(line.gross, currency))
            amount.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(amount, place, 1)
        return holder

    def _reversal(self, sale: Sale, reversal: Reversal) -> QWidget:
        words = joined(
            f"{reversal_words(reversal.way)} {reversal.number}",
            money(-reversal.amount, sale.currency),
            moment(reversal.at, self.zone),
            reversal.reason,
        )
        again = button(tr("Print a copy"), partial(self._print, reversal.number), "quiet", "printer")
        made = row(label(words, wrap=True), again)
        made.setStretch(0, 1)
        return boxed(made)

    def _print(self, number: int = 0) -> None:
        if self.shown is not None:
            self.wanted.emit(PrintReceipt(self.shown.sale.id, number))


def line_words(line: SaleLine, left: int) -> str:
    """What was sold, and how much of it was given back since."""
    name = isolate(line.name)
    words = name if line.quantity == 1 else f"{line.quantity} × {name}"
    gone = line.quantity - left
    back = "" if not gone else tr("given back") if not left else tr("{number} given back", number=gone)
    return joined(words, line.seat, back, line.reason)
