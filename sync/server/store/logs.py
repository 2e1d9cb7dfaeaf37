"""`SqlLogs`: what a node keeps of logs, on a database. Each subject has its own file beside this one."""

import time
from collections.abc import AsyncIterator, Callable, Iterable

from sqlalchemy import Connection, select

from sync import wire
from sync.chain import Record
from sync.meaning import Meaning
from sync.server.database import Database
from sync.server.ports import Identity, Principal, SnapshotInfo
from sync.server.schema import records as R  # noqa: N812 - the table
from sync.server.store import epochs, pages, rows
from sync.server.store.allotments import Allotments
from sync.server.store.books import Books
from sync.server.store.claims import Claims
from sync.server.store.pulling import Pulling
from sync.server.store.pushing import Keys, Pushing
from sync.server.store.quarantine import Quarantine
from sync.server.store.snapshots import Snapshots


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


class SqlLogs:
    """Implements `sync.server.ports.Logs`. `keys` gives desks' public keys; `kind`: centre or hub.

    A principal with the role `hub` may hand in what its desks wrote without their signatures; what a
    principal with the role `upstream` hands in was judged by the node above, and is not judged again.
    The database is closed by whoever opened it, after this.
    """

    def __init__(
        self,
        database: Database,
        meaning: Meaning,
        keys: Keys,
        *,
        now_ms: Callable[[], int] = wall_ms,
        kind: str = "centre",
    ) -> None:
        self._database = database
        self._kind = kind
        self._now_ms = now_ms
        books = Books(database)
        database.join(books)
        self._pushing = Pushing(database, books, meaning, keys, now_ms)
        self._pulling = Pulling(database, now_ms)
        self._claims = Claims(database, meaning, now_ms)
        self._allotments = Allotments(database, now_ms, is_hub=kind == "hub")
        self._quarantine = Quarantine(database, books, meaning, now_ms)
        self._snapshots = Snapshots(database, now_ms)

    async def identity(self) -> Identity:
        present = (await self._pulling.epochs()).present
        return Identity(self._database.node, self._database.name, self._kind, present)

    async def ids(self) -> list[str]:
        return await self._pulling.ids()

    async def push(self, log: str, by: Principal, push: wire.Push) -> wire.Pushed:
        taken = await self._pushing.push(log, by, push)
        epoch = (await self._pulling.epochs()).present
        return wire.Pushed(epoch, taken.taken, taken.known, taken.refused, taken.heads, self._now_ms())

    async def pull(self, by: Principal, pull: wire.Pull) -> wire.Pulled:
        return await self._pulling.pull(by, pull)

    async def changed(self, pull: wire.Pull, by: Principal, seconds: float) -> None:
        await self._pulling.changed(pull, by, seconds)

    async def heads(self, log: str) -> wire.Heads:
        epoch = (await self._pulling.epochs()).present

        def work(connection: Connection) -> wire.Heads:
            return wire.Heads(epoch, pages.ends(connection, log), pages.head(connection, log))

        return await self._database.read(work)

    async def records(self, log: str, desk: str, after: int, limit: int) -> list[Record]:
        query = (
            select(R).where(R.c.log == log, R.c.desk == desk, R.c.seq > after).order_by(R.c.seq).limit(limit)
        )

        def work(connection: Connection) -> list[Record]:
            return [rows.record_of(row) for row in connection.execute(query)]

        return await self._database.read(work)

    async def claim(self, log: str, by: str, asked: wire.ClaimAsked, level: str) -> wire.ClaimAnswer:
        return await self._claims.claim(log, by, asked, level)

    async def release(
        self, log: str, by: str, key: str, *, force: bool = False, reason: str = "", fact: str = ""
    ) -> bool:
        return await self._claims.release(log, by, key, force, reason, fact)

    async def held(self, log: str, by: str) -> list[wire.HeldClaim]:
        return await self._claims.held(log, by)

    async def counter(self, log: str, key: str) -> wire.CounterState:
        return await self._allotments.counter(log, key)

    async def counters(self, log: str) -> list[wire.CounterState]:
        return await self._allotments.counters(log)

    async def allot(
        self, log: str, holder: str, asked: wire.AllotmentAsked, *, within: int | None = None
    ) -> wire.Allotment:
        return await self._allotments.allot(log, holder, asked, within)

    async def note_share(self, log: str, counter: str, share: int) -> None:
        await self._allotments.note_share(log, counter, share)

    async def take_back(
        self, log: str, counter: str, holder: str, *, by: str = "", reason: str = ""
    ) -> wire.Allotment:
        return await self._allotments.take_back(log, counter, holder, by, reason)

    async def quarantine(self, log: str, after: int, limit: int) -> list[wire.Quarantined]:
        return await self._quarantine.listed(log, after, limit)

    async def review(self, log: str, id_: str, by: Principal, *, reason: str = "") -> bool:
        return await self._quarantine.review(log, id_, by, reason)

    async def snapshot(self, log: str, form: str) -> SnapshotInfo | None:
        return await self._snapshots.newest(log, form)

    def chunks(self, id_: str, first: int = 0) -> AsyncIterator[bytes]:
        return self._snapshots.chunks(id_, first)

    def put_snapshot(
        self, log: str, form: str, epoch: str, cursor: int, chunks: Iterable[bytes]
    ) -> SnapshotInfo:
        """Keep a ready state. Blocks while it is made and written: for a thread or process of its own."""
        return self._snapshots.put(log, form, epoch, cursor, chunks)

    async def begin_epoch(self) -> str:
        """To be called once when the database was restored from a backup, before anyone is served."""
        now = self._now_ms()
        epoch = await self._database.write(lambda connection: epochs.begin(connection, now))
        self._pulling.forget_epochs()
        return epoch

    async def close(self) -> None:
        await self._pulling.close()
