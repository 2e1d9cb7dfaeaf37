"""A kiosk that can't go on sends a picture of its screen, once for each trouble."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from eventdesk.desk.kiosk.values import KioskState, Page, Works
from eventdesk.desk.venue.commands import ReportPicture
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.venue.picture import picture_of

# Until the page is drawn.
SETTLE_MS = 500

Trouble = tuple[Page, frozenset[Works], str]


class TroublePictures(QObject):
    """Only of the pages that nobody's data is on: closed, or the welcome with a device that is gone."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._state: KioskState | None = None
        self._sent: Trouble | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self._send)
        bridge.kiosk_changed.connect(self._changed)

    def _changed(self, state: KioskState) -> None:
        self._state = state
        found = trouble_of(state)
        if found is None:
            self._soon.stop()
            if state.page is Page.WELCOME:  # a guest in between does not make the trouble a new one
                self._sent = None
        elif found != self._sent:
            self._soon.start()

    def _send(self) -> None:
        found = trouble_of(self._state) if self._state else None
        if found is not None and self._window.isVisible():
            self._sent = found
            picture = picture_of(self._window)
            if picture:
                self._bridge.post(ReportPicture(picture))


def trouble_of(state: KioskState) -> Trouble | None:
    """What is wrong, where the page shows no guest; None: nothing, or a guest may be on show."""
    if state.guests or state.visit:
        return None
    if state.page is Page.CLOSED or (state.page is Page.WELCOME and state.works != frozenset(Works)):
        return state.page, state.works, state.words.template
    return None
