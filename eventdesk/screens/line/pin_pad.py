"""A PIN by finger or by keyboard, or a staff card: a second to log on, and a wait told where one is due."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.upstream.commands import StaffIn
from eventdesk.desk.upstream.values import StaffState
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.line.words import utc_now
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.look import fill, note, say
from eventdesk.screens.widgets.basics import Button
from eventdesk.screens.words import told

LONGEST_PIN = 12
TICK_MS = 1000


class PinPad(QWidget):
    """Posts StaffIn. `entered` when somebody was logged on by this pad."""

    entered = Signal()

    def __init__(self, bridge: Bridge, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._bridge, self._now = bridge, now
        self._asked = ""
        self._until: datetime | None = None
        self._build()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._wait)
        bridge.staff_changed.connect(self._staff_changed)
        bridge.trouble_told.connect(self._troubled)

    def clear(self) -> None:
        """Nothing typed, nothing told."""
        self.line.clear()
        self._asked = ""
        if self._until is None:
            say(self.told, "")

    def submit(self) -> None:
        """Try the PIN."""
        self._try(self.line.text())

    def take_card(self, code: str) -> None:
        """A staff card was scanned: it is as good as its owner's PIN."""
        self._try(code)

    def _try(self, secret: str) -> None:
        if secret and not self.line.isReadOnly() and not self._asked:
            command = self._command(secret)
            self._asked = command.request
            say(self.told, tr("Looking ..."))
            self.line.clear()
            self._bridge.post(command)

    def _command(self, pin: str) -> Command:
        """What is asked with the PIN."""
        return StaffIn(pin)

    def _is_answer(self, staff: StaffState) -> bool:
        """Whether this says that the PIN was taken: who was logged on before is told with a wrong one too."""
        return bool(staff.id) and staff.request == self._asked

    def _build(self) -> None:
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST_PIN)
        self.line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))
        self.line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.line.setPlaceholderText(tr("PIN"))
        name_control(self.line, tr("PIN"))
        self.line.returnPressed.connect(self.submit)
        self.told = note()
        keys = QWidget()
        keys.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as on every telephone
        grid = QGridLayout(keys)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(5)
        self.keys = {str(digit): self._key(str(digit)) for digit in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)}
        for place, key in enumerate(self.keys.values()):
            grid.addWidget(key, place // 3, 1 if place == 9 else place % 3)
        self.back = Button("", "backspace", "", self.line.backspace)
        self.back.setAccessibleName(tr("Take the last digit back"))
        self.enter = Button("", "check", "primary", self.submit)
        self.enter.setAccessibleName(tr("Log on"))
        grid.addWidget(self.back, 3, 0)
        grid.addWidget(self.enter, 3, 2)
        fill(self, self.line, self.told, keys, spacing=8)
        self.told.hide()
        self.setFocusProxy(self.line)

    def _key(self, digit: str) -> Button:
        made = Button(digit)
        made.setProperty("pad", "true")
        made.clicked.connect(partial(self._press, digit))
        return made

    def _press(self, digit: str, _checked: bool = False) -> None:
        self.line.insert(digit)

    def _staff_changed(self, staff: StaffState) -> None:
        self._until = staff.wait_until
        if self._asked and self._is_answer(staff):
            self.clear()
            self.entered.emit()
        self._wait()

    def _wait(self) -> None:
        """How long no PIN is tried; then the field is free again."""
        seconds = int((self._until - self._now()).total_seconds()) + 1 if self._until else 0
        waiting = seconds > 0
        # Not disabled: the focus would go to the next button, and the keys that follow with it.
        self.line.setReadOnly(waiting)
        for control in (self.enter, self.back, *self.keys.values()):
            control.setEnabled(not waiting)
        if waiting:
            self._asked = ""
            words = tr("Too many wrong PINs. Wait for {seconds} seconds.", seconds=seconds)
            say(self.told, words, "warn")
            self._clock.start()
        elif self._until:
            self._until = None
            self._clock.stop()
            say(self.told, "")

    def _troubled(self, trouble: Trouble) -> None:
        if self._asked and trouble.request == self._asked:
            self._asked = ""
            if self._until is None:
                say(self.told, told(trouble), "bad")
            self.line.setFocus()
