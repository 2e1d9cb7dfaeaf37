"""What the till asks of a card terminal, and what it hears.

Each call blocks for as long as its `Patience` says and no longer, and is made on a thread of the till's
own. A call that ended without an answer says `UNKNOWN`: the money may have been taken. Then `find` is
asked, never `charge`.
"""

from dataclasses import dataclass
from enum import StrEnum
from threading import Event
from typing import Protocol

from eventdesk.devices.states import DeviceState


class Fate(StrEnum):
    """What became of a payment. `WAITING`: the guest is still at the terminal."""

    WAITING = "waiting"
    PAID = "paid"
    DECLINED = "declined"
    CANCELED = "canceled"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds. `call`: one request to the maker, in all. `guest`: from the asking until the terminal
    gives up. `settle`: how long a fate is asked for after that. `pause`: between two looks."""

    call: float = 20.0
    guest: float = 180.0
    settle: float = 40.0
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Charge:
    """What is to be paid. `id` is the payment's, `key` makes asking twice the same as asking once: both
    are on the disk before they are sent. `amount` in minor units. `note` is shown to the guest or kept by
    the maker; no personal data."""

    id: str
    key: str
    amount: int
    currency: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """What is to be paid back of the payment with the terminal's `reference`. `earlier`: what is known to
    have been paid back of it before, in minor units; not every maker knows a return by its key, and by that
    sum this one is told from those. So a payment has one return without an end at a time."""

    id: str
    key: str
    amount: int
    currency: str
    reference: str
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """`reference` names the payment at the terminal's maker: it is kept as soon as it is known. `amount`
    is what was taken, 0 where it is not said. `words` are for the person at the till: the maker's own, or
    ours in the language that is spoken."""

    fate: Fate
    reference: str = ""
    amount: int = 0
    brand: str = ""
    last4: str = ""
    words: str = ""


class Terminal(Protocol):
    """A terminal. No call raises for what the world does: that is an `Answer`, or a state. A request that
    can't be right (a currency that the terminal does not take, a wrong key) raises errors.DeviceError
    before anything is charged."""

    @property
    def name(self) -> str: ...

    def state(self) -> DeviceState:
        """Asked now: blocks."""
        ...

    def charge(self, charge: Charge, canceled: Event) -> Answer:
        """Ask the guest for the money and wait until it is paid or not. `canceled`: the till gave up; the
        answer says whether it came too late."""
        ...

    def find(self, charge: Charge, reference: str = "") -> Answer:
        """What became of this charge, which may never have arrived (then `CANCELED`: it can't be paid any
        more). Changes nothing that was paid; what still waits is canceled first."""
        ...

    def give_back(self, wanted: Return) -> Answer:
        """Pay back. `PAID` means that it was paid back."""
        ...

    def find_return(self, wanted: Return) -> Answer:
        """What became of this return, asked for with the same key."""
        ...

    def close(self) -> None: ...
