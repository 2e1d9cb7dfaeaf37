"""How this desk's printers stand, asked for anew every few seconds while somebody needs to know."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from eventdesk.devices.printers.queues import Printers, PrintSystemSilent
from eventdesk.devices.states import DeviceState, Status

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 2.0
WAIT_SECONDS: Final = 0.3
# A print system that hangs is not asked at every turn: each question costs seconds.
SILENT_SECONDS: Final = 10.0
OUT = "Out of paper"


class Fleet:
    """Lives on the spool's thread. A printer that is off may take seconds to be asked: that is waited for
    beside it, and what was known before holds until then."""

    def __init__(self, printers: Printers, clock: Callable[[], float] = time.monotonic) -> None:
        self._printers = printers
        self._clock = clock
        self._states: dict[str, DeviceState] = {}
        self._next = float("-inf")
        self._silence = ""
        self._asking: threading.Thread | None = None
        self.has_looked = False

    def look(self) -> None:
        """Ask again, where it is time to."""
        if self._asking is None and self._clock() >= self._next:
            self._asking = threading.Thread(target=self._ask, name="fleet", daemon=True)
            self._asking.start()
        if self._asking is not None:
            self._asking.join(WAIT_SECONDS)
            if not self._asking.is_alive():
                self._asking = None

    def close(self) -> None:
        """Wait for the answer that is still to come."""
        if self._asking is not None:
            self._asking.join()

    def _ask(self) -> None:
        try:
            self._states, self._silence = {one.name: one.state for one in self._printers.queues()}, ""
        except PrintSystemSilent as error:
            self._states, self._silence = {}, error.message
        except Exception:  # a bug of one device must not leave the others unasked for ever
            log.exception("the printers could not be asked how they are")
        self.has_looked = True
        self._next = self._clock() + (SILENT_SECONDS if self._silence else LOOK_SECONDS)

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
