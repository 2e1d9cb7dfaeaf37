"""What may be sold with a product: which, how many of it at most, and how many of those cost nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from eventdesk.domain.catalogue import Addon
from eventdesk.i18n import tr
from eventdesk.screens.manage.field import Field, Wrong, name_control
from eventdesk.screens.manage.look import button
from eventdesk.screens.widgets.basics import row

NUMBER_WIDTH = 70
MOST = 1000


class AddonsField(Field):
    def __init__(self, label: str) -> None:
        self._lines: list[_Line] = []
        self._products: Sequence[tuple[str, str]] = ()
        holder = QWidget()
        super().__init__(label, holder, tr("Most: empty for any number. Included: so many cost nothing."))
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add_button = button(tr("Add an add-on"), self.add)
        self._column.addLayout(row(self.add_button, 1))
        self.setFocusProxy(self.add_button)

    def offer(self, products: Sequence[tuple[str, str]]) -> None:
        """Other products to choose from; what was chosen stays, and is asked for again where it is gone."""
        self._products = products
        for line in self._lines:
            line.offer(products)

    def value(self) -> Any:
        """Raises Wrong for a number that can't be, a product that is gone or stands twice."""
        addons = tuple(line.read() for line in self._lines)
        ids = [one.product for one in addons]
        if any(not one for one in ids):
            raise Wrong(tr("What was chosen here is gone. Choose again."))
        if len(set(ids)) < len(ids):
            raise Wrong(tr("A product stands here twice."))
        return addons

    def put(self, value: Iterable[Addon]) -> None:
        for line in list(self._lines):
            self._take_away(line)
        for one in value:
            self._add(one)

    def add(self) -> None:
        """One more; the first product that does not stand there yet."""
        used = {line.product() for line in self._lines}
        free = next((id_ for id_, _name in self._products if id_ not in used), "")
        self._add(Addon(free)).combo.setFocus()
        self.edited()

    def remove(self, line: "_Line") -> None:
        self._take_away(line)
        self.add_button.setFocus()
        self.edited()

    def _add(self, one: Addon) -> "_Line":
        line = _Line(self, one)
        line.offer(self._products)
        self._lines.append(line)
        self._column.insertWidget(len(self._lines) - 1, line)
        return line

    def _take_away(self, line: "_Line") -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


class _Line(QWidget):
    def __init__(self, field: AddonsField, one: Addon) -> None:
        super().__init__()
        self._chosen = one.product
        self.combo = QComboBox()
        name_control(self.combo, field.label_text)
        self.most = _number(field, tr("Most"), "" if one.most is None else str(one.most))
        self.included = _number(field, tr("Included"), str(one.included) if one.included else "")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.combo, 1)
        for words, number in ((tr("Most"), self.most), (tr("Included"), self.included)):
            line.addWidget(QLabel(words))
            line.addWidget(number)
        line.addWidget(button(tr("Remove"), lambda: field.remove(self), "quiet"))
        self.combo.activated.connect(lambda index: self._picked(field, index))

    def product(self) -> str:
        """Its id; empty where it is gone."""
        return self._chosen if self.combo.findData(self._chosen) >= 0 else ""

    def offer(self, products: Sequence[tuple[str, str]]) -> None:
        self.combo.clear()
        for id_, name in products:
            self.combo.addItem(name, id_)
        self.combo.setCurrentIndex(self.combo.findData(self._chosen))

    def read(self) -> Addon:
        """Raises Wrong."""
        most, included = _read(self.most), _read(self.included) or 0
        if most is not None and included > most:
            raise Wrong(tr("No more can be included than may be sold."))
        return Addon(self.product(), most, included)

    def _picked(self, field: AddonsField, index: int) -> None:
        self._chosen = str(self.combo.itemData(index))
        field.edited()


def _number(field: AddonsField, name: str, text: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setFixedWidth(NUMBER_WIDTH)
    name_control(line, name)
    line.textEdited.connect(field.edited)
    return line


def _read(line: QLineEdit) -> int | None:
    text = line.text().strip()
    if not text:
        return None
    if not text.isdecimal() or int(text) > MOST:
        raise Wrong(tr("Write a whole number from {least} on.", least=0))
    return int(text)
