"""What the line does for a scan: who may, whose ticket it is, and whether another desk was first."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from eventdesk.desk.hooks import Door
from eventdesk.desk.upstream.claims import ALONE, Answer, Asked, Claims, Wish
from eventdesk.desk.upstream.present import Present, with_members
from eventdesk.desk.upstream.signer import Signer
from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.claims import HUB_ALONE, claim_key
from eventdesk.domain.decision import Outcome, Reason, Verdict, Words
from eventdesk.domain.facts import Draft, Kind, new_id
from eventdesk.domain.outcomes import HEADLINES
from eventdesk.domain.tickets import Ticket
from sync.wire import Holder

JUST_NOW_MS: Final = 60_000


@dataclass(slots=True)
class Word:
    """The upstream's word on the tickets of one scan or order, by ticket. `fact` as claimed; `wishes` are
    those that are held."""

    asked: dict[str, Asked] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    wishes: list[tuple[Wish, Asked]] = field(default_factory=list)

    def is_granted(self, ticket: str) -> bool:
        return ticket in self.asked and self.asked[ticket].answer.granted is True


class AtDoor:
    """Lives on the engine's lane."""

    def __init__(self, present: Present, claims: Claims, signer: Signer | None = None) -> None:
        """`signer`: None where tickets are not signed."""
        self.present = present
        self.signer = signer
        self.free = threading.Event()
        self.free.set()
        self._claims = claims

    @contextmanager
    def first(self) -> Iterator[None]:
        """While somebody stands at the door, what comes from other desks waits between two steps."""
        self.free.clear()
        try:
            yield
        finally:
            self.free.set()

    @property
    def may_ask(self) -> bool:
        return self._claims.may_ask

    @contextmanager
    def asked(self, door: Door, verdicts: Sequence[Verdict]) -> Iterator[Word]:
        """Ask for whatever of these verdicts would admit a ticket that may enter once. `verdicts` were
        decided outside of any transaction; within this they are decided again, and written."""
        word = Word()
        try:
            self.hold(word, door, verdicts)
            yield word
        finally:
            self.let_go(word)

    def hold(self, word: Word, door: Door, verdicts: Sequence[Verdict]) -> None:
        """As `asked`, for what takes longer than a scan: what is granted is kept until `let_go`."""
        for ticket in _admitted(verdicts):
            key = claim_key(door.list, ticket.id)
            if key is not None:
                fact = new_id()
                wish = Wish(door.catalogue.event.id, key, ticket.id, fact, _place(door))
                asked = word.asked[ticket.id] = Asked()
                word.facts[ticket.id], word.keys[ticket.id] = fact, key
                word.wishes.append((wish, asked))
                self._claims.hold(wish, asked)

    def hold_again(self, word: Word, log: str, list_: CheckInList, ticket: str, fact: str) -> None:
        """What was granted before a restart, for a pass that is still to come, is kept until `let_go`."""
        key = claim_key(list_, ticket)
        if key is not None:
            wish, asked = Wish(log, key, ticket, fact, ""), Asked(Answer(True))
            word.asked[ticket], word.facts[ticket], word.keys[ticket] = asked, fact, key
            word.wishes.append((wish, asked))
            self._claims.keep(wish)

    def let_go(self, word: Word) -> None:
        """Grants without their facts are given back. A second time does nothing."""
        while word.wishes:
            self._claims.let_go(*word.wishes.pop())

    def judged(
        self, door: Door, verdict: Verdict, word: Word | None, *, force: bool, reason: str = ""
    ) -> Verdict:
        """The verdict with the upstream's word in it: refused, confirmed or on this desk's own. `word` None:
        nobody else can know the ticket."""
        if word is None or not _admitted((verdict,)) or verdict.ticket is None:
            return self._signed(verdict)
        ticket = verdict.ticket
        key = claim_key(door.list, ticket.id)
        if not self._claims.is_paired or key is None:
            return self._signed(verdict)
        same = word.keys.get(ticket.id) == key
        asked = word.asked[ticket.id] if same else Asked(ALONE)
        if asked.answer.granted is False:
            if not force:
                return self._signed(_refused(door, verdict, asked.answer.holder, asked.answer.now_ms))
            verdict = _forced(verdict, reason)
        elif asked.answer.granted is None:
            verdict = _changed(verdict, {"confirmed": False})
        elif asked.answer.level == HUB_ALONE:
            verdict = _changed(verdict, {"confirmed_by": HUB_ALONE})
        fact = word.facts[ticket.id] if same else ""
        return self._signed(_named(verdict, fact))

    def written(self, word: Word, verdicts: Sequence[Verdict]) -> None:
        """These verdicts stand on the disk."""
        facts = {draft.id for verdict in verdicts for draft in verdict.facts}
        for ticket, asked in word.asked.items():
            asked.written = word.facts[ticket] in facts

    def _signed(self, verdict: Verdict) -> Verdict:
        if not self.present.by:
            return verdict
        return replace(verdict, facts=tuple(self.present.signed(verdict.facts)))


