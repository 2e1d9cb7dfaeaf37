"""Digits for fingers, below a field that is typed into by keyboard as well."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.state import decimal_sign
from eventdesk.screens.widgets.basics import Button

ROWS = ("789", "456", "123")


class Keypad(QWidget):
    def __init__(self, line: QLineEdit, entered: Callable[[], object]) -> None:
        super().__init__()
        self._line = line
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as on every till
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(5)
        for at, digits in enumerate(ROWS):
            for place, digit in enumerate(digits):
                grid.addWidget(self._key(digit), at, place)
        back = self._control(Button("", "backspace"), tr("Take the last digit back"))
        back.clicked.connect(lambda _checked: self._line.backspace())
        grid.addWidget(back, 0, 3)
        clear = self._control(Button("C"), tr("Clear"))
        clear.clicked.connect(lambda _checked: self._line.clear())
        grid.addWidget(clear, 1, 3)
        enter = self._control(Button("", "check", "primary", entered), tr("Enter"))
        grid.addWidget(enter, 2, 3, 2, 1)
        enter.setMaximumHeight(round(self.fontMetrics().height() * 15))
        grid.addWidget(self._key("00"), 3, 0)
        grid.addWidget(self._key("0"), 3, 1)
        grid.addWidget(self._key(decimal_sign()), 3, 2)

    def type_into(self, line: QLineEdit) -> None:
        """Another field from now on."""
        self._line = line

    def _control(self, button: Button, name: str) -> Button:
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps it: fingers and keys may take turns
        button.setAccessibleName(name)
        button.setProperty("pad", "true")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setMaximumHeight(round(self.fontMetrics().height() * 7))
        return button

    def _key(self, text: str) -> Button:
        made = self._control(Button(text), text)
        made.clicked.connect(partial(self._press, text))
        return made

    def _press(self, text: str, _checked: bool = False) -> None:
        self._line.insert(text)
        self._line.textEdited.emit(self._line.text())
