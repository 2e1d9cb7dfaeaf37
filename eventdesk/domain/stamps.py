"""Hybrid logical clock stamps: the order of facts, whatever route they took.

Kulkarni et al., "Logical Physical Clocks and Consistent Snapshots in Globally Distributed
Databases" (2014): the wall clock in milliseconds, a counter for what happens within one
millisecond (or while the wall clock stands behind what was already seen), and the desk as tie-break.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import total_ordering
from threading import Lock

COUNTER_LIMIT = 1 << 16
# Nodes take stamps below 2^44 ms (sync/README.md). Who follows only to half of that never gets there,
# whatever a desk that lies has stamped.
FOLLOWED_MS = 1 << 43


@total_ordering
@dataclass(frozen=True, slots=True)
class Stamp:
    """When a fact was written down: `wall` in milliseconds since 1970 UTC, then `counter`, then `desk`."""

    wall: int
    counter: int
    desk: str

    def __lt__(self, other: "Stamp") -> bool:
        return (self.wall, self.counter, self.desk) < (other.wall, other.counter, other.desk)

    def text(self) -> str:
        """A string that sorts as the stamp does (UTF-8 byte order)."""
        return f"{self.wall:012x}-{self.counter:04x}-{self.desk}"

    @classmethod
    def parse(cls, text: str) -> "Stamp":
        """The stamp written by `text()`. Raises ValueError for anything else."""
        wall, counter, desk = text.split("-", 2)
        if len(wall) != 12 or len(counter) != 4 or not desk:
            raise ValueError(f"not a stamp: {text!r}")
        return cls(int(wall, 16), int(counter, 16), desk)


class HybridClock:
    """Hands out stamps that never go backwards, even when the wall clock does. Thread-safe."""

    def __init__(self, desk: str, wall_ms: Callable[[], int], last: Stamp | None = None) -> None:
        self._desk = desk
        self._wall_ms = wall_ms
        self._wall = last.wall if last else 0
        self._counter = last.counter if last else 0
        self._lock = Lock()

    def tick(self) -> Stamp:
        """The stamp for something that happens now."""
        return self.ticks(1)[0]

    def ticks(self, number: int) -> list[Stamp]:
        """Stamps for so many things that happen now, in their order."""
        with self._lock:
            now = self._wall_ms()
            stamps = []
            for _ in range(number):
                self._advance(now)
                stamps.append(Stamp(self._wall, self._counter, self._desk))
            return stamps

    def observe(self, seen: Stamp) -> None:
        """Never stamp before `seen`, a stamp that arrived from another desk or from the log."""
        if seen.wall >= FOLLOWED_MS:
            return
        with self._lock:
            self._wall, self._counter = max((self._wall, self._counter), (seen.wall, seen.counter))

    def _advance(self, now: int) -> None:
        if now > self._wall:
            self._wall, self._counter = now, 0
        elif self._counter + 1 < COUNTER_LIMIT:
            self._counter += 1
        else:
            self._wall, self._counter = self._wall + 1, 0
