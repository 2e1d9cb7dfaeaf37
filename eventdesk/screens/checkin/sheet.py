"""A sheet: something to fill in or to choose, in the place of the guest's card.

Never a window of its own, so that the verdict stays in sight and tickets are read on.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import Button, boxed, label


class Sheet(QFrame):
    """Title, body, buttons. `closed` when it is done with or given up; Escape gives up."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._title = label(tone="heading", wrap=True)
        self._body = QWidget()
        self.body = QVBoxLayout(self._body)
        self.body.setContentsMargins(0, 0, 6, 0)
        self.body.setSpacing(8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._body)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons = QHBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addWidget(self._title)
        whole.addWidget(area, 1)
        whole.addLayout(self.buttons)

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def title(self) -> str:
        return self._title.text()

    def empty(self) -> None:
        """Take everything out of the body."""
        while item := self.body.takeAt(0):
            widget = item.widget()
            if widget:
                widget.setParent(None)
                widget.deleteLater()

    def add_close(self, text: str = "") -> None:
        self.buttons.addWidget(Button(text or tr("Cancel (Esc)"), "close", pressed=self.closed.emit))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class ReasonSheet(Sheet):
    """Asks why: ready reasons under the keys 1 to 9, or one in own words."""

    def __init__(self) -> None:
        super().__init__()
        self._chosen: Callable[[str], object] | None = None
        self._choices: list[Button] = []
        self._own = QLineEdit()
        self._own.setAccessibleName(tr("Reason in your own words"))
        self._own.setPlaceholderText(tr("Another reason, then Enter"))
        self._own.returnPressed.connect(self._take_own)
        self.add_close()
        self.buttons.insertWidget(0, self._own, 1)

    def ask(self, title: str, reasons: list[str], chosen: Callable[[str], object]) -> None:
        """`chosen` gets the reason; nothing happens where the sheet is closed before."""
        self.set_title(title)
        self.empty()
        self._own.clear()
        self._chosen = chosen
        self._choices = [
            Button(f"{place}   {reason}", pressed=partial(self._take, reason))
            for place, reason in enumerate(reasons, 1)
        ]
        grid = QGridLayout()
        for place, button in enumerate(self._choices):
            grid.addWidget(button, place // 2, place % 2)
        choices = boxed(grid)
        self.body.addWidget(choices)
        self.body.addStretch()
        # What is not shown yet can't take the focus.
        choices.show()
        self._choices[0].setFocus()

    def _take_own(self) -> None:
        if self._own.text().strip():
            self._take(self._own.text().strip())

    def _take(self, reason: str) -> None:
        chosen, self._chosen = self._chosen, None
        if chosen:
            chosen(reason)
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.text()
        if place.isdigit() and 1 <= int(place) <= len(self._choices):
            self._choices[int(place) - 1].click()
        else:
            super().keyPressEvent(event)
