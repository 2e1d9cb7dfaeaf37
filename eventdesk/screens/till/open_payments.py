"""Payments whose fate nobody knows: ask the terminal again, or look at it and say."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eventdesk.desk.till.commands import AskPayment, SettlePayment
from eventdesk.domain.till.sales import Payment, Way
from eventdesk.i18n import tr
from eventdesk.screens.line.confirm import Confirm
from eventdesk.screens.manage.look import button, fill, heading, note
from eventdesk.screens.till.words import money, tender_words
from eventdesk.screens.widgets.basics import boxed, column, label, row
from eventdesk.screens.words import clock, isolate, joined


class OpenPayments(QFrame):
    """`wanted` gives the command."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("message", "warn")
        self.payments: Sequence[Payment] = ()
        self.zone: tzinfo | None = None
        self._rows = QVBoxLayout()
        self.confirm = Confirm()
        about = note(
            tr(
                "It is not known whether the card was charged. Do not charge it again: ask the terminal, or "
                "look at its display or its slip."
            )
        )
        holder = QWidget()
        holder.setLayout(self._rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        fill(self, heading(tr("Payments of unknown fate")), about, holder, self.confirm, margin=14)
        self.hide()

    def show_payments(self, payments: Sequence[Payment]) -> None:
        if list(payments) == list(self.payments):
            return
        self.payments = list(payments)
        self.confirm.close_it()
        while item := self._rows.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for payment in self.payments:
            self._rows.addWidget(self._row(payment))
        self.setVisible(bool(self.payments))

    def _row(self, payment: Payment) -> QWidget:
        words = joined(
            clock(payment.at, self.zone),
            tender_words(payment.tender) if payment.way is Way.IN else tr("Given back"),
            money(payment.amount, payment.currency),
            payment.terminal,
        )
        again = button(tr("Ask again"), lambda: self.wanted.emit(AskPayment(payment.id)), "", "search")
        paid = button(tr("It was paid"), partial(self._settle, payment, True))
        failed = button(tr("It was not paid"), partial(self._settle, payment, False))
        if payment.way is Way.OUT:
            paid.setText(tr("It went back"))
            failed.setText(tr("It did not go back"))
        return boxed(column(label(words, wrap=True), boxed(row(again, paid, failed, 1)), spacing=4))

    def _settle(self, payment: Payment, paid: bool) -> None:
        """By a person's word, which the books will hold."""
        amount = isolate(money(payment.amount, payment.currency))
        words = tr("{amount}: the terminal says that nothing was paid. This stays so.", amount=amount)
        if paid:
            words = tr("{amount}: the terminal says that it was paid. This stays so.", amount=amount)
        if payment.way is Way.OUT:
            words = tr("{amount}: you have looked at the terminal. This stays so.", amount=amount)
        self.confirm.ask(
            words,
            tr("Yes, I have looked"),
            lambda number: self.wanted.emit(SettlePayment(payment.id, paid, number)),
            label=tr("Number on the slip") if paid else "",
        )
