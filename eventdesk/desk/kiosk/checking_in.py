"""The end of a visit: badge after badge, pass after pass. Who went away while the badge came is checked in
with it, or called for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from eventdesk.desk.commands import Command, SettleJob
from eventdesk.desk.kiosk import phrases, showing
from eventdesk.desk.kiosk.admitting import Admitting, Step
from eventdesk.desk.kiosk.at_gate import AtGate
from eventdesk.desk.kiosk.awaited import Awaited, UnderWay
from eventdesk.desk.kiosk.gatekeeper import Gatekeeper
from eventdesk.desk.kiosk.news import EnteredNews, JobNews, Overdue, Turned
from eventdesk.desk.kiosk.outcomes import Outcomes, why_not
from eventdesk.desk.kiosk.ports import Alarms
from eventdesk.desk.kiosk.scene import Scene
from eventdesk.desk.kiosk.unfinished import Unfinished
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.kiosk.visit import Fate, Party, Visit
from eventdesk.desk.printing.jobs import REPLACED
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.venue import Reason

# How long a job that was taken back may take to say how it ended, before nobody knows.
RECALL_S: Final = 12.0
# After a start, badges taken back as long ago are called for: it may have gone down before it called.
LOOKED_BACK: Final = timedelta(minutes=30)
OPEN: Final = frozenset({JobState.QUEUED, JobState.SENT, JobState.PRINTING})


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
        self._under_way = UnderWay(scene, alarms, post)
        self._unfinished = Unfinished(scene, self._under_way)
        self._outcomes = Outcomes(scene, admitting, self._under_way, self._unfinished, passed, self.begin)
        self._at_gate = AtGate(scene, admitting, gate, self._under_way, self._outcomes)

    def resume(self) -> None:
        """Badges that were under way when the desk went down: their guests are looked after all the same."""
        jobs = self._left_over()
        for job in jobs:
            if self._under_way.job(job.id) is None:
                held = self._admitting.held(job)
                self._await_job(job.id, Awaited(job.log, job.ticket, "", held, carries=True))
        self._unfinished.call()
        for job in jobs:
            self.job(JobNews(job.id, job.state, job.detail))

    def _left_over(self) -> list[BadgeJob]:
        """What moves still, and what ended while nobody was told of it."""
        since = self._scene.now() - LOOKED_BACK
        with self._scene.store.reader() as reader:
            found = [one for one in reader.jobs.check_ins(since) if one.detail != REPLACED]
            ended = [one for one in found if one.state not in OPEN]
            jobs = [
                one
                for one in ended
                if one.state is not JobState.CANCELED or not reader.passes(one.log, one.ticket)
            ]
        untold = self._unfinished.not_called_for(jobs)
        for job in jobs:
            if job.state is JobState.FAILED and job not in untold:
                self._take_back(job.id)
        return [one for one in found if one.state in OPEN] + untold

    def look_at_calls(self) -> None:
        self._unfinished.look_at_calls()

    def keep(self, visit: Visit) -> None:
        """Whoever is not in at the end of this visit is called for, though nothing else was begun yet."""
        visit.begun = True
        self._unfinished.keep()

    def begin(self, visit: Visit) -> None:
        """Check in whoever of the visit comes next; at last the visit's last page."""
        if not visit.begun:
            visit.begun = True
            self._unfinished.keep()
        while (party := visit.next_open()) is not None:
            if not self._begin(visit, party):
                return
        showing.ended(visit)

    def job(self, news: JobNews) -> None:
        awaited = self._under_way.job(news.job)
        if awaited is None:
            return
        party = self._under_way.party(awaited)
        if party is not None:
            party.badge = news.state.value
        if news.state in OPEN:
            return
        if news.state is JobState.PRINTED:
            if not awaited.carries:
                self._under_way.drop_job(news.job)
                self._at_gate.badge_is_out(awaited)
            return  # else `entered` follows
        self._under_way.drop_job(news.job)
        if news.state is JobState.FAILED:
            self._take_back(news.job)
        is_unsure = news.state is JobState.UNKNOWN
        self._outcomes.no_badge(
            awaited, Reason.BADGE_UNSURE if is_unsure else Reason.BADGE_JAMMED, news.detail
        )

    def entered(self, news: EnteredNews) -> None:
        awaited = self._under_way.job(news.job)
        if awaited is None:
            return
        self._under_way.drop_job(news.job)
        self._outcomes.release(awaited)
        if news.admission or self._under_way.is_in(awaited):
            self._outcomes.went_in(awaited)
        else:
            self._outcomes.failed(awaited, Reason.NOT_ADMITTED, phrases.ELSEWHERE)

    def overdue(self, news: Overdue) -> None:
        if self._at_gate.overdue(news.what):
            return
        awaited = self._under_way.job(news.what)
        if awaited is None:
            return
        if not awaited.recalled:
            awaited.recalled = True
            self._take_back(news.what)
            self._under_way.ring(news.what, RECALL_S)
            return
        self._under_way.drop_job(news.what)
        self._admitting.give_up(news.what)
        self._outcomes.no_badge(awaited, Reason.BADGE_UNSURE)

    def turned(self, news: Turned) -> None:
        self._at_gate.turned(news)

    def left(self, visit: Visit) -> None:
        """The visit ends. Those whom nothing was begun for, after others were, are called for."""
        waited = {one.ticket for one in self._under_way.everything()}
        for party in visit.parties:
            if visit.begun and party.here and party.fate is Fate.OPEN and party.ticket.id not in waited:
                self._scene.send_to_staff(party, Reason.NOT_ADMITTED, phrases.JAMMED)
        visit.parties.clear()
        self._unfinished.keep()

    def _begin(self, visit: Visit, party: Party) -> bool:
        """True where this guest is done with, one way or the other."""
        door = self._scene.door
        if (awaited := self._under_way.of(door.catalogue.event.id, party.ticket.id)) is not None:
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
            self._at_gate.open(Awaited(log, party.ticket.id, visit.id, going.word, carries=False))
            return party.fate is not Fate.OPEN
        if going.step is Step.PASSED:
            self._outcomes.in_at_once(party)
        elif going.verdict.repeated:
            party.goes(Fate.PASSED)
        else:
            reason, words = why_not(going)
            self._scene.send_to_staff(party, reason, words)
        return True

    def _await_job(self, job: str, awaited: Awaited) -> None:
        self._under_way.await_job(job, awaited, float(self._scene.setup.printing))

    def _take_back(self, job: str) -> None:
        if self._settle is not None:
            self._settle(SettleJob(job, "cancel", patient=True))
