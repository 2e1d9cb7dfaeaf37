"""The end of a shift: count, see the difference, close or hand over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from eventdesk.desk.till.commands import CloseShift, CountCash
from eventdesk.desk.till.values import ShiftChanged, ShiftShown
from eventdesk.domain.till.figures import Figures
from eventdesk.domain.till.sales import Shift
from eventdesk.i18n import tr
from eventdesk.screens.manage.look import button, fill, heading, note, say
from eventdesk.screens.till.counting import CountTable
from eventdesk.screens.till.words import money
from eventdesk.screens.widgets.basics import boxed, label, row, set_tone


class CloseForm(QFrame):
    """`wanted` gives commands. The difference is shown once the count is written down, never before."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.table = CountTable()
        self.counted_button = button(tr("This is what lies in the drawer"), self.submit, "primary", "check")
        self.difference = label("", "title")
        self.detail = note()
        self.open_words = note(tone="warn")
        self.close_button = button(tr("Close the shift"), self._close, "primary", "check")
        self.hand_over_button = button(tr("Close, and hand over to the next person"), self._hand_over)
        self.again_button = button(tr("Count again"), self.begin)
        self._counting, self._result = QWidget(), QWidget()
        fill(
            self._counting,
            heading(tr("Count the drawer")),
            note(tr("Count everything that lies in it, the float too.")),
            self.table,
            boxed(row(self.counted_button, self._back(), 1)),
        )
        fill(
            self._result,
            self.difference,
            self.detail,
            self.open_words,
            boxed(row(self.close_button, 1)),
            boxed(row(self.hand_over_button, 1)),
            boxed(row(self.again_button, self._back(), 1)),
        )
        fill(self, self._counting, self._result, 1, margin=16)
        self.table.finished.connect(self.submit)
        self.begin()

    def _back(self) -> QWidget:
        return button(tr("Cancel (Esc)"), self.closed.emit, "", "close")

    def begin(self) -> None:
        """Count from nothing: what was counted before must not be seen."""
        self.table.clear()
        self._result.hide()
        self._counting.show()
        self.table.begin()

    def submit(self) -> None:
        if self.table.check():
            self.wanted.emit(CountCash(self.table.amount(), dict(self.table.count())))

    def show_result(self, shown: ShiftShown, changed: ShiftChanged) -> None:
        """The count is on the disk: what it says may be known."""
        shift, figures = shown.shift, shown.figures
        if shift.counted is None or not isinstance(figures, Figures):
            return
        text, tone = difference_words(shift, figures)
        self.difference.setText(text)
        set_tone(self.detail, tone)
        self.detail.setText(
            tr(
                "Counted {counted}, expected {expected}.",
                counted=money(shift.counted, shift.currency),
                expected=money(figures.expected_cash, shift.currency),
            )
        )
        many = len(changed.open_payments)
        words = tr("Payments whose fate is not known: {number}. The close will list them.", number=many)
        say(self.open_words, words if many else "", "warn")
        self._counting.hide()
        self._result.show()
        self.close_button.setFocus()

    def _close(self) -> None:
        self.wanted.emit(CloseShift())

    def _hand_over(self) -> None:
        self.wanted.emit(CloseShift(hand_over=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def difference_words(shift: Shift, figures: Figures) -> tuple[str, str]:
    """Over or short, and the tone to say it in."""
    difference = (shift.counted or 0) - figures.expected_cash
    if not difference:
        return tr("✓ The drawer is right."), "good"
    amount = money(abs(difference), shift.currency)
    if difference > 0:
        return tr("⚠ {amount} too much", amount=amount), "warn"
    return tr("⚠ {amount} missing", amount=amount), "bad"
