"""Badge before check-in: a guest's pass waits for the badge, or is written at once where none is to come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from eventdesk.desk.hooks import Door, Hooks
from eventdesk.desk.kiosk.visit import Party
from eventdesk.desk.printing import admitting as waiting
from eventdesk.desk.printing.jobs import MAY_BE_OUT, UNDER_WAY, Order, is_sheet
from eventdesk.desk.printing.routes import first_choice
from eventdesk.desk.printing.spool import Spool
from eventdesk.desk.signed_codes import SignedCodes
from eventdesk.desk.upstream.at_door import AtDoor, Word
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.decision import decide
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.kiosk.entries import entry_of
from eventdesk.domain.tickets import Presented, Ticket, Via
from eventdesk.domain.venue import Reason
from eventdesk.domain.verdicts import Scan, Verdict
from eventdesk.storage.store import Reader, Store, Transaction


class Step(StrEnum):
    """PASSED: the guest is in. PRINTS: a badge comes, and the pass with it or after it. TURNS: the badge is
    out, the pass waits for the gate. REFUSED: by the verdict. NO_PRINTER, UNSURE: nothing was written."""

    PASSED = "passed"
    PRINTS = "prints"
    TURNS = "turns"
    REFUSED = "refused"
    NO_PRINTER = "no_printer"
    UNSURE = "unsure"


class Badge(StrEnum):
    """NONE: none is to come, as one is out, or nothing prints here."""

    NONE = "none"
    WANTED = "wanted"
    UNSURE = "unsure"


@dataclass(slots=True)
class Going:
    """How far a guest has come. `word`: what is held of the upstream's until this is over."""

    step: Step
    verdict: Verdict
    job: str = ""
    carries: bool = False  # the job brings the pass
    word: Word = field(default_factory=Word)


