"""What is decided about a job that does not come out, by a person or the routes. First it is taken back."""

import time
from dataclasses import replace

from eventdesk.desk.printing.notes import DONE, Notes
from eventdesk.desk.printing.press import CUT_OFF, title
from eventdesk.devices.printers.queues import JobStatus, Printers, PrintSystemSilent, Progress
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.errors import BadInput

# How long a job that is taken back may take to end.
RECALL_SECONDS = 3.0
PAUSE_SECONDS = 0.1
OVER = frozenset({Progress.PRINTED, Progress.FAILED, Progress.GONE})


class Settling:
    """Every method may raise PrintSystemSilent, BadInput where the print system does not let go of the job,
    and StorageError."""

    def __init__(self, printers: Printers, notes: Notes) -> None:
        self._printers = printers
        self._notes = notes

    def decide(self, job: BadgeJob, choice: str, printer: str) -> None:
        """What a person chose: "retry" (on `printer`, or where it was), "printed" or "cancel"."""
        if choice == "retry":
            self.retry(job, printer)
        elif choice == "printed":
            self.confirm(job)
        elif choice == "cancel":
            self.cancel(job)
        else:
            raise BadInput(f'There is no choice "{choice}".', "Choose retry, printed or cancel.")

    def retry(self, job: BadgeJob, printer: str) -> None:
        """Queue the job again, here or on another printer. Raises BadInput for one that is done with."""
        if job.state in DONE:
            raise BadInput("This badge is done with.", "Print the guest's badge again, with a reason.")
        if job.state is not JobState.QUEUED and self._came_out(job):
            return
        if printer:
            self._notes.sent_elsewhere(job, printer)
        else:
            self._notes.move(job, JobState.QUEUED, reference="")

    def cancel(self, job: BadgeJob) -> None:
        """Give the job up; the guest has no badge then. Where nobody can say so, it is unknown first, and a
        person who cancels it again knows better."""
        if job.state in DONE:
            return
        status = self._recalled(job)
        if status.progress is Progress.GONE and job.state is not JobState.UNKNOWN:
            self._notes.move(job, JobState.UNKNOWN, detail=status.detail)
        elif status.progress is not Progress.PRINTED:
            self._notes.canceled(job)

    def confirm(self, job: BadgeJob) -> None:
        """A person holds the badge in hand. What is left of the job in the system's queue is taken away."""
        if job.state is JobState.QUEUED:
            raise BadInput("This badge was not sent to a printer yet.", "Cancel the job instead.")
        if job.state in DONE:
            return
        try:
            noted = self._came_out(job)
        except PrintSystemSilent:
            if job.state is not JobState.UNKNOWN:
                raise
            noted = False
        if not noted:
            self._notes.printed(job)

    def take_over(self, job: BadgeJob, printer: str) -> None:
        """Nobody looks on: where the print system can't say what became of the job, a person must."""
        status = self._recalled(job)
        if status.progress is Progress.GONE:
            self._notes.move(job, JobState.UNKNOWN, detail=status.detail)
        elif status.progress is not Progress.PRINTED:
            self._notes.move(job, JobState.QUEUED, reference="", printer=printer)

    def _came_out(self, job: BadgeJob) -> bool:
        return self._recalled(job).progress is Progress.PRINTED

    def _recalled(self, job: BadgeJob) -> JobStatus:
        """How a job ended that is taken back from the system's queue. That it came out is noted."""
        if job.state in {JobState.QUEUED, JobState.FAILED} or not job.attempts:
            return JobStatus(Progress.FAILED)
        reference = job.reference or self._printers.find(job.printer, title(job))
        if not reference:
            return JobStatus(Progress.GONE, CUT_OFF)
        status = self._take_back(job, reference)
        if status.progress is Progress.PRINTED:
            self._notes.printed(replace(job, reference=reference))
        return status

    def _take_back(self, job: BadgeJob, reference: str) -> JobStatus:
        """How the job ended. Raises BadInput where the print system does not let go of it."""
        self._printers.cancel(job.printer, reference)
        give_up = time.monotonic() + RECALL_SECONDS
        while (status := self._printers.status(job.printer, reference)).progress not in OVER:
            if time.monotonic() > give_up:
                raise BadInput(
                    f"The queue {job.printer} does not let go of this badge.", "Look at the printer first."
                )
            time.sleep(PAUSE_SECONDS)
        return status
