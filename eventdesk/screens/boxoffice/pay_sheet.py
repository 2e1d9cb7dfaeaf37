"""Paying: one number is typed, or none; then the way to pay. What Enter does stands on its button."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLineEdit, QSizePolicy, QWidget

from eventdesk.desk.till.commands import Pay
from eventdesk.domain.till.paying import cash_for
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.setup import Tender
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.big_text import BigText
from eventdesk.screens.boxoffice.keypad import Keypad
from eventdesk.screens.boxoffice.paid_rows import tender_name
from eventdesk.screens.boxoffice.quick_cash import likely
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.manage.look import say
from eventdesk.screens.widgets.basics import Button, boxed, column, label, row
from eventdesk.screens.words import joined, says

LOW_LINES, NARROW_LINES = 27, 30
KEYS = {Tender.CARD: "F10", Tender.GIFT_CARD: "F7", Tender.INVOICE: "F6", Tender.OTHER: "F12"}


class PaySheet(Sheet):
    """`paid` gives the command; `tender_wanted` another way to pay than cash, and of how much (None: all)."""

    paid = Signal(object)
    tender_wanted = Signal(object, object)

    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self._waits = False
        self._asked_again: int | None = None
        self._due = BigText(2.0, 54)
        self._due.setMaximumHeight(round(self.fontMetrics().height() * 3))
        self.line = QLineEdit()
        self.line.setProperty("pad", "true")
        self.line.setAccessibleName(tr("Given, or a part of what is due"))
        self.line.setPlaceholderText(tr("Given in cash, or a part"))
        self.line.returnPressed.connect(self.cash)
        self.line.textChanged.connect(lambda _text: self._tell())
        self.problem = label(tone="bad", wrap=True)
        self._quick = QGridLayout()
        self._quick.setContentsMargins(0, 0, 0, 0)
        self._quick.setSpacing(5)
        self._quick_holder = boxed(self._quick)
        self.keypad = Keypad(self.line, self.cash)
        self._tenders: dict[Tender, Button] = {}
        self.body.addWidget(self._due)
        self.body.addWidget(self.line)
        self.body.addWidget(self.problem)
        self._pads = pads = row(self._quick_holder, self.keypad, self._ways(), spacing=12)
        for place, share in enumerate((5, 6, 3)):
            pads.setStretch(place, share)
        self.body.addWidget(boxed(pads), 1)
        self._cash = Button("", "cash", "primary", self.cash)
        self.buttons.addWidget(self._cash, 1)
        self.add_close()

    def _ways(self) -> QWidget:
        for tender, key in KEYS.items():
            button = Button(f"{key}  {tender_name(tender)}", pressed=self._wanting(tender))
            button.setAccessibleName(tender_name(tender))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            button.setMaximumHeight(round(self.fontMetrics().height() * 7))
            self._tenders[tender] = button
        return boxed(column(*self._tenders.values(), spacing=5))

    def _wanting(self, tender: Tender) -> Callable[[], None]:
        return lambda: self.want(tender)

    def wait(self) -> None:
        """A payment was posted: nothing more is taken before the engine has answered, so that no key that
        was pressed twice pays twice."""
        self._waits = True
        self._show_waiting()

    def go_on(self) -> None:
        """The engine has answered."""
        self._waits = False
        self._show_waiting()

    def _show_waiting(self) -> None:
        for part in (self._cash, self._quick_holder, self.keypad, *self._tenders.values()):
            part.setEnabled(not self._waits)
        self.line.setReadOnly(self._waits)  # not disabled: the focus would go

    def open_empty(self) -> None:
        """For what is due now."""
        self.go_on()
        self.line.clear()
        self._asked_again = None
        say(self.problem, "")
        self.refresh()
        self.line.setFocus()

    def refresh(self) -> None:
        """By what is due now, and what the event takes."""
        state = self._state
        part = tr("Due") if state.standing() else tr("Total")
        self._due.show_text(f"{part} {state.says(state.due)}")
        self._fit()
        for tender, button in self._tenders.items():
            button.setVisible(tender in state.tenders)
        is_cash = Tender.CASH in state.tenders
        self._cash.setVisible(is_cash)
        self._quick_holder.setVisible(is_cash)
        self._show_quick()
        self._tell()

    def _fit(self) -> None:
        """On a low screen the sum is the title, and the keypad has its room; on a narrow one the pads stand
        one below the other."""
        line = self.fontMetrics().height()
        low, ways = self.height() < line * LOW_LINES, QBoxLayout.Direction
        narrow = self.width() < line * NARROW_LINES and not low
        self._pads.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._due.setVisible(not low)
        self.set_title(self._due.text() if low else tr("Payment"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_quick(self) -> None:
        while item := self._quick.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        whole = cash_for(self._state.due, self._state.cash_step)
        sums = likely(whole.given if whole else 0, self._state.denominations)
        for place, amount in enumerate(sums):
            button = Button(self._state.says(amount), pressed=self._giving(amount))
            button.setProperty("pad", "true")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            button.setMaximumHeight(round(self.fontMetrics().height() * 7))
            self._quick.addWidget(button, place // 2, place % 2)
            button.show()

    def _giving(self, amount: int) -> Callable[[], None]:
        return lambda: self._pay_cash(amount)

    def amount(self) -> int | None:
        """What was typed; None: nothing. Raises Refused."""
        text = self.line.text().strip()
        return self._state.typed(text) if text else None

    def _tell(self) -> None:
        """What Enter would do now."""
        try:
            given = self.amount()
        except Refused:
            given = None
        self._cash.setText(self._cash_words(given))

    def _cash_words(self, given: int | None) -> str:
        state = self._state
        cash = cash_for(state.due, state.cash_step, given)
        if cash is None and given is not None:
            left = state.says(state.due - given)
            return tr("{part} in cash, {left} stay due (Enter)", part=state.says(given), left=left)
        if cash is None or not cash.change:
            return tr("Just {amount} in cash (Enter)", amount=state.says(cash.given if cash else state.due))
        return tr("Cash, change {amount} (Enter)", amount=state.says(cash.change))

    def cash(self) -> None:
        """All that is due where nothing, or more, was typed; a part where less was. A sum that no guest hands
        over is asked about once more."""
        amount = self._checked()
        if amount is False:
            return
        if amount is not None and self._is_absurd(amount) and self._asked_again != amount:
            self._asked_again = amount
            given = self._state.says(amount)
            say(self.problem, tr("{given} for that? Enter once more if it is so.", given=given), "warn")
            return
        self._pay_cash(amount)

    def _is_absurd(self, given: int) -> bool:
        """More than the largest note above what is due."""
        return given > self._state.due + max(self._state.denominations, default=given)

    def _pay_cash(self, given: int | None) -> None:
        if self._waits or Tender.CASH not in self._state.tenders:
            return
        enough = given is None or cash_for(self._state.due, self._state.cash_step, given) is not None
        command = Pay(Tender.CASH, given=given) if enough else Pay(Tender.CASH, amount=given, given=given)
        self.paid.emit(command)

    def _checked(self) -> int | bool | None:
        """What was typed, or False where it can't be read: that is told."""
        try:
            amount = self.amount()
        except Refused as error:
            say(self.problem, joined(says(error.words), says(error.remedy), by=" "), "bad")
            self.line.setFocus()
            return False
        if amount == 0:
            say(self.problem, tr("Nothing is not an amount."), "bad")
            return False
        say(self.problem, "")
        return amount

    def want(self, tender: Tender) -> None:
        """Pay by it what was typed, or all."""
        amount = self._checked()
        if self._waits or amount is False or tender not in self._state.tenders:
            return
        if amount is not None and amount > self._state.due:
            say(self.problem, tr("So much is not due."), "bad")
            return
        self.tender_wanted.emit(tender, amount)
