"""The system's print queues on Windows, through its spooler and its drawing."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from eventdesk.devices.printers.labels import pictures
from eventdesk.devices.printers.media import has_pages
from eventdesk.devices.printers.patience import Patience, Turn
from eventdesk.devices.printers.queues import (
    JobStatus,
    PageSize,
    PrintSystemSilent,
    Progress,
    QueueInfo,
    QueueRefused,
)
from eventdesk.devices.printers.windows import jobs
from eventdesk.devices.printers.windows.faults import silent, translated, uncertain
from eventdesk.devices.printers.windows.gdi import Gdi
from eventdesk.devices.printers.windows.jobs import Sight
from eventdesk.devices.printers.windows.paper import Paper
from eventdesk.devices.printers.windows.winspool import Job, Queue, SpoolerFault, Winspool
from eventdesk.devices.printers.words import IN_DOUBT, NOT_KNOWN, TAKEN_BACK
from eventdesk.devices.states import DeviceState, Status

T = TypeVar("T")
PATIENCE_SECONDS = 5.0
# Drivers draw while they are given the pages: they have so many times the patience for it.
DRAWING = 2
JOB_PAUSE, JOB_RESUME, JOB_DELETE, JOB_RETAIN, JOB_RELEASE = 1, 2, 5, 8, 9
# These ask a person for a file's name.
ASKING_PORTS = ("PORTPROMPT:", "FILE:", "SHRFAX:")
MOST_REMEMBERED = 5000
MOST_SWEPT = 10


class WindowsPrinters:
    """A job's reference is its number and its title: numbers begin anew when the spooler does.

    Raises OSError where there is no Windows. Only for jobs that this object handed over is the end told
    where the spooler has them no more; any other is GONE then.
    """

    def __init__(
        self, patience: float = PATIENCE_SECONDS, winspool: Winspool | None = None, gdi: Gdi | None = None
    ) -> None:
        self._winspool = winspool or Winspool()
        self._gdi = gdi or Gdi()
        self._paper = Paper(self._winspool, self._gdi)
        self._patience = Patience("winspool", patience)
        self._drawing_seconds = DRAWING * patience
        # Changed on the thread of the calls alone.
        self._sights: dict[str, Sight] = {}

    def queues(self) -> list[QueueInfo]:
        found, default = self._ask(lambda: (self._winspool.queues(), self._winspool.default()))
        usable = [one for one in found if not one.port.upper().startswith(ASKING_PORTS)]
        return [_queue_info(one, one.name == default) for one in sorted(usable, key=lambda one: one.name)]

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        settings, sheet = self._ask(
            lambda: self._paper.prepare(self._winspool.queue(queue), size, two_sided=has_pages(pdf)), queue
        )
        pages = pictures.pages(pdf, sheet.picture_dpi)
        turn = Turn()

        def hand_over() -> str:
            self._sweep(queue)
            if not turn.begin():
                raise TimeoutError("called off while the spooler hung")
            number = self._gdi.print(
                queue, settings, sheet, title, pages, begun=lambda job: self._control(queue, job, JOB_RETAIN)
            )
            reference = f"{number} {title}"
            self._sight(queue, reference)
            return reference

        try:
            return self._ask(hand_over, queue, self._drawing_seconds)
        except PrintSystemSilent as error:
            if not isinstance(error.__cause__, TimeoutError) or turn.call_off():
                raise
            raise uncertain(queue) from error

    def takes_more(self, queue: str) -> bool:  # noqa: ARG002
        return True

    def find(self, queue: str, title: str) -> str:
        def find() -> str:
            there = [job.number for job in self._winspool.jobs(queue) if job.title == title]
            return f"{max(there)} {title}" if there else ""

        found = ""
        with suppress(QueueRefused):
            found = self._ask(find, queue)
        # A hand-over that was given up on may have gone on, and its job be printed since.
        return found or next((one for one in list(self._sights) if _taken_apart(one)[1] == title), "")

    def status(self, queue: str, reference: str) -> JobStatus:
        try:
            return self._ask(lambda: self._status(queue, reference), queue)
        except QueueRefused:
            return JobStatus(Progress.GONE, NOT_KNOWN)

    def cancel(self, queue: str, reference: str) -> None:
        # Refused where the queue is gone, which `status` tells.
        with suppress(QueueRefused):
            self._ask(lambda: self._cancel(queue, reference), queue)

    def close(self) -> None:
        self._patience.close()

    def _status(self, queue: str, reference: str) -> JobStatus:
        sight = self._sights.get(reference)
        if sight is not None and sight.over is not None:
            return sight.over
        there = self._winspool.queue(queue)
        job = self._job(queue, reference)
        if job is None:
            told = jobs.vanished(sight, there, time.monotonic())
            if sight is not None:
                sight.over = told
            return told
        told = jobs.status(job, there, sight.last if sight else None)
        if sight is not None:
            sight.look(job)
        if told.progress is Progress.PRINTED:
            self._sight(queue, reference).over = told
            self._control(queue, job.number, JOB_RELEASE)
        return told

    def _cancel(self, queue: str, reference: str) -> None:
        """Paused first, so that what is seen then is how it was deleted."""
        if self._status(queue, reference).progress in {Progress.PRINTED, Progress.FAILED}:
            return
        number = _taken_apart(reference)[0]
        self._control(queue, number, JOB_PAUSE)
        job = self._job(queue, reference)
        if job is None or job.status & jobs.JOB_PRINTED:
            return
        sight = self._sight(queue, reference)
        began = not job.status & jobs.JOB_PAUSED or jobs.has_begun(job) or sight.begun
        # One that is kept is not deleted before it is released.
        self._control(queue, number, JOB_RELEASE)
        self._control(queue, number, JOB_DELETE)
        left = self._job(queue, reference)
        if left is None or left.status & (jobs.JOB_DELETING | jobs.JOB_DELETED):
            in_doubt = JobStatus(Progress.GONE, IN_DOUBT)
            sight.over = in_doubt if began else JobStatus(Progress.FAILED, TAKEN_BACK)
        else:
            self._control(queue, number, JOB_RESUME)

    def _job(self, queue: str, reference: str) -> Job | None:
        number, title = _taken_apart(reference)
        job = self._winspool.job(queue, number)
        return job if job is not None and job.title == title else None

    def _control(self, queue: str, number: int, command: int) -> None:
        """What became of it is seen by looking at the job."""
        with suppress(SpoolerFault):
            self._winspool.control(queue, number, command)

    def _sweep(self, queue: str) -> None:
        """Those that nobody asks about any more, as a receipt after a while, would stay for ever."""
        left = [one for one, sight in self._sights.items() if sight.queue == queue and sight.over is None]
        with suppress(SpoolerFault):
            for reference in left[:MOST_SWEPT]:
                self._status(queue, reference)

    def _sight(self, queue: str, reference: str) -> Sight:
        if reference not in self._sights and len(self._sights) >= MOST_REMEMBERED:
            del self._sights[next(iter(self._sights))]
        return self._sights.setdefault(reference, Sight(queue, time.monotonic()))

    def _ask(self, question: Callable[[], T], queue: str = "", seconds: float | None = None) -> T:
        try:
            return self._patience.call(question, seconds)
        except SpoolerFault as fault:
            raise translated(queue, fault) from fault
        except TimeoutError as error:
            raise silent() from error


def _taken_apart(reference: str) -> tuple[int, str]:
    """Number and title; 0, which no job has, where it was written by another system."""
    number, _, title = reference.partition(" ")
    return int(number) if number.isdecimal() else 0, title


def _queue_info(queue: Queue, default: bool) -> QueueInfo:
    words, waits = jobs.explain(queue)
    status = Status.DEGRADED if waits else Status.READY
    remedy = "Look at the printer, or choose another one." if waits else ""
    return QueueInfo(queue.name, queue.name, DeviceState(queue.name, status, words, remedy), default)
