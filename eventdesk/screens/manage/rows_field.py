"""A field of several short rows (variations of a product, options of a question)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.manage.entries import LONGEST_LINE
from eventdesk.screens.manage.field import Field, Wrong, name_control
from eventdesk.screens.manage.look import button
from eventdesk.screens.manage.money import decimal_text, minor_units
from eventdesk.screens.widgets.basics import row

PRICE_WIDTH = 110


@dataclass(frozen=True, slots=True)
class Row:
    """`extra` is a second text, `tick` a box, `price` in minor units or None; only fields with them show
    them."""

    id: str
    text: str
    extra: str = ""
    tick: bool = False
    price: int | None = None


class RowsField(Field):
    """Rows that can be added and taken away; empty ones are left out. `currency` is that of the prices."""

    def __init__(
        self, label: str, add: str, extra: str = "", tick: str = "", hint: str = "", price: str = ""
    ) -> None:
        self._extra, self._tick, self._price = extra, tick, price
        self.currency = "EUR"
        self._lines: list[_Line] = []
        holder = QWidget()
        super().__init__(label, holder, hint)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add_button = button(add, self.add_empty)
        self._column.addLayout(row(self.add_button, 1))
        self.setFocusProxy(self.add_button)

    def value(self) -> Any:
        """The rows with a text. Raises Wrong where two say the same, or a price can't be."""
        rows = [line.read(self.currency) for line in self._lines if line.text.text().strip()]
        texts = [one.text.casefold() for one in rows]
        doubled = next((one.text for one in rows if texts.count(one.text.casefold()) > 1), None)
        if doubled is not None:
            raise Wrong(tr("{text} stands here twice.", text=doubled))
        return tuple(rows)

    def put(self, value: Sequence[Row]) -> None:
        for line in list(self._lines):
            self._take_away(line)
        for one in value:
            self._add(one)

    def add_empty(self) -> None:
        """One more row, ready to be typed into."""
        self._add(Row(uuid4().hex, "")).text.setFocus()
        self.edited()

    def _add(self, one: Row) -> "_Line":
        line = _Line(self, one, self._extra, self._tick, self._price)
        self._lines.append(line)
        self._column.insertWidget(len(self._lines) - 1, line)
        QWidget.setTabOrder(line.last, self.add_button)
        return line

    def remove(self, line: "_Line") -> None:
        self._take_away(line)
        self.add_button.setFocus()
        self.edited()

    def _take_away(self, line: "_Line") -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


class _Line(QWidget):
    def __init__(self, field: RowsField, one: Row, extra: str, tick: str, price: str) -> None:
        super().__init__()
        self._id = one.id
        self.text = _entry(one.text, field.label_text, field)
        self.extra = _entry(one.extra, extra, field) if extra else None
        self.price = _price(one.price, price, field) if price else None
        self.tick = _box(tick, one.tick, field) if tick else None
        self.last = button(tr("Remove"), lambda: field.remove(self), "quiet")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.text, 2)
        if self.price is not None:
            line.addWidget(self.price)
        if self.extra is not None:
            line.addWidget(self.extra, 2)
        if self.tick is not None:
            line.addWidget(self.tick)
        line.addWidget(self.last)

    def read(self, currency: str) -> Row:
        """Raises Wrong."""
        extra = self.extra.text().strip() if self.extra else ""
        typed = self.price.text().strip() if self.price else ""
        price = minor_units(typed, currency) if typed else None
        ticked = bool(self.tick and self.tick.isChecked())
        return Row(self._id, self.text.text().strip(), extra, ticked, price)


def _entry(text: str, name: str, field: RowsField) -> QLineEdit:
    line = QLineEdit(text)
    line.setMaxLength(LONGEST_LINE)
    line.setPlaceholderText(name)
    name_control(line, name)
    line.textEdited.connect(field.edited)
    return line


def _price(amount: int | None, name: str, field: RowsField) -> QLineEdit:
    line = _entry("" if amount is None else decimal_text(amount, field.currency), name, field)
    line.setFixedWidth(PRICE_WIDTH)
    return line


def _box(words: str, on: bool, field: RowsField) -> QCheckBox:
    box = QCheckBox(words)
    box.setChecked(on)
    name_control(box, words)
    box.toggled.connect(lambda _on: field.edited())
    return box
