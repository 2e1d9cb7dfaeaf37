"""A text in each of some languages: one box a language, those without words left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from eventdesk.screens.manage.field import Field, name_control
from eventdesk.screens.widgets.basics import label


class TextsField(Field):
    """`languages` are pairs of code and name."""

    def __init__(
        self, title: str, languages: Sequence[tuple[str, str]], hint: str = "", lines: int = 2
    ) -> None:
        holder = QWidget()
        super().__init__(title, holder, hint)
        self._left: dict[str, str] = {}
        self.boxes: dict[str, QPlainTextEdit] = {}
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for code, name in languages:
            box = QPlainTextEdit()
            box.setTabChangesFocus(True)
            box.setFixedHeight(lines * box.fontMetrics().lineSpacing() + 24)
            name_control(box, f"{title}: {name}")
            box.textChanged.connect(self.edited)
            self.boxes[code] = box
            column.addWidget(label(name, "muted"))
            column.addWidget(box)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> Any:
        """By language. Texts in languages that are not shown here stay as they are."""
        shown = {code: box.toPlainText().strip() for code, box in self.boxes.items()}
        return self._left | {code: text for code, text in shown.items() if text}

    def put(self, value: Mapping[str, str]) -> None:
        self._left = {code: text for code, text in value.items() if code not in self.boxes}
        for code, box in self.boxes.items():
            box.setPlainText(value.get(code, ""))
