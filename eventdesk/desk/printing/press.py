"""The steps of a print job between the desk and the system's queue, each written down as it happens.

A badge is never printed twice in silence: before a job is handed over it is marked SENT without a
reference, after it the reference is noted. A job that is found marked but without a reference was cut
off in between, so the system is asked for its title; where that does not answer the question, the
job is UNKNOWN and a person must say whether the badge came out.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from eventdesk.desk.printing import admitting
from eventdesk.desk.printing.jobs import is_sheet
from eventdesk.desk.printing.maker import Renderer
from eventdesk.desk.printing.values import Entered
from eventdesk.devices.printers.queues import (
    HandOverUncertain,
    JobStatus,
    Printers,
    PrintSystemSilent,
    Progress,
    QueueRefused,
)
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.facts import Draft, Kind
from eventdesk.errors import BadInput, EventDeskError
from eventdesk.storage.store import Store, Transaction

CUT_OFF = "The desk was cut off while it printed this badge"
MISTAKE = "EventDesk made a mistake with this badge; the log file holds the details"
# How long a job that is taken back may take to end.
RECALL_SECONDS = 3.0


def title(job: BadgeJob) -> str:
    """The job's name in the system's queue: one for each attempt, and no personal data in it."""
    return f"badge-{job.id}-{job.attempts}"


class Press:
    """Every method may raise PrintSystemSilent (nothing was lost, try later) or StorageError.

    Lives on one thread. `on_job` is told each change once it is on the disk; `signed` names who is
    at the desk.
    """

    def __init__(
        self,
        store: Store,
        printers: Printers,
        render: Renderer,
        on_job: Callable[[BadgeJob], None],
        signed: Callable[[Sequence[Draft]], list[Draft]] = list,
        on_entered: Callable[[Entered], None] = lambda _: None,
    ) -> None:
        self._store = store
        self._printers = printers
        self._render = render
        self._on_job = on_job
        self._signed = signed
        self._on_entered = on_entered

    def advance(self, job: BadgeJob) -> None:
        """Do what is next for a job that is under way."""
        if job.state is JobState.QUEUED:
            self._hand_over(job)
        elif not job.reference:
            self._look_up(job)
        else:
            self._note(job, self._printers.status(job.printer, job.reference))

    def retry(self, job: BadgeJob, printer: str) -> None:
        """Queue the job again, here or on another printer. Raises BadInput for one that is done with."""
        if job.state in {JobState.PRINTED, JobState.CANCELED}:
            raise BadInput("This badge is done with.", "Print the guest's badge again, with a reason.")
        if job.state is JobState.QUEUED or not self._came_out(job):
            self._move(job, JobState.QUEUED, reference="", printer=printer or None)

    def cancel(self, job: BadgeJob) -> None:
        """Give the job up; the guest has no badge then."""
        if job.state in {JobState.PRINTED, JobState.CANCELED}:
            return
        if job.state is JobState.QUEUED or not self._came_out(job):
            self._move(job, JobState.CANCELED)

    def confirm(self, job: BadgeJob) -> None:
        """A person holds the badge in hand. What is left of the job in the system's queue is taken away."""
        if job.state is JobState.QUEUED:
            raise BadInput("This badge was not sent to a printer yet.", "Cancel the job instead.")
        if job.state in {JobState.PRINTED, JobState.CANCELED}:
            return
        try:
            noted = self._came_out(job)
        except PrintSystemSilent:
            if job.state is not JobState.UNKNOWN:
                raise
            noted = False
        if not noted:
            self._printed(job)

    def give_up(self, job: BadgeJob) -> None:
        """A mistake of the program: the job waits for a person, and not in everybody's way."""
        with self._store.reader() as reader:
            now = reader.jobs.get(job.id)
        untouched = now is not None and now.state is JobState.QUEUED
        self._move(job, JobState.FAILED if untouched else JobState.UNKNOWN, detail=MISTAKE)

    def _hand_over(self, job: BadgeJob) -> None:
        try:
            badge = self._render(job)
        except EventDeskError as error:
            self._move(job, JobState.FAILED, detail=error.message)
            return
        marked = self._mark(job)
        if marked is None:
            return
        job = marked
        try:
            reference = self._printers.send(job.printer, badge.pdf, title(job), badge.size)
        except QueueRefused as error:
            self._move(job, JobState.FAILED, detail=error.message)
        except HandOverUncertain as error:
            # Looked up by its title when the print system answers again.
            self._move(job, JobState.SENT, detail=error.message)
            raise
        except PrintSystemSilent as error:
            self._move(job, JobState.QUEUED, detail=error.message)
            raise
        else:
            self._move(job, JobState.SENT, reference=reference)

    def _mark(self, job: BadgeJob) -> BadgeJob | None:
        """Write down that the job is about to be handed over; None where it was taken away meanwhile. Not
        told: it is news for a restart alone."""
        with self._store.transaction() as tx:
            if _is_canceled(tx, job):
                return None
            return tx.jobs.move(job.id, JobState.SENT, reference="", attempts=job.attempts + 1)

    def _look_up(self, job: BadgeJob) -> None:
        if reference := self._printers.find(job.printer, title(job)):
            self._move(job, JobState.SENT, reference=reference)
        else:
            self._move(job, JobState.UNKNOWN, detail=CUT_OFF)

    def _note(self, job: BadgeJob, status: JobStatus) -> None:
        if status.progress is Progress.PRINTED:
            self._printed(job)
            return
        state = {
            Progress.PRINTING: JobState.PRINTING,
            Progress.FAILED: JobState.FAILED,
            Progress.GONE: JobState.UNKNOWN,
        }.get(status.progress, job.state)
        if (state, status.detail) != (job.state, job.detail):
            self._move(job, state, detail=status.detail)

    def _printed(self, job: BadgeJob) -> None:
        payload = {"job": job.id, "printer": job.printer, "copy": job.copy}
        if job.reason:
            payload["reason"] = job.reason
        passed: list[Draft] = []
        with self._store.transaction() as tx:
            job = tx.jobs.move(job.id, JobState.PRINTED)
            if not is_sheet(job.id):
                passed = admitting.drafts(tx, job)
                badge = Draft(Kind.BADGE_PRINTED, job.ticket, payload)
                tx.append(job.log, [*self._signed([badge]), *passed])
        self._on_job(job)
        if job.entry is not None:
            self._on_entered(Entered(job, passed[0].id if passed else ""))

    def _came_out(self, job: BadgeJob) -> bool:
        """Take a job back from the system's queue; True where it came out before, which is noted."""
        if job.state is not JobState.FAILED and job.attempts:
            reference = job.reference or self._printers.find(job.printer, title(job))
            if reference and self._take_back(job, reference).progress is Progress.PRINTED:
                self._printed(replace(job, reference=reference))
                return True
        return False

    def _take_back(self, job: BadgeJob, reference: str) -> JobStatus:
        """How the job ended. Raises BadInput where the print system does not let go of it."""
        over = {Progress.PRINTED, Progress.FAILED, Progress.GONE}
        self._printers.cancel(job.printer, reference)
        give_up = time.monotonic() + RECALL_SECONDS
        while (status := self._printers.status(job.printer, reference)).progress not in over:
            if time.monotonic() > give_up:
                raise BadInput(
                    f"The queue {job.printer} does not let go of this badge.", "Look at the printer first."
                )
            time.sleep(0.1)
        return status

    def _move(
        self,
        job: BadgeJob,
        state: JobState,
        *,
        detail: str = "",
        reference: str | None = None,
        printer: str | None = None,
        attempts: int | None = None,
    ) -> BadgeJob:
        with self._store.transaction() as tx:
            if _is_canceled(tx, job):
                return job
            moved = tx.jobs.move(
                job.id, state, detail=detail, reference=reference, printer=printer, attempts=attempts
            )
            moved = admitting.moved(tx, moved)
        self._on_job(moved)
        return moved


def _is_canceled(tx: Transaction, job: BadgeJob) -> bool:
    """Whether the engine has put a newer job in its place since it was read: that is final."""
    now = tx.jobs.get(job.id)
    return now is None or now.state is JobState.CANCELED
