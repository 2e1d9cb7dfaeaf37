"""The system's print queues on Linux and macOS, through libcups."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from eventdesk.devices.printers.media import choose, has_pages
from eventdesk.devices.printers.own_word import OwnWord, listed
from eventdesk.devices.printers.patience import Patience, Turn
from eventdesk.devices.printers.queues import (
    HandOverUncertain,
    JobStatus,
    PageSize,
    PrintSystemSilent,
    Progress,
    QueueInfo,
    QueueRefused,
)
from eventdesk.devices.printers.words import (
    FORGOTTEN,
    GIVEN_UP,
    HELD,
    IN_DOUBT,
    NOT_KNOWN,
    TAKEN_BACK,
    explain,
)
from eventdesk.devices.states import DeviceState, Status

T = TypeVar("T")
PATIENCE_SECONDS = 5.0
# RFC 8011, 5.3.7: the values of job-state.
PENDING, JOB_HELD, PROCESSING, JOB_STOPPED, CANCELED, ABORTED, COMPLETED = range(3, 10)
PRINTER_STOPPED = 5
NOT_FOUND = 0x0406
NOT_ACCEPTING = 0x0506
JOB_ATTRIBUTES = [
    "job-state", "job-state-reasons", "job-printer-state-message", "job-printer-state-reasons",
    "job-printer-up-time", "time-at-processing", "time-at-completed",
]  # fmt: skip
QUEUE_ATTRIBUTES = ["printer-state", "printer-state-reasons", "printer-state-message", "device-uri"]
# RFC 8011, 5.2.8: turned over the long edge.
BOTH_SIDES = "two-sided-long-edge"
SILENT = PrintSystemSilent(
    "The print system does not answer.", "Start CUPS (the cups service), or wait until it is back."
)


class CupsPrinters:
    """`host` and `port` as CUPS has them configured unless given. Raises ImportError without pycups."""

    def __init__(self, host: str = "", port: int = 0, patience: float = PATIENCE_SECONDS) -> None:
        import cups

        self._cups = cups
        self._server = (host, port)
        self._patience = Patience("cups", patience)
        self._own_word = OwnWord(cups, patience)

    def queues(self) -> list[QueueInfo]:
        found, default = self._ask(lambda cups: (cups.getPrinters(), cups.getDefault()))
        return [
            _queue_info(name, self._own_word.as_now(found[name]), name == default) for name in sorted(found)
        ]

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        turn = Turn()

        def send(cups: Any) -> int:
            options = self._options(cups, queue, size, two_sided=has_pages(pdf))
            if not turn.begin():
                raise TimeoutError("called off while the print system hung")
            return self._hand_over(cups, queue, pdf, title, options)

        try:
            return str(self._ask(send, queue))
        except PrintSystemSilent as error:
            if turn.call_off():
                raise
            raise HandOverUncertain(
                f"The print system fell silent while {queue} was given the badge.", error.remedy
            ) from error

    def takes_more(self, queue: str) -> bool:  # noqa: ARG002
        return True

    def find(self, queue: str, title: str) -> str:  # noqa: ARG002
        def find(cups: Any) -> str:
            jobs = cups.getJobs(which_jobs="all", requested_attributes=["job-id", "job-name"])
            for number in sorted(jobs, reverse=True):
                # getJobs leaves the name of some jobs out.
                name = jobs[number].get("job-name") or _job_name(cups, number)
                if name == title:
                    return str(number)
            return ""

        return self._ask(find)

    def status(self, queue: str, reference: str) -> JobStatus:
        def ask(cups: Any) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
            job = cups.getJobAttributes(int(reference), requested_attributes=JOB_ATTRIBUTES)
            return job, cups.getPrinterAttributes(queue, requested_attributes=QUEUE_ATTRIBUTES)

        try:
            job, found = self._ask(ask)
        except QueueRefused:
            return JobStatus(Progress.GONE, NOT_KNOWN)
        if job["job-state"] == CANCELED:
            return self._canceled(job, found)
        status = _job_status(job, found)
        if status.progress is Progress.PRINTED and self._own_word.was_off(job, found):
            return JobStatus(Progress.GONE, FORGOTTEN)
        return status

    def _canceled(self, job: Mapping[str, Any], queue: Mapping[str, Any]) -> JobStatus:
        progress = self._own_word.after_cancel(job, queue)
        return JobStatus(progress, IN_DOUBT if progress is Progress.GONE else TAKEN_BACK)

    def cancel(self, queue: str, reference: str) -> None:  # noqa: ARG002
        # Refused where the job is over, which `status` tells.
        with suppress(QueueRefused):
            self._ask(lambda cups: cups.cancelJob(int(reference)))

    def close(self) -> None:
        self._patience.close()
        self._own_word.close()

    def _options(self, cups: Any, queue: str, size: PageSize | None, *, two_sided: bool) -> dict[str, str]:
        """The paper for the badge at its true size, where the queue has such paper; both its sides, where the
        printer can."""
        answer = cups.getPrinterAttributes(queue, requested_attributes=["media-supported", "sides-supported"])
        media = choose(answer.get("media-supported", []), size) if size else ""
        options = {"media": media, "print-scaling": "none"} if media else {}
        if two_sided and BOTH_SIDES in answer.get("sides-supported", []):
            options["sides"] = BOTH_SIDES
        return options

    def _hand_over(self, cups: Any, queue: str, pdf: bytes, title: str, options: dict[str, str]) -> int:
        """In one stream, so that no file with a guest's name lies about on the disk."""
        job: int = cups.createJob(queue, title, options)
        cups.startDocument(queue, job, title, "application/pdf", 1)
        cups.writeRequestData(pdf, len(pdf))
        cups.finishDocument(queue)
        return job

    def _ask(self, question: Callable[[Any], T], queue: str = "") -> T:
        """The answer on a fresh connection: an old one does not survive a restart of the print system."""
        try:
            return self._patience.call(lambda: question(self._connect()))
        except self._cups.IPPError as error:
            raise _translated(queue, *error.args) from error
        except (TimeoutError, RuntimeError, self._cups.HTTPError) as error:
            raise SILENT from error

    def _connect(self) -> Any:
        host, port = self._server
        if host:
            # createJob looks the queue up on the thread's default server, whatever the connection is.
            self._cups.setServer(host)
            self._cups.setPort(port)
        return self._cups.Connection()


