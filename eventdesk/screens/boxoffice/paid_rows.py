"""What was paid for the cart so far; each part can be given back while it is no sale yet."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventdesk.domain.till.sales import Payment
from eventdesk.domain.till.setup import Tender
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.widgets.basics import Button, boxed, label, row
from eventdesk.screens.words import joined


class PaidRows(QWidget):
    """`returned` tells the payment that is to be given back."""

    returned = Signal(str)

    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def refresh(self) -> None:
        while item := self._column.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        standing = self._state.standing()
        for payment in standing:
            self._column.addWidget(self._row(payment))
        self.setVisible(bool(standing))

    def _row(self, payment: Payment) -> QWidget:
        paid = joined(tender_name(payment.tender), self._state.says(payment.amount))
        button = Button(tr("Give back"), kind="quiet", pressed=partial(self.returned.emit, payment.id))
        button.setAccessibleName(f"{tr('Give back')}: {paid}")
        return boxed(row(label(tr("Paid: {what}", what=paid), "good"), 1, button))


def tender_name(tender: Tender) -> str:
    return {
        Tender.CASH: tr("Cash"),
        Tender.CARD: tr("Card"),
        Tender.GIFT_CARD: tr("Gift card"),
        Tender.INVOICE: tr("Invoice"),
        Tender.OTHER: tr("Other"),
    }[tender]
