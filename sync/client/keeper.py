"""A connection that is warm when a claim comes: a claim's budget has no time for TCP and TLS."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sync.client.connection import Connection
from sync.client.faults import FAULTS
from sync.client.lines import Line
from sync.client.sockets import Limits
from sync.errors import SyncError

OPENING_S = 10.0
LOOK_AGAIN_S = 2.0  # servers close what is idle
WANTED_S = 120.0  # kept warm for so long after the last claim or news
REST_S = 2.0  # after a failure, unless a claim comes


class Keeper:
    """One thread, from the first `nudge` to `close`. `warm` proves a fresh connection by a call."""

    def __init__(self, line: Line, warm: Callable[[Connection], None]) -> None:
        self._line = line
        self._warm = warm
        self._condition = threading.Condition()  # over a re-entrant lock
        self._thread: threading.Thread | None = None
        self._waiting = 0
        self._lent = 0
        self._wanted_until = 0.0
        self._closed = False
        self._trouble: BaseException | None = None
        self._failures = 0

    def nudge(self) -> None:
        """A claim may come soon."""
        with self._condition:
            if self._closed:
                return
            self._wanted_until = time.monotonic() + WANTED_S
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="sync-keeper", daemon=True)
                self._thread.start()
            self._condition.notify_all()

    @contextmanager
    def lent(self, limits: Limits) -> Iterator[Connection]:
        """A warm connection, waiting for one within the limits. Raises what went wrong where none could
        be opened since this was asked, or TimeoutError."""
        found = self._line.take() or self._awaited(limits)
        with self._condition:
            self._lent += 1
        try:
            yield found
        finally:
            with self._condition:
                self._lent -= 1

    def _awaited(self, limits: Limits) -> Connection:
        with self._condition:
            failures = self._failures
            self._waiting += 1
            self.nudge()
            try:
                while not (found := self._line.take()):
                    self._condition.wait(limits.left())
                    if self._trouble and self._failures > failures:
                        raise self._trouble
            finally:
                self._waiting -= 1
        return found

    def close(self, wait_s: float) -> None:
        """After the line's sockets were closed, which wakes the thread from what it waits for."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(wait_s)

    def _run(self) -> None:
        while not self._closed:
            if self._is_cold():
                self._open()
            with self._condition:
                if not self._closed:
                    self._condition.wait(self._pause())

    def _is_cold(self) -> bool:
        if self._line.is_warm():
            with self._condition:
                self._condition.notify_all()
            return False
        return self._waiting > 0 or (not self._lent and time.monotonic() < self._wanted_until)

    def _pause(self) -> float | None:
        """None: until the next nudge."""
        if self._waiting:
            return 0.01
        if self._trouble:
            return REST_S
        return LOOK_AGAIN_S if time.monotonic() < self._wanted_until else None

    def _open(self) -> None:
        try:
            connection = self._line.new(Limits(OPENING_S))
            self._warm(connection)
        except (*FAULTS, SyncError) as trouble:
            with self._condition:
                self._trouble = trouble
                self._failures += 1
                self._condition.notify_all()
            return
        with self._condition:
            self._trouble = None
            self._condition.notify_all()