class Admitting:
    """Lives on the engine's lane."""

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        spool: Spool | None,
        line: AtDoor,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._hooks = hooks
        self._spool = spool
        self._line = line
        self._now = now
        self._signed = SignedCodes()

    def presented(self, source: Reader | Transaction, door: Door, code: str) -> Presented:
        """What a code that a guest holds up stands for. A ticket's id is no secret: it opens nothing here."""
        found = self._signed.presented(source, door, code, self._now())
        return Presented(code) if found.via is Via.TICKET_ID else found

    def foreseen(self, source: Reader | Transaction, door: Door, party: Party, *, asks: bool) -> Verdict:
        """What the guest would get at this door now; nothing is written. `asks`: open questions count."""
        return self._decided(source, door, party, uuid4().hex, asks=asks)

    def go(self, door: Door, party: Party, *, prints: bool, turns: bool, held: Word | None = None) -> Going:
        """Let the guest in, or begin to. `prints`: the printer works; `turns`: a gate must turn first;
        `held`: the upstream's word, where it was asked before."""
        nonce = uuid4().hex
        with self._store.reader() as reader:
            foreseen = self._decided(reader, door, party, nonce)
        word = held or Word()
        going: Going | None = None
        try:
            if held is None and self._line.may_ask:
                self._line.hold(word, door, [foreseen])
            with self._store.transaction() as tx:
                verdict = self._decided(tx, door, party, nonce)
                verdict = self._line.judged(door, verdict, word, force=False)
                going = self._written(tx, door, verdict, word, prints=prints, turns=turns)
            if going.step is Step.PASSED:
                self._line.written(word, [verdict])
        finally:
            if going is None or going.step not in (Step.PRINTS, Step.TURNS):
                self._line.let_go(word)
        self._told(going)
        return going

    def let_go(self, word: Word) -> None:
        """What was held for a guest is free, unless the pass stands."""
        self._line.let_go(word)

    def give_up(self, job: str) -> None:
        """Nobody waits for this badge any more, which may come all the same: before its claim is let go."""
        with self._store.transaction() as tx:
            found = tx.jobs.get(job)
            if found is not None and found.state in UNDER_WAY:
                waiting.let_go(tx, found)

    def held(self, job: BadgeJob) -> Word:
        """What is held of the upstream's for a badge from before a restart."""
        word = Word()
        if job.entry is not None and job.entry.claimed and job.state in UNDER_WAY:
            with self._store.reader() as reader:
                check_in_list = reader.catalogue(job.log).lists.get(job.entry.list)
            if check_in_list is not None:
                self._line.hold_again(word, job.log, check_in_list, job.ticket, job.entry.fact)
        return word

    def _decided(
        self, source: Reader | Transaction, door: Door, party: Party, nonce: str, *, asks: bool = True
    ) -> Verdict:
        scan = Scan(
            at=self._now(),
            desk=self._store.desk,
            gate=door.gate,
            nonce=nonce,
            answers=party.answers,
            can_ask=asks,
        )
        return decide(self._held_up(source, door, party), door.list, scan, door.catalogue)

    def _held_up(self, source: Reader | Transaction, door: Door, party: Party) -> Presented:
        if party.code:
            return self.presented(source, door, party.code)
        ticket = source.ticket(door.catalogue.event.id, party.ticket.id)
        if ticket is None:
            return Presented(party.ticket.secret)
        return Presented(ticket.secret, Via.SECRET, ticket)

    def _written(
        self,
        tx: Transaction,
        door: Door,
        verdict: Verdict,
        word: Word,
        *,
        prints: bool,
        turns: bool,
    ) -> Going:
        log = door.catalogue.event.id
        passed = next((one for one in verdict.facts if one.kind is Kind.ADMITTED), None)
        if passed is None or verdict.ticket is None:
            tx.append(log, verdict.facts)
            return Going(Step.REFUSED, verdict)
        badge = self._badge(tx, log, verdict.ticket)
        if badge is Badge.UNSURE:
            return Going(Step.UNSURE, verdict)
        if badge is Badge.WANTED and not prints:
            return Going(Step.NO_PRINTER, verdict)
        waits = turns or badge is not Badge.NONE
        tx.append(log, [one for one in verdict.facts if not waits or one is not passed])
        if badge is Badge.NONE:
            return Going(Step.TURNS if turns else Step.PASSED, verdict, word=word)
        job = self._queued(tx, door, verdict.ticket, None if turns else passed, word)
        return Going(Step.PRINTS, verdict, job.id, job.entry is not None, word)

    def _badge(self, tx: Transaction, log: str, ticket: Ticket) -> Badge:
        printer = first_choice(tx, ticket.product)
        jobs = _jobs(tx, log, ticket.id)
        printed = tx.badges_printed(log, ticket.id)
        is_unsure = any(job.state is JobState.UNKNOWN for job in jobs) or self._is_unsure_elsewhere(
            tx, log, ticket.id
        )
        if is_unsure and not printed:
            return Badge.UNSURE
        out = printed or any(job.state in MAY_BE_OUT for job in jobs)
        if self._spool is None or not printer or out:
            return Badge.NONE
        return Badge.WANTED

    def _is_unsure_elsewhere(self, tx: Transaction, log: str, ticket: str) -> bool:
        """Another kiosk does not know whether this badge came out, and has called for it."""
        calls = tx.help_calls(log, self._now())
        return any(
            one.ticket == ticket and one.reason is Reason.BADGE_UNSURE and one.ended is None
            for one in calls
            if one.desk != self._store.desk
        )

    def _queued(
        self, tx: Transaction, door: Door, ticket: Ticket, passed: Draft | None, word: Word
    ) -> BadgeJob:
        """A new job, or the one that is under way already."""
        log = door.catalogue.event.id
        assert self._spool is not None
        entry = entry_of(passed, claimed=word.is_granted(ticket.id)) if passed else None
        fresh = tx.ticket(log, ticket.id) or ticket
        job = self._spool.enqueue_once(tx, Order(door.catalogue, fresh, self._now(), entry=entry))
        if job is not None:
            return job
        return next(one for one in reversed(_jobs(tx, log, ticket.id)) if one.state in UNDER_WAY)

    def _told(self, going: Going) -> None:
        if going.job and self._spool is not None:
            with self._store.reader() as reader:
                job = reader.jobs.get(going.job)
            if job is not None:
                self._hooks.job_changed(job)
            self._spool.nudge()


def _jobs(tx: Transaction, log: str, ticket: str) -> list[BadgeJob]:
    return [one for one in tx.jobs.for_ticket(log, ticket) if not is_sheet(one.id)]
