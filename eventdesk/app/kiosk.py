"""The kiosk's own process: a desk, the guests' window, and the pulse by which its guardian knows that it
lives."""

import logging
import os
import threading
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from eventdesk import config
from eventdesk.app.application import application, keep_log
from eventdesk.app.composing import compose
from eventdesk.app.desk import Desk
from eventdesk.app.frames import Frames
from eventdesk.app.guardian import guardian_again
from eventdesk.app.opening import take_desk
from eventdesk.desk import settings as keys
from eventdesk.desk.hooks import CodeRead, Sighted
from eventdesk.desk.kiosk.values import KioskState, Page
from eventdesk.desk.upstream.values import LineState
from eventdesk.desk.venue.commands import NoteScanner
from eventdesk.domain.staff import is_staff_card
from eventdesk.domain.venue import DeskOrder, Order
from eventdesk.errors import EventDeskError
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.kiosk.hold import Hold
from eventdesk.screens.kiosk.lock import Lock
from eventdesk.screens.kiosk.window import KioskWindow
from eventdesk.screens.messages import Messages, catch_everything
from eventdesk.screens.scanner import Scanner
from eventdesk.screens.venue.trouble_pictures import TroublePictures

log = logging.getLogger(__name__)

BEAT_MS = 2000
INPUT, OUTPUT = 0, 1
CLOSED_BY_STAFF, NOT_OPENED, ORDERED = 0, 3, 12
# So long the last command of a kiosk that is left has to reach the disk.
LEAVE_MS = 300


class KioskFront(QObject):
    """Make it on the GUI thread before `desk.start()`. `left` when staff has opened the kiosk."""

    left = Signal()

    def __init__(self, app: QApplication, desk: Desk, frames: Frames) -> None:
        super().__init__()
        self._app, self._desk = app, desk
        get = desk.preferences.get
        language = str(get(keys.LANGUAGE)) or QLocale.system().name().partition("_")[0]
        self.bridge = Bridge(desk.hooks, desk.engine.post)
        self.window = KioskWindow(app, self.bridge, language, is_dark(str(get(keys.THEME))))
        self.pictures = TroublePictures(self.bridge, self.window)
        self.hold = Hold(app, self.window)
        self.lock: Lock | None = None
        frames.views = (self.window.visit.eye,)
        self.scanner = Scanner(app)
        self.scanner.scanned.connect(self._scanned)
        self.bridge.code_read.connect(self._code_read)
        self.bridge.sighted.connect(self._sighted)
        self.bridge.desk_ordered.connect(self._ordered)
        self.bridge.line_changed.connect(self._line_changed)
        self.window.left.connect(self.left)

    def begin(self) -> None:
        self.hold.begin()
        handle = self.window.windowHandle()
        self.lock = lock = Lock(handle)
        lock.touched.connect(self.window.touch)
        lock.staff_wanted.connect(self.window.open_staff)
        lock.finger.connect(self.hold.hide_cursor)

    def end(self) -> None:
        self.scanner.stop()
        self.hold.end()
        self.window.close_for_good()

    def _scanned(self, code: str, _at: float) -> None:
        self.bridge.post(NoteScanner())
        self._code(code, camera=False)

    def _code_read(self, read: CodeRead) -> None:
        self._code(read.text, camera=True)

    def _code(self, code: str, *, camera: bool) -> None:
        if not is_staff_card(code):
            self.window.visit.code(code, camera=camera)
        elif not camera or self.window.visit.is_new(code):
            self.window.take_card(code)

    def _sighted(self, sighted: Sighted) -> None:
        self.window.visit.eye.show_sighted(sighted)

    def _line_changed(self, state: LineState) -> None:
        """A desk that was shut out forgets everything, its engine first: nobody else tells the screen."""
        if state.revoked:
            self.window.show_state(KioskState(Page.CLOSED))

    def _ordered(self, order: DeskOrder) -> None:
        """By a supervisor elsewhere. The guardian starts anew what ends."""
        if order.order is Order.RESTART:
            self._app.exit(ORDERED)


def is_dark(wish: str) -> bool:
    if wish == "system":
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return wish == "dark"


class Pulse(QObject):
    """Beats from the GUI thread, so that a frozen screen is silent. `orphaned` when the guardian is gone,
    `told_to_end` when it says so."""

    orphaned = Signal()
    told_to_end = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)

    def begin(self) -> None:
        """From now on; the input is read on a thread that ends with the process."""
        self._timer.start()
        self.beat()
        threading.Thread(target=self._listen, name="guardian", daemon=True).start()

    def beat(self) -> None:
        self.say("beat")

    def say(self, line: str) -> None:
        try:
            os.write(OUTPUT, line.encode() + b"\n")
        except OSError:
            self._timer.stop()
            self.orphaned.emit()

    def _listen(self) -> None:
        line = read_line()
        if line == "end":
            self.told_to_end.emit()
        elif not line:
            self.orphaned.emit()


def read_line() -> str:
    """From the guardian; empty where it is gone. Unbuffered: a thread that waits here must not hold what the
    interpreter needs at its end."""
    line = b""
    while not line.endswith(b"\n"):
        try:
            part = os.read(INPUT, 1)
        except OSError:
            part = b""
        if not part:
            break
        line += part
    return line.decode(errors="replace").strip()


def run_inside(folder: Path) -> int:
    """The kiosk, for its guardian. What keeps it from opening is told by the guardian's screen."""
    app = application()
    messages = Messages()
    catch_everything(messages)
    pulse = Pulse()
    key = bytes.fromhex(read_line())
    try:
        keep_log("kiosk")
        settings = config.load(folder)
        lock = take_desk(settings.folder)
        frames = Frames()
        desk = compose(settings, key, frames)
    except EventDeskError as error:
        log.error("%s", error)
        pulse.say(f"fault {error}")
        return NOT_OPENED
    code = _run(app, desk, frames, pulse, (folder, key))
    lock.unlock()
    return code


def _run(app: QApplication, desk: Desk, frames: Frames, pulse: Pulse, again: tuple[Path, bytes]) -> int:
    desk.preferences.put(keys.KIOSK, True)
    front = KioskFront(app, desk, frames)
    app.setQuitOnLastWindowClosed(False)
    orphaned: list[bool] = []

    def leave() -> None:
        pulse.say("left")
        QTimer.singleShot(LEAVE_MS, app, lambda: app.exit(CLOSED_BY_STAFF))

    def alone() -> None:
        if not orphaned:
            orphaned.append(True)
            app.exit(ORDERED)

    front.left.connect(leave)
    pulse.told_to_end.connect(lambda: app.exit(0))
    pulse.orphaned.connect(alone)
    desk.start()
    front.begin()
    pulse.begin()
    pulse.say("shown")
    try:
        return app.exec()
    finally:
        desk.stop()
        front.end()
        if orphaned:
            guardian_again(*again)
