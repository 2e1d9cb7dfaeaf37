"""A text with fields in braces: written, or put in from a list."""

from typing import Any

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QPushButton, QSizePolicy, QVBoxLayout

from eventdesk.i18n import tr
from eventdesk.screens.designer.fields.plain import leave_undo
from eventdesk.screens.designer.offers import Offers, fields_of
from eventdesk.screens.manage.field import Field

LINES = 3


class TemplateField(Field):
    def __init__(self, label: str, hint: str = "") -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setUndoRedoEnabled(False)
        leave_undo(self.text)
        super().__init__(label, self.text, hint)
        self.text.setFixedHeight(LINES * self.text.fontMetrics().lineSpacing() + 24)
        self.insert_button = QPushButton(tr("Insert a field"))
        self.insert_button.setProperty("start", "true")
        self.insert_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.menu = QMenu(self.insert_button)
        self.insert_button.setMenu(self.menu)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(2, self.insert_button)
        self.text.textChanged.connect(self.edited)
        self.offer(Offers())

    def offer(self, offers: Offers) -> None:
        """Which fields there are; below them, what can be made of one."""
        self.menu.clear()
        for field, words in fields_of(offers):
            self._add(self.menu, words, field)
        self.menu.addSeparator()
        made = self.menu.addMenu(tr("Made of a field"))
        self._add(made, tr("In capitals"), "{name|upper}")
        self._add(made, tr("In small letters"), "{name|lower}")
        self._add(made, tr("Each Word With A Capital"), "{name|title}")
        self._add(made, tr("The company, else the product"), "{company,product}")

    def insert(self, field: str) -> None:
        """Where the cursor is; it stays there."""
        self.text.insertPlainText(field)
        self.text.setFocus()

    def value(self) -> Any:
        return self.text.toPlainText()

    def put(self, value: Any) -> None:
        if value == self.text.toPlainText():
            return
        at = self.text.textCursor().position()
        self.text.blockSignals(True)
        self.text.setPlainText(str(value))
        cursor = self.text.textCursor()
        cursor.setPosition(min(at, len(self.text.toPlainText())), QTextCursor.MoveMode.MoveAnchor)
        self.text.setTextCursor(cursor)
        self.text.blockSignals(False)

    def _add(self, menu: QMenu, words: str, field: str) -> None:
        menu.addAction(words.replace("&", "&&"), lambda: self.insert(field)).setToolTip(field)
