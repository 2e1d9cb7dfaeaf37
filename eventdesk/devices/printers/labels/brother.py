"""Brother QL printers: they tell by themselves when a label is out, and what went wrong."""

import time
from collections.abc import Sequence

from PIL import Image

from eventdesk.devices.links import Link
from eventdesk.devices.printers.labels import brother_status, pictures, raster
from eventdesk.devices.printers.labels.asking import ANSWER_SECONDS, ask, hear_out
from eventdesk.devices.printers.labels.brother_status import Kind, Told
from eventdesk.devices.printers.labels.conditions import Condition, Work
from eventdesk.devices.printers.labels.snmp import SideDoor
from eventdesk.devices.printers.queues import JobStatus, PageSize, Progress, QueueRefused
from eventdesk.devices.printers.words import CANCELED, DROPPED, IN_DOUBT

# It prints a label in one to three seconds; after so many without a word it is asked.
QUIET_SECONDS = 4.0
# After a fault was mended it either goes on by itself, or has dropped the job.
MENDED_SECONDS = 10.0
CANCELED_SECONDS = 2.0
# One that tells nothing by itself has printed a label by then.
REST_SECONDS = 3.0
# By how much two readings of when it was started may differ.
CLOCKS_APART_MS = 2000


class Brother:
    """One printer's language. `red`: its roll has two colours. `side`: where it tells how it is, if its wire
    takes bytes alone."""

    def __init__(self, *, red: bool = False, side: SideDoor | None = None) -> None:
        self._red = red
        self._side = side
        self._mute = False
        self._wide = False
        self._last = Condition(dpi=raster.DPI)

    def look(self, link: Link) -> Condition:
        if not self._mute:
            told = ask(link, raster.CLEAR + raster.ASK, brother_status.answer)
            if told is not None:
                return self._noted(told)
        if self._side is None:
            raise TimeoutError("the printer is silent")
        told, _ = self._beside(self._side)
        self._mute = True
        return self._noted(told)

    def draw(self, pdf: bytes, size: PageSize | None, condition: Condition) -> Sequence[Image.Image]:
        media = self._media(condition)
        drawn = pictures.pages(pdf, raster.DPI)
        turned = bool(size and pictures.turn(size, media))
        if turned:
            drawn = [page.transpose(Image.Transpose.ROTATE_90) for page in drawn]
        return [raster.cropped(page, media) for page in drawn]

    def begin(self, link: Link, work: Work) -> None:
        hear_out(link)
        if self._mute and self._side is not None:
            _, work.before = self._beside(self._side)

    def encode(self, pages: Sequence[Image.Image], condition: Condition) -> bytes:
        return raster.job([self._colours(page) for page in pages], self._media(condition), wide=self._wide)

    def follow(self, link: Link, work: Work) -> tuple[JobStatus, Condition]:
        if self._mute and self._side is not None:
            # Nothing is said there, but whether the wire is broken shows.
            hear_out(link)
            told, started = self._beside(self._side)
            return self._watched(told, started, work), self._last
        heard = self._hear(hear_out(link), work)
        now = time.monotonic()
        if heard:
            work.begun = now
        quiet = now - work.begun
        if work.completed < work.pages and (work.trouble or quiet >= self._patience(work)):
            status = self._asked(self._ask(link, work), work)
        else:
            status = JobStatus(Progress.PRINTING)
        return (JobStatus(Progress.PRINTED) if work.completed >= work.pages else status), self._last

    def cancel(self, link: Link, work: Work) -> None:
        """Only where it stands still: while it prints, it is quicker than we are."""
        if work.trouble:
            link.send(raster.CLEAR)

    def _beside(self, side: SideDoor) -> tuple[Told, int]:
        """What it tells over SNMP, and when it was started: milliseconds of our steady clock."""
        answer = side.ask()
        told = brother_status.answer(answer.status)
        if told is None:
            raise TimeoutError("the printer does not tell its status over SNMP")
        return told, round(time.monotonic() * 1000) - answer.uptime * 10

    def _watched(self, told: Told, started: int, work: Work) -> JobStatus:
        """How a job is doing in a printer that does not tell when a label is out: it is where the printer has
        been at rest for a while, was not started anew, and had no fault."""
        if work.before is not None and started > work.before + CLOCKS_APART_MS:
            raise ConnectionResetError("the printer was started anew")
        if told.printing and not told.reasons:
            work.calm_since = None
        rests = not (told.printing or told.reasons or work.trouble or work.canceled)
        if not rests:
            return self._asked(told, work)
        work.calm_since = work.calm_since or time.monotonic()
        rested = time.monotonic() - work.calm_since
        return JobStatus(Progress.PRINTED if rested >= REST_SECONDS * work.pages else Progress.PRINTING)

    def _patience(self, work: Work) -> float:
        return CANCELED_SECONDS if work.canceled else QUIET_SECONDS

    def _ask(self, link: Link, work: Work) -> Told:
        """Its answer; that the label is out may come before it."""
        link.send(raster.ASK)
        give_up = time.monotonic() + ANSWER_SECONDS
        while (left := give_up - time.monotonic()) > 0:
            for told in self._hear(link.listen(left), work):
                if told.kind == Kind.ANSWER:
                    return told
        raise TimeoutError("the printer is silent")

    def _asked(self, told: Told, work: Work) -> JobStatus:
        """How a job is doing of which the printer has told nothing for long, or a fault."""
        words, waits = self._noted(told).told()
        if work.canceled and work.trouble:
            return JobStatus(Progress.FAILED, CANCELED)
        if waits:
            work.trouble, work.calm_since = words, None
            return JobStatus(Progress.HELD, words)
        if told.printing:
            work.calm_since = None
            return JobStatus(Progress.PRINTING)
        if work.canceled:
            return JobStatus(Progress.GONE, IN_DOUBT)
        work.calm_since = work.calm_since or time.monotonic()
        calm = time.monotonic() - work.calm_since
        return JobStatus(Progress.GONE, DROPPED) if calm >= MENDED_SECONDS else JobStatus(Progress.PRINTING)

    def _hear(self, said: bytes, work: Work) -> list[Told]:
        told, work.heard = brother_status.tellings(work.heard + said)
        for one in told:
            self._take(one, work)
        return told

    def _take(self, told: Told, work: Work) -> None:
        if told.kind == Kind.COMPLETED:
            work.completed += 1
        elif told.kind in {Kind.ERROR, Kind.ANSWER} and told.reasons:
            work.trouble = self._noted(told).told()[0]

    def _noted(self, told: Told) -> Condition:
        self._wide = told.wide
        self._last = Condition(told.reasons, told.media, raster.DPI, told.model)
        return self._last

    def _media(self, condition: Condition) -> PageSize:
        media = condition.media
        if media is None:
            raise QueueRefused("There are no labels in the printer.", "Put in a roll of labels.")
        return media

    def _colours(self, page: Image.Image) -> tuple[Image.Image, Image.Image | None]:
        if not self._red:
            return pictures.black(page), None
        red = pictures.red(page)
        white = Image.new("RGB", page.size, "white")
        return pictures.black(Image.composite(page, white, red.convert("L"))), red
