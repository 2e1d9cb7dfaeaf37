"""Watches a whole desk in its window: what it showed, what it told, whether it ever stood still."""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from eventdesk.app.stage import Stage
from eventdesk.desk.commands import Source
from eventdesk.desk.hooks import Given, Trouble
from eventdesk.domain.badges import BadgeJob
from eventdesk.screens.checkin.shown import Face
from eventdesk.screens.messages import Message

# No fault may hold the window up; on an idle machine the gaps stay under 0.1 s.
LONGEST_GAP_S = 2.0


class Pulse:
    """Beats on the GUI thread; `longest` is the longest time between two beats, in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.monotonic()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(10)

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> None:
        self._timer.stop()


class Witness:
    """What the window showed and the engine told."""

    def __init__(self, stage: Stage, qtbot: QtBot) -> None:
        self.stage = stage
        self.qtbot = qtbot
        self.given: list[Given] = []
        self.troubles: list[Trouble] = []
        self.messages: list[Message] = []
        self.jobs: list[BadgeJob] = []
        bridge = stage.front.bridge
        bridge.verdict_given.connect(self.given.append)
        bridge.trouble_told.connect(self.troubles.append)
        bridge.job_changed.connect(self.jobs.append)
        stage.front._messages.told.connect(self.messages.append)
        self.pulse = Pulse()

    def scan(self, code: str) -> None:
        self.stage.front.pages.check_in.scan(code, Source.CAMERA, time.monotonic())

    def until(self, there: Callable[[], bool], seconds: float = 10) -> None:
        self.qtbot.waitUntil(there, timeout=int(seconds * 1000))

    def panel(self) -> tuple[Face, str, str]:
        shown = self.stage.front.pages.check_in.parts.verdict.shown()
        return shown.face, shown.word, f"{shown.headline} {shown.remedy}"

    def state(self, device: str) -> str:
        return self.stage.front.window.devices.text(device)

    def bar_messages(self) -> list[Message]:
        """What the bar shows, and what waits behind it."""
        bar = self.stage.front.window.message_bar
        return [*([bar._shown] if bar._shown else []), *bar._waiting]

    def bar(self) -> str:
        """What the bar shows; that this machine plays no sounds is another matter."""
        bar = self.stage.front.window.message_bar
        return bar.text() if bar.isVisible() and "play sounds" not in bar.text() else ""


Watch = Callable[[Stage], Witness]
