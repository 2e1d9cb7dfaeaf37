"""Withheld facts, for the person who decides."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, literal_column, select

from sync import wire
from sync.meaning import Meaning
from sync.server import schema
from sync.server.database import Database
from sync.server.ports import Principal
from sync.server.schema import records as R  # noqa: N812 - the table
from sync.server.store import deeds, rows
from sync.server.store.books import Book, Books
from sync.server.store.checking import Checked, judge
from sync.server.store.knowing import release
from sync.wire import MOST_BYTES, State, Why


class Quarantine:
    def __init__(self, database: Database, books: Books, meaning: Meaning, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._books = books
        self._meaning = meaning
        self._now_ms = now_ms

    async def listed(self, log: str, after: int, limit: int) -> list[wire.Quarantined]:
        """In the order of arrival, after a number of it. Fewer where they are long, one at least."""
        waiting = (R.c.log == log, R.c.why != literal_column("''"), R.c.n > after)

        def work(connection: Connection) -> list[wire.Quarantined]:
            sizes = select(R.c.n, func.length(R.c.payload)).where(*waiting).order_by(R.c.n).limit(limit)
            last = _last_that_fits(connection.execute(sizes))
            query = select(R).where(*waiting, R.c.n <= last).order_by(R.c.n)
            return [_shown(row) for row in connection.execute(query)]

        return await self._database.read(work)

    async def review(self, log: str, id_: str, by: Principal, reason: str) -> bool:
        now = self._now_ms()

        def work(connection: Connection) -> bool:
            book = self._books.lock(connection, log)
            row = rows.one(connection, log, id_)
            if row is None or not row.why:
                return False
            checked = self._judged(connection, book, row, by)
            if checked.why:
                return False
            release(connection, book, self._meaning, checked, ("", ""))
            deeds.keep(connection, now, by.desk, "fact released", id_, reason)
            return True

        return await self._database.write(work, order=log)

    def _judged(self, connection: Connection, book: Book, row: Row[Any], by: Principal) -> Checked:
        """By what its desk and the person named may do today, together with the reviewer's roles."""
        checked = Checked(0, rows.kept(row))
        if row.why == Why.PAYLOAD and row.redacted == State.WHOLE:
            checked.why = Why.PAYLOAD  # nobody's word makes it the payload that was digested
            return checked
        judge(checked, self._meaning)
        if checked.why:
            return checked
        roles = set(by.roles) | _roles_of(connection, row.desk)
        for id_ in self._meaning.actors(checked.record):
            member = book.members.get(id_)
            roles |= member.roles if member is not None else set()
        if not self._meaning.may_write(checked.record, roles):
            checked.why = Why.RIGHT
        return checked


def _last_that_fits(sizes: Iterable[Any]) -> int:
    """The number of arrival up to which the payloads make a body that may be sent."""
    last, room = 0, MOST_BYTES
    for n, size in sizes:
        room -= size
        if room < 0 and last:
            break
        last = n
    return last


def _roles_of(connection: Connection, desk: str) -> set[str]:
    table = schema.desks
    query = select(table.c.roles).where(table.c.id == desk, table.c.revoked_ms == 0)
    roles = connection.execute(query).scalar()
    return set(json.loads(roles)) if roles else set()


def _shown(row: Row[Any]) -> wire.Quarantined:
    """With its payload: the person has to see what it says."""
    state = row.redacted
    fact = wire.WireFact(
        row.id, row.kind, row.subject, row.stamp, row.desk, row.seq, row.chain,
        row.payload, row.salt, row.payload_digest, state,
    )  # fmt: skip
    return wire.Quarantined(fact, row.why, row.words, row.arrived_ms, row.pushed_by)
