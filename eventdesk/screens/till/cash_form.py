"""Money put into the drawer or taken out for no sale, and the drawer opened for another reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from eventdesk.desk.till.commands import MoveCash, OpenDrawer
from eventdesk.domain.till.sales import Movement
from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import LineField
from eventdesk.screens.manage.look import button, fill, heading, note
from eventdesk.screens.till.amount_field import AmountField
from eventdesk.screens.till.words import movement_words
from eventdesk.screens.widgets.basics import boxed, row


class CashForm(QFrame):
    """`wanted` gives the command; `closed` where nothing is done. Escape gives up."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._way: Movement | None = None
        self.title = heading("")
        self.about = note()
        self.amount = AmountField(tr("Amount"), least=1)
        self.reason = LineField(tr("Reason"))
        self.go = button(tr("Write it down"), self.submit, "primary", "check")
        back = button(tr("Cancel (Esc)"), self.closed.emit, "", "close")
        fill(
            self, self.title, self.about, self.amount, self.reason, boxed(row(self.go, back, 1)), 1, margin=16
        )
        self.amount.line.returnPressed.connect(self.reason.setFocus)
        self.reason.line.returnPressed.connect(self.submit)

    def begin(self, way: Movement | None, currency: str) -> None:
        """`way` None: only open the drawer."""
        self._way = way
        self.amount.currency = currency
        self.title.setText(movement_words(way) if way else tr("Open the drawer"))
        self.about.setText(_about(way))
        self.amount.setVisible(way is not None)
        self.amount.put(None)
        self.reason.put("")
        for field in (self.amount, self.reason):
            field.tell("")
        (self.amount if way else self.reason).setFocus()

    def submit(self) -> None:
        reason = str(self.reason.value())
        needs_reason = self._way is not Movement.DROP
        has_amount = self._way is None or self.amount.check()
        self.reason.tell(tr("Say why.") if needs_reason and not reason else "")
        if not has_amount:
            self.amount.setFocus()
        elif needs_reason and not reason:
            self.reason.setFocus()
        elif self._way is None:
            self.wanted.emit(OpenDrawer(reason))
        else:
            self.wanted.emit(MoveCash(self._way, self.amount.value(), reason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _about(way: Movement | None) -> str:
    if way is Movement.PAY_IN:
        return tr("Money that comes into the drawer for no sale: more change, for example.")
    if way is Movement.PAY_OUT:
        return tr("Money that leaves the drawer for a bill: keep the bill with the slip.")
    if way is Movement.DROP:
        return tr("Money that is taken to the safe. Each drop has a number; its slip goes with it.")
    return tr("It is written down that the drawer was opened without a sale, and why.")
