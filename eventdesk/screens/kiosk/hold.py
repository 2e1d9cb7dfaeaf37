"""Keeps the kiosk's window before all others: raised, full, with the keys and the pointer, at all times."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QInputDevice, QScreen
from PySide6.QtWidgets import QApplication, QWidget

AGAIN_MS = 500
SOON_MS = 50
FLAGS = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint


class Hold(QObject):
    """`begin` and `end`. Whatever pops up (a USB stick's window, an update) is covered again within half a
    second, and gets no key and no click meanwhile."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._app, self._window = app, window
        self._covers: list[QWidget] = []
        self._blank = False
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        self._window.setWindowFlags(FLAGS)
        self._window.showFullScreen()
        self._app.applicationStateChanged.connect(self._state_changed)
        self._app.screenAdded.connect(self._screens_changed)
        self._app.screenRemoved.connect(self._screens_changed)
        self._cover()
        touch = QInputDevice.DeviceType.TouchScreen
        self.hide_cursor(any(one.type() is touch for one in QInputDevice.devices()))
        self._timer.start()
        self.look()

    def end(self) -> None:
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._app.applicationStateChanged.disconnect(self._state_changed)
        self._app.screenAdded.disconnect(self._screens_changed)
        self._app.screenRemoved.disconnect(self._screens_changed)
        self._grab(False)
        self.hide_cursor(False)
        for cover in self._covers:
            cover.close()
            cover.deleteLater()
        self._covers = []

    def look(self) -> None:
        window = self._window
        if not window.isVisible() or window.isMinimized() or not window.isFullScreen():
            window.showFullScreen()
        window.raise_()
        if not window.isActiveWindow():
            window.activateWindow()
        held = self._grab(True)
        self._timer.setInterval(AGAIN_MS if held else SOON_MS)

    def hide_cursor(self, hidden: bool) -> None:
        """Where fingers press, a pointer would only lie about."""
        if hidden and not self._blank:
            self._app.setOverrideCursor(QCursor(Qt.CursorShape.BlankCursor))
        elif self._blank and not hidden:
            self._app.restoreOverrideCursor()
        self._blank = hidden

    def _grab(self, on: bool) -> bool:
        """A window manager's own keys (Alt+Tab, Super) stay without effect while the keys are ours. False
        while another window has them: the guardian's, for a moment."""
        handle = self._window.windowHandle()
        if handle is not None and QGuiApplication.platformName() == "xcb":
            keys, pointer = handle.setKeyboardGrabEnabled(on), handle.setMouseGrabEnabled(on)
            return keys and pointer
        return True

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            QTimer.singleShot(0, self, self.look)

    def _screens_changed(self, _screen: QScreen) -> None:
        QTimer.singleShot(0, self, self._cover)

    def _cover(self) -> None:
        """Every other screen is plain black: no desktop beside the kiosk."""
        for cover in self._covers:
            cover.close()
            cover.deleteLater()
        own = self._window.screen()
        self._covers = [_black(one) for one in QGuiApplication.screens() if one is not own]

    def covers(self) -> list[QWidget]:
        return list(self._covers)


class _Black(QWidget):
    def event(self, event: QEvent) -> bool:
        """Not to be closed by a key."""
        if event.type() is QEvent.Type.Close and event.spontaneous():
            event.ignore()
            return True
        return super().event(event)


def _black(screen: QScreen) -> QWidget:
    made = _Black()
    made.setWindowFlags(FLAGS | Qt.WindowType.WindowDoesNotAcceptFocus)
    made.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    made.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    made.setStyleSheet("background: #000000;")
    made.setGeometry(screen.geometry())
    made.showFullScreen()
    return made
