"""The side of the page: the cart, or what a sale has brought; below it what takes the money."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout

from eventdesk.domain.till.setup import Tender
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.cart_view import CartView
from eventdesk.screens.boxoffice.done_view import DoneView
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.widgets.basics import Button, boxed, row


class Side(QFrame):
    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self._has_sheet = self._is_slim = False
        self.setProperty("card", "true")
        self.cart = CartView(state)
        self.done = DoneView(state)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.cart)
        self._stack.addWidget(self.done)
        self.pay = Button(tr("Pay (Enter)"), "cash", "primary")
        self.card = Button(tr("Card"))
        for button in (self.pay, self.card):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for button in (self.pay, self.card):
            button.setMinimumHeight(round(self.fontMetrics().height() * 2.8))
        self.pay.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = row(self.pay, self.card)
        line.setStretch(0, 2)
        self._pay_row = boxed(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 10, 10, 10)
        whole.setSpacing(6)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._pay_row)
        self.refresh()

    def show_done(self, shown: bool) -> None:
        """What a sale has brought stands until something else is begun."""
        self._stack.setCurrentWidget(self.done if shown else self.cart)
        self._pay_row.setVisible(not shown)

    def is_done_shown(self) -> bool:
        return self._stack.currentWidget() is self.done

    def set_sheet(self, is_open: bool) -> None:
        """What is asked for beside it comes before the money."""
        self._has_sheet = is_open
        self._show_ways()

    def set_slim(self, slim: bool) -> None:
        """No keys on narrow screens: such screens are touched."""
        self._is_slim = slim
        self._show_ways()

    def refresh(self) -> None:
        self.cart.refresh()
        self._show_ways()

    def _show_ways(self) -> None:
        state = self._state
        some = state.can_sell and bool(state.lines) and not self._has_sheet
        self.pay.setEnabled(some)
        free = some and state.due <= 0
        if self._is_slim:
            self.pay.setText(tr("Finish") if free else tr("Pay"))
        else:
            self.pay.setText(tr("Finish (Enter)") if free else tr("Pay (Enter)"))
        self.card.setText(tr("Card") if self._is_slim else f"F10  {tr('Card')}")
        self.card.setVisible(Tender.CARD in state.tenders)
        self.card.setEnabled(some and state.due > 0)
