"""How a visit ends: the badge comes, the way is told; or staff goes on."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from eventdesk.desk.kiosk.values import KioskState
from eventdesk.i18n import tr
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.page import KioskPage
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.kiosk.working import Working
from eventdesk.screens.widgets.basics import label
from eventdesk.screens.words import isolate, says

SHOWN_MS = 6000


class PrintingPage(KioskPage):
    idles = False

    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.whole.addStretch(1)
        self.whole.addWidget(Working())
        self.whole.addWidget(_centred(tr("Please take it from the printer below the screen."), "title"))
        self.whole.addWidget(_centred(tr("You are checked in as soon as your badge is out."), "heading"))
        self.whole.addStretch(1)

    def title(self) -> str:
        name = self.name()
        return (
            tr("Your badge is being printed, {name}", name=name)
            if name
            else tr("Your badge is being printed")
        )


class DonePage(KioskPage):
    """Goes by itself."""

    idles = False

    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.next = _centred(isolate(state.next), "next")
        self.close_button = BigButton(tr("Done"), icon="check", kind="primary", pressed=self._end)
        self.whole.addStretch(1)
        self.whole.addWidget(_centred("✓", "sign"))
        self.whole.addWidget(self.next)
        self.whole.addStretch(1)
        self.whole.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._end)
        self._timer.start()

    def title(self) -> str:
        name = self.name()
        return tr("Welcome, {name}!", name=name) if name else tr("Welcome!")

    def _end(self) -> None:
        self._timer.stop()
        self.visit.end()


class SorryPage(KioskPage):
    """Nobody is sent away: staff knows, and the guest knows where to go."""

    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.close_button = BigButton(tr("Understood"), icon="check", kind="primary", pressed=visit.end)
        self.whole.addStretch(1)
        if state.next:
            self.whole.addWidget(_centred(isolate(state.next), "huge"))
        self.way = _centred("", "huge")
        self.whole.addWidget(self.way)
        self.whole.addStretch(1)
        self.whole.addWidget(self.close_button)
        self.show_state(state)

    def show_state(self, state: KioskState) -> None:
        """Where to go now stands in the middle, to be read from a step away."""
        super().show_state(state)
        self.way.setText(says(state.remedy) or tr("Please go to the staff: they know already."))

    def title(self) -> str:
        return tr("Our staff will help you")


class ClosedPage(KioskPage):
    idles = False

    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.whole.addStretch(1)
        self.whole.addWidget(_centred(tr("Please go to another one, or to the staff."), "title"))
        self.whole.addStretch(2)

    def title(self) -> str:
        return tr("This kiosk is closed just now")


def _centred(text: str, tone: str) -> QLabel:
    made = label(text, tone, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
