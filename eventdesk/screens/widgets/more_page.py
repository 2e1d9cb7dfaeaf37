"""The page that leads to those which have no place in the bar: what each is for, and how many wait there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import Button, column, label

MARGIN = 20
NUMBERED = 9


class MorePage(QWidget):
    """One line a page; `chosen` says its key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str, Button] = {}
        self._titles: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(16)
        self._lines.setColumnStretch(1, 1)
        whole = column(label(tr("More"), "title"))
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.addLayout(self._lines)
        whole.addStretch(1)
        self.setLayout(whole)

    def add(self, key: str, title: str, icon: str, purpose: str) -> str:
        """A line for a page. Returns the keys that open it, none after the ninth."""
        row = len(self._buttons)
        keys = f"Alt+Shift+{row + 1}" if row < NUMBERED else ""
        button = Button(title, icon, pressed=lambda: self.chosen.emit(key))
        button.setProperty("start", "true")
        button.setAccessibleDescription(purpose)
        if row == 0:
            self.setFocusProxy(button)  # arrows and Enter choose at once
        words = label(purpose, "muted", wrap=True)
        words.setMinimumWidth(1)
        words.ensurePolished()
        words.setMinimumHeight(2 * words.fontMetrics().lineSpacing())
        self._lines.addWidget(button, row, 0)
        self._lines.addWidget(words, row, 1)
        self._lines.addWidget(label(keys, "small"), row, 2)
        self._buttons[key], self._titles[key] = button, title
        return keys

    def button(self, key: str) -> Button:
        return self._buttons[key]

    def set_count(self, key: str, count: int, words: str = "") -> int:
        """What waits on a page; `words` say it to a screen reader. Returns what waits on all of them."""
        self._counts[key] = count
        title = self._titles[key]
        self._buttons[key].setText(f"{title} ({count})" if count else title)
        self._buttons[key].setAccessibleName(f"{title}: {words}" if count else title)
        return sum(self._counts.values())

    def count(self, key: str) -> int:
        return self._counts.get(key, 0)
