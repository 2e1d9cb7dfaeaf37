"""Claims: exclusive keys, judged by the facts of their subjects (docs/decisions/0080-sync.md)."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update

from sync import wire
from sync.chain import Record
from sync.meaning import Meaning
from sync.server.database import Database
from sync.server.schema import claims as C  # noqa: N812 - the table
from sync.server.schema import records as R  # noqa: N812 - the table
from sync.server.sql.hot import Hot
from sync.server.store import deeds
from sync.server.store.pushing import check_log
from sync.server.store.rows import of_subject

_LOOK = Hot("SELECT subject, fact, desk, note, since_ms FROM claims WHERE log = ? AND key = ?", " FOR UPDATE")
_GRANT = Hot(
    "INSERT INTO claims (log, key, subject, fact, desk, note, since_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (log, key) DO NOTHING"
)


class Grant(NamedTuple):
    subject: str
    fact: str
    desk: str
    note: str
    since_ms: int


class Judged(NamedTuple):
    """Who holds the key; nobody where it was granted to the asker now. `stamp`: the subject's newest."""

    holder: wire.Holder | None
    stamp: str


class Claims:
    def __init__(self, database: Database, meaning: Meaning, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._meaning = meaning
        self._now_ms = now_ms

    async def claim(self, log: str, by: str, asked: wire.ClaimAsked, level: str) -> wire.ClaimAnswer:
        check_log(log)
        now = self._now_ms()

        def work(connection: Connection) -> Judged:
            return self._judge(connection, log, by, asked, now)

        holder, stamp = await self._database.write(work, order=_order(log, asked.key))
        return wire.ClaimAnswer(holder is None, level, holder, now, stamp)

    async def release(self, log: str, by: str, key: str, force: bool, reason: str, fact: str = "") -> bool:
        now = self._now_ms()

        def work(connection: Connection) -> bool:
            row = _locked(connection, log, key)
            if row is None or (row.desk != by and not force) or fact not in ("", row.fact):
                return False
            if self._is_held(connection, log, key, row):
                return False
            connection.execute(delete(C).where(C.c.log == log, C.c.key == key))
            if row.desk != by:
                deeds.keep(connection, now, by, "claim released", key, reason)
            return True

        return await self._database.write(work, order=_order(log, key))

    async def held(self, log: str, by: str) -> list[wire.HeldClaim]:
        arrived = select(R.c.id).where(R.c.id == C.c.fact).exists()
        query = select(C).where(C.c.log == log, C.c.desk == by, ~arrived).order_by(C.c.since_ms, C.c.key)

        def work(connection: Connection) -> list[wire.HeldClaim]:
            rows = connection.execute(query)
            return [wire.HeldClaim(row.key, row.subject, row.fact, row.since_ms) for row in rows]

        return await self._database.read(work)

    def _judge(self, connection: Connection, log: str, by: str, asked: wire.ClaimAsked, now: int) -> Judged:
        # The grant first, under its lock: facts that come meanwhile are then among those that are read.
        row = _locked(connection, log, asked.key)
        facts = of_subject(connection, log, asked.subject)
        stamp = max((record.stamp for record in facts), default="")
        holder = self._meaning.holder(asked.key, facts)
        if holder is not None and holder.id != asked.fact:
            return Judged(_by_fact(holder, row), stamp)
        if row is None:
            granted = _grant(connection, log, by, asked, now)
            # Another process was first, between the look and the grant: its row is there now.
            return Judged(None, stamp) if granted else self._judge(connection, log, by, asked, now)
        if row.desk != by and not self._arrived(connection, log, row, asked.subject, facts):
            return Judged(wire.Holder(row.desk, row.fact, row.since_ms, row.note), stamp)
        if (row.desk, row.fact) != (by, asked.fact):
            _regrant(connection, log, by, asked, now)
        return Judged(None, stamp)

    def _arrived(
        self, connection: Connection, log: str, row: Grant, subject: str, facts: list[Record]
    ) -> bool:
        """Whether the grant's fact is here and counts. A withheld one may count yet."""
        if row.subject != subject:
            facts = of_subject(connection, log, row.subject)
        return any(record.id == row.fact for record in facts)

    def _is_held(self, connection: Connection, log: str, key: str, row: Grant) -> bool:
        return self._meaning.holder(key, of_subject(connection, log, row.subject)) is not None


def _grant(connection: Connection, log: str, by: str, asked: wire.ClaimAsked, now: int) -> bool:
    values = log, asked.key, asked.subject, asked.fact, by, asked.note, now
    return bool(_GRANT.run(connection, *values).rowcount == 1)


def _regrant(connection: Connection, log: str, by: str, asked: wire.ClaimAsked, now: int) -> None:
    connection.execute(
        update(C)
        .where(C.c.log == log, C.c.key == asked.key)
        .values(subject=asked.subject, fact=asked.fact, desk=by, note=asked.note, since_ms=now)
    )


def _locked(connection: Connection, log: str, key: str) -> Grant | None:
    row = _LOOK.one(connection, log, key)
    return None if row is None else Grant(*row)


def _by_fact(record: Record, row: Grant | None) -> wire.Holder:
    if row is not None and record.id == row.fact:
        return wire.Holder(row.desk, row.fact, row.since_ms, row.note)
    return wire.Holder(record.desk, record.id, int(record.stamp[:12], 16))


def _order(log: str, key: str) -> str:
    return f"{log}\n{key}"
