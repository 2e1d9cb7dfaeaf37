"""One label printer: one job at a time, over a wire that stays open until the label is out.

The wire is the proof: a printer that was switched off, or lost its job in any other way, has also lost the
wire. Then nobody can say whether the badge came out, and a person is asked.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from eventdesk.devices.links import Link
from eventdesk.devices.printers.labels.conditions import Condition, Language, Work
from eventdesk.devices.printers.patience import Patience, Turn
from eventdesk.devices.printers.queues import (
    HandOverUncertain,
    JobStatus,
    PageSize,
    PrintSystemSilent,
    Progress,
    QueueInfo,
)
from eventdesk.devices.printers.words import LOST, WORDS
from eventdesk.devices.states import DeviceState, Status

T = TypeVar("T")
# In all, for what the wires do not limit themselves: a name server, a driver that hangs.
SEND_SECONDS = 12.0
LOOK_SECONDS = 3.0
FOLLOW_SECONDS = 5.0
# So many jobs that are over are remembered.
REMEMBERED = 200
# One that does not answer costs seconds: it is not asked at every turn how it is.
SILENT_SECONDS = 10.0
SILENT = WORDS["timed-out"]
BUSY = PrintSystemSilent("The printer still has another badge.", "Wait for it, or look at the printer.")
UNREACHABLE = PrintSystemSilent("The label printer does not answer.", "Check its power and its cable.")
_OVER = {Progress.PRINTED, Progress.FAILED, Progress.GONE}


class LabelPrinter:
    """Any thread may call. `name` is its address, which is also what people know it by."""

    def __init__(self, name: str, link: Link, language: Language) -> None:
        self._name = name
        self._link = link
        self._language = language
        self._patience = Patience("labels", SEND_SECONDS)
        self._lock = Lock()
        self._work: Work | None = None
        self._open = False
        self._lost = False
        self._seen: Condition | None = None
        self._silent_until = 0.0
        self._over: OrderedDict[str, JobStatus] = OrderedDict()

    def takes_more(self) -> bool:
        return self._work is None

    def info(self) -> QueueInfo:
        """How it is doing: asked now, or seen last where it is at work."""
        try:
            if time.monotonic() < self._silent_until:
                raise UNREACHABLE
            self._silent_until = 0.0
            seen = self._ask(self._look, LOOK_SECONDS)
        except PrintSystemSilent as error:
            self._silent_until = self._silent_until or time.monotonic() + SILENT_SECONDS
            state = DeviceState(self._name, Status.GONE, error.message, error.remedy)
            return QueueInfo(self._name, self._name, state)
        words, waits = seen.told()
        remedy = "Look at the printer, or choose another one." if waits else ""
        status = Status.DEGRADED if waits else Status.READY
        described = f"{seen.model} ({self._name})" if seen.model else self._name
        return QueueInfo(self._name, described, DeviceState(described, status, words, remedy))

    def condition(self) -> Condition:
        """Raises PrintSystemSilent."""
        return self._ask(self._look, LOOK_SECONDS)

    def send(self, pdf: bytes, title: str, size: PageSize | None) -> str:
        """See `Printers.send`. What keeps it from printing is told before anything is sent."""
        turn = Turn()
        with self._lock:
            if self._work is not None:
                raise BUSY
            try:
                self._patience.call(lambda: self._send(pdf, title, size, turn), SEND_SECONDS)
            except OSError as error:
                if turn.call_off():
                    raise UNREACHABLE from error
                self._lost = True
                raise HandOverUncertain(
                    f"{self._name} was lost while it was given the badge.", UNREACHABLE.remedy
                ) from error
        return title

    def find(self, title: str) -> str:
        here = self._work is not None and self._work.title == title
        return title if here or title in self._over else ""

    def status(self, reference: str) -> JobStatus:
        with self._lock:
            if (over := self._over.get(reference)) is not None:
                return over
            if self._work is None or self._work.title != reference:
                return JobStatus(Progress.GONE, LOST)
            work = self._work
            try:
                status = self._ask(lambda: self._follow(work), FOLLOW_SECONDS)
            except PrintSystemSilent:
                return JobStatus(Progress.HELD, SILENT)
            if status.progress in _OVER:
                self._end(work, status)
            return status

    def cancel(self, reference: str) -> None:
        with self._lock:
            work = self._work
            if work is not None and work.title == reference and not work.canceled:
                self._ask(lambda: self._cancel(work), FOLLOW_SECONDS)

    def close(self) -> None:
        self._patience.close()
        self._hang_up()

    def _look(self) -> Condition:
        if self._work is not None and self._seen is not None:
            return self._seen
        self._link.open()
        try:
            self._seen = self._language.look(self._link)
        finally:
            self._link.close()
        return self._seen

    def _send(self, pdf: bytes, title: str, size: PageSize | None, turn: Turn) -> None:
        self._link.open()
        try:
            self._seen = self._language.look(self._link)
            words, waits = self._seen.told()
            if waits:
                raise PrintSystemSilent(words, "Look at the printer, or choose another one.")
            pages = self._language.draw(pdf, size, self._seen)
            work = Work(title, len(pages))
            self._language.begin(self._link, work)
            data = self._language.encode(pages, self._seen)
            if not turn.begin():
                raise TimeoutError("called off while the wire hung")
        except BaseException:
            self._link.close()
            raise
        self._over.pop(title, None)
        work.begun = time.monotonic()
        self._open, self._lost, self._work = True, False, work
        self._link.send(data)

    def _follow(self, work: Work) -> JobStatus:
        if not self._lost:
            try:
                status, self._seen = self._language.follow(self._link, work)
            except TimeoutError:
                raise
            except OSError:
                self._lost = True
            else:
                return status
        # The wire is gone, and with it all that could prove anything. Once it is there again it prints on.
        self._hang_up()
        self._link.open()
        try:
            self._seen = self._language.look(self._link)
        finally:
            self._link.close()
        return JobStatus(Progress.GONE, LOST)

    def _cancel(self, work: Work) -> None:
        if not self._lost:
            self._language.cancel(self._link, work)
            work.canceled = True

    def _end(self, work: Work, status: JobStatus) -> None:
        self._over[work.title] = status
        while len(self._over) > REMEMBERED:
            self._over.popitem(last=False)
        self._work = None
        self._hang_up()

    def _hang_up(self) -> None:
        if self._open:
            self._open = False
            self._link.close()

    def _ask(self, question: Callable[[], T], seconds: float) -> T:
        try:
            return self._patience.call(question, seconds)
        except OSError as error:
            raise UNREACHABLE from error
