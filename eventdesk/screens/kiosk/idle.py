"""When nobody is there any more: so long without a touch, then ten seconds to say otherwise."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 500
COUNT_S = 10


class IdleClock(QObject):
    """`asks` with the seconds left (10 to 1) once nobody has touched for `seconds`; `gone` at the end;
    `stayed` when somebody touched meanwhile."""

    asks = Signal(int)
    stayed = Signal()
    gone = Signal()

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._seconds = 0
        self._touched = now()
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)

    def run(self, seconds: int) -> None:
        """Watch from now on; 0: not at all."""
        if seconds != self._seconds:
            self._touched = self._now()
        self._seconds = seconds
        if seconds:
            self._timer.start()
        else:
            self._timer.stop()
            self._asked = False

    def touch(self) -> None:
        self._touched = self._now()
        if self._asked:
            self._asked = False
            self.stayed.emit()

    def look(self) -> None:
        """By the clock, not by counting: a computer that slept must not show a guest of yesterday."""
        if not self._seconds:
            return
        over = self._now() - self._touched - self._seconds
        if over >= COUNT_S:
            self._asked = False
            self._touched = self._now()
            self.gone.emit()
        elif over >= 0:
            self._asked = True
            self.asks.emit(max(1, COUNT_S - int(over)))
