"""The plain fields: a line, several lines, a tick, a whole number, a price, a choice, several choices."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
)

from eventdesk.i18n import tr
from eventdesk.screens.manage.field import Field, Wrong
from eventdesk.screens.manage.money import decimal_text, minor_units

LONGEST_LINE = 300
CHOICE_WIDTH = 420
FIGURE_WIDTH = 160


class LineField(Field):
    def __init__(self, label: str, hint: str = "", required: bool = False) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST_LINE)
        super().__init__(label, self.line, hint, required)
        self._required = required
        self.line.textEdited.connect(self.edited)

    def value(self) -> Any:
        text = self.line.text().strip()
        if self._required and not text:
            raise Wrong(tr("This must not be empty."))
        return text

    def put(self, value: Any) -> None:
        self.line.setText(str(value))


class NumberField(LineField):
    """A whole number from `least` on; empty is None."""

    def __init__(self, label: str, hint: str = "", least: int = 0) -> None:
        super().__init__(label, hint)
        self._least = least
        self.line.setMaximumWidth(FIGURE_WIDTH)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> Any:
        text = self.line.text().strip()
        if not text:
            return None
        if not text.isdecimal() or not self._least <= int(text) <= 1_000_000:
            raise Wrong(tr("Write a whole number from {least} on.", least=self._least))
        return int(text)

    def put(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))


class MoneyField(LineField):
    """A price; `currency` may change while the text stays."""

    def __init__(self, label: str, currency: str) -> None:
        super().__init__(label)
        self.currency = currency
        self.line.setMaximumWidth(FIGURE_WIDTH)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> Any:
        return minor_units(self.line.text(), self.currency)

    def put(self, value: Any) -> None:
        self.line.setText(decimal_text(value, self.currency))


class TextField(Field):
    """Several lines."""

    def __init__(self, label: str, hint: str = "", lines: int = 4) -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + 24)
        super().__init__(label, self.text, hint)
        self.text.textChanged.connect(self.edited)

    def value(self) -> Any:
        return self.text.toPlainText().strip()

    def put(self, value: Any) -> None:
        self.text.setPlainText(str(value))


class TickField(Field):
    """Yes or no; the sentence stands beside the box."""

    def __init__(self, label: str, hint: str = "") -> None:
        self.box = QCheckBox(label)
        super().__init__(label, self.box, hint)
        self.caption.hide()
        self.box.toggled.connect(lambda _on: self.edited())

    def value(self) -> Any:
        return self.box.isChecked()

    def put(self, value: Any) -> None:
        self.box.setChecked(bool(value))


class ChoiceField(Field):
    """One of several; `options` are pairs of value and words. The first stands until another is chosen."""

    def __init__(self, label: str, options: Sequence[tuple[Any, str]], hint: str = "") -> None:
        self.combo = QComboBox()
        self.combo.setMaximumWidth(CHOICE_WIDTH)
        super().__init__(label, self.combo, hint)
        self._chosen = options[0][0] if options else None
        self.offer(options)
        self.combo.activated.connect(self._picked)

    def offer(self, options: Sequence[tuple[Any, str]]) -> None:
        """Other options; what was chosen stays chosen, and is asked for again where it is gone."""
        self.combo.clear()
        for value, words in options:
            self.combo.addItem(words, value)
        self.put(self._chosen)

    def value(self) -> Any:
        if self.combo.currentIndex() < 0:
            raise Wrong(tr("What was chosen here is gone. Choose again."))
        return self._chosen

    def put(self, value: Any) -> None:
        self._chosen = value
        values = [self.combo.itemData(index) for index in range(self.combo.count())]
        self.combo.setCurrentIndex(values.index(value) if value in values else -1)

    def _picked(self, index: int) -> None:
        self._chosen = self.combo.itemData(index)
        self.edited()


class PicksField(Field):
    """Any of several, each with a box; Space ticks."""

    def __init__(self, label: str, options: Sequence[tuple[str, str]], hint: str = "") -> None:
        self.list = QListWidget()
        self.list.setMaximumWidth(CHOICE_WIDTH)
        super().__init__(label, self.list, hint)
        self._picked: frozenset[str] = frozenset()
        self.offer(options)
        self.list.itemChanged.connect(self._ticked)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Other options: id and name. Ticks stay with their ids."""
        self.list.blockSignals(True)
        self.list.clear()
        for id_, name in options:
            item = QListWidgetItem(name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, id_)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        self.list.blockSignals(False)
        self.put(self._picked)
        rows = min(max(len(options), 2), 5)
        self.list.setFixedHeight(rows * (self.list.fontMetrics().height() + 12) + 8)

    def value(self) -> Any:
        """The ids of those ticked that are still offered."""
        return self._picked & {item.data(Qt.ItemDataRole.UserRole) for item in self._items()}

    def put(self, value: Any) -> None:
        self._picked = frozenset(value)
        self.list.blockSignals(True)
        for item in self._items():
            on = item.data(Qt.ItemDataRole.UserRole) in self._picked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)

    def _ticked(self) -> None:
        offered = {item.data(Qt.ItemDataRole.UserRole): item.checkState() for item in self._items()}
        gone = self._picked - set(offered)
        self._picked = gone | {id_ for id_, state in offered.items() if state == Qt.CheckState.Checked}
        self.edited()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(index) for index in range(self.list.count())]
