"""A print queue of the system's as receipt printer: by PDF, through the rack that badges use."""

import time

from eventdesk.devices.printers.queues import (
    HandOverUncertain,
    JobStatus,
    Printers,
    PrintSystemSilent,
    Progress,
    QueueRefused,
)
from eventdesk.devices.receipts.port import Drawing, NotOpened, NotPrinted, Outcome, Printed, PrinterState
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.paper import Paper

PRINT_SECONDS = 10.0
_LOOK_SECONDS = 0.2
_LOOK = "Look at what came out before you print it again."


class QueuePrinter:
    """`queue` as the rack names it. The printers stay the caller's to close."""

    def __init__(
        self, queue: str, printers: Printers, paper: Paper = Paper.ROLL_80, seconds: float = PRINT_SECONDS
    ) -> None:
        self._queue = queue
        self._printers = printers
        self._paper = paper
        self._seconds = seconds

    @property
    def name(self) -> str:
        return self._queue

    def state(self) -> PrinterState:
        try:
            found = [queue for queue in self._printers.queues() if queue.name == self._queue]
        except PrintSystemSilent as error:
            return PrinterState(DeviceState(self._queue, Status.GONE, error.message, error.remedy))
        if found:
            return PrinterState(found[0].state)
        return PrinterState(
            DeviceState(self._queue, Status.GONE, "There is no such print queue.", "Choose another printer.")
        )

    def print(self, drawing: Drawing, title: str) -> Printed:
        document = drawing.pdf(self._paper)
        try:
            reference = self._printers.send(self._queue, document.pdf, title, document.size)
        except HandOverUncertain as error:
            return Printed(Outcome.UNCERTAIN, error.message, _LOOK)
        except (PrintSystemSilent, QueueRefused) as error:
            raise NotPrinted(error.message, error.remedy) from error
        return self._followed(reference)

    def kick(self) -> None:
        raise NotOpened("A print queue opens no drawer.", "Open it with its key.")

    def close(self) -> None:
        """There is nothing of its own to end."""

    def _followed(self, reference: str) -> Printed:
        """How the job does, for as long as a person at the till waits for it."""
        give_up = time.monotonic() + self._seconds
        status = JobStatus(Progress.SENT)
        while time.monotonic() < give_up:
            try:
                status = self._printers.status(self._queue, reference)
            except PrintSystemSilent as error:
                return Printed(Outcome.UNCERTAIN, error.message, _LOOK)
            if status.progress is Progress.PRINTED:
                return Printed(Outcome.PRINTED)
            if status.progress in {Progress.FAILED, Progress.GONE, Progress.HELD}:
                return Printed(Outcome.UNCERTAIN, status.detail, _LOOK)
            time.sleep(_LOOK_SECONDS)
        return Printed(Outcome.SENT, status.detail)
