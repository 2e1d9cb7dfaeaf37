"""Single calls that have to wait: each a little longer every time."""

import threading
from collections.abc import Callable
from typing import Final

FIRST_S: Final = 1.0
LONGEST_S: Final = 60.0


class Patience:
    """In memory: after a start each is tried at once. From any thread."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: dict[int, tuple[float, int]] = {}
        self._lock = threading.Lock()

    @property
    def number(self) -> int:
        return len(self._waiting)

    def is_over(self, call: int) -> bool:
        with self._lock:
            until, _ = self._waiting.get(call, (0.0, 0))
        return self._clock() >= until

    def breaks(self, call: int) -> int:
        """How often it has had to wait."""
        with self._lock:
            return self._waiting.get(call, (0.0, 0))[1]

    def again(self, call: int, at_least_s: float = 0.0) -> int:
        """It has to wait once more; how often that is."""
        with self._lock:
            times = self._waiting.get(call, (0.0, 0))[1] + 1
            pause = max(at_least_s, min(FIRST_S * 2 ** min(times - 1, 10), LONGEST_S))
            self._waiting[call] = (self._clock() + pause, times)
        return times

    def forget(self, call: int) -> None:
        with self._lock:
            self._waiting.pop(call, None)
