"""No more calls than pretix allows a device: 360 a minute. Some of them are kept for reading, so that doors
hear of changes while a long queue is told."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

MOST: Final = 340
READING: Final = 40
WINDOW_S: Final = 60.0


class Pacing:
    """Whoever calls passes through `wait` first, on any thread. A pause that the server asks for holds
    for all."""

    def __init__(
        self,
        most: int = MOST,
        window_s: float = WINDOW_S,
        clock: Callable[[], float] = time.monotonic,
        reading: int = READING,
    ) -> None:
        """`most` calls within `window_s` seconds, of which `reading` are for calls that read alone."""
        self._most = most
        self._most_writing = max(1, most - reading)
        self._window_s = window_s
        self._clock = clock
        self._calls: deque[float] = deque()
        self._closed_until = 0.0
        self._lock = threading.Lock()

    def wait(self, stopping: threading.Event, *, is_reading: bool = True) -> bool:
        """Wait for one's turn; False where `stopping` was set meanwhile."""
        while (seconds := self.take(is_reading=is_reading)) > 0:
            if stopping.wait(seconds):
                return False
        return not stopping.is_set()

    def take(self, *, is_reading: bool = True) -> float:
        """0: this call may go, and is counted. Else the seconds until it is worth asking again."""
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                return self._closed_until - now
            while self._calls and self._calls[0] <= now - self._window_s:
                self._calls.popleft()
            most = self._most if is_reading else self._most_writing
            if len(self._calls) < most:
                self._calls.append(now)
                return 0.0
            # The one whose leaving makes room; where reading has filled the window, that is not the first.
            return self._calls[len(self._calls) - most] + self._window_s - now

    def pause(self, seconds: float) -> None:
        """The server asked for patience."""
        with self._lock:
            self._closed_until = max(self._closed_until, self._clock() + seconds)
