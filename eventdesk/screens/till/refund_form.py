"""What is given back of a sale: which lines, how, and why. The same choice begins an exchange."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eventdesk.desk.till.commands import ReverseSale, StartExchange
from eventdesk.desk.till.values import SaleShown
from eventdesk.domain.till import refunding
from eventdesk.domain.till.sales import Payment, ReversalWay, Way
from eventdesk.domain.till.setup import Tender
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import ChoiceField, LineField
from eventdesk.screens.manage.look import button, fill, heading, note
from eventdesk.screens.till.line_step import LineStep
from eventdesk.screens.till.words import money
from eventdesk.screens.widgets.basics import boxed, label, row

# Money that these stand for is not handed out in cash.
NEVER_CASH = refunding.ONLY_BACK


class RefundForm(QFrame):
    """`wanted` gives the command; `closed` where nothing is done. Escape gives up."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._shown: SaleShown | None = None
        self._is_exchange = False
        self.steps: list[LineStep] = []
        self.title = heading("")
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.all_button = button(tr("Everything"), self.take_all)
        self.sum = label("", "heading")
        self.tender = ChoiceField(tr("How it goes back"), [(None, tr("As it was paid"))])
        self.way = ChoiceField(
            tr("Kind"),
            [
                (ReversalWay.REFUND, tr("Refund: the guest gives it back")),
                (ReversalWay.VOID, tr("Void: it was rung up by mistake")),
            ],
        )
        self.reason = LineField(tr("Reason"))
        self.go = button(tr("Give back"), self.submit, "primary", "undo")
        cancel = button(tr("Cancel (Esc)"), self.closed.emit, "", "close")
        self._about = note(tr("What comes in its place is put into the cart next."))
        fill(
            self,
            self.title,
            self._holder(),
            boxed(row(self.all_button, self.sum, 1)),
            self._about,
            self.way,
            self.tender,
            self.reason,
            boxed(row(self.go, cancel, 1)),
            1,
            margin=16,
        )
        self.reason.line.returnPressed.connect(self.submit)

    def _holder(self) -> QWidget:
        holder = QWidget()
        holder.setLayout(self._rows)
        return holder

    def begin(self, shown: SaleShown, is_exchange: bool = False) -> None:
        """Nothing is chosen, unless there is but one thing to choose."""
        self._shown, self._is_exchange = shown, is_exchange
        self.title.setText(tr("Exchange what?") if is_exchange else tr("Give back what?"))
        self.go.setText(tr("Choose what comes instead") if is_exchange else tr("Give back"))
        self._about.setVisible(is_exchange)
        for field in (self.way, self.tender, self.reason):
            field.setVisible(not is_exchange)
            field.tell("")
        self._show_lines(shown)
        self._offer_tenders(shown.payments)
        self.way.put(ReversalWay.REFUND)
        self.reason.put("")
        if sum(one.most for one in self.steps) == 1:
            self.take_all()
        self._count()
        if self.steps:
            self.steps[0].more.setFocus()

    def take_all(self) -> None:
        for step in self.steps:
            step.put(step.most)

    def lines(self) -> tuple[tuple[str, int], ...]:
        """Line id and how many; empty where nothing is chosen."""
        return tuple((step.line, step.value) for step in self.steps if step.value)

    def submit(self) -> None:
        shown, lines = self._shown, self.lines()
        if shown is None or not lines:
            self.sum.setText(tr("Choose what is given back."))
            return
        if self._is_exchange:
            self.wanted.emit(StartExchange(shown.sale.id, lines))
            return
        reason = str(self.reason.value())
        self.reason.tell("" if reason else tr("Say why."))
        if not reason:
            self.reason.setFocus()
            return
        # None named is all that is left, to the last cent of every fee.
        named = () if all(step.value == step.most for step in self.steps) else lines
        way, tender = self.way.value(), self.tender.value()
        self.wanted.emit(ReverseSale(shown.sale.id, way, reason, named, tender))

    def _show_lines(self, shown: SaleShown) -> None:
        for step in self.steps:
            step.hide()
            step.deleteLater()
        self.steps = []
        for line in shown.sale.lines:
            left = shown.left.get(line.id, (0, 0))[0]
            if left:
                step = LineStep(line, left, shown.sale.currency)
                step.changed.connect(self._count)
                self.steps.append(step)
                self._rows.addWidget(step)

    def _offer_tenders(self, payments: Sequence[Payment]) -> None:
        """Cash may stand for a card, never for a gift card or an invoice."""
        paid = {one.tender for one in payments if one.way is Way.IN and one.counts}
        options: list[tuple[Tender | None, str]] = [(None, tr("As it was paid"))]
        if paid - {Tender.CASH} and not paid & NEVER_CASH:
            options.append((Tender.CASH, tr("In cash")))
        self.tender.put(None)
        self.tender.offer(options)
        self.tender.setVisible(len(options) > 1 and not self._is_exchange)

    def _count(self) -> None:
        shown, lines = self._shown, self.lines()
        if shown is None:
            return
        amount = refunding.amount(refunding.give_back(shown.sale, lines)) if lines else 0
        self.sum.setText(tr("Goes back: {amount}", amount=money(amount, shown.sale.currency)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