def is_confirmed(verdict: Verdict) -> bool:
    return all(draft.payload.get("confirmed", True) for draft in verdict.facts)


def is_by_hub_alone(verdict: Verdict) -> bool:
    return any(draft.payload.get("confirmed_by") == HUB_ALONE for draft in verdict.facts)


def _admitted(verdicts: Sequence[Verdict]) -> list[Ticket]:
    return [
        one.ticket
        for one in verdicts
        if one.ticket is not None and any(draft.kind is Kind.ADMITTED for draft in one.facts)
    ]


def _changed(verdict: Verdict, members: dict[str, object]) -> Verdict:
    facts = (
        with_members(draft, members) if draft.kind is Kind.ADMITTED else draft for draft in verdict.facts
    )
    return replace(verdict, facts=tuple(facts))


def _named(verdict: Verdict, fact: str) -> Verdict:
    """The admission under the id that was claimed, also where no answer came: the claim may stand."""
    if not fact:
        return verdict
    facts = (replace(draft, id=fact) if draft.kind is Kind.ADMITTED else draft for draft in verdict.facts)
    return replace(verdict, facts=tuple(facts))


def _forced(verdict: Verdict, reason: str) -> Verdict:
    members: dict[str, object] = {"forced": True} | ({"reason": reason} if reason else {})
    explanation = Words("Admitted by force; the log says so.")
    return replace(_changed(verdict, members), forced=True, explanation=explanation)


def _refused(door: Door, verdict: Verdict, holder: Holder | None, now_ms: int) -> Verdict:
    """Another desk was first. Nothing but the refusal is written: no answers either."""
    explanation = _who(door, holder, now_ms)
    reason = Reason.ALREADY_REDEEMED
    passed = next(draft for draft in verdict.facts if draft.kind is Kind.ADMITTED)
    told = {"direction": "entry", "reason": reason.value, "explanation": str(explanation)}
    scanned = {
        name: passed.payload[name] for name in ("list", "at", "gate", "nonce") if name in passed.payload
    }
    return Verdict(
        Outcome.ERROR,
        reason,
        verdict.ticket,
        headline=HEADLINES[reason],
        explanation=explanation,
        remedy=Words("Ask there, or admit by force if you are sure."),
        facts=(Draft(Kind.ADMISSION_REFUSED, passed.subject, {**scanned, **told}),),
        attention=verdict.attention,
        checkin_texts=verdict.checkin_texts,
        may_force=True,
    )


def _who(door: Door, holder: Holder | None, now_ms: int) -> Words:
    if holder is None:
        return Words("Another desk was first.")
    place = holder.note or holder.desk
    if now_ms - holder.since_ms < JUST_NOW_MS:
        return Words("Just now at {place}.", {"place": place})
    at = datetime.fromtimestamp(holder.since_ms / 1000, UTC).astimezone(door.catalogue.event.zone)
    return Words("At {time} at {place}.", {"time": f"{at:%H:%M}", "place": place})


def _place(door: Door) -> str:
    """What the other desk is told: the gate's name, or the list's. No personal data."""
    gate = door.catalogue.gates.get(door.gate or "")
    return gate.name if gate else door.list.name
