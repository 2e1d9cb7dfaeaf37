"""One key of the keyboard on the screen."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from eventdesk.i18n import tr
from eventdesk.screens.widgets.basics import Button

HOLD_MS = 450


class Key(QPushButton):
    """`typed` when it was pressed; `held` when it was held, where the letter has other forms."""

    typed = Signal(str)
    held = Signal(str)

    def __init__(self, text: str, has_forms: bool) -> None:
        super().__init__(text.replace("&", "&&"))
        self.letter = text
        self.setProperty("key", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(text)
        if has_forms:
            self.setAccessibleDescription(tr("Hold it for letters with accents."))
        self._was_held = False
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(self._held_long)
        if has_forms:
            self.pressed.connect(self._hold.start)
        self.released.connect(self._hold.stop)
        self.clicked.connect(self._clicked)

    def hideEvent(self, event: QHideEvent) -> None:
        self._hold.stop()
        super().hideEvent(event)

    def _held_long(self) -> None:
        self._was_held = True
        self.held.emit(self.letter)

    def _clicked(self) -> None:
        if not self._was_held:
            self.typed.emit(self.letter)
        self._was_held = False


def control_key(text: str, icon: str, pressed: Callable[[], object], name: str = "") -> Button:
    """A key that types nothing of itself."""
    made = Button(text, icon, pressed=pressed)
    made.setProperty("key", "control")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
    made.setAccessibleName(name or text)
    return made
