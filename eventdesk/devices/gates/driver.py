"""What a kind of turnstile must be able to do; `watch.WatchedGate` makes a gate of it."""

from typing import Protocol


class RelayRefused(OSError):
    """It answers, and did not do it."""


class Driver(Protocol):
    """Used by one thread. Every method but `close` may raise OSError, which means that it can't be reached;
    none takes longer than two seconds."""

    def release(self, seconds: float) -> None:
        """Unlock; `seconds` is for devices that lock again by themselves."""
        ...

    def lock(self) -> None: ...

    def turns(self) -> int:
        """How many times it has turned since this driver is there."""
        ...

    def close(self) -> None: ...


class Edges:
    """Counts turns by what an input or a counter says. The first value is what it was before."""

    def __init__(self) -> None:
        self._turns = 0
        self._last: int | bool | None = None

    def count(self, value: int | bool) -> int:
        """A level counts when it rises, a number by how much it grows; one that falls began anew."""
        if self._last is not None:
            if isinstance(value, bool):
                self._turns += value and not self._last
            else:
                self._turns += max(0, value - int(self._last))
        self._last = value
        return self._turns

    def forget(self) -> None:
        """The device was away: what it says next is how it is, and nothing that happened."""
        self._last = None
