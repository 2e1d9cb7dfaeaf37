"""The strip of devices: what is ready, what limps, what is gone; each by colour, shape and words."""

from enum import StrEnum

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.widgets.basics import Elided, set_tone


class State(StrEnum):
    """As `devices` says it: `ready`, `degraded`, `gone`."""

    READY = "ready"
    DEGRADED = "degraded"
    GONE = "gone"


_TONES = {State.READY: "muted", State.DEGRADED: "warn", State.GONE: "bad"}
_SIGNS = {State.READY: "✓", State.DEGRADED: "!", State.GONE: "✕"}


class Device(QWidget):
    """One device: icon, sign, name, and words where something is wrong."""

    def __init__(self, name: str, icon: str) -> None:
        super().__init__()
        self._name, self._icon = name, icon
        self._state, self._words = State.GONE, ""
        self._picture = QLabel()
        self._text = Elided()
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self._picture)
        inside.addWidget(self._text)

    def show_state(self, state: State, words: str) -> None:
        self._state, self._words = state, words
        calm = state is State.READY
        text = self._name if calm or not words else f"{self._name}: {words}"
        # Long words give way, the short names of what is ready do not.
        self._text.gives_way = text != self._name
        self._text.setText(f"{_SIGNS[state]} {text}")
        set_tone(self._text, _TONES[state])
        self.setToolTip(words or self._name)
        self._paint_icon()

    def text(self) -> str:
        return self._text.text()

    def _paint_icon(self) -> None:
        size = self.fontMetrics().height()
        colour: QColor = self._text.palette().color(QPalette.ColorRole.WindowText)
        self._picture.setPixmap(icons.pixmap(self._icon, size, colour))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._paint_icon()


class StatusStrip(QFrame):
    """Devices are added by key; `show_state` speaks of one that was added."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "status")
        self._devices: dict[str, Device] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.setSpacing(22)
        self._row.addStretch()

    def add(self, key: str, name: str, icon: str) -> None:
        device = Device(name, icon)
        device.show_state(State.GONE, tr("not set up"))
        self._devices[key] = device
        self._row.insertWidget(len(self._devices) - 1, device)

    def show_state(self, key: str, state: str, words: str = "") -> None:
        """`state` is "ready", "degraded" or "gone"; `words` say why and what to do."""
        self._devices[key].show_state(State(state), words)

    def text(self, key: str) -> str:
        return self._devices[key].text()
