"""How many of a line: a button less, a button more, and the keys + and -."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from eventdesk.domain.till.sales import SaleLine
from eventdesk.i18n import tr
from eventdesk.screens.till.words import money
from eventdesk.screens.widgets.basics import Button, label, row
from eventdesk.screens.words import isolate, joined


class LineStep(QWidget):
    """`most` may still be given back."""

    changed = Signal()

    def __init__(self, line: SaleLine, most: int, currency: str) -> None:
        super().__init__()
        self.line, self.most, self.value = line.id, most, 0
        self.less = Button("−", pressed=lambda: self.put(self.value - 1))
        self.more = Button("+", pressed=lambda: self.put(self.value + 1))
        self.less.setAccessibleName(tr("One less of {name}", name=line.name))
        self.more.setAccessibleName(tr("One more of {name}", name=line.name))
        self._number = label("", "heading")
        self._number.setMinimumWidth(70)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = joined(isolate(line.name), line.seat, money(line.gross, currency))
        name = label(words, wrap=True)
        layout = row(self.less, self._number, self.more, name)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.put(0)

    def put(self, number: int) -> None:
        self.value = min(max(number, 0), self.most)
        self._number.setText(tr("{number} of {most}", number=self.value, most=self.most))
        # Not disabled: the focus would go to another button.
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {"+": 1, "-": -1}.get(event.text())
        if step:
            self.put(self.value + step)
        else:
            super().keyPressEvent(event)
