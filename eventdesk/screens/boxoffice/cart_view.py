"""The cart at the side: its lines, what is missing, what was paid so far, and the sum in large letters."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eventdesk.domain.rights import Right
from eventdesk.domain.till.paying import rounded
from eventdesk.domain.till.sales import Payment
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.big_text import BigText
from eventdesk.screens.boxoffice.cart_rows import CartDelegate, CartModel, CartRow, rows
from eventdesk.screens.boxoffice.paid_rows import PaidRows
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.manage.look import say
from eventdesk.screens.till.approving import right_words
from eventdesk.screens.widgets.basics import Button, boxed, label, row
from eventdesk.screens.widgets.rows import RowList
from eventdesk.screens.words import joined, says


class CartView(QWidget):
    """`opened` tells the row that a person looks at; `stepped` and `removed` the line and how many."""

    opened = Signal(object)
    stepped = Signal(str, int)
    removed = Signal(object)
    returned = Signal(str)

    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self.model = CartModel()
        self.list = RowList(self.model, tr("Cart"))
        self.list.setItemDelegate(CartDelegate(self.list))
        self.list.chosen.connect(lambda index: self.opened.emit(self.model.row(index.row())))
        self._banner = label(tone="warn", wrap=True)
        self._words = label(tone="warn", wrap=True)
        self._missing = label(tone="warn", wrap=True)
        self._fault = label(tone="bad", wrap=True)
        self._fault.hide()
        self._customer = label(tone="muted", wrap=True)
        self.paid = PaidRows(state)
        self.paid.returned.connect(self.returned)
        self._sum_name = label(tr("Total"), "heading")
        self._rounding = label(tone="muted")
        self.total = BigText(2.2, 64).at_end()
        self.total.setMaximumHeight(round(self.fontMetrics().height() * 3.2))
        self._buttons = self._line_buttons()
        self._lay_out()
        self.refresh()

    def _line_buttons(self) -> QWidget:
        self._fewer = Button("−", pressed=lambda: self._step(-1))
        self._more = Button("+", pressed=lambda: self._step(1))
        self._change = Button(tr("Edit"), pressed=self.open_selected)
        self._remove = Button("", "close", pressed=self.remove_selected)
        self._fewer.setAccessibleName(tr("One less"))
        self._more.setAccessibleName(tr("One more"))
        self._remove.setAccessibleName(tr("Take out of the cart"))
        keys = {self._fewer: "−", self._more: "+", self._change: "F2", self._remove: tr("Del")}
        for button, key in keys.items():
            button.setToolTip(f"{button.accessibleName() or button.text()} ({key})")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("small", "true")
            button.setMinimumWidth(round(self.fontMetrics().height() * 2.2))
        return boxed(row(self._fewer, self._more, self._change, 1, self._remove, spacing=6))

    def _lay_out(self) -> None:
        foot = QFrame()
        line = row(self._sum_name, self.total, spacing=8)
        line.setStretch(1, 1)
        foot.setLayout(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self._banner)
        whole.addWidget(self._customer)
        whole.addWidget(self.list, 1)
        for part in (self._buttons, self._words, self._missing, self._fault, self.paid, self._rounding, foot):
            whole.addWidget(part)

    def refresh(self) -> None:
        """By the cart as it stands; the selected line stays selected, a new one is."""
        kept = self.selected()
        before = {self.model.row(place).line for place in range(self.model.rowCount())}
        self.model.show(rows(self._state))
        new = [one.id for one in self._state.lines if one.id not in before]
        self._select(new[-1] if new and before else kept.line if kept else "")
        some = bool(self.model.rowCount())
        for button in (self._fewer, self._more, self._change, self._remove):
            button.setEnabled(some)
        self._show_words()
        self._show_sum()
        self.paid.refresh()

    def tell(self, words: str) -> None:
        """What went wrong with the money; until the cart is another one."""
        say(self._fault, words, "bad")

    def _show_words(self) -> None:
        told = self._state.cart
        words = [says(one) for one in told.words] if told else []
        if told and told.needs:
            words.append(right_words(Right(told.needs)))
        say(self._words, "\n".join(words), "warn")
        missing = self._state.missing() if told and told.cart.lines else None
        say(self._missing, says(missing.words) if missing else "", "warn")
        exchange = told.cart.exchange if told else None
        credit = self._state.says(told.priced.credit) if told else ""
        say(self._banner, tr("Exchange: {amount} are given back.", amount=credit) if exchange else "", "warn")
        customer = told.cart.customer if told else None
        name = joined(customer.name, customer.company) if customer else ""
        say(self._customer, tr("For {name}", name=name) if name else "")

    def _show_sum(self) -> None:
        state, due = self._state, self._state.due
        part = bool(state.standing()) or bool(state.cart and state.cart.priced.credit)
        name = tr("Give back") if due < 0 else tr("Due") if part else tr("Total")
        self._sum_name.setText(name)
        self.total.show_text(state.says(abs(due)))
        cash = rounded(due, state.cash_step)
        say(self._rounding, tr("In cash: {amount}", amount=state.says(cash)) if cash != due else "")

    def selected(self) -> CartRow | None:
        index = self.list.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def _select(self, line: str) -> None:
        place = self.model.place(line) if line else -1
        last = self.model.rowCount() - 1
        if last >= 0:
            self.list.setCurrentIndex(self.model.index(place if place >= 0 else last, 0))

    def open_selected(self) -> None:
        if (chosen := self.selected()) is not None:
            self.opened.emit(chosen)

    def remove_selected(self) -> None:
        if (chosen := self.selected()) is not None:
            self.removed.emit(chosen)

    def _step(self, by: int) -> None:
        chosen = self.selected()
        if chosen is not None and chosen.line:
            self.stepped.emit(chosen.line, by)

    def step_selected(self, by: int) -> None:
        self._step(by)

    def words(self) -> list[str]:
        """What it tells beside lines and sums."""
        told = (self._banner, self._customer, self._words, self._missing, self._fault)
        return [one.text() for one in told if one.text()]

    def payments(self) -> list[Payment]:
        return list(self._state.standing())
