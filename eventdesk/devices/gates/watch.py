"""A turnstile that is looked at many times a second, on a thread of its own."""

import time
from collections.abc import Callable
from threading import Condition, Thread

from eventdesk.devices.gates.driver import Driver, RelayRefused
from eventdesk.devices.gates.port import GateBusy, OnTurned, Passage
from eventdesk.devices.states import DeviceState, Status

LOOK_SECONDS = 0.05
# Between two tries to reach one that is away.
AGAIN_SECONDS = 1.0
# After it was locked again somebody who is in it already may still turn it.
GRACE_SECONDS = 1.0
REMEDY = "Check its power and its cable."


class WatchedGate:
    """`name` is what people call it. The callbacks must neither raise nor block."""

    def __init__(
        self,
        name: str,
        driver: Driver,
        on_turned: OnTurned,
        on_state: Callable[[DeviceState], None],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._name = name
        self._driver = driver
        self._on_turned = on_turned
        self._on_state = on_state
        self._look_seconds = look_seconds
        self._state = DeviceState(name, Status.DEGRADED, "The turnstile was not asked yet.")
        self._wake = Condition()
        self._opening = 0
        self._wanted: float | None = None
        self._until: float | None = None
        self._stopping = False
        self._turns: int | None = None
        self._thread = Thread(target=self._run, name="turnstile", daemon=True)
        self._thread.start()

    @property
    def state(self) -> DeviceState:
        return self._state

    def open(self, seconds: float) -> int:
        with self._wake:
            if self._wanted is not None or self._until is not None:
                raise GateBusy("The turnstile is open for another guest.", "Wait a moment.")
            self._wanted = seconds
            self._opening += 1
            self._wake.notify_all()
            return self._opening

    def close(self) -> None:
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stopping:
                pause = self._round()
                with self._wake:
                    if not self._stopping and (self._wanted is None or self._until is not None):
                        self._wake.wait(pause)
        finally:
            self._end()

    def _round(self) -> float:
        """Look, open, lock. How long to wait for the next round."""
        try:
            if self._turns is None:
                # Whatever was left open, by a desk that died or a wire that broke.
                self._driver.lock()
            self._heed_turns()
            self._heed_wish()
            self._heed_time()
        except OSError:
            self._lost()
            return AGAIN_SECONDS
        self._tell(DeviceState(self._name, Status.READY))
        return self._look_seconds

    def _heed_turns(self) -> None:
        turns = self._driver.turns()
        before, self._turns = self._turns, turns
        for _ in range(turns - before if before is not None else 0):
            if self._until is None:
                self._on_turned(Passage.FORCED, 0)
            else:
                self._over(Passage.TURNED)

    def _heed_wish(self) -> None:
        if self._wanted is None or self._until is not None:
            return
        try:
            self._driver.release(self._wanted)
        except RelayRefused:
            raise
        except OSError:
            # It may have heard, and its answer was lost.
            self._until = time.monotonic()
            raise
        with self._wake:
            self._until, self._wanted = time.monotonic() + self._wanted, None

    def _heed_time(self) -> None:
        if self._until is None or time.monotonic() < self._until:
            return
        self._driver.lock()
        # Whoever stood in it when the time was up has a moment to get out of it.
        end = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < end and self._until is not None:
            self._heed_turns()
            time.sleep(self._look_seconds)
        if self._until is not None:
            self._over(Passage.NOBODY, locked=True)

    def _over(self, passage: Passage, *, locked: bool = False) -> None:
        with self._wake:
            self._until, opening = None, self._opening
        # Told first: that somebody went through holds, whatever becomes of the lock.
        self._on_turned(passage, opening)
        if not locked:
            self._driver.lock()

    def _lost(self) -> None:
        self._turns = None
        self._tell(DeviceState(self._name, Status.GONE, "The turnstile can't be reached.", REMEDY))
        with self._wake:
            was_open, wanted = self._until is not None, self._wanted is not None
            self._until, self._wanted, opening = None, None, self._opening
        if was_open:
            self._on_turned(Passage.UNSURE, opening)
        elif wanted:
            self._on_turned(Passage.NOT_OPENED, opening)

    def _end(self) -> None:
        with self._wake:
            was_open, self._until = self._until is not None, None
        try:
            self._driver.lock()
        except OSError:
            pass
        finally:
            self._driver.close()
        if was_open:
            self._on_turned(Passage.UNSURE, self._opening)

    def _tell(self, state: DeviceState) -> None:
        if state != self._state:
            self._state = state
            self._on_state(state)
