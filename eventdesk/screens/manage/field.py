"""A labelled entry that tells its own mistake: label above, control, and beneath it what is wrong."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.manage.look import note, say
from eventdesk.screens.widgets.basics import Label


class Wrong(Exception):
    """What was entered can't be used; the text says why, to the person who typed it."""


class Field(QWidget):
    """A label and a control. Subclasses read the control in `value` (raising Wrong) and fill it in `put`.

    A wrong entry stays as it was typed: nothing is cleared.
    """

    changed = Signal()

    def __init__(self, label: str, control: QWidget, hint: str = "", required: bool = False) -> None:
        super().__init__()
        self.control = control
        self.label_text = label
        self._mistake = note(tone="bad")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.caption = self._caption(label, required)
        column.addWidget(self.caption)
        column.addWidget(control)
        if hint:
            column.addWidget(note(hint, "small"))
        column.addWidget(self._mistake)
        self._mistake.hide()
        name_control(control, label, hint)
        self.setFocusProxy(control)

    def value(self) -> Any:
        """What is entered. Raises Wrong."""
        raise Wrong(tr("Nothing is entered here."))

    def put(self, value: Any) -> None:
        """Show a value in the control."""

    @property
    def mistake(self) -> str:
        return self._mistake.text()

    def tell(self, mistake: str) -> None:
        """Say at the field what is wrong; empty: nothing is."""
        say(self._mistake, mistake, "bad")
        self.control.setAccessibleDescription(mistake)

    def check(self) -> bool:
        """Whether the entry can be used; says so at the field where it can't."""
        try:
            self.value()
        except Wrong as mistake:
            self.tell(str(mistake))
            return False
        self.tell("")
        return True

    def edited(self) -> None:
        """The person changed something: what was wrong is looked at again."""
        if self.mistake:
            self.check()
        self.changed.emit()

    def _caption(self, text: str, required: bool) -> QLabel:
        label = Label(tr("{label} (required)", label=text) if required else text)
        label.setBuddy(self.control)
        return label


def name_control(control: QWidget, name: str, description: str = "") -> None:
    """What a screen reader says of a control."""
    control.setAccessibleName(name)
    control.setAccessibleDescription(description)
