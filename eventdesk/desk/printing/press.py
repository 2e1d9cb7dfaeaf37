"""The steps of a print job between the desk and the system's queue, each written down as it happens.

A badge is never printed twice in silence: before a job is handed over it is marked SENT without a
reference, after it the reference is noted. A job that is found marked but without a reference was cut
off in between, so the system is asked for its title; where that does not answer the question, the
job is UNKNOWN and a person must say whether the badge came out.
"""

from collections.abc import Sequence
from uuid import uuid4

from eventdesk.desk.printing.maker import Badge, Renderer
from eventdesk.desk.printing.notes import Notes
from eventdesk.devices.printers.queues import (
    HandOverUncertain,
    JobStatus,
    Printers,
    PrintSystemSilent,
    Progress,
    QueueRefused,
)
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.errors import EventDeskError

CUT_OFF = "The desk was cut off while it printed this badge"
MISTAKE = "EventDesk made a mistake with this badge; the log file holds the details"


def title(job: BadgeJob) -> str:
    """The job's name in the system's queue: one for each attempt, and no personal data in it."""
    return f"page-{job.page}" if job.page else f"badge-{job.id}-{job.attempts}"


class Press:
    """Every method may raise PrintSystemSilent (nothing was lost, try later) or StorageError."""

    def __init__(self, printers: Printers, render: Renderer, notes: Notes) -> None:
        self._printers = printers
        self._render = render
        self._notes = notes

    def ask(self, job: BadgeJob) -> bool:
        """How a job that was handed over is doing; whether it stands still until a person does something."""
        if not job.reference:
            self._look_up(job)
            return False
        status = self._printers.status(job.printer, job.reference)
        self._note(job, status)
        return status.progress is Progress.HELD

    def hand_over(self, job: BadgeJob) -> None:
        try:
            badge = self._render(job)
        except EventDeskError as error:
            self._notes.move(job, JobState.FAILED, detail=error.message)
            return
        self._send(self._notes.marked([job]), badge)

    def hand_over_page(self, jobs: Sequence[BadgeJob], badge: Badge) -> None:
        """Several on one page: they come out together or not at all."""
        page = uuid4().hex
        marked = self._notes.marked(jobs, page)
        if len(marked) == len(jobs):
            self._send(marked, badge)
        elif marked:  # one of them was taken away since the page was drawn
            self._notes.move(marked[0], JobState.QUEUED)

    def give_up(self, job: BadgeJob) -> None:
        """A mistake of the program: the job waits for a person, and not in everybody's way."""
        now = self._notes.now(job)
        untouched = now is not None and now.state is JobState.QUEUED
        self._notes.move(job, JobState.FAILED if untouched else JobState.UNKNOWN, detail=MISTAKE)

    def _send(self, marked: Sequence[BadgeJob], badge: Badge) -> None:
        if not marked:
            return
        job = marked[0]
        try:
            reference = self._printers.send(job.printer, badge.pdf, title(job), badge.size)
        except QueueRefused as error:
            self._notes.move(job, JobState.FAILED, detail=error.message)
        except HandOverUncertain as error:
            # Looked up by its title when the print system answers again.
            self._notes.move(job, JobState.SENT, detail=error.message)
            raise
        except PrintSystemSilent as error:
            self._notes.move(job, JobState.QUEUED, detail=error.message)
            raise
        else:
            self._notes.move(job, JobState.SENT, reference=reference)

    def _look_up(self, job: BadgeJob) -> None:
        if reference := self._printers.find(job.printer, title(job)):
            self._notes.move(job, JobState.SENT, reference=reference)
        else:
            self._notes.move(job, JobState.UNKNOWN, detail=CUT_OFF)

    def _note(self, job: BadgeJob, status: JobStatus) -> None:
        if status.progress is Progress.PRINTED:
            self._notes.printed(job)
            return
        state = {
            Progress.PRINTING: JobState.PRINTING,
            Progress.FAILED: JobState.FAILED,
            Progress.GONE: JobState.UNKNOWN,
        }.get(status.progress, job.state)
        if (state, status.detail) != (job.state, job.detail):
            self._notes.move(job, state, detail=status.detail)
