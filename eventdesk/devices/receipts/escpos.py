"""An ESC/POS printer: it is asked how it is, given dots, and asked whether they came out."""

import time

from eventdesk.devices.links import Link
from eventdesk.devices.printers.patience import Patience, Turn
from eventdesk.devices.receipts import encoding
from eventdesk.devices.receipts.port import Drawing, NotOpened, NotPrinted, Outcome, Printed, PrinterState
from eventdesk.devices.receipts.status import Condition
from eventdesk.devices.receipts.talk import Talk, talking
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.paper import Paper, Raster

# For a printer to say that all came out, beside what the paper takes: it may warm up, and it cuts.
END_SECONDS = 8.0
SLOWEST_ROWS = 400  # a second: 50 mm
BETWEEN_LOOKS = 0.5
# In all, for what the links do not limit themselves: a name server, a driver that hangs.
ASK_SECONDS = 12.0


class EscposPrinter:
    """Any thread may call; one call at a time is made. `rate` is the bytes a second that the wire takes at
    least; `open_high` says that the drawer's pin is high while it is open."""

    def __init__(
        self,
        name: str,
        link: Link,
        paper: Paper = Paper.ROLL_80,
        *,
        cuts: bool = True,
        open_high: bool = True,
        rate: int = 20_000,
        end_seconds: float = END_SECONDS,
        ask_seconds: float = ASK_SECONDS,
    ) -> None:
        self._name = name
        self._link = link
        self._paper = paper
        self._cuts = cuts
        self._open_high = open_high
        self._rate = rate
        self._end_seconds = end_seconds
        self._ask_seconds = ask_seconds
        self._patience = Patience("receipts", ask_seconds)
        # One that has answered once is one that answers.
        self._answers = False
        # What was sent last came out whole. Not known at the start.
        self._clean = False

    @property
    def name(self) -> str:
        return self._name

    def state(self) -> PrinterState:
        try:
            found = self._patience.call(self._look)
        except OSError:
            return self._gone("The receipt printer can't be reached.")
        if found is not None:
            return PrinterState(found.state(self._name), found.drawer_high == self._open_high)
        if self._answers:
            return self._gone("The receipt printer does not answer.")
        return PrinterState(DeviceState(self._name, Status.READY, "It does not say how it is doing."))

    def print(self, drawing: Drawing, title: str) -> Printed:  # noqa: ARG002
        raster = drawing.raster(self._paper)
        turn = Turn()
        try:
            return self._patience.call(lambda: self._print(raster, turn), self._limit(raster))
        except OSError as error:
            if turn.call_off():
                raise NotPrinted(
                    "The receipt printer can't be reached.", "Check its power and its cable."
                ) from error
            return Printed(
                Outcome.UNCERTAIN,
                "The receipt printer was lost in the middle of a receipt.",
                "Look at what came out before you print it again.",
            )

    def kick(self) -> None:
        turn = Turn()
        try:
            self._patience.call(lambda: self._kick(turn))
        except OSError as error:
            if turn.call_off():
                raise NotOpened(
                    "The drawer can't be opened: its printer can't be reached.", "Open it with its key."
                ) from error
            raise NotOpened(
                "The printer was lost while it was to open the drawer.", "Open it with its key."
            ) from error

    def close(self) -> None:
        self._patience.close()

    def _look(self) -> Condition | None:
        with talking(self._link) as talk:
            return self._condition(talk)

    def _condition(self, talk: Talk) -> Condition | None:
        found = talk.condition()
        self._answers = self._answers or found is not None
        return found

    def _print(self, raster: Raster, turn: Turn) -> Printed:
        with talking(self._link) as talk:
            before = self._condition(talk)
            self._check(before)
            if not self._clean and before is not None:
                talk.settle(self._end_seconds)
            elif not self._clean:
                talk.say(encoding.refill())
            talk.say(encoding.BEGIN)
            if not turn.begin():
                raise TimeoutError("called off while the wire hung")
            self._clean = False
            for band in encoding.bands(raster):
                talk.say(band)
            if self._cuts:
                talk.say(encoding.CUT)
            printed = Printed(Outcome.SENT) if before is None else self._ended(talk, raster)
            self._clean = printed.outcome is not Outcome.UNCERTAIN
            return printed

    def _check(self, condition: Condition | None) -> None:
        if condition is None and self._answers:
            raise NotPrinted("The receipt printer does not answer.", "Check its power and its cable.")
        if condition is not None and (state := condition.state(self._name)).status is Status.GONE:
            raise NotPrinted(state.message, state.remedy)

    def _ended(self, talk: Talk, raster: Raster) -> Printed:
        """Wait until the printer says that all came out, or what keeps it from that."""
        talk.ended = 0
        talk.say(encoding.END)
        give_up = time.monotonic() + self._end_seconds + raster.height / SLOWEST_ROWS
        while time.monotonic() < give_up:
            if talk.wait_for_end(BETWEEN_LOOKS):
                return Printed(Outcome.PRINTED)
            now = talk.condition()
            if now is not None and (state := now.state(self._name)).status is Status.GONE and not talk.ended:
                return Printed(Outcome.UNCERTAIN, state.message, state.remedy)
        return Printed(
            Outcome.UNCERTAIN,
            "The receipt printer does not say whether the receipt came out.",
            "Look at what came out before you print it again.",
        )

    def _kick(self, turn: Turn) -> None:
        with talking(self._link) as talk:
            condition = self._condition(talk)
            if condition is None and self._answers:
                raise TimeoutError("the printer is silent")
            if not turn.begin():
                raise TimeoutError("called off while the wire hung")
            if condition is not None and condition.state(self._name).status is Status.GONE:
                # In its buffer the pulse would wait for paper, and open the drawer then.
                talk.say(encoding.KICK_NOW)
            elif self._clean:
                talk.say(encoding.KICK)
            else:
                talk.say(encoding.refill() + encoding.KICK)

    def _limit(self, raster: Raster) -> float:
        waits = self._ask_seconds + 2 * self._end_seconds
        return waits + len(raster.rows) / self._rate + raster.height / SLOWEST_ROWS

    def _gone(self, message: str) -> PrinterState:
        return PrinterState(DeviceState(self._name, Status.GONE, message, "Check its power and its cable."))
