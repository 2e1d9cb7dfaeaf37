"""The guests' names, one for each ticket of a line."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFormLayout, QLineEdit

from eventdesk.i18n import tr
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.widgets.basics import Button, boxed


class NamesSheet(Sheet):
    """Enter goes from name to name; after the last one they are handed over. Later is no fault: they are
    asked for again before the money is. `later`, set after `ask`, is called then."""

    def __init__(self) -> None:
        super().__init__()
        self._done: Callable[[tuple[str, ...]], object] = lambda _names: None
        self.fields: list[QLineEdit] = []
        self.buttons.addWidget(Button(tr("Take them (Enter)"), "check", "primary", self.submit), 1)
        self.later: Callable[[], object] | None = None
        self.add_close(tr("Later (Esc)"))
        self.closed.connect(self._given_up)

    def ask(
        self, title: str, number: int, known: Sequence[str], done: Callable[[tuple[str, ...]], object]
    ) -> None:
        """`done` gets as many names as were asked for; those left empty are empty."""
        self._done, self.later = done, None
        self.set_title(title)
        self.empty()
        self.fields = []
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        for place in range(number):
            field = QLineEdit(known[place] if place < len(known) else "")
            name = tr("Name") if number == 1 else tr("Name of guest {number}", number=place + 1)
            field.setAccessibleName(name)
            field.setMaxLength(200)
            field.returnPressed.connect(lambda at=place: self._next(at))
            form.addRow(name, field)
            self.fields.append(field)
        holder = boxed(form)
        self.body.addWidget(holder)
        self.body.addStretch()
        holder.show()
        first = next((one for one in self.fields if not one.text()), self.fields[0])
        first.setFocus()

    def _next(self, place: int) -> None:
        if place + 1 < len(self.fields):
            self.fields[place + 1].setFocus()
        else:
            self.submit()

    def _given_up(self) -> None:
        later, self.later = self.later, None
        if later:
            later()

    def submit(self) -> None:
        self.later = None
        self._done(tuple(one.text().strip() for one in self.fields))
