"""What the kiosk needs of others: a till, an alarm clock."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from eventdesk.domain.catalogue import Product, Question
from eventdesk.domain.till.currencies import Currency


class Paid(StrEnum):
    """UNSURE: the card terminal was lost on the way; whether it took the money is not known."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ticket to be bought on the spot; `answers` by question id."""

    product: str
    variation: str | None = None
    name: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed, in minor units: for an order, or for what is `wanted`."""

    order: str
    amount: int
    currency: Currency
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the asking of the card terminal has ended. `sale`: what it was asked for; `tickets`: those that
    are paid, or that were to be."""

    paid: Paid
    sale: str = ""
    tickets: Sequence[str] = ()


class KioskTill(Protocol):
    """What a kiosk asks of a till, on the engine's lane."""

    def owed(self, log: str, order: str) -> Owed | None:
        """What a guest may pay here; None where nothing is owed, or it can't be paid here."""
        ...

    def offers(self, log: str) -> Sequence[Product]:
        """What a guest without a ticket could buy here now: whatever needs no person. None where nothing
        can be paid here."""
        ...

    def questions(self, product: str) -> Sequence[Question]:
        """What must be asked before this is sold."""
        ...

    def price(self, log: str, wanted: Wanted) -> Owed | None:
        """None where it is not sold here (any more)."""
        ...

    def pay(self, log: str, owed: Owed, done: Callable[[Outcome], None]) -> None:
        """Ask the card terminal. `done` is called once, from any thread: for YES the sale is on the disk,
        and the order paid."""
        ...

    def cancel(self) -> None:
        """The guest went away: the terminal need not wait any longer. `done` comes all the same."""
        ...

    def noted(self, sale: str) -> None:
        """Whoever paid is looked after: nothing need be told of this sale again."""
        ...

    def ask_again(self) -> bool:
        """Ask what became of payments in doubt; False where there are none."""
        ...

    def tell_late(self, told: Callable[[Outcome], None]) -> None:
        """`told` hears, on the engine's lane, of each outcome that nobody waits for (any more): an answer
        that came later, or after a start."""
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
