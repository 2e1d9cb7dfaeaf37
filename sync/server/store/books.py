"""What the writer remembers of each log between transactions, and writes once for a whole group.

A log's row is locked by the first work of a transaction that takes facts into it, and stays so until the
commit: numbers of arrival become visible in their order. Whoever finds another number in the row than
it remembers, forgets the rest too: another process was there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from sync.chain import Head
from sync.meaning import Member
from sync.server import schema
from sync.server.database import Database
from sync.server.sql.hot import Hot
from sync.wire import SignedHead

_LOCK = Hot("SELECT head FROM logs WHERE id = ?", " FOR UPDATE")
_MAKE = Hot("INSERT INTO logs (id, head) VALUES (?, 0) ON CONFLICT (id) DO NOTHING")
_MOVE = Hot("UPDATE logs SET head = ? WHERE id = ?")
_LOOK = Hot("SELECT seq, chain FROM chains WHERE log = ? AND desk = ?")
_CHAIN = Hot(
    "INSERT INTO chains (log, desk, seq, chain) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (log, desk) DO UPDATE SET seq = excluded.seq, chain = excluded.chain"
)
_SIGNED = Hot(
    "INSERT INTO signed_heads (log, desk, seq, chain, signature) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (log, desk) DO UPDATE SET seq = excluded.seq, chain = excluded.chain,"
    " signature = excluded.signature WHERE excluded.seq > signed_heads.seq"
)


@dataclass(slots=True)
class Known:
    """A member's roles, as of a stamp."""

    roles: frozenset[str]
    stamp: str


@dataclass(slots=True)
class Book:
    """A log, as it is with what this transaction has added. `n`: the last number of arrival."""

    log: str
    n: int
    heads: dict[str, Head] = field(default_factory=dict)
    members: dict[str, Known] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)  # desks whose chains are still to be written
    signed: dict[str, SignedHead] = field(default_factory=dict)  # to be written
    written: int = 0

    def head(self, connection: Connection, desk: str) -> Head:
        head = self.heads.get(desk)
        if head is None:
            row = _LOOK.one(connection, self.log, desk)
            head = self.heads[desk] = Head(row[0], bytes(row[1])) if row else Head()
        return head

    def move(self, desk: str, head: Head) -> None:
        self.heads[desk] = head
        self.moved.add(desk)

    def is_erased(self, subject: str) -> bool:
        return bool(self.erased) and (subject in self.erased or "" in self.erased)


class Books:
    """A hook of the database's writer; every method runs on its thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._books: dict[str, Book] = {}
        self._locked: dict[str, Book] = {}

    def lock(self, connection: Connection, log: str) -> Book:
        """The log's book, its row locked; made where there is none."""
        book = self._locked.get(log)
        if book is None:
            number = self._number(connection, log)
            book = self._books.get(log)
            if book is None or book.n != number:
                book = self._books[log] = _read(connection, log, number)
            self._locked[log] = book
        return book

    def _number(self, connection: Connection, log: str) -> int:
        row = _LOCK.one(connection, log)
        if row is None:
            _MAKE.run(connection, log)
            row = _LOCK.one(connection, log)
        assert row is not None
        return int(row[0])

    def before_commit(self, connection: Connection) -> None:
        for book in self._locked.values():
            if book.n != book.written:
                _MOVE.run(connection, book.n, book.log)
                self._database.note(book.log, book.n)
                book.written = book.n
            if book.moved:
                _CHAIN.many(connection, [(book.log, desk, *book.heads[desk]) for desk in sorted(book.moved)])
                book.moved.clear()
            if book.signed:
                _SIGNED.many(
                    connection, [_signed(book.log, book.signed[desk]) for desk in sorted(book.signed)]
                )
                book.signed.clear()

    def after_commit(self) -> None:
        self._locked.clear()

    def undone(self, *, whole: bool) -> None:  # noqa: ARG002 - either way, the tables know better
        self._books.clear()
        self._locked.clear()


def newer(members: Mapping[str, Known], member: Member, stamp: str) -> dict[str, Known]:
    """The member as defined by this stamp, unless a later one is known."""
    known = members.get(member.id)
    return {} if known is not None and known.stamp >= stamp else {member.id: Known(member.roles, stamp)}


def _read(connection: Connection, log: str, number: int) -> Book:
    book = Book(log, number, written=number)
    members = select(schema.members).where(schema.members.c.log == log)
    for row in connection.execute(members):
        book.members[row.id] = Known(frozenset(json.loads(row.roles)), row.stamp)
    erased = select(schema.erasures.c.subject).where(schema.erasures.c.log == log)
    book.erased.update(connection.execute(erased).scalars())
    return book


def _signed(log: str, head: SignedHead) -> tuple[str, str, int, bytes, bytes]:
    return log, head.desk, head.seq, head.chain, head.signature
