"""The end of a visit: badge after badge, pass after pass. It outlives the visit: who went away while the
badge came is checked in with it, or called for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from eventdesk.desk.commands import Command, SettleJob
from eventdesk.desk.kiosk import phrases, showing
from eventdesk.desk.kiosk.admitting import Admitting, Going, Step
from eventdesk.desk.kiosk.gatekeeper import TURN_S, Gatekeeper
from eventdesk.desk.kiosk.news import EnteredNews, JobNews, Overdue, Turned
from eventdesk.desk.kiosk.ports import Alarms
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Fate, Party, Visit
from eventdesk.desk.kiosk.works import is_paper
from eventdesk.desk.printing.jobs import REPLACED
from eventdesk.desk.settings import KIOSK_UNFINISHED
from eventdesk.desk.upstream.at_door import Word
from eventdesk.devices.gates.port import Passage
from eventdesk.domain.badges import JobState
from eventdesk.domain.tickets import Direction
from eventdesk.domain.venue import Reason
from eventdesk.domain.verdicts import Words
from eventdesk.errors import DeviceError

# How long a job that was taken back may take to say how it ended, before nobody knows.
RECALL_S: Final = 12.0
# What the gate has not told of by then was lost on the way.
GATE_GRACE_S: Final = 5.0
# After a start, badges taken back as long ago are called for (again): it may have gone down before it called.
LOOKED_BACK: Final = timedelta(minutes=30)
OPEN: Final = frozenset({JobState.QUEUED, JobState.SENT, JobState.PRINTING})


@dataclass(slots=True)
class Awaited:
    """A badge (by its job's id) or a turn of the gate (by the ticket's) that is under way. No name stands
    here: it may outlive its visit."""

    log: str
    ticket: str
    visit: str
    word: Word | None
    carries: bool
    recalled: bool = False


class CheckingIn:
    """Lives on the engine's lane."""

    def __init__(
        self,
        scene: Scene,
        admitting: Admitting,
        settle: Callable[[SettleJob], None] | None,
        gate: Gatekeeper,
        alarms: Alarms,
        post: Callable[[Command], None],
        passed: Callable[[str], None],
    ) -> None:
        """`settle`: the spool's; `passed` is told each ticket that went in here."""
        self._scene = scene
        self._admitting = admitting
        self._settle = settle
        self._gate = gate
        self._alarms = alarms
        self._post = post
        self._passed = passed
        self._jobs: dict[str, Awaited] = {}
        self._turns: dict[str, Awaited] = {}

    def resume(self) -> None:
        """Badges that were under way when the desk went down: their guests are looked after all the same."""
        since = self._scene.now() - LOOKED_BACK
        with self._scene.store.reader() as reader:
            found = [one for one in reader.jobs.check_ins(since) if one.detail != REPLACED]
            jobs = [
                one
                for one in found
                if one.state is not JobState.CANCELED or not reader.passes(one.log, one.ticket)
            ]
        for job in jobs:
            if job.id not in self._jobs:
                held = self._admitting.held(job)
                self._await_job(job.id, Awaited(job.log, job.ticket, "", held, carries=True))
        self._call_for_unfinished()
        for job in jobs:
            self.job(JobNews(job.id, job.state, job.detail))

    def _call_for_unfinished(self) -> None:
        """Those of a group who were still to come, or who stood before the gate."""
        awaited = {one.ticket for one in self._jobs.values()}
        for log, ticket in self._scene.preferences.get(KIOSK_UNFINISHED):
            with self._scene.store.reader() as reader:
                is_in = bool(reader.passes(log, ticket))
            if not is_in and ticket not in awaited:
                self._scene.calls.guest(Reason.NOT_ADMITTED, ticket, str(phrases.FAULT))
        self._keep_unfinished()

    def keep(self, visit: Visit) -> None:
        """Whoever is not in at the end of this visit is called for, though nothing else was begun yet."""
        visit.begun = True
        self._keep_unfinished()

    def _keep_unfinished(self) -> None:
        """On the disk, as the desk may go down: whoever is begun with, until the visit is over."""
        visit = self._scene.visit
        kept = {(one.log, one.ticket) for one in (*self._jobs.values(), *self._turns.values())}
        if visit is not None and visit.begun:
            kept |= {(self._scene.log, one.ticket.id) for one in visit.parties if one.here}
        unfinished = [list(one) for one in sorted(kept)]
        if unfinished != self._scene.preferences.get(KIOSK_UNFINISHED):
            self._scene.preferences.put(KIOSK_UNFINISHED, unfinished)

    def begin(self, visit: Visit) -> None:
        """Check in whoever of the visit comes next; at last the visit's last page."""
        if not visit.begun:
            visit.begun = True
            self._keep_unfinished()
        while (party := visit.next_open()) is not None:
            if not self._begin(visit, party):
                return
        showing.ended(visit)

    def job(self, news: JobNews) -> None:
        awaited = self._jobs.get(news.job)
        if awaited is None:
            return
        party = self._party(awaited)
        if party is not None:
            party.badge = news.state.value
        if news.state in OPEN:
            return
        if news.state is JobState.PRINTED:
            if not awaited.carries:
                self._drop_job(news.job)
                self._badge_is_out(awaited)
            return  # else `entered` follows
        self._drop_job(news.job)
        if news.state is JobState.FAILED:
            self._take_back(news.job)
        is_unsure = news.state is JobState.UNKNOWN
        self._no_badge(awaited, Reason.BADGE_UNSURE if is_unsure else Reason.BADGE_JAMMED, news.detail)

    def entered(self, news: EnteredNews) -> None:
        awaited = self._jobs.get(news.job)
        if awaited is None:
            return
        self._drop_job(news.job)
        self._release(awaited)
        if news.admission or self._is_in(awaited):
            self._is_through(awaited)
        else:
            self._failed(awaited, Reason.NOT_ADMITTED, phrases.ELSEWHERE)

    def overdue(self, news: Overdue) -> None:
        if (turn := self._turns.pop(news.what, None)) is not None:
            self._release(turn)
            self._failed(turn, Reason.NOT_ADMITTED, phrases.NOT_TURNED)
            return
        awaited = self._jobs.get(news.what)
        if awaited is None:
            return
        if not awaited.recalled:
            awaited.recalled = True
            self._take_back(news.what)
            self._ring(news.what, RECALL_S)
            return
        self._drop_job(news.what)
        self._admitting.give_up(news.what)
        self._no_badge(awaited, Reason.BADGE_UNSURE)

    def turned(self, news: Turned) -> None:
        """Somebody went through, the one who is waited for; or nobody did. Whoever pushes through a locked
        gate is nobody's guest."""
        if not self._turns or news.passage is Passage.FORCED:
            return
        ticket = next(iter(self._turns))
        turn = self._turns.pop(ticket)
        self._alarms.drop(ticket)
        if news.passage is Passage.TURNED:
            self._write_pass(turn)
            return
        self._release(turn)
        is_out = news.passage is Passage.NOT_OPENED
        self._failed(turn, Reason.NOT_ADMITTED, phrases.GATE_OUT if is_out else phrases.NOT_TURNED)

    def left(self, visit: Visit) -> None:
        """The visit ends. Those whom nothing was begun for, after others were, are called for."""
        waited = {one.ticket for one in (*self._jobs.values(), *self._turns.values())}
        for party in visit.parties:
            if visit.begun and party.here and party.fate is Fate.OPEN and party.ticket.id not in waited:
                self._scene.send_to_staff(party, Reason.NOT_ADMITTED, phrases.JAMMED)
        visit.parties.clear()
        self._keep_unfinished()

    def _begin(self, visit: Visit, party: Party) -> bool:
        """True where this guest is done with, one way or the other."""
        door = self._scene.door
        if (awaited := self._under_way(door.catalogue.event.id, party)) is not None:
            awaited.visit = visit.id  # the guest went away, and is back before the badge
            party.badge = JobState.QUEUED.value
            visit.turn(Page.PRINTING)
            return False
        prints = self._scene.working.no_printer is None
        going = self._admitting.go(door, party, prints=prints, turns=self._gate.is_set)
        log = door.catalogue.event.id
        if going.step is Step.PRINTS:
            visit.turn(Page.PRINTING)
            party.badge = JobState.QUEUED.value
            self._await_job(going.job, Awaited(log, party.ticket.id, visit.id, going.word, going.carries))
            return False
        if going.step is Step.TURNS:
            self._open_gate(Awaited(log, party.ticket.id, visit.id, going.word, carries=False))
            return party.fate is not Fate.OPEN
        if going.step is Step.PASSED:
            self._through(party)
        elif going.verdict.repeated:
            party.goes(Fate.PASSED)
        else:
            reason, words = _why_not(going)
            self._scene.send_to_staff(party, reason, words)
        return True

    def _under_way(self, log: str, party: Party) -> Awaited | None:
        all_of_them = (*self._jobs.values(), *self._turns.values())
        return next((one for one in all_of_them if (one.log, one.ticket) == (log, party.ticket.id)), None)

    def _badge_is_out(self, awaited: Awaited) -> None:
        """A badge without an entry: of a wave, or before a gate."""
        if self._gate.is_set:
            self._open_gate(awaited)
            self._go_on_after(awaited)
        else:
            self._write_pass(awaited)

    def _open_gate(self, awaited: Awaited) -> None:
        try:
            self._gate.let_through()
        except DeviceError:
            self._release(awaited)
            self._mark(awaited, Reason.NOT_ADMITTED, phrases.GATE_OUT)
            return
        visit = self._visit(awaited)
        if visit is not None:
            visit.turn(Page.PRINTING)
        self._turns[awaited.ticket] = awaited
        self._ring(awaited.ticket, TURN_S + GATE_GRACE_S)

    def _write_pass(self, awaited: Awaited) -> None:
        """The badge is out, and the gate has turned: the pass, decided once more."""
        found = self._found(awaited)
        if found is None:
            self._release(awaited)
            self._failed(awaited, Reason.NOT_ADMITTED, phrases.FAULT)
            return
        going = self._admitting.go(self._scene.door, found, prints=True, turns=False, held=awaited.word)
        self._release(awaited)
        if going.step is Step.PASSED:
            self._is_through(awaited)
        else:
            self._failed(awaited, *_why_not(going))

    def _found(self, awaited: Awaited) -> Party | None:
        party = self._party(awaited)
        if party is not None:
            return party
        with self._scene.store.reader() as reader:
            ticket = reader.ticket(awaited.log, awaited.ticket)
        return Party(ticket) if ticket is not None and self._scene.log == awaited.log else None

    def _no_badge(self, awaited: Awaited, reason: Reason, detail: str = "") -> None:
        self._release(awaited)
        words = phrases.UNSURE if reason is Reason.BADGE_UNSURE else phrases.JAMMED
        if reason is Reason.BADGE_JAMMED and is_paper(detail):
            words = phrases.PRINTER_OUT
        self._failed(awaited, reason, words)

    def _is_through(self, awaited: Awaited) -> None:
        party = self._party(awaited)
        self._passed(awaited.ticket)
        self._scene.standing.count()
        if party is not None:
            party.goes(Fate.PASSED)
        self._go_on_after(awaited)

    def _through(self, party: Party) -> None:
        party.goes(Fate.PASSED)
        self._passed(party.ticket.id)
        self._scene.standing.count()

    def _failed(self, awaited: Awaited, reason: Reason, words: Words) -> None:
        self._mark(awaited, reason, words)
        self._go_on_after(awaited)

    def _mark(self, awaited: Awaited, reason: Reason, words: Words) -> None:
        """Staff is told of the ticket, whether or not the guest still stands there."""
        party = self._party(awaited)
        if party is not None:
            self._scene.send_to_staff(party, reason, words)
        else:
            self._scene.calls.guest(reason, awaited.ticket, str(words))

    def _go_on_after(self, awaited: Awaited) -> None:
        visit, party = self._visit(awaited), self._party(awaited)
        if visit is None:
            self._keep_unfinished()
        if visit is not None and party is not None and party.fate is not Fate.OPEN:
            self.begin(visit)

    def _await_job(self, job: str, awaited: Awaited) -> None:
        self._jobs[job] = awaited
        self._ring(job, float(self._scene.setup.printing))

    def _drop_job(self, job: str) -> None:
        self._jobs.pop(job, None)
        self._alarms.drop(job)

    def _take_back(self, job: str) -> None:
        if self._settle is not None:
            self._settle(SettleJob(job, "cancel"))

    def _ring(self, what: str, seconds: float) -> None:
        self._alarms.set(what, seconds, lambda: self._post(Overdue(what)))

    def _release(self, awaited: Awaited) -> None:
        if awaited.word is not None:
            self._admitting.let_go(awaited.word)

    def _is_in(self, awaited: Awaited) -> bool:
        """Whether this very desk has let the guest in."""
        with self._scene.store.reader() as reader:
            passes = reader.passes(awaited.log, awaited.ticket)
        desk = self._scene.store.desk
        return bool(passes) and passes[-1].direction is Direction.ENTRY and passes[-1].desk == desk

    def _visit(self, awaited: Awaited) -> Visit | None:
        visit = self._scene.visit
        return visit if visit is not None and visit.id == awaited.visit else None

    def _party(self, awaited: Awaited) -> Party | None:
        visit = self._visit(awaited)
        parties = visit.parties if visit is not None else []
        return next((one for one in parties if one.ticket.id == awaited.ticket), None)


def _why_not(going: Going) -> tuple[Reason, Words]:
    if going.step is Step.UNSURE:
        return Reason.BADGE_UNSURE, phrases.UNSURE
    if going.step is Step.NO_PRINTER:
        return Reason.NOT_ADMITTED, phrases.PRINTER_OUT
    return Reason.NOT_ADMITTED, phrases.refused(going.verdict)
