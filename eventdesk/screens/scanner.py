"""Hand scanners on every screen: their keys are taken before any field gets them.

The filter sits on the windows, not on the application: there it sees each key once, before the
widget with the focus, and costs nothing for the thousands of other events.
"""

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from eventdesk.desk.scanning import Handling, Key, WedgeDetector

LEAP = 3600.0

_BARE = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_COMMANDS = {
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
}
# By the text and not by the key: some scanners end with a line feed, or with Ctrl+J or Ctrl+M.
_ENDS = frozenset({"\r", "\n", "\t"})


class Scanner(QObject):
    """`scanned(code, seen_at)`: a hand scanner has typed a code; `seen_at` in `time.monotonic()`."""

    scanned = Signal(str, float)

    def __init__(self, app: QGuiApplication, detector: WedgeDetector | None = None) -> None:
        super().__init__(app)
        self._app = app
        self.detector = detector or WedgeDetector()
        self._replaying = False
        self._stopped = False
        self._held: set[int] = set()
        self._window: QWindow | None = None
        self._clock = _EventClock()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._wait_for_queue)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def stop(self) -> None:
        """Leave the keys alone from now on. May be called again."""
        if self._stopped:
            return
        self._stopped = True
        self._timer.stop()
        self._app.focusWindowChanged.disconnect(self._watch)
        for window in self._app.allWindows():
            window.removeEventFilter(self)

    def _watch(self, window: QWindow | None) -> None:
        """Keys go to the window with the focus; a filter installed twice counts once."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._replaying or kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        self._window = watched
        if kind == QEvent.Type.KeyRelease:
            return self._release(event)
        return self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in _BARE:
            return False
        at = self._clock.moment(event)
        char = _char(event)
        if not char or event.isAutoRepeat():
            return self._act(self.detector.other(at))
        return self._act(self.detector.key(char, at, event.clone()), event.key())

    def _release(self, event: QKeyEvent) -> bool:
        """The release of a key that was held back is sent with its press."""
        if event.isAutoRepeat() or event.key() not in self._held:
            return False
        self._held.discard(event.key())
        return True

    def _act(self, handling: Handling, key: int = 0) -> bool:
        """Do as the detector says; returns whether the key just pressed is kept from the widgets."""
        self._timer.stop()
        for one in handling.replay:
            self._replay(one)
        if handling.swallow and key:
            self._held.add(key)
        for _ in range(handling.leaked):
            self._send(_backspace())
        if handling.wait is not None:
            self._timer.start(max(1, round(handling.wait * 1000)))
        if handling.code:
            # After this event is done with, so that no slot runs within a filter.
            code, seen_at = handling.code, time.monotonic()
            QTimer.singleShot(0, self, lambda: self.scanned.emit(code, seen_at))
        return handling.swallow

    def _wait_for_queue(self) -> None:
        """Keys that came while the screen was busy count before the pause does."""
        QTimer.singleShot(0, self, self._tick)

    def _tick(self) -> None:
        if not self._timer.isActive():
            self._act(self.detector.tick(self._clock.now()))

    def _replay(self, key: Key) -> None:
        press = key.token
        if isinstance(press, QKeyEvent):
            self._send(press)
            self._send(_released(press))

    def _send(self, event: QKeyEvent) -> None:
        if self._window is None or not isValid(self._window):
            return
        self._replaying = True
        try:
            QCoreApplication.sendEvent(self._window, event)
        finally:
            self._replaying = False


class _EventClock:
    """Seconds that pass from key to key, by the events' own stamps where they have them.

    Keys that waited while the screen was busy come all at once; by the time of their handling, a
    person's typing would look like a scanner's.
    """

    def __init__(self) -> None:
        self._at = 0.0
        self._stamp = 0.0
        self._handled = time.monotonic()

    def moment(self, event: QKeyEvent) -> float:
        """When the key was pressed; never before the key that came last."""
        now, stamp = time.monotonic(), event.timestamp() / 1000
        step = stamp - self._stamp if stamp and self._stamp else now - self._handled
        # Stamps that run backwards or leap are another source's: then handling is all there is.
        if not 0 <= step < LEAP:
            step = max(0.0, now - self._handled)
        self._at, self._stamp, self._handled = self._at + step, stamp, now
        return self._at

    def now(self) -> float:
        return self._at + time.monotonic() - self._handled


def _char(event: QKeyEvent) -> str:
    """The character that the key types, as the detector wants it; empty for every other key."""
    text = event.text()
    if text in _ENDS:
        return text
    if event.modifiers() in _COMMANDS:
        return ""
    return text if len(text) == 1 and text.isprintable() else ""


def _released(press: QKeyEvent) -> QKeyEvent:
    kind = QEvent.Type.KeyRelease
    return QKeyEvent(kind, press.key(), press.modifiers(), press.text())


def _backspace() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
