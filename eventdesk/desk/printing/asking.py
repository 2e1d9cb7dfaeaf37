"""What a round of the spool asks of jobs that the printers have, and who takes over what stands still."""

from collections.abc import Callable, Sequence
from typing import Final

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.printing.press import Press
from eventdesk.desk.printing.routes import Load, Routes
from eventdesk.desk.printing.settling import Settling
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.errors import BadInput

# A round asks for so many jobs in the system's queue: behind a jam there may be hundreds.
MOST_ASKED: Final = 10


class Asking:
    """Lives on the spool's thread. `attempt(job, step)` takes a step's faults; False: a silent printer."""

    def __init__(
        self,
        press: Press,
        settling: Settling,
        routes: Routes,
        attempt: Callable[[BadgeJob, Callable[[], None]], bool],
        on_trouble: Callable[[Trouble], None],
    ) -> None:
        self._press = press
        self._settling = settling
        self._routes = routes
        self._attempt = attempt
        self._on_trouble = on_trouble
        self._turn = 0
        self._held_fast: set[str] = set()

    def ask(self, now: Load, live: Sequence[BadgeJob]) -> None:
        """Some of those that the printers have, by turns; of those on one page the first."""
        self._routes.forget(live)
        self._held_fast &= {job.id for job in live}
        for job in self._next(live):
            self._ask(now, job)

    def _next(self, live: Sequence[BadgeJob]) -> list[BadgeJob]:
        by_page: dict[str, BadgeJob] = {}
        for job in live:
            if job.state is not JobState.QUEUED:
                by_page.setdefault(job.page or job.id, job)
        there = list(by_page.values())
        if len(there) > MOST_ASKED:
            first = self._turn % len(there)
            self._turn = first + MOST_ASKED
            there = (there + there)[first : first + MOST_ASKED]
        return there

    def _ask(self, now: Load, job: BadgeJob) -> None:
        still = [False]

        def ask() -> None:
            still[0] = self._press.ask(job)

        answered = self._attempt(job, ask)
        if self._routes.stands_still(job, answered and still[0]):
            other = self._routes.neighbour(now, job)
            if other:
                self._attempt(job, lambda: self._take_over(job, other))

    def _take_over(self, job: BadgeJob, printer: str) -> None:
        try:
            self._settling.take_over(job, printer)
        except BadInput as error:
            if job.id not in self._held_fast:
                self._held_fast.add(job.id)
                self._on_trouble(Trouble("", error.message, error.remedy, device="printer"))
