"""A node in memory, whole enough for desks: facts by arrival, claims judged by facts, codes and tokens.

It keeps the protocol's promises (`sync/README.md`) in the plainest way, under one lock.
"""

import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from eventdesk.storage.meaning import TicketMeaning
from sync import wire
from sync.carrying import from_wire, to_wire
from sync.chain import Head, Record, breaks, head_of
from sync.errors import Refused, Revoked, Unauthorized
from sync.keys import enrol_message, sign_in_message, verify

GRANT_ROLES = ("door",)


@dataclass
class Grant:
    desk: str
    subject: str
    fact: str
    since_ms: int
    note: str


@dataclass
class Log:
    facts: list[Record] = field(default_factory=list)
    by_id: dict[str, Record] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    signed: dict[str, wire.SignedHead] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    shares: dict[tuple[str, str], int] = field(default_factory=dict)


class Node:
    """`now_ms`: its clock. `desks` and `tokens` by id; `revoked` desks may only hand in."""

    def __init__(
        self,
        id_: str = "node-1",
        kind: str = "centre",
        now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self.id = id_
        self.kind = kind
        self.epoch = secrets.token_hex(4)
        self.now_ms = now_ms
        self.meaning = TicketMeaning()
        self.logs: dict[str, Log] = {}
        self.desks: dict[str, wire.DeskKnown] = {}
        self.codes: dict[bytes, wire.CodeAsked] = {}
        self.tokens: dict[str, str] = {}
        self.revoked: set[str] = set()
        self.quarantine: list[Record] = []
        self.hubs: list[wire.HubKnown] = []
        self.notes: dict[str, wire.Note] = {}
        self.notes_ms: dict[str, int] = {}
        self.token_good_ms = 30 * 86_400_000
        self.news = threading.Condition()

    def hello(self) -> wire.Hello:
        return wire.Hello(wire.PROTOCOL, self.id, self.epoch, self.kind, self.id, "1", self.now_ms())

    def log(self, id_: str) -> Log:
        return self.logs.setdefault(id_, Log())

    # Coming in

    def enrol(self, asked: wire.EnrolAsked) -> wire.SignedIn:
        with self.news:
            code = self.codes.pop(asked.lookup, None)
            message = enrol_message(asked.desk, asked.lookup)
            if code is None or not verify(asked.public_key, asked.signature, message):
                raise Refused("The code is not good.", "Ask for a new one.", code="code")
            self.desks[asked.desk] = wire.DeskKnown(
                asked.desk,
                asked.name,
                asked.public_key,
                code.roles,
                code.logs,
                "",
                self.now_ms(),
                0,
                0,
                0,
                {},
            )
            self.revoked.discard(asked.desk)
            return self._signed_in(asked.desk, code.sealed)

    def sign_in(self, asked: wire.SignInAsked) -> wire.SignedIn:
        with self.news:
            desk = self.desks.get(asked.desk)
            message = sign_in_message(self.id, asked.desk, asked.at_ms)
            if desk is None or not verify(desk.public_key, asked.signature, message):
                raise Unauthorized("This desk is not known.", code="token")
            if abs(asked.at_ms - self.now_ms()) > 300_000:
                raise Unauthorized("This signature is too old.", code="clock")
            return self._signed_in(asked.desk, b"")

    def _signed_in(self, desk: str, sealed: bytes) -> wire.SignedIn:
        token = secrets.token_hex(16)
        self.tokens[token] = desk
        known, now = self.desks[desk], self.now_ms()
        until = now + self.token_good_ms
        return wire.SignedIn(
            token, until, self.id, self.epoch, known.roles, known.logs, now, sealed, list(self.hubs)
        )

    def who(self, token: str, *, handing_in: bool = False) -> str:
        desk = self.tokens.get(token)
        if desk is None:
            raise Unauthorized("This token is not known.", code="token")
        if desk in self.revoked and not handing_in:
            raise Revoked("This desk was shut out.", code="revoked")
        return desk

    # Facts

    def push(self, log_id: str, push: wire.Push, by: str) -> wire.Pushed:
        with self.news:
            log, refused, taken, known = self.log(log_id), list[wire.Refusal](), 0, 0
            for fact in push.facts:
                record = from_wire(log_id, fact)
                head = log.heads.get(record.desk, Head())
                if by in self.revoked:
                    self.quarantine.append(record)
                    words = "The desk is shut out."
                    refused.append(wire.Refusal(fact.id, fact.desk, fact.seq, wire.Why.REVOKED, words))
                    log.heads[record.desk] = max(head, head_of(record))
                elif record.seq <= head.seq:
                    known += 1
                elif breaks(head, record):
                    why = wire.Why.GAP if record.seq != head.seq + 1 else wire.Why.CHAIN
                    refused.append(wire.Refusal(fact.id, fact.desk, fact.seq, why, "It does not follow."))
                else:
                    self._take(log, record)
                    taken += 1
            for signed in push.heads:
                log.signed[signed.desk] = signed
            desks = {fact.desk for fact in push.facts}
            heads = {desk: log.heads.get(desk, Head()).seq for desk in desks}
            self.news.notify_all()
            return wire.Pushed(self.epoch, taken, known, refused, heads, self.now_ms())

    def _take(self, log: Log, record: Record) -> None:
        log.facts.append(record)
        log.by_id[record.id] = record
        log.heads[record.desk] = head_of(record)

    def pull(self, pull: wire.Pull, by: str, is_cut: Callable[[], bool]) -> wire.Pulled:
        until = time.monotonic() + pull.wait_s
        with self.news:
            while True:
                cursors = {one: 0 if pull.epoch != self.epoch else n for one, n in pull.cursors.items()}
                pages = {
                    one: self._page(one, cursors.get(one, 0), pull.limit, by)
                    for one in cursors
                    if len(self.log(one).facts) > cursors[one] or pull.epoch != self.epoch
                }
                pulled = wire.Pulled(self.epoch, pages, sorted(self.logs), self.now_ms())
                left = until - time.monotonic()
                if pulled.is_news(pull) or left <= 0 or is_cut():
                    return pulled
                self.news.wait(left)

    def _page(self, log_id: str, cursor: int, limit: int, by: str) -> wire.Page:
        log = self.log(log_id)
        found = log.facts[cursor : cursor + limit]
        end = cursor + len(found)
        heads = list(log.signed.values())
        yours = log.heads.get(by, Head()).seq
        return wire.Page([to_wire(one) for one in found], heads, end, end < len(log.facts), yours)

    def heads(self, log_id: str) -> wire.Heads:
        with self.news:
            log = self.log(log_id)
            return wire.Heads(
                self.epoch, {desk: head.seq for desk, head in log.heads.items()}, len(log.facts)
            )

    def restore(self, kept: Mapping[str, int]) -> None:
        """Go back to the first so many facts of each log, as a backup would, under a new epoch."""
        with self.news:
            self.epoch = secrets.token_hex(4)
            for id_, log in list(self.logs.items()):
                fresh = Log()
                for record in log.facts[: kept.get(id_, 0)]:
                    self._take(fresh, record)
                self.logs[id_] = fresh
            self.news.notify_all()

    # Claims

    def claim(self, log_id: str, asked: wire.ClaimAsked, by: str) -> wire.ClaimAnswer:
        with self.news:
            log, now = self.log(log_id), self.now_ms()
            subject = [one for one in log.facts if one.subject == asked.subject]
            holder = self.meaning.holder(asked.key, subject)
            if holder is not None:
                note = log.grants[asked.key].note if asked.key in log.grants else ""
                return self._answer(wire.Holder(holder.desk, holder.id, now, note))
            grant = log.grants.get(asked.key)
            if grant is not None and grant.desk != by and grant.fact not in log.by_id:
                return self._answer(wire.Holder(grant.desk, grant.fact, grant.since_ms, grant.note))
            log.grants[asked.key] = Grant(by, asked.subject, asked.fact, now, asked.note)
            return self._answer(None)

    def _answer(self, holder: wire.Holder | None) -> wire.ClaimAnswer:
        return wire.ClaimAnswer(holder is None, self.kind, holder, self.now_ms())

    def release(self, log_id: str, key: str, by: str) -> wire.ClaimReleased:
        with self.news:
            log = self.log(log_id)
            grant = log.grants.get(key)
            free = grant is not None and grant.desk == by and grant.fact not in log.by_id
            if free:
                del log.grants[key]
            return wire.ClaimReleased(free)

    def give_notes(self, notes: Sequence[wire.Note], by: str) -> None:
        with self.news:
            for note in notes:
                assert note.desk == by
                self.notes[by], self.notes_ms[by] = note, self.now_ms()

    def notes_after(self, after: int, by: str) -> wire.Notes:
        """All of them, each time: the plainest way to tell none too few."""
        with self.news:
            now = self.now_ms()
            notes = [
                wire.Note(one.desk, one.turn, one.body, now - self.notes_ms[one.desk])
                for one in self.notes.values()
            ]
            desks = [wire.DeskNamed(one.desk, one.name) for one in self.desks.values()]
            return wire.Notes(notes, desks, after + (by != ""), False, now)

    def held(self, log_id: str, by: str) -> list[wire.HeldClaim]:
        with self.news:
            log = self.log(log_id)
            return [
                wire.HeldClaim(key, one.subject, one.fact, one.since_ms)
                for key, one in log.grants.items()
                if one.desk == by and one.fact not in log.by_id
            ]

    # Shares

    def allot(self, log_id: str, asked: wire.AllotmentAsked, by: str) -> wire.Allotment:
        with self.news:
            log = self.log(log_id)
            size = self._sizes(log).get(asked.counter, 0)  # one that no fact has told of has nothing to give
            used = self._used(log, asked.counter)
            others = sum(
                max(share, used.get(desk, 0))
                for (counter, desk), share in log.shares.items()
                if counter == asked.counter and desk != by
            )
            room = asked.wanted if size is None else max(0, size - others)
            share = max(used.get(by, 0), min(asked.wanted, room))
            log.shares[asked.counter, by] = share
            return wire.Allotment(asked.counter, by, share, used.get(by, 0))

    def counters(self, log_id: str) -> list[wire.CounterState]:
        with self.news:
            log = self.log(log_id)
            found = []
            for counter, size in self._sizes(log).items():
                used = self._used(log, counter)
                rows = [
                    wire.Allotment(counter, desk, share, used.get(desk, 0))
                    for (one, desk), share in log.shares.items()
                    if one == counter
                ]
                left = None if size is None else size - sum(max(row.share, row.used) for row in rows)
                found.append(wire.CounterState(counter, size, left, rows))
            return found

    def _sizes(self, log: Log) -> dict[str, int | None]:
        counters = [found for one in log.facts if (found := self.meaning.counter(one))]
        return {one.key: one.size for one in counters}

    def _used(self, log: Log, counter: str) -> dict[str, int]:
        used: dict[str, int] = {}
        for record in log.facts:
            for use in self.meaning.uses(record):
                if use.counter == counter:
                    used[record.desk] = used.get(record.desk, 0) + use.number
        return used

    def known(self) -> Sequence[wire.DeskKnown]:
        return list(self.desks.values())
