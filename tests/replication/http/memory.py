"""A node's parts in memory: as little as the HTTP side needs to be tried by itself.

What a store must get right (chains, durability, rights of facts) is tried with the real ones.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Collection, Mapping, Sequence

from sync import wire
from sync.chain import Record
from sync.errors import Forbidden, Refused
from sync.server.ports import Identity, Principal, SnapshotInfo

SNAPSHOT = [b"ready " * 1000, b"state"]


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class MemoryLogs:
    def __init__(self, kind: str = "centre") -> None:
        self.own = Identity("node1", "Test node", kind, "epoch1")
        self.logs: dict[str, list[wire.WireFact]] = {}
        self.grants: dict[tuple[str, str], wire.Holder] = {}
        self.shares: dict[tuple[str, str], dict[str, int]] = {}
        self.size = 100
        self.own_share: int | None = None
        self.released: list[tuple[str, bool]] = []
        self.broken = False
        self._news = asyncio.Condition()

    async def identity(self) -> Identity:
        return self.own

    async def ids(self) -> list[str]:
        if self.broken:
            raise OSError("the disk is gone: guest Jane Doe")
        return sorted(self.logs)

    async def push(self, log: str, by: Principal, push: wire.Push) -> wire.Pushed:
        if self.broken:
            raise OSError("the disk is gone: guest Jane Doe")
        kept = self.logs.setdefault(log, [])
        new = [fact for fact in push.facts if fact.id not in {one.id for one in kept}]
        if by.revoked:
            words = [wire.Refusal(fact.id, fact.desk, fact.seq, wire.Why.REVOKED, "") for fact in new]
            return wire.Pushed("epoch1", 0, 0, words, {}, now_ms())
        kept += new
        async with self._news:
            self._news.notify_all()
        known = len(push.facts) - len(new)
        return wire.Pushed("epoch1", len(new), known, [], self._heads(log), now_ms())

    async def pull(self, by: Principal, pull: wire.Pull) -> wire.Pulled:
        logs = [log for log in self.logs if by.may_use(log)]
        pages = {}
        for log in pull.cursors.keys() & set(logs):
            cursor = pull.cursors[log]
            facts = self.logs[log][cursor : cursor + pull.limit]
            if facts:
                yours = self._heads(log).get(by.desk, 0)
                end = cursor + len(facts)
                pages[log] = wire.Page(facts, [], end, end < len(self.logs[log]), yours)
        return wire.Pulled("epoch1", pages, logs, now_ms())

    async def changed(self, pull: wire.Pull, by: Principal, seconds: float) -> None:
        async with self._news:
            if (await self.pull(by, pull)).is_news(pull):
                return
            try:
                await asyncio.wait_for(self._news.wait(), seconds)
            except TimeoutError:
                return

    def _heads(self, log: str) -> dict[str, int]:
        return {fact.desk: fact.seq for fact in self.logs.get(log, [])}

    async def heads(self, log: str) -> wire.Heads:
        return wire.Heads("epoch1", self._heads(log), len(self.logs.get(log, [])))

    async def records(self, log: str, desk: str, after: int, limit: int) -> list[Record]:
        return []

    async def claim(self, log: str, by: str, asked: wire.ClaimAsked, level: str) -> wire.ClaimAnswer:
        new = wire.Holder(by, asked.fact, now_ms())
        holder = self.grants.setdefault((log, asked.key), new)
        granted = holder.desk == by
        return wire.ClaimAnswer(granted, level, None if granted else holder, now_ms())

    async def release(
        self, log: str, by: str, key: str, *, force: bool = False, reason: str = "", fact: str = ""
    ) -> bool:
        holder = self.grants.get((log, key))
        if holder is None or not (force or holder.desk == by):
            return False
        self.released.append((key, force))
        del self.grants[log, key]
        return True

    async def held(self, log: str, by: str) -> list[wire.HeldClaim]:
        return [
            wire.HeldClaim(key, "", holder.fact, holder.since_ms)
            for (of, key), holder in self.grants.items()
            if of == log and holder.desk == by
        ]

    async def counter(self, log: str, key: str) -> wire.CounterState:
        shares = self.shares.get((log, key), {})
        size = self.size if self.own.kind == "centre" else (self.own_share or 0)
        allotments = [wire.Allotment(key, holder, share, 0) for holder, share in shares.items()]
        return wire.CounterState(key, self.size, size - sum(shares.values()), allotments)

    async def counters(self, log: str) -> list[wire.CounterState]:
        return [await self.counter(log, key) for of, key in self.shares if of == log]

    async def allot(self, log: str, holder: str, asked: wire.AllotmentAsked) -> wire.Allotment:
        shares = self.shares.setdefault((log, asked.counter), {})
        left = (await self.counter(log, asked.counter)).left or 0
        shares[holder] = min(asked.wanted, shares.get(holder, 0) + left)
        return wire.Allotment(asked.counter, holder, shares[holder], 0)

    async def note_share(self, log: str, counter: str, share: int) -> None:
        self.own_share = share

    async def take_back(
        self, log: str, counter: str, holder: str, *, by: str = "", reason: str = ""
    ) -> wire.Allotment:
        self.shares.setdefault((log, counter), {})[holder] = 0
        return wire.Allotment(counter, holder, 0, 0, now_ms())

    async def quarantine(self, log: str, after: int, limit: int) -> list[wire.Quarantined]:
        return []

    async def review(self, log: str, id_: str, by: Principal, *, reason: str = "") -> bool:
        return False

    async def snapshot(self, log: str, form: str) -> SnapshotInfo | None:
        if form != "whole":
            return None
        size = sum(map(len, SNAPSHOT))
        return SnapshotInfo("s1", log, form, "epoch1", 7, now_ms(), size, bytes(32))

    async def chunks(self, id_: str, first: int = 0) -> AsyncIterator[bytes]:
        for chunk in SNAPSHOT[first:]:
            yield chunk

    async def close(self) -> None: ...


class MemoryAccounts:
    """Tokens are `desk:role,role:log,log`; whoever was revoked is."""

    def __init__(self) -> None:
        self.shut: set[str] = set()
        self.codes: dict[bytes, wire.CodeAsked] = {}
        self.learned: list[tuple[str, str]] = []
        self.notes_left: list[wire.Note] = []
        self.asked = 0

    async def principal(self, token: str) -> Principal | None:
        self.asked += 1
        desk, _, rest = token.partition(":")
        roles, _, logs = rest.partition(":")
        if not rest:
            return None
        named = [frozenset(filter(None, words.split(","))) for words in (roles, logs)]
        return Principal(desk, named[0], named[1], desk in self.shut)

    async def make_code(self, by: str, asked: wire.CodeAsked, roles: Collection[str]) -> None:
        if "organizer" in asked.roles and "organizer" not in roles:
            raise Forbidden("Only an organizer lets organizers in.")
        self.codes[asked.lookup] = asked

    async def code_of(self, index: bytes) -> bytes:
        raise Refused("This code is not known.", code="code")

    async def enrol(self, asked: wire.EnrolAsked) -> wire.SignedIn:
        code = self.codes.pop(asked.lookup, None)
        if code is None:
            raise Refused("This code is not known, or it was used.", code="code")
        token = f"{asked.desk}:{','.join(code.roles)}:"
        return wire.SignedIn(token, now_ms(), "node1", "epoch1", code.roles, code.logs, now_ms())

    async def sign_in(self, asked: wire.SignInAsked) -> wire.SignedIn:
        token = f"{asked.desk}:door:" + secrets.token_hex(4)
        return wire.SignedIn(token, now_ms(), "node1", "epoch1", ["door"], [], now_ms())

    async def desks(self) -> list[wire.DeskKnown]:
        return []

    async def revoke(self, desk: str, by: str, reason: str) -> None:
        self.shut.add(desk)

    async def revoked(self) -> Collection[str]:
        return self.shut

    async def keys(self, desks: Collection[str]) -> Mapping[str, bytes]:
        return {}

    async def learn(self, desks: Sequence[wire.DeskKnown], via: str) -> None:
        self.learned += [(one.desk, via) for one in desks]

    async def give_notes(self, by: Principal, notes: Sequence[wire.Note]) -> None:
        self.notes_left += notes

    async def notes(self, by: Principal, after: int) -> wire.Notes:
        return wire.Notes(self.notes_left[after:], [], len(self.notes_left), False, now_ms())