def _translated(queue: str, code: int, message: str) -> PrintSystemSilent | QueueRefused:
    if code == NOT_FOUND and queue:
        return QueueRefused(f"There is no print queue {queue}.", "Choose another printer.")
    if code == NOT_ACCEPTING:
        return QueueRefused(
            f"The print queue takes no jobs: {message}", "Open the queue or choose another printer."
        )
    if NOT_FOUND & 0xFF00 <= code < 0x0500:
        return QueueRefused(f"The print system refuses: {message}", "Choose another printer.")
    return PrintSystemSilent(SILENT.message, SILENT.remedy)


def _job_name(cups: Any, number: int) -> str:
    return str(cups.getJobAttributes(number, requested_attributes=["job-name"]).get("job-name", ""))


def _job_status(job: Mapping[str, Any], queue: Mapping[str, Any]) -> JobStatus:
    state = job["job-state"]
    message = str(job.get("job-printer-state-message", ""))
    if state == COMPLETED:
        return JobStatus(Progress.PRINTED)
    if state == ABORTED:
        return JobStatus(Progress.FAILED, message or GIVEN_UP)
    words, waits = explain(
        listed(queue.get("printer-state-reasons")), str(queue.get("printer-state-message", ""))
    )
    if state in {JOB_HELD, JOB_STOPPED}:
        return JobStatus(Progress.HELD, words or message or HELD)
    if waits or queue.get("printer-state") == PRINTER_STOPPED:
        return JobStatus(Progress.HELD, words or "The print queue is paused")
    return JobStatus(Progress.PRINTING if state == PROCESSING else Progress.SENT, words)


def _queue_info(name: str, found: Mapping[str, Any], default: bool) -> QueueInfo:
    words, waits = explain(
        listed(found.get("printer-state-reasons")), str(found.get("printer-state-message", ""))
    )
    description = str(found.get("printer-info") or name)
    stopped = found.get("printer-state") == PRINTER_STOPPED
    status = Status.DEGRADED if waits or stopped else Status.READY
    message = words or ("The print queue is paused" if stopped else "")
    remedy = "Look at the printer, or choose another one." if status is Status.DEGRADED else ""
    return QueueInfo(name, description, DeviceState(description, status, message, remedy), default)
