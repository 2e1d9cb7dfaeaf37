"""What can be said of pushed facts without the database: digests, links, readability.

This runs on the event loop, before the writer is asked, and does everything in one pass: the writer's
thread is the one that all others wait for.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sync.chain import Record
from sync.meaning import Counter, Erasure, Meaning, Member, Use
from sync.wire import State, Why, WireFact

# Below 2^44 ms (the year 2527): desks that have seen a stamp go on from it, and must never run out of digits.
_CLOCK = re.compile(r"0[0-9a-f]{11}-[0-9a-f]{4}-")
_CLOCK_LENGTH = 18
# An index of PostgreSQL takes 2,704 bytes: a log, a subject and a fact's id must fit in one.
MOST_ENVELOPE_BYTES = 1400
MOST_SUBJECT_LETTERS = 300


@dataclass(slots=True)
class Effects:
    """What `sync.meaning` says that a fact does, where it does anything."""

    member: Member | None
    counter: Counter | None
    uses: Sequence[Use]
    erasure: Erasure | None


@dataclass(slots=True)
class Checked:
    """A fact whose digests hold. `why` is not empty where it must be withheld; `unsure` where the roles of
    the asker alone do not allow it."""

    index: int
    record: Record
    why: str = ""
    words: str = ""
    unsure: bool = False
    effects: Effects | None = None


@dataclass(slots=True)
class Run:
    """A desk's facts that follow each other, and the one that ended it, if any did."""

    desk: str
    facts: list[Checked] = field(default_factory=list)
    stopped: WireFact | None = None
    why: str = ""
    words: str = ""

    def stop(self, fact: WireFact, why: Why, words: str) -> None:
        self.stopped, self.why, self.words = fact, why, words

    def cut(self, position: int, why: Why, words: str) -> None:
        """End it before the fact at `position`."""
        record = self.facts[position].record
        self.stop(_named(record), why, words)
        del self.facts[position:]


class Checking:
    """Fills runs, fact by fact. `roles` are the asker's; `desk` is the asker."""

    def __init__(self, log: str, desk: str, roles: Collection[str], meaning: Meaning) -> None:
        self.runs: dict[str, Run] = {}
        self._log = log
        self._desk = desk
        self._roles = roles
        self._meaning = meaning

    def add(self, facts: Sequence[WireFact], first: int) -> None:
        """`first`: the place of `facts[0]` in the push."""
        for index, fact in enumerate(facts, first):
            run = self.runs.get(fact.desk)
            if run is None:
                run = self.runs[fact.desk] = Run(fact.desk)
            if run.stopped is None:
                self._link(run, index, fact)

    def _link(self, run: Run, index: int, fact: WireFact) -> None:
        record = self._record(fact)
        if isinstance(record, str):
            return run.stop(fact, Why.CHAIN, record)
        if run.facts:
            before = run.facts[-1].record
            if fact.seq != before.seq + 1:
                return run.stop(fact, *_out_of_order(fact.seq, before.seq))
            if not follows(before.chain, record):
                return run.stop(fact, Why.CHAIN, BROKEN)
        elif fact.seq < 1:
            return run.stop(fact, Why.CHAIN, "facts are numbered from 1")
        run.facts.append(self._judged(Checked(index, record), fact))
        return None

    def _record(self, fact: WireFact) -> Record | str:
        """The record, or in words what is malformed."""
        of_payload = fact.payload_digest
        if not of_payload and fact.state == State.WHOLE:
            of_payload = sha256(fact.salt + fact.payload).digest()
        id_, _, kind, subject, stamp, desk, seq = (
            fact.id, self._log, fact.kind, fact.subject, fact.stamp, fact.desk, fact.seq,
        )  # fmt: skip
        envelope = f"{id_}\n{self._log}\n{kind}\n{subject}\n{stamp}\n{desk}\n{seq}\n"
        if envelope.count("\n") != 7 or "\0" in envelope or not id_ or not desk:
            return "its id, desk or subject is malformed"
        enveloped = envelope.encode()
        if len(enveloped) > MOST_ENVELOPE_BYTES or len(subject) > MOST_SUBJECT_LETTERS:
            return "its id, kind or subject is too long"
        if stamp[_CLOCK_LENGTH:] != desk or _CLOCK.match(stamp) is None:
            return "its stamp is malformed"
        if len(of_payload) != 32 or fact.state not in _STATES:
            return "its digests are missing"
        digest = sha256(enveloped + of_payload).digest()
        return Record(
            id_, self._log, kind, subject, stamp, desk, seq,
            fact.payload, fact.salt, of_payload, digest, fact.chain, fact.state,
        )  # fmt: skip

    def _judged(self, checked: Checked, fact: WireFact) -> Checked:
        record = checked.record
        if fact.state == State.WITHHELD:
            checked.record = record._replace(payload=b"", salt=b"")
            return checked
        if fact.state == State.REDACTED:
            checked.record = record = record._replace(salt=b"")
        elif fact.payload_digest and sha256(fact.salt + fact.payload).digest() != fact.payload_digest:
            checked.why, checked.words = Why.PAYLOAD, "the payload is not the one that was digested"
            return checked
        judge(checked, self._meaning)
        if not checked.why:
            checked.unsure = record.desk != self._desk or not self._meaning.may_write(record, self._roles)
        return checked


BROKEN = "its digests or its chain do not hold"
_STATES = frozenset(State)


def can_be_desk(text: str) -> bool:
    """Whether a database can be asked for this desk; malformed facts may name anything."""
    return 0 < len(text) <= MOST_SUBJECT_LETTERS and "\0" not in text and "\n" not in text


def judge(checked: Checked, meaning: Meaning) -> None:
    """Whether it can be read, and what it does."""
    record = checked.record
    if words := meaning.unreadable(record):
        checked.why, checked.words = Why.UNREADABLE, words
        return
    member, counter, uses = meaning.member(record), meaning.counter(record), meaning.uses(record)
    erasure = meaning.erasure(record)
    if member is not None or counter is not None or uses or erasure is not None:
        checked.effects = Effects(member, counter, uses, erasure)


def follows(chain: bytes, record: Record) -> bool:
    return sha256(chain + record.digest).digest() == record.chain


def _out_of_order(seq: int, before: int) -> tuple[Why, str]:
    if seq > before + 1:
        return Why.GAP, f"{seq - before - 1} facts before it are missing"
    return Why.CHAIN, "a desk's facts must come in their order"


def _named(record: Record) -> WireFact:
    return WireFact(
        record.id, record.kind, record.subject, record.stamp, record.desk, record.seq, record.chain
    )
