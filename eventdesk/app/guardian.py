"""The kiosk's parent process: starts it, restarts it when it dies or hangs, and hides the desktop meanwhile.

The kiosk says by lines on its standard output: `beat` (its screen works), `shown`, `left` (staff has left it
by PIN) and `fault ...`. On its standard input it gets the database's key, and `end`.
"""

import logging
import signal
import subprocess
import time
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication

from eventdesk.desk.upstream.hub_process import program
from eventdesk.screens.kiosk.hold import Hold
from eventdesk.screens.kiosk.moment import MomentScreen

log = logging.getLogger(__name__)

LEFT = 10
TICK_MS = 500
# Without a heartbeat for so long the screen is frozen. A start may take longer: a large database is checked.
SILENT_S = 15.0
START_S = 120.0
# One that lives no longer has crashed at once; so long until the next try, at most.
LIVED_S = 20.0
LONGEST_WAIT_S = 30.0
END_MS = 20_000


class Guardian(QObject):
    """`watch` returns what the program ends with: LEFT where staff has opened the kiosk."""

    def __init__(self, app: QApplication, folder: Path, key: bytes) -> None:
        super().__init__()
        self._app, self._folder, self._key = app, folder, key
        self._screen = MomentScreen()
        self._hold = Hold(app, self._screen)
        self._child: QProcess | None = None
        self._started = self._beat = 0.0
        self._beats = False
        self._crashes = 0
        self._left = self._ending = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._look)

    def watch(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_end)
        self._hold.begin()
        self._timer.start()
        self._start()
        try:
            return self._app.exec()
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            self._timer.stop()
            self._hold.end()
            self._screen.close_for_good()

    def _start(self) -> None:
        child = QProcess(self)
        child.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        child.readyReadStandardOutput.connect(self._read)
        child.finished.connect(self._finished)
        child.errorOccurred.connect(self._failed)
        self._child = child
        self._started = self._beat = time.monotonic()
        self._beats = False
        command = [*program(), "kiosk", "--inside", "--data", str(self._folder)]
        child.start(command[0], command[1:])
        child.write(self._key.hex().encode() + b"\n")

    def _read(self) -> None:
        child = self._child
        while child is not None and child.canReadLine():
            line = bytes(child.readLine().data()).decode(errors="replace").strip()
            if line == "beat":
                self._beat, self._beats = time.monotonic(), True
            elif line == "shown":
                self._hold.end()
            elif line == "left":
                self._left = True
            elif line.startswith("fault "):
                self._screen.show_fault(line.removeprefix("fault "))

    def _look(self) -> None:
        if self._child is None:
            return
        if self._ending:
            self._end()
            return
        silent = time.monotonic() - self._beat
        if silent > (SILENT_S if self._beats else START_S):
            log.error("The kiosk's screen is frozen for %.0f s: it is started anew.", silent)
            self._beat = time.monotonic()
            self._child.kill()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._finished(-1)

    def _finished(self, code: int) -> None:
        """However it came: the welcome page again, unless staff has left the kiosk."""
        child, self._child = self._child, None
        if child is not None:
            child.deleteLater()
        if self._left or self._ending:
            self._app.exit(LEFT if self._left else 0)
            return
        self._hold.begin()
        lived = time.monotonic() - self._started
        self._crashes = self._crashes + 1 if lived < LIVED_S else 0
        wait = min(2.0 ** (self._crashes - 1), LONGEST_WAIT_S) if self._crashes else 0.0
        log.error("The kiosk has ended (%s) after %.0f s: again in %.0f s.", code, lived, wait)
        QTimer.singleShot(round(wait * 1000), self, self._start_again)

    def _start_again(self) -> None:
        if self._ending:
            self._app.exit(0)
        else:
            self._start()

    # Told to end

    def _told_to_end(self, _number: int, _frame: FrameType | None) -> None:
        """Within a signal: the next tick does it."""
        if self._child is None:
            self._app.exit(0)
        self._ending = True

    def _end(self) -> None:
        """The kiosk ends its work; one that does not is ended."""
        self._timer.stop()
        child = self._child
        if child is not None:
            child.write(b"end\n")
            QTimer.singleShot(END_MS, child, child.kill)


def guard(app: QApplication, folder: Path, key: bytes) -> int:
    """Run the kiosk of `folder` until staff leaves it (LEFT), or this process is told to end (0)."""
    app.setQuitOnLastWindowClosed(False)
    try:
        return Guardian(app, folder, key).watch()
    finally:
        app.setQuitOnLastWindowClosed(True)


def guardian_again(folder: Path, key: bytes) -> None:
    """By a kiosk whose guardian is gone: a new one, which will start a new kiosk. It is given the key,
    as nobody is there to be asked."""
    process = subprocess.Popen(
        [*program(), "kiosk", "--data", str(folder), "--key-on-input"],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin is not None
    with process.stdin:
        process.stdin.write(key.hex().encode() + b"\n")
