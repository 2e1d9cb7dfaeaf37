"""The badge spool: jobs stand in the database before anything is printed, and one thread prints them."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Final

from eventdesk.desk.commands import SettleJob
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.lane import trouble
from eventdesk.desk.printing import jobs as badge_jobs
from eventdesk.desk.printing import labels
from eventdesk.desk.printing.asking import Asking
from eventdesk.desk.printing.board import Board, Watchers
from eventdesk.desk.printing.fleet import Fleet
from eventdesk.desk.printing.handing import HandingOver, Pages
from eventdesk.desk.printing.jobs import Order
from eventdesk.desk.printing.maker import Renderer
from eventdesk.desk.printing.notes import Notes, Told
from eventdesk.desk.printing.press import Press
from eventdesk.desk.printing.routes import Routes, load
from eventdesk.desk.printing.settling import Settling
from eventdesk.desk.printing.told_once import ToldOnce
from eventdesk.desk.printing.values import Entered
from eventdesk.devices.printers.queues import Printers, PrintSystemSilent
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.facts import Draft
from eventdesk.errors import BadInput, EventDeskError
from eventdesk.storage.store import Store, Transaction

# Between two looks at jobs that move, at jobs that stand still, at a print system that is silent, and at
# printers that somebody watches.
LIVELY_SECONDS: Final = 0.2
STILL_SECONDS: Final = 1.0
SILENT_SECONDS: Final = 2.0
WATCH_SECONDS: Final = 3.0
# Looks that see no change before the spool takes its time.
PATIENT_AFTER: Final = 25


@dataclass(frozen=True, slots=True)
class Listeners:
    """Called on the spool's thread; they must neither raise nor block."""

    on_job: Callable[[BadgeJob], None]
    on_trouble: Callable[[Trouble], None]
    on_entered: Callable[[Entered], None] = lambda _: None
    watchers: Watchers = field(default_factory=Watchers)


class Spool:
    """Jobs are added within the caller's transaction; `nudge` once it is committed.

    `settle`, `nudge` and what `board` says so of may be called from any thread. The printers stay the
    caller's to close. `signed` puts who is at the desk into the fact of a badge that came out. `pages` draws
    several badges on one page.
    """

    def __init__(
        self,
        store: Store,
        printers: Printers,
        render: Renderer,
        listeners: Listeners,
        pages: Pages | None = None,
    ) -> None:
        self._store = store
        self._listeners = listeners
        self.signed: Callable[[Sequence[Draft]], list[Draft]] = list
        notes = Notes(store, Told(self._tell, listeners.on_entered, self._sign))
        fleet = self._fleet = Fleet(printers)
        self._press = Press(printers, render, notes)
        self._settling = Settling(printers, notes)
        routes = Routes(store, printers, fleet)
        self._handing = HandingOver(store, self._press, notes, routes, self._attempt)
        self._asking = Asking(self._press, self._settling, routes, self._attempt, listeners.on_trouble)
        self._handing.pages = pages
        self.board = Board(store, fleet, listeners.watchers)
        self._wishes: SimpleQueue[SettleJob] = SimpleQueue()
        self._unheard: list[SettleJob] = []
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="spool", daemon=True)
        self._still = 0
        self._mute: set[str] = set()
        self._moved = False
        self._told_once = ToldOnce(listeners.on_trouble)

    def enqueue_once(self, tx: Transaction, order: Order) -> BadgeJob | None:
        """Queue a ticket's first badge. None where it is out or under way, or where no printer is set."""
        return badge_jobs.first(tx, order)

    def enqueue_another(self, tx: Transaction, order: Order) -> BadgeJob:
        """Queue a badge that a person asks for.

        Raises BadInput for a second one without a reason, while one is under way, without a printer.
        """
        return badge_jobs.another(tx, order)

    def means(self, log: str, fact: str) -> bool:
        """Whether a badge that is under way brings this pass: its claim is kept. From any thread."""
        with self._store.reader() as reader:
            return reader.jobs.means(log, fact)

    def used_label(self, queue: str) -> None:
        """One came out beside the spool (a test). From any thread."""
        with self._store.transaction() as tx:
            labels.used(tx, queue)
        self._wake.set()

    def settle(self, command: SettleJob) -> None:
        """What a person decided about a job: done on the spool's thread, faults are told as trouble."""
        self._wishes.put(command)
        self._wake.set()

    def nudge(self) -> None:
        """There is something new to print, or to be told."""
        self._wake.set()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the step under way; what waits goes on at the next start."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        self._fleet.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            self._wake.wait(self._round())

    def _round(self) -> float | None:
        """Settle, hand over, ask. How long to wait for the next round; None: until something is new."""
        try:
            self._settle_all()
            pause = self._advance_all()
        except Exception as error:  # noqa: BLE001 - a bug must not end the spool
            self._told_once.fault(trouble("", error, "printing"))
            return SILENT_SECONDS
        self._told_once.no_fault()
        return pause

    def _advance_all(self) -> float | None:
        self._moved = False
        self._mute = set()
        with self._store.reader() as reader:
            live = reader.jobs.live()
            now = load(reader, live)
        self._handing.own(now, [job for job in live if job.state is JobState.QUEUED])
        waiting = self._handing.waves(now, live)
        self._asking.ask(now, live)
        self.board.tell(now)
        self._told_once.misread(now.setup.faults)
        return self._pause(len(live) + waiting)

    def _pause(self, jobs: int) -> float | None:
        if self._mute:
            return SILENT_SECONDS
        self._told_once.answered()
        self._still = 0 if self._moved else self._still + 1
        if not jobs:
            return WATCH_SECONDS if self.board.watches_printers else None
        return LIVELY_SECONDS if self._still < PATIENT_AFTER else STILL_SECONDS

    def _attempt(self, job: BadgeJob, step: Callable[[], None]) -> bool:
        """Take a step for a job; False where its printer was silent, or is."""
        if job.printer in self._mute or self._stopping.is_set():
            return False
        try:
            step()
        except PrintSystemSilent as error:
            self._mute.add(job.printer)
            self._told_once.silence(error)
            return False
        except EventDeskError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug with one badge must not hold up the others
            self._press.give_up(job)
            self._listeners.on_trouble(trouble("", error, f"printing {job.id}"))
        return True

    def _settle_all(self) -> None:
        new: list[SettleJob] = []
        while not self._wishes.empty():
            new.append(self._wishes.get())
        asked = {one.job for one in new}
        kept, self._unheard = [one for one in self._unheard if one.job not in asked], []
        for command in (*kept, *new):
            try:
                self._settle(command)
            except EventDeskError as error:
                if command.patient and isinstance(error, PrintSystemSilent):
                    self._unheard.append(command)
                else:
                    self._listeners.on_trouble(Trouble(command.request, error.message, error.remedy))

    def _settle(self, command: SettleJob) -> None:
        with self._store.reader() as reader:
            job = reader.jobs.get(command.job)
        if job is None:
            raise BadInput("This print job is not there any more.", "Look at the print queue again.")
        self._settling.decide(job, command.choice, command.printer)

    def _sign(self, drafts: Sequence[Draft]) -> list[Draft]:
        return self.signed(drafts)

    def _tell(self, job: BadgeJob) -> None:
        self._moved = True
        self.board.job_changed(job)
        self._listeners.on_job(job)
