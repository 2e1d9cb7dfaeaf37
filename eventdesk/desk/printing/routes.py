"""Which printer a badge goes to when it is handed over, and who takes over what stands still."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from eventdesk.desk.printing import labels
from eventdesk.desk.printing.fleet import Fleet
from eventdesk.desk.printing.setups import may_take_over, printing_setup
from eventdesk.devices.printers.queues import Printers
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.printing.routing import Standing, choose, neighbour
from eventdesk.domain.printing.setup import PrintingSetup
from eventdesk.storage.store import Reader, Store, Transaction

# A job whose printer stands still for so long goes to a ready neighbour.
TAKE_OVER_SECONDS: Final = 10.0
HANDED_OVER = frozenset({JobState.SENT, JobState.PRINTING})


def first_choice(tx: Transaction, product: str) -> str:
    """For a job that is written down just now, by what the disk tells: when it is handed over, the printers
    are looked at too. "" where no printer is set."""
    queues = printing_setup(tx).queues_for(product)
    if len(queues) < 2:
        return next(iter(queues), "")
    before = tx.jobs.before()
    return choose([Standing(queue, before=before.get(queue, 0)) for queue in queues])


@dataclass(slots=True)
class Load:
    """What a round of the spool finds: settings, labels left, and how many badges are where. `before` counts
    what waits at the desk too, `handed` what the printers have."""

    setup: PrintingSetup
    left: dict[str, int]
    before: Counter[str]
    handed: Counter[str]
    takes_over: bool
    products: dict[str, str] = field(default_factory=dict)


def load(reader: Reader, live: Sequence[BadgeJob]) -> Load:
    return Load(
        printing_setup(reader),
        labels.left(reader),
        Counter(job.printer for job in live),
        Counter(job.printer for job in live if job.state in HANDED_OVER),
        may_take_over(reader),
    )


class Routes:
    """Lives on the spool's thread."""

    def __init__(
        self, store: Store, printers: Printers, fleet: Fleet, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._printers = printers
        self._fleet = fleet
        self._clock = clock
        self._still: dict[str, float] = {}

    def target(self, now: Load, job: BadgeJob, most: int | None = None) -> str:
        """Where this job goes; "" where it has to wait. `most`: no printer is given more than so many."""
        queues = self._queues(now, job)
        open_ = [queue for queue in queues if most is None or now.handed[queue] < most]
        if len(queues) > 1:
            best = choose([self._standing(now, queue, job) for queue in open_])
        else:
            best = next(iter(open_), "")
        return best if best and self._is_free(now, best) else ""

    def is_out(self, now: Load, job: BadgeJob) -> bool:
        """Whether all that might print this job are out of labels."""
        return all(_has_none(now, queue) for queue in self._queues(now, job))

    def neighbour(self, now: Load, job: BadgeJob) -> str:
        """Who takes over from this job's printer; "" where nobody can."""
        if not now.takes_over or not job.routed:
            return ""
        queues = self._queues(now, job)
        others = [self._standing(now, queue, job) for queue in queues if self._is_free(now, queue)]
        return neighbour(others, job.printer)

    def stands_still(self, job: BadgeJob, still: bool) -> bool:
        """Note that it does, or does not; True once it has done so for long enough to act."""
        if not still:
            self._still.pop(job.id, None)
            return False
        since = self._still.setdefault(job.id, self._clock())
        if self._clock() - since < TAKE_OVER_SECONDS:
            return False
        self._still[job.id] = self._clock()  # where nothing comes of it, again after as long
        return True

    def forget(self, live: Sequence[BadgeJob]) -> None:
        """All but these are over."""
        ids = {job.id for job in live}
        for id_ in [id_ for id_ in self._still if id_ not in ids]:
            del self._still[id_]

    def _queues(self, now: Load, job: BadgeJob) -> tuple[str, ...]:
        """Those that may print it: its own first, as it stays there unless another one is better."""
        if not job.routed:
            return (job.printer,)
        found = now.setup.queues_for(self._product(now, job))
        return (job.printer, *(queue for queue in found if queue != job.printer))

    def _product(self, now: Load, job: BadgeJob) -> str:
        if all(len(route.queues) < 2 for route in now.setup.routes):
            return ""  # whatever it is, there is nothing to choose
        if job.ticket not in now.products:
            with self._store.reader() as reader:
                ticket = reader.ticket(job.log, job.ticket)
            now.products[job.ticket] = ticket.product if ticket else ""
        return now.products[job.ticket]

    def _standing(self, now: Load, queue: str, job: BadgeJob) -> Standing:
        self._fleet.look()
        itself = 1 if queue == job.printer and not job.wave else 0
        return Standing(
            queue,
            ready=self._fleet.is_ready(queue) and not _has_none(now, queue),
            before=max(0, now.before[queue] - itself),
            known=self._fleet.is_known(queue),
            free=self._is_free(now, queue),
        )

    def _is_free(self, now: Load, queue: str) -> bool:
        return not _has_none(now, queue) and self._printers.takes_more(queue)


def _has_none(now: Load, queue: str) -> bool:
    """No label is left but for what is on its way."""
    return queue in now.left and now.left[queue] <= now.handed[queue]
