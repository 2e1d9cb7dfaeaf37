"""How this desk's printers stand, asked for anew every few seconds while somebody needs to know."""

import time
from collections.abc import Callable
from typing import Final

from eventdesk.devices.printers.queues import Printers, PrintSystemSilent
from eventdesk.devices.states import DeviceState, Status

LOOK_SECONDS: Final = 2.0
# A print system that hangs is not asked at every turn: each question costs seconds.
SILENT_SECONDS: Final = 10.0
OUT = "Out of paper"


class Fleet:
    """Lives on the spool's thread."""

    def __init__(self, printers: Printers, clock: Callable[[], float] = time.monotonic) -> None:
        self._printers = printers
        self._clock = clock
        self._states: dict[str, DeviceState] = {}
        self._next = float("-inf")
        self._silence = ""

    def look(self) -> None:
        """Ask again, where it is time to."""
        if self._clock() < self._next:
            return
        pause = LOOK_SECONDS
        try:
            self._states = {queue.name: queue.state for queue in self._printers.queues()}
            self._silence = ""
        except PrintSystemSilent as error:
            self._states, self._silence, pause = {}, error.message, SILENT_SECONDS
        self._next = self._clock() + pause

    def is_known(self, queue: str) -> bool:
        return queue in self._states

    def is_ready(self, queue: str) -> bool:
        state = self._states.get(queue)
        return state is not None and state.status is Status.READY

    def state(self, queue: str, *, out: bool = False) -> DeviceState:
        """`out`: no labels are left by the desk's count."""
        found = self._states.get(queue)
        if found is None and self._silence:
            return DeviceState(queue, Status.GONE, self._silence, "Switch it on, or choose another one.")
        if found is None:
            return DeviceState(
                queue, Status.GONE, "This printer is not there.", "Switch it on, or choose another one."
            )
        if out and found.status is Status.READY:
            return DeviceState(
                found.name,
                Status.DEGRADED,
                "Out of paper",
                "Put in a new roll, and say so on the page of the printers.",
            )
        return found
