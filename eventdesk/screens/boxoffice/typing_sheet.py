"""One thing to type: a price, a percentage, a number of pieces, a reference, a code."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit

from eventdesk.domain.till.refused import Refused
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.keypad import Keypad
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.manage.look import note, say
from eventdesk.screens.widgets.basics import Button, label
from eventdesk.screens.words import joined, says


class TypingSheet(Sheet):
    """Enter hands over what was typed once it can be read; what is wrong stands below the field."""

    def __init__(self) -> None:
        super().__init__()
        self._read: Callable[[str], Any] = str
        self._done: Callable[[Any], object] = lambda _value: None
        self.takes_scans = False
        self.line = QLineEdit()
        self.line.setProperty("pad", "true")
        self.line.returnPressed.connect(self.submit)
        self._told = note()
        self.problem = label(tone="bad", wrap=True)
        self.line.textEdited.connect(lambda _text: say(self.problem, ""))
        self.keypad = Keypad(self.line, self.submit)
        for part in (self._told, self.line, self.problem, self.keypad):
            self.body.addWidget(part)
        self.body.addStretch()
        self._take = Button(tr("Take it (Enter)"), "check", "primary", self.submit)
        self.buttons.addWidget(self._take, 1)
        self.add_close()

    def ask(
        self,
        title: str,
        read: Callable[[str], Any],
        done: Callable[[Any], object],
        text: str = "",
        told: str = "",
        *,
        digits: bool = True,
        scans: bool = False,
    ) -> None:
        """`read` makes the value of what was typed; it raises Refused. `digits`: a keypad stands below.
        `scans`: what is scanned meanwhile is meant for the field."""
        self.takes_scans = scans
        self._read, self._done = read, done
        self.set_title(title)
        self.line.setText(text)
        self.line.selectAll()
        self.line.setAccessibleName(title)
        self.keypad.setVisible(digits)
        say(self._told, told)
        say(self.problem, "")
        self.line.setFocus()

    def fill(self, text: str) -> None:
        """What was scanned takes the place of what was typed."""
        self.line.setText(text)
        self.submit()

    def submit(self) -> None:
        try:
            value = self._read(self.line.text())
        except Refused as error:
            say(self.problem, joined(says(error.words), says(error.remedy), by=" "), "bad")
            self.line.setFocus()
            return
        self._done(value)
