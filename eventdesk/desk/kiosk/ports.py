"""What the kiosk needs of others: a till, an alarm clock."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from eventdesk.domain.till.currencies import Currency


class Paid(StrEnum):
    """UNSURE: the card terminal was lost on the way; whether it took the money is not known."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed for an order, in minor units."""

    order: str
    amount: int
    currency: Currency


class KioskTill(Protocol):
    """What a kiosk asks of a till, on the engine's lane."""

    def owed(self, log: str, order: str) -> Owed | None:
        """What a guest may pay here; None where nothing is owed, or it can't be paid here."""
        ...

    def pay(self, log: str, owed: Owed, done: Callable[[Paid], None]) -> None:
        """Ask the card terminal. `done` is called once, from any thread: for YES the sale is on the disk,
        and the order paid."""
        ...


class Alarms:
    """Calls back after some seconds, from threads of its own. `close` forgets all."""

    def __init__(self) -> None:
        self._timers: dict[str, threading.Timer] = {}
        self._lock = threading.Lock()

    def set(self, name: str, seconds: float, ring: Callable[[], None]) -> None:
        """One of a name: a newer one takes its place."""
        timer = threading.Timer(seconds, ring)
        timer.daemon = True
        timer.name = f"kiosk alarm {name[:8]}"
        with self._lock:
            before = self._timers.pop(name, None)
            self._timers[name] = timer
        if before is not None:
            before.cancel()
        timer.start()

    def drop(self, name: str) -> None:
        with self._lock:
            timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()

    def close(self) -> None:
        with self._lock:
            timers = list(self._timers.values())
            self._timers.clear()
        for timer in timers:
            timer.cancel()
            if timer.is_alive() and timer is not threading.current_thread():
                timer.join()
