"""Who asks too often waits. Token buckets in this process's memory: a limit, not a count to rely on."""

import time

from sync.server.settings import Rate

_MOST_KEPT = 20_000


class Buckets:
    """One bucket for each key, all of one rate."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._kept: dict[str, tuple[float, float]] = {}  # what is left, and when that was

    def take(self, key: str) -> float:
        """0 where the request may pass, else the seconds after which it may."""
        now = time.monotonic()
        left, since = self._kept.get(key, (self._rate.burst, now))
        left = min(self._rate.burst, left + (now - since) * self._rate.a_second)
        if left < 1:
            self._kept[key] = (left, now)
            return (1 - left) / self._rate.a_second
        if len(self._kept) >= _MOST_KEPT and key not in self._kept:
            self._drop_full(now)
        self._kept[key] = (left - 1, now)
        return 0.0

    def _drop_full(self, now: float) -> None:
        """Full buckets are as good as none. Where none is full, an attacker fills the memory: start anew."""
        full_after = self._rate.burst / self._rate.a_second
        self._kept = {key: kept for key, kept in self._kept.items() if now - kept[1] < full_after}
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
