"""How far this computer's clock is off, measured at each contact as NTP does it."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from sync.client.port import Contact

KEPT = 8
GOOD_FOR_S = 900.0  # a quartz drifts by some 50 ms in this time
LONGEST_S = 10.0  # a round trip beyond this tells nothing worth having


class _Sample(NamedTuple):
    """`ahead_s`: the node's time (Unix) less this computer's monotonic one, which nobody sets."""

    ahead_s: float
    round_trip_s: float
    at_s: float


class Meter:
    """Thread-safe. Of the latest samples the one with the shortest round trip counts."""

    def __init__(
        self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._lock = threading.Lock()
        self._samples: deque[_Sample] = deque(maxlen=KEPT)

    def now(self) -> float:
        return self._steady()

    def heard(self, sent_s: float, received_s: float, now_ms: int) -> None:
        """`sent_s` and `received_s` are of `now`; the answer said `now_ms` in between."""
        round_trip = received_s - sent_s
        if 0 <= round_trip <= LONGEST_S:
            middle = sent_s + round_trip / 2
            with self._lock:
                self._samples.append(_Sample(now_ms / 1000 - middle, round_trip, received_s))

    def contact(self) -> Contact | None:
        now = self._steady()
        with self._lock:
            if not self._samples:
                return None
            fresh = [sample for sample in self._samples if now - sample.at_s < GOOD_FOR_S]
            best = min(fresh or [self._samples[-1]], key=lambda sample: sample.round_trip_s)
        error_s = self._wall() - (now + best.ahead_s)
        return Contact(round(error_s * 1000), round(best.round_trip_s * 500))
