"""The window: pages side by side in a stack, one bar to choose, one to speak, one for the devices."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from eventdesk.desk.commands import ScanCode, Source
from eventdesk.desk.hooks import Given
from eventdesk.desk.upstream.values import LineState
from eventdesk.i18n import tr
from eventdesk.screens.alarms import AlarmBar
from eventdesk.screens.boxoffice.training import TrainingFrame
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.shown import Face, of_given
from eventdesk.screens.line.alarm import ConflictAlarm
from eventdesk.screens.line.locked import LockScreen, RevokedScreen
from eventdesk.screens.line.log_on import LogOnCard, StaffButton
from eventdesk.screens.line.pin_pad import PinPad
from eventdesk.screens.line.status import LineStatus
from eventdesk.screens.messages import Messages, Tone
from eventdesk.screens.page_stack import PageStack
from eventdesk.screens.till.approving import ApprovalPad
from eventdesk.screens.venue.call_alarm import CallAlarm
from eventdesk.screens.venue.message_card import MessageCard
from eventdesk.screens.widgets.message_bar import MessageBar
from eventdesk.screens.widgets.status_strip import StatusStrip

SLIM_BELOW = QSize(900, 560)
# The bar of pages may take no more of the window's width.
WIDEST_BAR = 0.12
LARGE = QSize(1280, 800)


# A page that wants scanned codes for itself (a test of the scanner, a field for a code) has a method
# `take_scan(code, seen_at) -> bool`: true where it has used the code; else the code goes to the door.
TakeScan = Callable[[str, float], bool]


class MainWindow(QMainWindow):
    """Pages come by `add_page`; what they hold is theirs.

    While the desk is locked or shut out, another screen stands in the place of everything: hidden
    widgets take no keys, and no guest is on show. `play` plays a sound by name.
    """

    page_shown = Signal(str)
    closed = Signal()

    def __init__(
        self, bridge: Bridge, messages: Messages, play: Callable[[str], object] = lambda _name: None
    ) -> None:
        super().__init__()
        self.setWindowTitle("EventDesk")
        self._bridge = bridge
        self._messages = messages
        self._pages = PageStack()
        self._pages.page_shown.connect(self.page_shown)
        self.navigation, self.more = self._pages.navigation, self._pages.more
        self.devices = StatusStrip()
        self.message_bar = MessageBar(messages)
        self.conflict_alarm, self.call_alarm = ConflictAlarm(bridge), CallAlarm(bridge)
        self.alarm = AlarmBar(self.conflict_alarm, self.call_alarm, play=play)
        self.line_status = LineStatus(bridge)
        self.staff_button = StaffButton(bridge)
        self.lock_screen, self.revoked_screen = LockScreen(bridge), RevokedScreen()
        self._add_devices()
        self._lay_out()
        self.message_card.shown.connect(lambda: play("attention"))
        bridge.verdict_given.connect(self._tell_verdict)
        bridge.line_changed.connect(self._line_changed)
        self.staff_button.clicked.connect(lambda _checked: self.log_on.toggle())
        QShortcut(QKeySequence("F11"), self, self._toggle_full_screen)
        QShortcut(QKeySequence("Ctrl+L"), self._whole, self.log_on.toggle)
        self.resize(LARGE)

    def show_training(self, training: bool) -> None:
        """Frame and name the window, so that nobody takes it for the real desk."""
        self.frame.show_training(training)
        if not training:
            self.frame.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        self.setWindowTitle(tr("TRAINING · EventDesk") if training else "EventDesk")

    def take_card(self, code: str) -> None:
        """A staff card: where somebody is asked for a PIN it answers; else its owner logs on."""
        asking = [pad for pad in self.findChildren(PinPad) if pad.isVisible()]
        # What needs approval lies over everything else.
        asking.sort(key=lambda pad: isinstance(pad, ApprovalPad))
        if not asking and not self.is_locked():
            self.log_on.open_card()
            asking = [self.log_on.pad]
        for pad in asking[-1:]:
            pad.take_card(code)

    def open(self) -> None:
        """Show the window: all of the screen where that is hardly larger, so that nothing is cut off."""
        room = self.screen().availableSize()
        if QGuiApplication.platformName() == "offscreen":
            self.show()  # its screen is a made-up one
        elif room.width() < LARGE.width() * 1.2 or room.height() < LARGE.height() * 1.2:
            self.showMaximized()
        else:
            self.show()

    def _add_devices(self) -> None:
        self.devices.add("camera", tr("Camera"), "camera")
        self.devices.add("scanner", tr("Scanner"), "scanner")
        self.devices.add("printer", tr("Printer"), "printer")
        self.devices.add("database", tr("Database"), "database")
        self.devices.add_leading(self.line_status)
        self.devices.add_trailing(self.staff_button)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.alarm)
        right.addWidget(self._pages, 1)
        right.addWidget(self.message_bar)
        right.addWidget(self.devices)
        self._whole = QWidget()
        across = QHBoxLayout(self._whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.navigation)
        across.addLayout(right, 1)
        self._screens = QStackedWidget()
        for screen in (self._whole, self.lock_screen, self.revoked_screen):
            self._screens.addWidget(screen)
        self.log_on = LogOnCard(self._bridge, self._whole, self.devices)
        self.message_card = MessageCard(self._bridge, self._whole)
        self.frame = TrainingFrame()
        self.frame.inside.addWidget(self._screens)
        self.setCentralWidget(self.frame)
        self.show_training(False)

    def add_page(
        self,
        key: str,
        title: str,
        icon: str,
        page: QWidget,
        arranges_itself: bool = False,
        purpose: str = "",
    ) -> None:
        """Register a page; the first one added is shown. `icon` is a name of `resources/icons`.

        A page scrolls where the window is too small for it, unless it arranges itself. With a `purpose`, a
        sentence, it has no button in the bar: the bar's last button leads to a page of all those.
        """
        self._pages.add(key, title, icon, page, arranges_itself=arranges_itself, purpose=purpose)
        self.navigation.set_slim(self._is_small())

    def show_page(self, key: str) -> None:
        self._pages.show_page(key)

    def set_count(self, key: str, count: int, words: str = "") -> None:
        """What waits on a page, in the bar and where else its button stands: 0 shows nothing; `words` say the
        same to a screen reader."""
        self._pages.set_count(key, count, words)

    def page(self, key: str) -> QWidget:
        return self._pages.page(key)

    def current_page(self) -> str:
        return self._pages.key()

    def scan(self, code: str, seen_at: float) -> None:
        """A hand scanner has read a code: the open page may take it, else it goes to the door."""
        if not self.is_locked() and not self.offer(code, seen_at):
            self._bridge.post(ScanCode(code, Source.SCANNER, seen_at))

    def offer(self, code: str, seen_at: float) -> bool:
        """Whether the open page has taken a code for itself."""
        take: TakeScan | None = getattr(self._pages.on_show(), "take_scan", None)
        return bool(take and take(code, seen_at))

    def is_locked(self) -> bool:
        """No guest may be seen or admitted just now."""
        return self._screens.currentWidget() is not self._whole

    def _line_changed(self, state: LineState) -> None:
        self.lock_screen.show_state(state)
        self.revoked_screen.show_state(state)
        locked = self.lock_screen if state.locked else self._whole
        wanted = self.revoked_screen if state.revoked else locked
        if wanted is self._screens.currentWidget():
            return
        self.log_on.close_card()
        self._screens.setCurrentWidget(wanted)
        focus = self._pages.on_show() if wanted is self._whole else wanted
        if focus is not None:
            focus.setFocus()

    def _tell_verdict(self, given: Given) -> None:
        """On pages that show no verdicts, one line says what a scan has brought."""
        if self.is_locked() or hasattr(self._pages.on_show(), "verdict_painted"):
            return
        shown = of_given(given)
        tone = Tone.BAD if shown.face is Face.REFUSED else Tone.GOOD
        self._messages.tell(shown.sentence(), tone=tone, key="verdict")

    def _is_small(self) -> bool:
        narrow = self.navigation.full_width() > self.width() * WIDEST_BAR
        low = self.navigation.full_height() > self.height()
        return narrow or low or self.width() < SLIM_BELOW.width() or self.height() < SLIM_BELOW.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.set_slim(self._is_small())

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A page with a method `may_close() -> bool` is asked first: it may hold what is not saved."""
        asked = [getattr(page, "may_close", None) for page in self._pages.pages()]
        if not all(may_close() for may_close in asked if may_close is not None):
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()
