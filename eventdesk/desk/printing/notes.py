"""What becomes of badge jobs, written down as it happens and then told. Those of a page share it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eventdesk.desk.printing import admitting, labels
from eventdesk.desk.printing.jobs import is_sheet
from eventdesk.desk.printing.values import Entered
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Store, Transaction

DONE = frozenset({JobState.PRINTED, JobState.CANCELED})


@dataclass(frozen=True, slots=True)
class Told:
    """Each change once it is on the disk, and check-ins that waited for a badge. `signed` names who is at the
    desk in the facts of badges."""

    on_job: Callable[[BadgeJob], None]
    on_entered: Callable[[Entered], None] = lambda _: None
    signed: Callable[[Sequence[Draft]], list[Draft]] = list


class Notes:
    """Every method may raise StorageError. Lives on the spool's thread.

    A job may be canceled from the engine's lane while it is QUEUED or FAILED (a newer one took its place):
    that is final, and nothing is noted of it afterwards.
    """

    def __init__(self, store: Store, told: Told) -> None:
        self._store = store
        self._told = told

    def now(self, job: BadgeJob) -> BadgeJob | None:
        with self._store.reader() as reader:
            return reader.jobs.get(job.id)

    def move(self, job: BadgeJob, state: JobState, **changes: Any) -> None:
        """`changes`: as `Jobs.move` takes them."""
        with self._store.transaction() as tx:
            moved = [self._moved(tx, one, state, changes) for one in _sharing(tx, job)]
        for one in moved:
            self._told.on_job(one)

    def _moved(self, tx: Transaction, job: BadgeJob, state: JobState, changes: dict[str, Any]) -> BadgeJob:
        if state is JobState.QUEUED and job.page:
            # As if it had never been on a page: it waits in its wave for the next one.
            changes = {**changes, "attempts": 0}
            job = tx.jobs.put_page(job, "")
        return admitting.moved(tx, tx.jobs.move(job.id, state, **changes))

    def sent_to(self, job: BadgeJob, printer: str) -> BadgeJob:
        """The routes chose another printer before the job was handed over. Not told by itself."""
        with self._store.transaction() as tx:
            now = tx.jobs.get(job.id)
            if now is None or now.state is not JobState.QUEUED:
                return replace(job, printer=printer)  # taken away meanwhile: it won't be handed over
            return tx.jobs.move(job.id, JobState.QUEUED, printer=printer)

    def sent_elsewhere(self, job: BadgeJob, printer: str) -> None:
        """A person chose the printer: nobody chooses another one for this job."""
        with self._store.transaction() as tx:
            jobs = [tx.jobs.put_routed(one, routed=False) for one in _sharing(tx, job)]
            moved = [
                self._moved(tx, one, JobState.QUEUED, {"reference": "", "printer": printer}) for one in jobs
            ]
        for one in moved:
            self._told.on_job(one)

    def canceled(self, job: BadgeJob) -> None:
        """The others of its page wait again."""
        with self._store.transaction() as tx:
            moved = []
            for one in _sharing(tx, job):
                if one.id == job.id:
                    moved.append(tx.jobs.put_page(tx.jobs.move(one.id, JobState.CANCELED), ""))
                else:
                    moved.append(self._moved(tx, one, JobState.QUEUED, {"reference": ""}))
        for one in moved:
            self._told.on_job(one)

    def marked(self, jobs: Sequence[BadgeJob], page: str = "") -> list[BadgeJob]:
        """Write down that these are about to be handed over, together where a `page` is named: those that
        were not taken away meanwhile. Not told: it is news for a restart alone."""
        with self._store.transaction() as tx:
            here = [now for job in jobs if (now := tx.jobs.get(job.id)) and now.state is JobState.QUEUED]
            marked = [
                tx.jobs.move(one.id, JobState.SENT, reference="", attempts=one.attempts + 1) for one in here
            ]
            return [tx.jobs.put_page(one, page) for one in marked]

    def printed(self, job: BadgeJob) -> None:
        """It came out. A check-in that waited for it stands in the same transaction."""
        passes: dict[str, str] = {}
        with self._store.transaction() as tx:
            jobs = [tx.jobs.move(one.id, JobState.PRINTED) for one in _sharing(tx, job)]
            for one in jobs:
                passes[one.id] = self._out(tx, one)
            if jobs:
                labels.used(tx, job.printer)
        for one in jobs:
            self._told.on_job(one)
            if one.entry is not None:
                self._told.on_entered(Entered(one, passes[one.id]))

    def _out(self, tx: Transaction, job: BadgeJob) -> str:
        """The facts of a badge that is out; the id of the pass, where there is one."""
        if is_sheet(job.id):
            return ""
        payload = {"job": job.id, "printer": job.printer, "copy": job.copy}
        if job.reason:
            payload["reason"] = job.reason
        passed = admitting.drafts(tx, job)
        tx.append(job.log, [*self._told.signed([Draft(Kind.BADGE_PRINTED, job.ticket, payload)]), *passed])
        return passed[0].id if passed else ""


def _sharing(tx: Transaction, job: BadgeJob) -> list[BadgeJob]:
    """The job as it stands now, and those of its page; without what is done with."""
    now = tx.jobs.get(job.id)
    if now is None:
        return []
    found = tx.jobs.on_page(now.page) if now.page else [now]
    return [one for one in found if one.state not in DONE]
