"""The set-up: event, guests, camera, printer, door. Every step can be skipped and come back to."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.device_steps import CameraStep, PrinterStep
from eventdesk.screens.manage.door_choice import DoorChoice
from eventdesk.screens.manage.event_step import EventStep
from eventdesk.screens.manage.import_page import ImportPage
from eventdesk.screens.manage.look import PAGE_MARGIN, button, fill, title
from eventdesk.screens.manage.wizard_step import Step
from eventdesk.screens.widgets.basics import label, row, set_tone


class GuestStep(Step):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, tr("Guests"), tr("Bring the list of guests, now or later."))
        self.page = ImportPage(bridge)
        fill(self, self.page)
        self.setFocusProxy(self.page.choose_button)

    def enter(self, log: str) -> None:
        self.page.use_log(log)

    def go_on(self) -> None:
        """Import what was chosen first, and stay to show what became of it."""
        if self.page.import_button.isEnabled():
            self.page.import_now()
        elif self.page.blocked:
            # Going on would look as if the guests were in; who wants to go on without them can skip.
            self.page.good_only.setFocus()
        else:
            self.passed.emit()


class DoorStep(Step):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, tr("Door"), tr("Where does this desk stand?"))
        self.choice = DoorChoice(bridge)
        self.choice.go_button.hide()
        self.choice.chosen.connect(self.passed)
        fill(self, self.choice, 1)
        self.setFocusProxy(self.choice.list.combo)

    def enter(self, log: str) -> None:
        self.choice.use_log(log)

    def go_on(self) -> None:
        self.choice.choose()


class Wizard(QWidget):
    """`finished` tells that the last step was passed: the desk stands at its door. `joining_wanted`: the
    event is with other desks, `pretix_wanted`: it is sold with pretix.

    `camera_view` wants the camera's frames while the wizard is open.
    """

    finished = Signal()
    joining_wanted = Signal()
    pretix_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.event_step = EventStep(bridge)
        self.guest_step = GuestStep(bridge)
        self.camera_step = CameraStep(bridge)
        self.printer_step = PrinterStep(bridge)
        self.door_step = DoorStep(bridge)
        self.steps: list[Step] = [
            self.event_step,
            self.guest_step,
            self.camera_step,
            self.printer_step,
            self.door_step,
        ]
        self.camera_view = self.camera_step.view
        self._entered = self._wants_door = False
        self._build()
        self.event_step.listed.connect(self._listed)
        self.event_step.joining_wanted.connect(self.joining_wanted)
        self.event_step.pretix_wanted.connect(self.pretix_wanted)
        for place, step in enumerate(self.steps):
            step.passed.connect(partial(self._passed, place))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stack.currentIndex() == 0:
            self.event_step.enter("")  # other desks may have brought events meanwhile
        if not self._entered:
            self._entered = True
            self.show_step(0)

    def choose_door(self, log: str = "") -> None:
        """To the last step, where it is plain for which event: `log`, or the one that this desk has."""
        if log:
            self.event_step.log = log
        if self.event_step.log:
            self.show_step(len(self.steps) - 1)
        else:
            self._wants_door = True
            self.event_step.enter("")

    def _listed(self, events: Sequence[str]) -> None:
        wanted, self._wants_door = self._wants_door, False
        if wanted and len(events) == 1:
            self.event_step.log = events[0]
            self.show_step(len(self.steps) - 1)

    def take_scan(self, code: str, _seen_at: float) -> bool:
        """A code that was read is shown at the camera's step; nobody is admitted while a desk is set up."""
        self.camera_step.show_code(code)
        return True

    def show_step(self, index: int) -> None:
        """Go to a step, forward or back; what was entered before stays."""
        step = self.steps[index]
        self.stack.setCurrentIndex(index)
        step.enter(self.event_step.log)
        step.setFocus()
        self.words.setText(step.words)
        for place, mark in enumerate(self.marks):
            mark.setText(f"{'✓' if place < index else place + 1}  {self.steps[place].title}")
            set_tone(mark, "heading" if place == index else "muted")
        last = index == len(self.steps) - 1
        self.back_button.setEnabled(index > 0)
        self.skip_button.setVisible(0 < index < len(self.steps) - 1)
        self.next_button.setText(tr("Open the door") if last else tr("Next"))

    def _build(self) -> None:
        self.words = title("")
        self.words.setWordWrap(True)
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
        self.marks = [label(step.title) for step in self.steps]
        self.back_button = button(tr("Back"), self._back)
        self.skip_button = button(tr("Skip"), self._skip, "quiet")
        self.next_button = button(tr("Next"), self._next, "primary")
        self.next_button.setShortcut("Ctrl+Return")
        self.next_button.setToolTip("Ctrl+Enter")
        whole = fill(self, margin=PAGE_MARGIN, spacing=12)
        whole.addLayout(row(*self.marks, 1, spacing=28))
        whole.addWidget(self.words)
        whole.addWidget(self.stack, 1)
        whole.addLayout(row(self.back_button, 1, self.skip_button, self.next_button))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, where no field wants it for itself."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        self.steps[self.stack.currentIndex()].go_on()

    def _back(self) -> None:
        self.show_step(self.stack.currentIndex() - 1)

    def _skip(self) -> None:
        self.show_step(self.stack.currentIndex() + 1)

    def _passed(self, place: int) -> None:
        if place != self.stack.currentIndex():
            return
        if place == len(self.steps) - 1:
            self.finished.emit()
        else:
            self.show_step(place + 1)
