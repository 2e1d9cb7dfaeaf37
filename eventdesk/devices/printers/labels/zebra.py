"""Zebra printers: asked by ~HS and ~HQES, counted by their own count of labels where they have one."""

import time
from collections.abc import Sequence

from PIL import Image

from eventdesk.devices.links import Link
from eventdesk.devices.printers.labels import pictures, zebra_status, zpl
from eventdesk.devices.printers.labels.asking import ask
from eventdesk.devices.printers.labels.conditions import Condition, Work
from eventdesk.devices.printers.queues import JobStatus, PageSize, Progress
from eventdesk.devices.printers.words import CANCELED, IN_DOUBT, UNCOUNTED
from eventdesk.domain.printing.setup import PrinterSetup

# It has nothing to do, yet did not count the label: so long it may be about to.
UNCOUNTED_SECONDS = 10.0
# One without a count has no work left while the last label still moves.
MOVING_SECONDS = 2.0
# Ends a format that broke off; without one it does nothing.
END_UNFINISHED = b"~JX"
CANCEL_ALL = b"~JA"
_COUNT = b'! U1 getvar "odometer.total_label_count"\r\n'


class Zebra:
    """One printer's language; what the printer turned out to know is remembered."""

    def __init__(self, setup: PrinterSetup) -> None:
        self._setup = setup
        self._model: tuple[str, float] | None = None
        self._knows_errors = True
        self._counts = True

    def look(self, link: Link) -> Condition:
        return self._condition(link)

    def draw(self, pdf: bytes, size: PageSize | None, condition: Condition) -> Sequence[Image.Image]:
        turned = bool(size and condition.media and pictures.turn(size, condition.media))
        drawn = map(pictures.black, pictures.pages(pdf, condition.dpi))
        return [page.transpose(Image.Transpose.ROTATE_90) if turned else page for page in drawn]

    def begin(self, link: Link, work: Work) -> None:
        link.send(END_UNFINISHED)
        work.before = self._count(link)

    def encode(self, pages: Sequence[Image.Image], condition: Condition) -> bytes:  # noqa: ARG002
        return zpl.labels(pages)

    def follow(self, link: Link, work: Work) -> tuple[JobStatus, Condition]:
        condition = self._condition(link)
        words, waits = condition.told()
        if waits and not work.canceled:
            work.calm_since, work.trouble = None, words
            return JobStatus(Progress.HELD, words), condition
        if condition.waiting:
            work.calm_since = None
            return JobStatus(Progress.PRINTING, words), condition
        work.calm_since = work.calm_since or time.monotonic()
        return self._ended(link, work, time.monotonic() - work.calm_since), condition

    def cancel(self, link: Link, work: Work) -> None:
        """It is certain that nothing came out only where the printer stood still and still had the label."""
        condition = self._condition(link)
        if not (condition.told()[1] and condition.waiting):
            work.trouble = ""
        link.send(CANCEL_ALL)

    def _ended(self, link: Link, work: Work, calm: float) -> JobStatus:
        """How a job ended of which the printer has nothing left, for `calm` seconds."""
        came = None if work.before is None else (self._count(link) or 0) - work.before
        if came is not None and came >= work.pages:
            return JobStatus(Progress.PRINTED)
        if work.canceled:
            stood = bool(work.trouble) and not came
            return JobStatus(Progress.FAILED, CANCELED) if stood else JobStatus(Progress.GONE, IN_DOUBT)
        if came is None and calm >= MOVING_SECONDS:
            return JobStatus(Progress.PRINTED)
        if calm >= UNCOUNTED_SECONDS:
            return JobStatus(Progress.GONE, UNCOUNTED)
        return JobStatus(Progress.PRINTING)

    def _condition(self, link: Link) -> Condition:
        """~HS is not answered by every printer that stands still; ~HQES then says why it does."""
        status = ask(link, b"~HS", zebra_status.host_status)
        errors = self._errors(link)
        if status is None and errors is None:
            raise TimeoutError("the printer is silent")
        # Whoever answers nothing but its errors has not finished.
        waiting = 1 if status is None else status.waiting
        reasons = (errors or frozenset()) | (status.reasons if status else frozenset())
        if self._model is None:
            self._model = ask(link, b"~HI", zebra_status.model_and_dpi)
        model, dpi = self._model or ("", float(self._setup.dpi))
        return Condition(reasons, self._setup.media, dpi, model, waiting)

    def _errors(self, link: Link) -> frozenset[str] | None:
        if not self._knows_errors:
            return None
        errors = ask(link, b"~HQES", zebra_status.error_flags)
        self._knows_errors = errors is not None
        return errors

    def _count(self, link: Link) -> int | None:
        if not self._counts:
            return None
        count = ask(link, _COUNT, zebra_status.counted)
        self._counts = count is not None
        return count
