"""What is handed over in a round of the spool: a guest's own badge before those of waves."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Final, Protocol

from eventdesk.desk.printing.fleet import OUT
from eventdesk.desk.printing.maker import Badge
from eventdesk.desk.printing.notes import Notes
from eventdesk.desk.printing.press import Press
from eventdesk.desk.printing.routes import HANDED_OVER, Load, Routes
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.printing.waves import KeptWave
from eventdesk.errors import EventDeskError
from eventdesk.storage.store import Store

# So many of a wave's badges are out of the desk's hands at a time, and so many at one printer: whoever comes
# to the desk meanwhile waits for no more than these.
MOST_OF_WAVE: Final = 20
MOST_AT_PRINTER: Final = 4


class Pages(Protocol):
    """Several badges on one page of a sheet; both raise BadInput for a sheet or a layout that is not
    there."""

    def capacity(self, sheet: str) -> int: ...
    def page(self, jobs: Sequence[BadgeJob], sheet: str) -> Badge: ...


class HandingOver:
    """Lives on the spool's thread. `attempt(job, step)` takes a step's faults and says whether it went
    well."""

    def __init__(
        self,
        store: Store,
        press: Press,
        notes: Notes,
        routes: Routes,
        attempt: Callable[[BadgeJob, Callable[[], None]], bool],
    ) -> None:
        self._store = store
        self._press = press
        self._notes = notes
        self._routes = routes
        self._attempt = attempt
        self.pages: Pages | None = None

    def own(self, now: Load, jobs: Sequence[BadgeJob]) -> None:
        """The badges that stand in no wave, as long as a printer takes them."""
        for job in jobs:
            target = self._routes.target(now, job)
            if target:
                self._give(now, job, target)
            elif self._routes.is_out(now, job) and job.detail != OUT:
                self._notes.move(job, JobState.QUEUED, detail=OUT)

    def waves(self, now: Load, live: Sequence[BadgeJob]) -> int:
        """The next badges of the waves that run; how many are left to come."""
        left = 0
        with self._store.reader() as reader:
            running = reader.waves.running()
        for wave in running:
            there = sum(job.wave == wave.id and job.state in HANDED_OVER for job in live)
            left += self._wave(now, wave, MOST_OF_WAVE - there)
        return left

    def _wave(self, now: Load, wave: KeptWave, room: int) -> int:
        with self._store.reader() as reader:
            jobs = reader.jobs.next_of(wave.id, max(1, room))
        if room <= 0:
            return len(jobs)
        sheet = self._sheet_of(now, wave, jobs)
        if sheet:
            return self._page_of(now, sheet, jobs[0], room)
        for job in jobs:
            target = self._routes.target(now, job, MOST_AT_PRINTER)
            if not target or not self._give(now, job, target):
                break
        return len(jobs)

    def _sheet_of(self, now: Load, wave: KeptWave, jobs: Sequence[BadgeJob]) -> str:
        """What the wave is printed on: as it says, or as its next printer is set."""
        if wave.sheet or not jobs:
            return wave.sheet if jobs else ""
        target = self._routes.target(now, jobs[0], MOST_AT_PRINTER)
        return now.setup.of(target).sheet if target else ""

    def _page_of(self, now: Load, sheet: str, first: BadgeJob, room: int) -> int:
        """The next page: badges of one layout."""
        target = self._routes.target(now, first, MOST_AT_PRINTER)
        if not target or self.pages is None:
            return 1
        pages = self.pages
        capacity = 1
        with suppress(EventDeskError):  # told by the page itself
            capacity = pages.capacity(sheet)
        if capacity > room and room < MOST_OF_WAVE:
            return 1
        with self._store.reader() as reader:
            jobs = reader.jobs.next_of(first.wave, capacity, first.layout)
        self._attempt(first, lambda: self._page(jobs, target, sheet))
        now.handed[target] += 1
        return len(jobs)

    def _page(self, jobs: Sequence[BadgeJob], target: str, sheet: str) -> None:
        assert self.pages is not None
        placed = list(_at(jobs, target, self._notes))
        try:
            badge = self.pages.page(placed, sheet)
        except EventDeskError as error:
            for job in placed:
                self._notes.move(job, JobState.FAILED, detail=error.message)
            return
        self._press.hand_over_page(placed, badge)

    def _give(self, now: Load, job: BadgeJob, target: str) -> bool:
        (placed,) = _at([job], target, self._notes)
        given = self._attempt(placed, lambda: self._press.hand_over(placed))
        now.handed[target] += 1
        if target != job.printer or job.wave:
            now.before[target] += 1
        return given


def _at(jobs: Sequence[BadgeJob], printer: str, notes: Notes) -> Iterator[BadgeJob]:
    """The jobs, sent to this printer."""
    for job in jobs:
        yield notes.sent_to(job, printer) if job.printer != printer else job
