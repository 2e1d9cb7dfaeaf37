"""A spool over a real store, for tests: orders badges of the demo guests and hears how they go."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from eventdesk.desk.commands import SettleJob
from eventdesk.desk.demo import LOG, demo_codes
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.printing.board import Watchers
from eventdesk.desk.printing.handing import Pages
from eventdesk.desk.printing.jobs import Order
from eventdesk.desk.printing.maker import Badge, Renderer
from eventdesk.desk.printing.spool import Listeners, Spool
from eventdesk.desk.printing.values import Entered, PrintersTold, WavesListed
from eventdesk.desk.settings import PRINTER
from eventdesk.devices.printers.queues import Printers
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.kiosk.entries import Entry
from eventdesk.storage.store import Reader, Store, Transaction

T = TypeVar("T")
NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
CODES = list(demo_codes().values())


def blank(job: BadgeJob) -> Badge:
    """A renderer for tests in which nobody looks at the paper."""
    return Badge(b"%PDF-1.4 " + job.id.encode(), (86, 54))


class Spooling:
    def __init__(
        self, store: Store, printers: Printers, render: Renderer, pages: Pages | None = None
    ) -> None:
        self.store = store
        self.jobs: list[BadgeJob] = []
        self.troubles: list[Trouble] = []
        self.entered: list[Entered] = []
        self.waves: list[WavesListed] = []
        self.printers: list[PrintersTold] = []
        watchers = Watchers(self.waves.append, self.printers.append)
        listeners = Listeners(self.jobs.append, self.troubles.append, self.entered.append, watchers)
        self.spool = Spool(store, printers, render, listeners, pages)

    def order(
        self, number: int = 0, reason: str = "", printer: str = "left", entry: Entry | None = None
    ) -> BadgeJob:
        """Ask for the badge of the demo's guest of this number and print it."""
        with self.store.transaction() as tx:
            order = replace(wish(tx, number, reason, printer), entry=entry)
            job = self.spool.enqueue_another(tx, order)
        self.spool.nudge()
        return job

    def settle(self, job: BadgeJob, choice: str, printer: str = "") -> None:
        self.spool.settle(SettleJob(job.id, choice, printer))

    def now(self, job: BadgeJob) -> BadgeJob:
        """The job as it stands on the disk."""
        with self.store.reader() as reader:
            found = reader.jobs.get(job.id)
        assert found is not None
        return found

    def wait(self, job: BadgeJob, state: JobState, detail: str = "", seconds: float = 10) -> BadgeJob:
        """The job once it has this state (and detail); SENT also means that the printers have it."""

        def there(now: BadgeJob) -> bool:
            marked_only = now.state is JobState.SENT and not now.reference
            return now.state is state and detail in now.detail and not marked_only

        return self.until(there, job, f"{state} {detail}", seconds)

    def heard(self, told: list[T], holds: Callable[[T], bool], seconds: float = 10) -> T:
        """What was told last, once it is so."""
        give_up = time.monotonic() + seconds
        while not (told and holds(told[-1])):
            assert time.monotonic() < give_up, f"after {seconds} s last told: {told[-1:]} {self.troubles}"
            time.sleep(0.02)
        return told[-1]

    def until(
        self, holds: Callable[[BadgeJob], bool], job: BadgeJob, what: str, seconds: float = 10
    ) -> BadgeJob:
        give_up = time.monotonic() + seconds
        while not holds(now := self.now(job)):
            assert time.monotonic() < give_up, f"after {seconds} s not {what}: {now} {self.troubles}"
            time.sleep(0.02)
        return now


@contextmanager
def spooling(
    store: Store, printers: Printers, render: Renderer = blank, pages: Pages | None = None
) -> Iterator[Spooling]:
    """A spool that runs, and is stopped in the end."""
    desk = Spooling(store, printers, render, pages)
    desk.spool.start()
    try:
        yield desk
    finally:
        desk.spool.stop()


def wish(tx: Transaction | Reader, number: int = 0, reason: str = "", printer: str = "left") -> Order:
    ticket = tx.ticket(LOG, f"demo-{CODES[number]}")
    assert ticket is not None
    return Order(tx.catalogue(LOG), ticket, NOON, reason, printer)


def choose_printer(store: Store, name: str) -> None:
    with store.transaction() as tx:
        tx.settings.put(PRINTER, name)


def printed_facts(store: Store, job: BadgeJob) -> list[Fact]:
    """The `badge_printed` facts of the job's ticket."""
    with store.reader() as reader:
        return reader.facts(LOG, job.ticket, Kind.BADGE_PRINTED)
