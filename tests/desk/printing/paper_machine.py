"""Printers with paper, and whatever may happen to them, to the desk and its people; what must hold all along.

Run by `test_paper.py`. The spool's rounds are taken one by one, without its thread.
"""

import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from eventdesk.desk.commands import SettleJob
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.printing import jobs as badge_jobs
from eventdesk.desk.printing import labels
from eventdesk.desk.printing.filling import fill
from eventdesk.desk.printing.jobs import UNDER_WAY
from eventdesk.desk.printing.maker import Badge
from eventdesk.desk.settings import PRINT_ROUTES
from eventdesk.devices.printers.queues import HandOverUncertain, JobStatus, PageSize, Progress
from eventdesk.domain.badges import STUCK, BadgeJob, JobState
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.kiosk.entries import Entry
from eventdesk.domain.printing.waves import KeptWave
from eventdesk.storage.store import Store
from tests.desk.printing.scripted_printers import SILENCE, ScriptedPrinters
from tests.desk.printing.spooling import NOON, Spooling, wish

QUEUES = ("left", "right", "third")
GUESTS = 8
WAITING = {Progress.SENT, Progress.PRINTING, Progress.HELD}
KEY = bytes(range(48))


class Killed(BaseException):
    """The desk's process is gone."""


class Papers(ScriptedPrinters):
    """What came out is counted by job: `paper`."""

    def __init__(self) -> None:
        super().__init__(names=QUEUES)
        self.paper: Counter[str] = Counter()
        self.at: dict[str, str] = {}
        self.jammed: set[str] = set()
        self.fate = ""

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        fate, self.fate = self.fate, ""
        if fate == "killed before":
            raise Killed
        if fate == "vanished":
            raise HandOverUncertain(SILENCE)
        self._speak()
        self.sent.append((queue, title))
        self.at[title] = queue
        self.jobs[title] = JobStatus(Progress.HELD if queue in self.jammed else Progress.SENT)
        if fate == "killed after":
            raise Killed
        if fate == "arrived":
            raise HandOverUncertain(SILENCE)
        return title

    def print_one(self, queue: str) -> bool:
        """The oldest job there comes out."""
        if queue in self.jammed:
            return False
        waiting = [title for title, at in self.at.items() if at == queue and self._waits(title)]
        if waiting:
            self.paper[waiting[0].split("-")[1]] += 1
            self.jobs[waiting[0]] = JobStatus(Progress.PRINTED)
        return bool(waiting)

    def jam(self, queue: str) -> None:
        self.jammed.add(queue)
        self.broken[queue] = "Paper jam"
        self._all(queue, JobStatus(Progress.HELD, "Paper jam"))

    def clear(self, queue: str) -> None:
        self.jammed.discard(queue)
        self.broken.pop(queue, None)
        self._all(queue, JobStatus(Progress.SENT))

    def forget(self, queue: str) -> None:
        """The print system knows none of the jobs there any more; what it had may have come out."""
        for title in [title for title, at in self.at.items() if at == queue]:
            self.jobs.pop(title, None)

    def _all(self, queue: str, status: JobStatus) -> None:
        for title, at in self.at.items():
            if at == queue and self._waits(title):
                self.jobs[title] = status

    def _waits(self, title: str) -> bool:
        return title in self.jobs and self.jobs[title].progress in WAITING


class PaperMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(self.folder / "eventdesk.db", KEY, "desk1")
        self.printers = Papers()
        self.excused: set[str] = set()  # of tickets whose badge a person asked for again
        self.said: set[str] = set()  # jobs of which a person said that they came out
        self.elsewhere: set[str] = set()
        self.waves = itertools.count()
        self.while_drawn: Callable[[], None] | None = None
        self.desk = self._desk()

    def _desk(self) -> Spooling:
        return Spooling(self.store, self.printers, self._draw)

    def _draw(self, job: BadgeJob) -> Badge:
        meanwhile, self.while_drawn = self.while_drawn, None
        if meanwhile:
            meanwhile()
        return Badge(job.id.encode(), (86, 54))

    @initialize()
    def begin(self) -> None:
        with self.store.transaction() as tx:
            tx.append(LOG, demo_drafts(NOON))
            tx.settings.put(PRINT_ROUTES, [{"queues": list(QUEUES)}])

    def teardown(self) -> None:
        try:
            self._heal()
            self._nothing_is_lost()
        finally:
            self.store.close()
            shutil.rmtree(self.folder)

    # What people do

    @rule(number=st.integers(0, GUESTS - 1), waits=st.booleans(), queue=st.sampled_from(("", *QUEUES)))
    def come(self, number: int, waits: bool, queue: str) -> None:
        """A guest's first badge, with the check-in that waits for it or without."""
        with self.store.transaction() as tx:
            entry = Entry(LIST, NOON, new_id(), nonce=new_id(), claimed=True) if waits else None
            badge_jobs.first(tx, replace(wish(tx, number, printer=queue), entry=entry))

    @rule(number=st.integers(0, GUESTS - 1))
    def come_while_it_is_drawn(self, number: int) -> None:
        """Somebody comes just when their badge of a wave is about to be handed over."""
        self.while_drawn = lambda: self.come(number, True, "")

    @rule(number=st.integers(0, GUESTS - 1))
    def go_in_elsewhere(self, number: int) -> None:
        with self.store.transaction() as tx:
            ticket = wish(tx, number).ticket
            if not tx.passes(LOG, ticket.id):
                self.elsewhere.add(ticket.id)
                payload = {"list": LIST, "at": "2026-06-10T10:00:00Z"}
                tx.append(LOG, [Draft(Kind.ADMITTED, ticket.id, payload)])

    @rule()
    def wave(self) -> None:
        wave = KeptWave(f"w{next(self.waves)}", LOG, "Wave", NOON)
        with self.store.transaction() as tx:
            tx.waves.add(wave)
        fill(self.store, wave, lambda: NOON, lambda _done, _all: None, lambda: False, lambda: None)

    @rule(choice=st.sampled_from(("pause", "resume", "cancel")))
    def steer(self, choice: str) -> None:
        with self.store.transaction() as tx:
            for wave in tx.waves.latest(1):
                if choice == "cancel":
                    tx.jobs.give_up_wave(wave.id, NOON)
                else:
                    tx.waves.pause(wave.id, paused=choice == "pause")

    @rule(
        pick=st.integers(0, 30),
        choice=st.sampled_from(("retry", "printed", "cancel")),
        queue=st.sampled_from(("", *QUEUES)),
    )
    def settle(self, pick: int, choice: str, queue: str) -> None:
        """A person decides about a badge that is not over. Whoever prints one again that may be out takes it
        upon themselves, and whoever gives one up does not hold it in hand."""
        jobs = [
            job
            for job in self._jobs()
            if job.state in (*UNDER_WAY, *STUCK) and job.state is not JobState.QUEUED
        ]
        if not jobs:
            return
        job = jobs[pick % len(jobs)]
        if choice == "printed":
            self.said.add(job.id)
        else:
            self.excused.add(job.ticket)
        self.desk.spool.settle(SettleJob(job.id, choice, queue))
        self.turn()

    # What happens to the desk

    @rule()
    def turn(self) -> None:
        try:
            self.desk.spool._round()
        except Killed:
            self.desk = self._desk()

    @rule()
    def restart(self) -> None:
        self.desk = self._desk()

    @rule(fate=st.sampled_from(("killed before", "killed after", "vanished", "arrived")))
    def strike(self, fate: str) -> None:
        """This becomes of the next hand-over."""
        self.printers.fate = fate

    # What happens to printers

    @rule(queue=st.sampled_from(QUEUES))
    def print_one(self, queue: str) -> None:
        self.printers.print_one(queue)

    @rule(queue=st.sampled_from(QUEUES))
    def jam(self, queue: str) -> None:
        self.printers.jam(queue)

    @rule(queue=st.sampled_from(QUEUES))
    def clear(self, queue: str) -> None:
        self.printers.clear(queue)

    @rule(queue=st.sampled_from(QUEUES))
    def forget(self, queue: str) -> None:
        self.printers.forget(queue)

    @rule(silent=st.booleans(), stubborn=st.booleans())
    def hush(self, silent: bool, stubborn: bool) -> None:
        self.printers.silent, self.printers.stubborn = silent, stubborn

    @rule(queue=st.sampled_from(QUEUES), busy=st.booleans())
    def take_one_at_a_time(self, queue: str, busy: bool) -> None:
        (self.printers.busy.add if busy else self.printers.busy.discard)(queue)

    @rule(queue=st.sampled_from(QUEUES), number=st.sampled_from((None, 1, 3)))
    def load(self, queue: str, number: int | None) -> None:
        with self.store.transaction() as tx:
            labels.load(tx, queue, number)

    # What must hold

    @invariant()
    def no_badge_twice(self) -> None:
        by_ticket: Counter[str] = Counter()
        for job in self._jobs():
            by_ticket[job.ticket] += self.printers.paper[job.id]
        twice = {ticket for ticket, sheets in by_ticket.items() if sheets > 1} - self.excused
        assert not twice, f"printed twice in silence: {twice}"

    @invariant()
    def no_pass_without_its_badge_and_none_twice(self) -> None:
        for job in self._jobs():
            facts, passes = self._facts(job)
            assert facts <= 1, f"noted twice: {job}"
            assert (facts == 1) == (job.state is JobState.PRINTED), job
            if job.state is JobState.PRINTED:
                assert self.printers.paper[job.id] or job.id in self.said, f"never came out: {job}"
            assert len(passes) <= 1, f"let in twice: {job.ticket}"
            mine = bool(job.entry and job.entry.fact in passes)
            assert not mine or job.state is JobState.PRINTED, f"in without a badge: {job}"
            if job.entry and job.state is JobState.PRINTED:
                assert passes, f"the check-in is lost: {job}"

    def _facts(self, job: BadgeJob) -> tuple[int, list[str]]:
        with self.store.reader() as reader:
            printed = reader.facts(LOG, job.ticket, Kind.BADGE_PRINTED)
            passes = [fact.id for fact in reader.facts(LOG, job.ticket, Kind.ADMITTED)]
        return sum(fact.payload["job"] == job.id for fact in printed), passes

    def _heal(self) -> None:
        printers = self.printers
        printers.silent = printers.stubborn = False
        printers.fate = ""
        printers.busy.clear()
        with self.store.transaction() as tx:
            for wave in tx.waves.latest():
                tx.waves.pause(wave.id, paused=False)
            for queue in QUEUES:
                labels.load(tx, queue, None)
        for queue in QUEUES:
            printers.clear(queue)
        for _ in range(60):
            self.turn()
            for queue in QUEUES:
                while printers.print_one(queue):
                    pass

    def _nothing_is_lost(self) -> None:
        for job in self._jobs():
            assert job.state not in UNDER_WAY, f"left lying: {job}"
        self.no_badge_twice()
        self.no_pass_without_its_badge_and_none_twice()

    def _jobs(self) -> list[BadgeJob]:
        with self.store.reader() as reader:
            return reader.jobs.latest(1000)
