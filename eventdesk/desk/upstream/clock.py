"""The desk's time: the upstream's at the last contact, carried on by a clock that nobody sets.

Until the first contact since the start it is this computer's clock, less the error that was found last.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from eventdesk.desk.settings import CLOCK_ERROR_MS
from eventdesk.storage.store import Store
from sync.client.port import Contact

# An error that moved by less than this is not worth a write to the disk.
KEPT_FROM_MS: Final = 200


def steady_s() -> float:
    """Seconds that nobody sets back; where the system can, those that it slept too."""
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


def moment(ms: int) -> datetime | None:
    """None for 0: never."""
    return datetime.fromtimestamp(ms / 1000, UTC) if ms else None


class DeskClock:
    """Read from any thread. `keep` before the first reading, where a store holds what was found last."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = steady_s) -> None:
        """`wall` and `steady` in seconds."""
        self._wall = wall
        self._steady = steady
        self._lock = threading.Lock()
        self._base: tuple[float, float] | None = None  # (steady, upstream's time), in seconds
        self._offset_ms = 0
        self._store: Store | None = None

    def keep(self, store: Store) -> None:
        """Go on by the error that this desk found last, and remember what it finds."""
        with store.reader() as reader:
            self._offset_ms = int(reader.settings.get(CLOCK_ERROR_MS, 0))
        self._store = store

    def wall_ms(self) -> int:
        """Milliseconds since 1970 UTC, as the upstream counts them."""
        with self._lock:
            if self._base is None:
                return round(self._wall() * 1000) - self._offset_ms
            steady, upstream = self._base
            return round((upstream + self._steady() - steady) * 1000)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.wall_ms() / 1000, UTC)

    @property
    def error_ms(self) -> int:
        """How far this computer's clock is ahead of the upstream's."""
        return round(self._wall() * 1000) - self.wall_ms()

    def heard(self, contact: Contact | None) -> None:
        """An answer came just now. May write, so not within a transaction."""
        if contact is None:
            return
        with self._lock:
            self._base = self._steady(), self._wall() - contact.clock_error_ms / 1000
            moved = abs(contact.clock_error_ms - self._offset_ms)
        if moved >= KEPT_FROM_MS and self._store is not None:
            self._offset_ms = contact.clock_error_ms
            with self._store.transaction() as tx:
                tx.settings.put(CLOCK_ERROR_MS, self._offset_ms)

    def forget(self) -> None:
        """No upstream any more: this computer's clock counts."""
        with self._lock:
            self._base, self._offset_ms = None, 0
        if self._store is not None:
            with self._store.transaction() as tx:
                tx.settings.put(CLOCK_ERROR_MS, 0)
