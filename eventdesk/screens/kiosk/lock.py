"""What a guest's keys and fingers may do: type, walk and press, and nothing else.

The filter sits on the kiosk's window, as that of hand scanners does: each key is seen there once, before any
widget gets it.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow

TAPS, TAPS_S = 5, 4.0
# Of the corner where the gesture is made, in pixels.
CORNER_PX = 90

_KEYS = frozenset(
    {
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Space,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Shift,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_AltGr,
    }
)
# Hand scanners end a code by these, some as Ctrl+J or Ctrl+M.
_ENDS = frozenset({"\r", "\n", "\t"})
_DROPS = frozenset(
    {
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
        QEvent.Type.WhatsThis,
        QEvent.Type.ToolTip,
    }
)
_TOUCHES = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.KeyPress,
        QEvent.Type.Wheel,
    }
)
_PRESSES = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick}
)


class Lock(QObject):
    """`touched` at each sign of a person; `staff_wanted` by the hidden gesture: five taps into the corner
    where the screen begins, or Ctrl+Shift+E; `finger`: whether it was a touch (True) or a mouse."""

    touched = Signal()
    staff_wanted = Signal()
    finger = Signal(bool)

    def __init__(self, window: QWindow, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window, self._clock = window, clock
        self._taps: list[float] = []
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _DROPS:
            return True
        if kind in _TOUCHES and not _is_held_down(event):
            self.touched.emit()
        if kind is QEvent.Type.TouchBegin:
            self.finger.emit(True)
        if isinstance(event, QKeyEvent) and kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return self._key(event)
        if isinstance(event, QMouseEvent) and kind in _PRESSES:
            return self._press(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if opens(event):
            if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
                self.staff_wanted.emit()
            return True
        return not passes(event)

    def _press(self, event: QMouseEvent) -> bool:
        """The left button alone: the middle one would paste what a guest before has marked."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return True
        if event.type() is not QEvent.Type.MouseButtonRelease:
            self._tap(event)
        return False

    def _tap(self, event: QMouseEvent) -> None:
        now, at = self._clock(), event.position()
        if at.x() > CORNER_PX or at.y() > CORNER_PX:
            self._taps.clear()
            return
        self._taps = [one for one in self._taps if now - one < TAPS_S] + [now]
        if len(self._taps) >= TAPS:
            self._taps.clear()
            self.staff_wanted.emit()


def _is_held_down(event: QEvent) -> bool:
    """A thing that lies on the keyboard is no guest: what it shows would stay for ever."""
    return isinstance(event, QKeyEvent) and event.isAutoRepeat()


def opens(event: QKeyEvent) -> bool:
    """Ctrl+Shift+E."""
    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_E and event.modifiers() == wanted


def passes(event: QKeyEvent) -> bool:
    """Whether a key is one of typing, walking or pressing. Commands (Ctrl, Alt, Super, F1 ...) are not; nor
    is the clipboard, in which a guest before may have left something."""
    text, modifiers = event.text(), event.modifiers()
    if text in _ENDS and text:
        return not modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    if modifiers & Qt.KeyboardModifier.MetaModifier or control is not alt:
        return False
    if control:  # AltGr of some systems: it types, or it is a command
        return len(text) == 1 and text.isprintable()
    return event.key() in _KEYS or (len(text) >= 1 and text.isprintable())
