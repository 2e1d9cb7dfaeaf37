"""Taking a push into a log, on the writer's thread: what is known, what follows, what must be withheld.

A work may run more than once: nothing that was prepared for it is changed here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from sync.chain import Head, Record, head_of
from sync.meaning import Meaning
from sync.server import schema
from sync.server.ports import Principal
from sync.server.store import rows
from sync.server.store.books import Book, Books, Known, newer
from sync.server.store.checking import BROKEN, Checked, Effects, Run, can_be_desk, follows
from sync.server.store.effects import apply
from sync.server.store.erasing import explains, redacted
from sync.server.store.knowing import Again, compare, release
from sync.wire import Refusal, SignedHead, State, Why, WireFact

# What a hub may hand in without signatures, and what comes from the node above, which judged it.
HUB, UPSTREAM = "hub", "upstream"

Flaw = tuple[str, str]
NO_FLAW: Flaw = ("", "")


class Prepared(NamedTuple):
    """A push, as far as it could be judged without the database. `heads`: signatures that hold."""

    log: str
    by: Principal
    runs: Sequence[Run]
    heads: Sequence[SignedHead]
    now_ms: int


class Taken(NamedTuple):
    taken: int
    known: int
    refused: list[Refusal]
    heads: dict[str, int]


@dataclass(slots=True)
class Desk:
    roles: frozenset[str] = frozenset()
    revoked: bool = False
    known: bool = False


@dataclass(slots=True)
class Taking:
    connection: Connection
    book: Book
    meaning: Meaning
    prepared: Prepared
    desks: Mapping[str, Desk]
    taken: int = 0
    known: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def run(self) -> Taken:
        new = [checked for run in self.prepared.runs for checked in self._new_of(run)]
        if len(self.prepared.runs) > 1:
            new.sort(key=_index)
        if new:
            self._take(new)
        for head in self.prepared.heads:
            self._keep_head(head)
        ends = {run.desk: self._head(run.desk).seq for run in self.prepared.runs}
        return Taken(self.taken, self.known, self.refused, ends)

    def _new_of(self, run: Run) -> list[Checked]:
        """What follows the desk's chain here; what is here already is compared, the rest refused."""
        facts, head = run.facts, self._head(run.desk)
        if facts and facts[0].record.seq > head.seq + 1:
            missing = facts[0].record.seq - head.seq - 1
            return self._stop(facts[0], Why.GAP, f"{missing} facts before it are missing")
        known = head.seq + 1 - facts[0].record.seq if facts else 0
        if known and not self._compare(run.desk, facts[:known]):
            return []
        new = facts[known:] if known else facts
        if new and not known and not follows(head.chain, new[0].record):
            return self._stop(new[0], Why.CHAIN, BROKEN)
        if run.stopped is not None:
            self._refuse(run.stopped, run.why, run.words)
        return new

    def _head(self, desk: str) -> Head:
        return self.book.head(self.connection, desk) if can_be_desk(desk) else Head()

    def _compare(self, desk: str, facts: Sequence[Checked]) -> bool:
        for checked, row, difference in compare(self.connection, self.book.log, desk, facts):
            if difference:
                self._stop(checked, difference, _DIFFERENT[difference])
                return False
            if row.why or row.redacted == State.WITHHELD:
                self._again(checked, Again(row.n, row.why, row.words, row.redacted))
            else:
                self.known += 1
        return True

    def _again(self, checked: Checked, stored: Again) -> None:
        """A withheld fact that came once more: whole, and perhaps good now."""
        state, flaw = checked.record.redacted, (stored.why, stored.words)
        if state != State.WITHHELD and stored.why != Why.REVOKED:
            flaw = self._flaw(checked, self.book.members)
            if checked.why != Why.PAYLOAD or not flaw[0]:
                release(self.connection, self.book, self.meaning, checked, flaw)
                if not flaw[0]:
                    self.taken += 1
                    return
        self.known += 1
        if flaw[0]:
            self._refuse(checked.record, *flaw)

    def _take(self, new: list[Checked]) -> None:
        while new:
            flaws = self._flaws(new)
            made = self._rows(new, flaws)
            if rows.insert(self.connection, made) == len(made):
                return self._taken(new, flaws)
            new = self._without_taken_ids(new)
        return None

    def _rows(self, new: Sequence[Checked], flaws: Sequence[Flaw]) -> list[rows.NewRow]:
        now, by, first = self.prepared.now_ms, self.prepared.by.desk, self.book.n + 1
        as_kept = self._forgotten if self.book.erased else _record
        kept = map(as_kept, new)
        return [
            (r.log, n, r.id, *r[2:], why, words, now, by)
            for n, r, (why, words) in zip(count(first), kept, flaws, strict=False)
        ]

    def _forgotten(self, checked: Checked) -> Record:
        """As it may be kept where people were erased."""
        record = checked.record
        if not self.book.is_erased(record.subject):
            return record
        if checked.why and not explains(self.book, record, checked.why):
            return record._replace(payload=b"", salt=b"", redacted=1)
        return redacted(record, self.meaning)

    def _taken(self, new: Sequence[Checked], flaws: Sequence[Flaw]) -> None:
        book = self.book
        book.n += len(new)
        done: list[tuple[Record, Effects]] = []
        for checked, flaw in _pairs(new, flaws):
            if flaw[0]:
                self._refuse(checked.record, *flaw)
            else:
                self.taken += 1
                if checked.effects is not None:
                    done.append((checked.record, checked.effects))
        for desk, record in {checked.record.desk: checked.record for checked in new}.items():
            book.move(desk, head_of(record))
        if done:
            apply(self.connection, book, self.meaning, done)

    def _without_taken_ids(self, new: Sequence[Checked]) -> list[Checked]:
        """Undo the insertion; whoever brings an id that another fact has is cut off there."""
        table = schema.records
        self.connection.execute(delete(table).where(table.c.log == self.book.log, table.c.n > self.book.n))
        used = rows.existing(self.connection, (checked.record.id for checked in new))
        left: list[Checked] = []
        stopped: set[str] = set()
        for checked in new:
            if checked.record.desk in stopped:
                continue
            if checked.record.id in used:
                stopped.add(checked.record.desk)
                self._stop(checked, Why.CHAIN, "another fact has its id")
            else:
                used.add(checked.record.id)
                left.append(checked)
        return left

    def _flaws(self, new: Sequence[Checked]) -> list[Flaw]:
        """Who may write what is judged in the order of arrival: facts of this push give rights too."""
        if not self.prepared.by.revoked and not any(checked.why or checked.unsure for checked in new):
            return [NO_FLAW] * len(new)
        members: Mapping[str, Known] = self.book.members
        found: list[Flaw] = []
        for checked in new:
            flaw = self._flaw(checked, members)
            found.append(flaw)
            if checked.effects is not None and checked.effects.member is not None and not flaw[0]:
                members = {**members, **newer(members, checked.effects.member, checked.record.stamp)}
        return found

    def _flaw(self, checked: Checked, members: Mapping[str, Known]) -> Flaw:
        if checked.why:
            explained = explains(self.book, checked.record, checked.why)
            return NO_FLAW if explained else (checked.why, checked.words)
        by, record = self.prepared.by, checked.record
        if record.redacted == State.WITHHELD or UPSTREAM in by.roles:
            return NO_FLAW
        desk = self.desks.get(record.desk) if record.desk != by.desk else None
        if by.revoked if desk is None else desk.revoked:
            return Why.REVOKED, "the desk is shut out: a person must look at it"
        if not checked.unsure or self._may_write(record, desk, members):
            return NO_FLAW
        return Why.RIGHT, "neither the desk nor the person named may write this"

    def _may_write(self, record: Record, desk: Desk | None, members: Mapping[str, Known]) -> bool:
        if desk is not None and not desk.known and HUB in self.prepared.by.roles:
            return True  # a hub judged its own desk, of which it has not told us yet
        roles = self.prepared.by.roles if desk is None else desk.roles
        if self.meaning.may_write(record, roles):
            return True
        named = [members[id_].roles for id_ in self.meaning.actors(record) if id_ in members]
        return bool(named) and self.meaning.may_write(record, roles.union(*named))

    def _keep_head(self, head: SignedHead) -> None:
        """The newest that is the end of what is here: older ones say nothing new."""
        here = self.book.head(self.connection, head.desk)
        if (here.seq, here.chain) == (head.seq, head.chain):
            self.book.signed[head.desk] = head

    def _stop(self, checked: Checked, why: str, words: str) -> list[Checked]:
        self._refuse(checked.record, why, words)
        return []

    def _refuse(self, fact: Record | WireFact, why: str, words: str) -> None:
        self.refused.append(Refusal(fact.id, fact.desk, fact.seq, str(why), words))


