"""A form: fields one under the other, read as a whole, each mistake told at its field."""

from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.screens.manage.field import Field, Wrong
from eventdesk.screens.manage.look import fill

T = TypeVar("T")


class Form(QWidget, Generic[T]):
    """Fills fields from a value and makes a value of them again.

    Subclasses set up their fields, call `arrange`, and give `build`, which raises Wrong for what
    no single field can know (an end before its begin).
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[Field] = []

    def arrange(self, *fields: Field) -> None:
        """Put the fields one under the other, in tab order."""
        self.fields = list(fields)
        fill(self, *fields, 1, spacing=14)
        for field in fields:
            field.changed.connect(self.changed)

    def build(self) -> T:
        """The value that the fields make together. Raises Wrong."""
        raise Wrong("")

    def read(self) -> T | None:
        """The value, or None after every mistake was told at its field."""
        # Every field is checked, so that all mistakes are told at once.
        checked = [field.check() for field in self.fields if not field.isHidden()]
        if not all(checked):
            return None
        try:
            return self.build()
        except Wrong:
            return None

    def first_mistake(self) -> Field | None:
        return next((field for field in self.fields if field.mistake), None)


def refuse(field: Field, mistake: str) -> None:
    """Tell a mistake at the field and stop building. Raises Wrong."""
    field.tell(mistake)
    raise Wrong(mistake)
