"""The strip of devices: what is ready, what limps, what is gone; each by colour, shape and words."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.widgets.basics import Elided, set_tone


class State(StrEnum):
    """As `devices` says it: `ready`, `degraded`, `gone`."""

    READY = "ready"
    DEGRADED = "degraded"
    GONE = "gone"


SPACING, SPACING_SLIM = 22, 10
LETTERS, LETTERS_SLIM = 11, 3
_TONES = {State.READY: "muted", State.DEGRADED: "warn", State.GONE: "bad"}
_SIGNS = {State.READY: "✓", State.DEGRADED: "!", State.GONE: "✕"}


class Device(QWidget):
    """One device: icon, sign, name, and words where something is wrong."""

    def __init__(self, name: str, icon: str) -> None:
        super().__init__()
        self._name, self._icon = name, icon
        self._state, self._words, self._said = State.GONE, "", ""
        self._slim = False
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
        self._said = f"{_SIGNS[state]} {text}"
        # Long words give way, the short names of what is ready do not.
        self._text.gives_way = text != self._name
        self._show_text()
        set_tone(self._text, _TONES[state])
        self.setToolTip(f"{self._name}: {words}" if words else self._name)
        self._paint_icon()

    def has_words(self) -> bool:
        """Whether it says more than its name."""
        return self._text.gives_way

    def limit(self, px: int) -> None:
        """How wide it asks to be at most, with its icon."""
        self._text.limit(max(1, px - self._picture.sizeHint().width() - 6) if self.has_words() else 0)

    def set_slim(self, slim: bool) -> None:
        """Of what is ready, the icon and the sign alone."""
        self._slim = slim
        self._text.least_letters = LETTERS_SLIM if slim else LETTERS
        self._text.updateGeometry()
        self._show_text()

    def _show_text(self) -> None:
        short = self._slim and self._state is State.READY
        self._text.setText(_SIGNS[self._state] if short else self._said)

    def least_width(self) -> int:
        """Pixels of what is left when names go, or of the first letters of words that must stay."""
        metrics = self.fontMetrics()
        calm = self._state is State.READY
        words = metrics.horizontalAdvance("✓") if calm else metrics.averageCharWidth() * LETTERS_SLIM
        return words + metrics.height() + 6

    def full_width(self) -> int:
        """Pixels that it needs with its name; long words are not counted, since they give way."""
        words = self._name if self._state is State.READY else self._name + " …" * 4
        metrics = self.fontMetrics()
        return metrics.horizontalAdvance(f"✓ {words}") + metrics.height() + 6

    def text(self) -> str:
        return self._said

    def _paint_icon(self) -> None:
        size = self.fontMetrics().height()
        colour: QColor = self._text.palette().color(QPalette.ColorRole.WindowText)
        self._picture.setPixmap(icons.pixmap(self._icon, size, colour))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            # Once its text has the colour: a parent hears of the new look before its children.
            QTimer.singleShot(0, self, self._paint_icon)


class StatusStrip(QFrame):
    """Devices are added by key; `show_state` speaks of one that was added."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "status")
        self._devices: dict[str, Device] = {}
        self._others: list[QWidget] = []
        self._trailing = 0  # widgets after the stretch
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.setSpacing(SPACING)
        self._row.addStretch()

    def add(self, key: str, name: str, icon: str) -> None:
        device = Device(name, icon)
        device.show_state(State.GONE, tr("not set up"))
        self._devices[key] = device
        self._row.insertWidget(self._row.count() - 1 - self._trailing, device)

    def has(self, key: str) -> bool:
        return key in self._devices

    def add_leading(self, widget: QWidget) -> None:
        """Before the devices."""
        self._others.append(widget)
        self._row.insertWidget(0, widget)

    def add_trailing(self, widget: QWidget) -> None:
        """At the strip's end."""
        self._others.append(widget)
        self._trailing += 1
        self._row.addWidget(widget)

    def show_state(self, key: str, state: str, words: str = "") -> None:
        """`state` is "ready", "degraded" or "gone"; `words` say why and what to do."""
        self._devices[key].show_state(State(state), words)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        """Of signs alone, whatever is shown now: or no window could be made narrow enough for them."""
        least = [one.least_width() for one in self._devices.values()]
        least += [one.minimumSizeHint().width() for one in self._others]
        return QSize(sum(least) + SPACING_SLIM * len(least) + 24, super().minimumSizeHint().height())

    def fit(self) -> None:
        """Names of what is ready go where there is no room for all words."""
        wanted = [one.full_width() for one in self._devices.values()]
        wanted += [one.sizeHint().width() for one in self._others]
        needed = sum(wanted) + SPACING * len(wanted) + 24
        slim = needed > self.width()
        self._row.setSpacing(SPACING_SLIM if slim else SPACING)
        for device in self._devices.values():
            device.set_slim(slim)
        self._share(SPACING_SLIM if slim else SPACING)

    def _share(self, spacing: int) -> None:
        """Long words of devices get what the others leave: the line's own come first, up to half of it."""
        devices = self._devices.values()
        wordy = [one for one in devices if one.has_words()]
        others = [one.sizeHint().width() for one in self._others]
        others[:1] = [min(*others[:1], self.width() // 2)] if others else []
        calm = [one.sizeHint().width() for one in devices if not one.has_words()]
        taken = sum(others) + sum(calm) + spacing * (len(others) + len(devices)) + 24
        each = (self.width() - taken) // max(1, len(wordy))
        for device in devices:
            device.limit(each)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """The line's words have another length."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._share(self._row.spacing())
        return done

    def text(self, key: str) -> str:
        return self._devices[key].text()