_DIFFERENT = {
    Why.FORK: "another fact of this desk has its number here",
    Why.CHAIN: BROKEN,
}


def take(connection: Connection, books: Books, meaning: Meaning, prepared: Prepared) -> Taken:
    book = books.lock(connection, prepared.log)
    return Taking(connection, book, meaning, prepared, _desks(connection, prepared)).run()


def _desks(connection: Connection, prepared: Prepared) -> dict[str, Desk]:
    """What is known of the other desks whose facts are handed in."""
    others = [run.desk for run in prepared.runs if run.desk != prepared.by.desk and can_be_desk(run.desk)]
    found = {desk: Desk() for desk in others}
    if others and UPSTREAM not in prepared.by.roles:
        table = schema.desks
        query = select(table.c.id, table.c.roles, table.c.revoked_ms).where(table.c.id.in_(others))
        for row in connection.execute(query):
            found[row.id] = Desk(frozenset(json.loads(row.roles)), bool(row.revoked_ms), known=True)
    return found


def _pairs(new: Sequence[Checked], flaws: Sequence[Flaw]) -> "zip[tuple[Checked, Flaw]]":
    return zip(new, flaws, strict=True)


def _index(checked: Checked) -> int:
    return checked.index


def _record(checked: Checked) -> Record:
    return checked.record
