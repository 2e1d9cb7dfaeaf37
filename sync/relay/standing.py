"""How a hub stands with its upstream, for `hello`, metrics and people."""

import threading
import time
from typing import NamedTuple

from sync.errors import SyncError


class Standing(NamedTuple):
    """`heard_ms`: when the upstream last answered (0: never). `trouble` and `remedy`: what is wrong with
    the line, empty where nothing is. `leads`: whether this process is the one that relays."""

    heard_ms: int = 0
    trouble: str = ""
    remedy: str = ""
    leads: bool = False


class Board:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._standing = Standing()

    def heard(self) -> bool:
        """The upstream answered. Whether it had been silent."""
        with self._lock:
            was_silent = bool(self._standing.trouble) or not self._standing.heard_ms
            now_ms = time.time_ns() // 1_000_000
            self._standing = self._standing._replace(heard_ms=now_ms, trouble="", remedy="")
            return was_silent

    def failed(self, error: SyncError) -> bool:
        """Whether this is news."""
        with self._lock:
            is_news = self._standing.trouble != error.message
            self._standing = self._standing._replace(trouble=error.message, remedy=error.remedy)
            return is_news

    def leads(self, leads: bool) -> None:
        with self._lock:
            self._standing = self._standing._replace(leads=leads)

    def standing(self) -> Standing:
        with self._lock:
            return self._standing
