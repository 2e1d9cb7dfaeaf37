"""What a printer says itself, where CUPS knows it by hearsay or has forgotten it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from eventdesk.devices.printers.patience import Patience
from eventdesk.devices.printers.queues import Progress
from eventdesk.devices.printers.words import explain, never_reached

PATIENCE_SECONDS = 2.0
IPP_PORT = 631
# RFC 8011, 5.4.11: values of printer-state.
PRINTER_IDLE, PRINTER_PROCESSING = 3, 4
STATE = ["printer-state-reasons", "printer-state-message"]
# How long a printer may take to let go of a job that CUPS canceled.
LETTING_GO_SECONDS = 2
# Times of jobs and printers come in whole seconds.
ROUNDED_SECONDS = 2
# CUPS asked after a job, and the printer had never heard of it: CUPS takes that for done, and goes on
# naming it with the jobs that follow.
NOT_KNOWN_THERE = "cups-ipp-missing-job-history"


class OwnWord:
    """Asks printers behind `ipp` and `ipps` queues, beside CUPS. `cups` is the module pycups."""

    def __init__(self, cups: Any, patience: float) -> None:
        self._cups = cups
        self._patience = Patience("printer", min(patience, PATIENCE_SECONDS))

    def as_now(self, queue: Mapping[str, Any]) -> Mapping[str, Any]:
        """A queue with how its printer is now. CUPS learns that by jobs alone: after one that was canceled
        for want of paper the queue says so until the next one, which nobody would send there."""
        if queue.get("printer-state") != PRINTER_IDLE or not waits(queue):
            return queue
        uri = str(queue.get("device-uri", ""))
        if not _can_be_asked(uri):  # the next job will tell
            return {**queue, "printer-state-reasons": [], "printer-state-message": ""}
        told = self._ask(uri, STATE)
        return queue if told is None else {**queue, **{name: told.get(name, "") for name in STATE}}

    def was_off(self, job: Mapping[str, Any], queue: Mapping[str, Any]) -> bool:
        """Whether the printer was switched on anew while it had a job that is told as done, and does not
        know it any more: what had not come out by then never will."""
        if NOT_KNOWN_THERE not in listed(job.get("job-printer-state-reasons")):
            return False
        uri = str(queue.get("device-uri", ""))
        told = self._ask(uri, ["printer-up-time"]) if _can_be_asked(uri) else None
        if told is None:
            return False
        began_ago = job["job-printer-up-time"] - job["time-at-processing"]
        return bool(told["printer-up-time"] + ROUNDED_SECONDS < began_ago)

    def after_cancel(self, job: Mapping[str, Any], queue: Mapping[str, Any]) -> Progress:
        """How a job ended that CUPS calls canceled, which it does before the printer lets go of it. FAILED
        (nothing came out): it never got to the printer, or the printer stands still even now."""
        if not job.get("time-at-processing"):
            return Progress.FAILED
        uri = str(queue.get("device-uri", ""))
        told = self._ask(uri, ["printer-state", *STATE]) if _can_be_asked(uri) else None
        if told is None:
            reached = not never_reached(str(job.get("job-printer-state-message", "")))
            return Progress.GONE if reached else Progress.FAILED
        since = job["job-printer-up-time"] - job["time-at-completed"]
        if told["printer-state"] == PRINTER_PROCESSING and since <= LETTING_GO_SECONDS:
            return Progress.PRINTING
        return Progress.FAILED if waits(told) else Progress.GONE

    def close(self) -> None:
        self._patience.close()

    def _ask(self, uri: str, attributes: list[str]) -> Mapping[str, Any] | None:
        """None where the printer does not answer."""
        try:
            return self._patience.call(lambda: self._of_printer(uri, attributes))
        except (TimeoutError, RuntimeError, self._cups.IPPError, self._cups.HTTPError):
            return None

    def _of_printer(self, uri: str, attributes: list[str]) -> Mapping[str, Any]:
        at = urlsplit(uri)
        ciphers = (
            self._cups.HTTP_ENCRYPT_ALWAYS if at.scheme == "ipps" else self._cups.HTTP_ENCRYPT_IF_REQUESTED
        )
        printer = self._cups.Connection(at.hostname or "", at.port or IPP_PORT, ciphers)
        told: Mapping[str, Any] = printer.getPrinterAttributes(uri=uri, requested_attributes=attributes)
        return told


def waits(queue: Mapping[str, Any]) -> bool:
    """Whether a person must do something before this queue goes on."""
    reasons = listed(queue.get("printer-state-reasons"))
    return explain(reasons, str(queue.get("printer-state-message", "")))[1]


def listed(value: Any) -> list[str]:
    """pycups gives a text where there is one of them."""
    return [value] if isinstance(value, str) else list(value or [])


def _can_be_asked(uri: str) -> bool:
    return urlsplit(uri).scheme in {"ipp", "ipps"}
