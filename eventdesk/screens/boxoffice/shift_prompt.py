"""No shift is open: say what the drawer holds, and sell."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from eventdesk.desk.till.commands import OpenShift
from eventdesk.domain.till.refused import Refused
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.keypad import Keypad
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.manage.look import note, say
from eventdesk.screens.widgets.basics import Button, boxed, label, row
from eventdesk.screens.words import joined, says


class ShiftPrompt(Sheet):
    """`wanted` gives the command."""

    wanted = Signal(object)

    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self.set_title(tr("No shift is open at this till"))
        self.amount = QLineEdit()
        self.amount.setAccessibleName(tr("Float"))
        self.amount.setProperty("pad", "true")
        self.amount.setPlaceholderText(tr("What the drawer holds now"))
        self.drawer = QLineEdit("1")
        self.drawer.setAccessibleName(tr("Drawer"))
        self.problem = label(tone="bad", wrap=True)
        self.drawer.setMaximumWidth(self.fontMetrics().height() * 8)
        self.body.addWidget(note(tr("Count the drawer, type the sum, and begin to sell.")))
        form = row(label(tr("Float")), self.amount, label(tr("Drawer")), self.drawer)
        form.setStretch(1, 1)
        self.body.addWidget(boxed(form))
        self.body.addWidget(self.problem)
        self.body.addWidget(Keypad(self.amount, self.submit))
        self.body.addStretch()
        for line in (self.amount, self.drawer):
            line.returnPressed.connect(self.submit)
        self.buttons.addWidget(Button(tr("Open the shift (Enter)"), "check", "primary", self.submit), 1)

    def ask(self) -> None:
        say(self.problem, "")
        self.amount.setFocus()

    def submit(self) -> None:
        """An empty float is not taken for nothing: it is typed, be it 0."""
        try:
            amount = self._state.typed(self.amount.text())
        except Refused as error:
            say(self.problem, joined(says(error.words), says(error.remedy), by=" "), "bad")
            self.amount.setFocus()
            return
        self.amount.clear()
        self.wanted.emit(OpenShift(self.drawer.text().strip(), amount))
