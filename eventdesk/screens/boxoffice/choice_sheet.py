"""A choice among a few: each under a key 1 to 9, by touch, or by the arrow keys and Enter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from eventdesk.i18n import tr
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.manage.look import note
from eventdesk.screens.widgets.basics import Button, boxed
from eventdesk.screens.words import tip


@dataclass(frozen=True, slots=True)
class Choice:
    """`taken` is called when it is chosen."""

    text: str
    taken: Callable[[], object]
    is_offered: bool = True


class ChoiceSheet(Sheet):
    """Stays open or closes as what was chosen wants it."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: list[Button] = []
        self._done = Button(tr("Done (Enter)"), "check", "primary", self.closed.emit)
        self.buttons.addWidget(self._done, 1)
        self._close = Button(tr("Cancel (Esc)"), "close", pressed=self.closed.emit)
        self.buttons.addWidget(self._close)

    def ask(
        self,
        title: str,
        choices: Sequence[Choice],
        told: str = "",
        *,
        may_be_done: bool = False,
        columns: int = 2,
    ) -> None:
        """`may_be_done`: nothing need be chosen, Enter goes on."""
        self.set_title(title)
        self.empty()
        if told:
            self.body.addWidget(note(told))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        self._choices = []
        for place, choice in enumerate(choices):
            button = self._button(place, choice)
            grid.addWidget(button, place // columns, place % columns)
            self._choices.append(button)
        holder = boxed(grid)
        self.body.addWidget(holder)
        self.body.addStretch()
        holder.show()
        self._done.setVisible(may_be_done)
        self._close.setVisible(not may_be_done)
        first = self._done if may_be_done else next((one for one in self._choices if one.isEnabled()), self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        first.setFocus()

    def _button(self, place: int, choice: Choice) -> Button:
        key = f"{place + 1}   " if place < 9 else ""
        made = Button(f"{key}{choice.text}".replace("&", "&&"), pressed=partial(_take, choice))
        made.setProperty("start", "true")
        made.setAccessibleName(choice.text)
        made.setToolTip(tip(choice.text))
        made.setMinimumHeight(round(self.fontMetrics().height() * 2.6))
        made.setEnabled(choice.is_offered)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return made

    def choices(self) -> list[Button]:
        return self._choices

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text()
        if key.isdecimal() and 1 <= int(key) <= len(self._choices):
            self._choices[int(key) - 1].click()
        else:
            super().keyPressEvent(event)


def _take(choice: Choice) -> None:
    choice.taken()
