"""A node's store on either database, desks that write chains, and facts with a little meaning."""

import asyncio
import json
from collections.abc import Awaitable, Collection, Coroutine, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from sync import wire
from sync.chain import Head, Record, head_of, new_salt, seal
from sync.keys import KeyPair
from sync.meaning import Counter, Erasure, Member, Use
from sync.server.database import Database
from sync.server.ports import Principal
from sync.server.store.logs import SqlLogs

T = TypeVar("T")
LOG = "event"
NOW = 1_700_000_000_000


class SmallMeaning:
    """Payloads are JSON. `in` holds the subject's key until `out`; `boss` facts need the role `boss`."""

    def unreadable(self, record: Record) -> str:
        try:
            members(record)
        except ValueError:
            return "this is no JSON"
        return ""

    def actors(self, record: Record) -> Sequence[str]:
        named = members(record)
        return [str(named[name]) for name in ("by", "approved") if name in named]

    def may_write(self, record: Record, roles: Collection[str]) -> bool:
        return record.kind != "boss" or "boss" in roles

    def member(self, record: Record) -> Member | None:
        if record.kind != "member":
            return None
        return Member(record.subject, frozenset(members(record)["roles"]))

    def holder(self, key: str, records: Sequence[Record]) -> Record | None:
        found = None
        for record in records:
            if record.kind in ("in", "out"):
                found = record if record.kind == "in" else None
        return found

    def counter(self, record: Record) -> Counter | None:
        return Counter(record.subject, members(record)["size"]) if record.kind == "counter" else None

    def uses(self, record: Record) -> Sequence[Use]:
        return [Use(record.subject, members(record)["number"])] if record.kind == "use" else ()

    def erasure(self, record: Record) -> Erasure | None:
        return Erasure(frozenset(members(record)["whose"])) if record.kind == "erase" else None

    def redacted(self, record: Record) -> bytes | None:
        said = members(record)
        if "name" not in said:
            return None
        return json.dumps({key: value for key, value in said.items() if key != "name"}).encode()


def members(record: Record) -> dict[str, Any]:
    found = json.loads(record.payload)
    return found if isinstance(found, dict) else {}


class Desk:
    """Writes a chain; `facts` are all that it wrote."""

    def __init__(self, name: str, roles: Collection[str] = ("door",), log: str = LOG) -> None:
        self.name = name
        self.log = log
        self.keys = KeyPair.new()
        self.by = Principal(name, frozenset(roles), frozenset())
        self.facts: list[wire.WireFact] = []
        self.head = Head()

    def write(
        self, kind: str = "note", subject: str = "s", *, at: int = 0, id_: str = "", **said: object
    ) -> wire.WireFact:
        return self.write_bytes(json.dumps(said).encode(), kind, subject, at=at, id_=id_)

    def write_bytes(
        self, payload: bytes, kind: str = "note", subject: str = "s", *, at: int = 0, id_: str = ""
    ) -> wire.WireFact:
        seq = self.head.seq + 1
        stamp = f"{NOW + (at or seq):012x}-0000-{self.name}"
        id_ = id_ or f"{self.log}-{self.name}-{seq}"
        record = seal(self.head, id_, self.log, kind, subject, stamp, self.name, payload, new_salt())
        self.head = head_of(record)
        self.facts.append(wired(record))
        return self.facts[-1]

    def signed(self) -> wire.SignedHead:
        return self.keys.signed_head(self.log, self.name, self.head)

    def revoked(self) -> Principal:
        return self.by._replace(revoked=True)


def wired(record: Record) -> wire.WireFact:
    return wire.WireFact(
        record.id, record.kind, record.subject, record.stamp, record.desk, record.seq, record.chain,
        record.payload, record.salt, record.payload_digest, record.redacted,
    )  # fmt: skip


class Node:
    """A store on a loop of its own: `do` runs what it is asked, to the end."""

    def __init__(self, url: str, desks: Collection[Desk] = ()) -> None:
        self.url = url
        self._keys: dict[str, bytes] = {}
        self.know(*desks)
        self.runner = asyncio.Runner()
        self.open()

    def open(self) -> None:
        self.database = Database.open(self.url)
        self.logs = SqlLogs(self.database, SmallMeaning(), self.keys, now_ms=count(NOW).__next__)

    def know(self, *desks: Desk) -> None:
        self._keys.update({desk.name: desk.keys.public for desk in desks})

    async def keys(self, desks: Collection[str]) -> Mapping[str, bytes]:
        return {desk: self._keys[desk] for desk in desks if desk in self._keys}

    def do(self, asked: Awaitable[T]) -> T:
        async def waited() -> T:
            return await asked

        return self.runner.run(waited())

    def push(
        self,
        desk: Desk,
        facts: Sequence[wire.WireFact] | None = None,
        *,
        by: Principal | None = None,
        heads: Sequence[wire.SignedHead] = (),
    ) -> wire.Pushed:
        push = wire.Push(list(desk.facts if facts is None else facts), list(heads))
        return self.do(self.logs.push(desk.log, by or desk.by, push))

    def pull(
        self, desk: Desk, cursor: int = 0, *, epoch: str | None = None, limit: int = wire.MOST_FACTS
    ) -> wire.Page:
        now = self.epoch() if epoch is None else epoch
        pulled = self.do(self.logs.pull(desk.by, wire.Pull(now, {LOG: cursor}, limit)))
        return pulled.pages.get(LOG) or wire.Page([], [], cursor, False, -1)

    def epoch(self) -> str:
        return self.do(self.logs.identity()).epoch

    def claim(self, desk: Desk, fact: str, key: str = "k", subject: str = "s") -> wire.ClaimAnswer:
        return self.do(self.logs.claim(LOG, desk.name, wire.ClaimAsked(key, subject, fact), "centre"))

    def allot(self, desk: Desk, wanted: int, counter: str = "q") -> wire.Allotment:
        return self.do(self.logs.allot(LOG, desk.name, wire.AllotmentAsked(counter, wanted)))

    def counter(self, key: str = "q") -> wire.CounterState:
        return self.do(self.logs.counter(LOG, key))

    def stop(self) -> None:
        self.do(self.logs.close())
        self.database.close()

    def reopen(self) -> None:
        self.stop()
        self.open()

    def close(self) -> None:
        self.stop()
        self.runner.close()


def gathered(*asked: Coroutine[Any, Any, T]) -> Awaitable[list[T]]:
    async def all_of_them() -> list[T]:
        return list(await asyncio.gather(*asked))

    return all_of_them()


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'node.db'}"
