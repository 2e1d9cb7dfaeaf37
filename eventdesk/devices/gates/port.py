"""What a kiosk asks of a turnstile, and what it hears."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from eventdesk.devices.states import DeviceState
from eventdesk.errors import DeviceError


class GateBusy(DeviceError):
    """It is open for somebody already."""


class Passage(StrEnum):
    """How an opening ended, told once for each: TURNED: somebody went through. NOBODY: nobody did, and it is
    locked again. NOT_OPENED: it could not be reached. UNSURE: it was lost while it was open, so that nobody
    knows. FORCED belongs to no opening: it turned while it was locked."""

    TURNED = "turned"
    NOBODY = "nobody"
    NOT_OPENED = "not_opened"
    UNSURE = "unsure"
    FORCED = "forced"


# (passage, opening): the number that `Gate.open` gave, 0 with FORCED.
OnTurned = Callable[[Passage, int], None]


class Gate(Protocol):
    """Its callbacks, `on_turned` and `on_state(DeviceState)`, come on a thread of its own."""

    @property
    def state(self) -> DeviceState:
        """As it was seen last; asks nothing."""
        ...

    def open(self, seconds: float) -> int:
        """Let one guest through within so many seconds; returns the opening's number at once. Raises
        GateBusy."""
        ...

    def close(self) -> None:
        """Lock it and end its thread. An opening under way ends as UNSURE."""
        ...
