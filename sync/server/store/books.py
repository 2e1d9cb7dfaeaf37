"""What the writer remembers of each log between transactions, and writes once for a whole group.

A log's row is locked by the first work of a transaction that takes facts into it, and stays so until the
commit: numbers of arrival become visible in their order. Whoever finds another number in the row than
it remembers, forgets the rest too: another process was there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, text

from sync.chain import Head
from sync.meaning import Member
from sync.server import schema
from sync.server.database import Database
from sync.server.sql.engines import is_postgres
from sync.wire import SignedHead

_LOCK = text("SELECT head FROM logs WHERE id = :log FOR UPDATE")
_LOOK = text("SELECT head FROM logs WHERE id = :log")
_MAKE = text("INSERT INTO logs (id, head) VALUES (:log, 0) ON CONFLICT (id) DO NOTHING")
_MOVE = text("UPDATE logs SET head = :head WHERE id = :log")
_CHAIN = text(
    "INSERT INTO chains (log, desk, seq, chain) VALUES (:log, :desk, :seq, :chain)"
    " ON CONFLICT (log, desk) DO UPDATE SET seq = excluded.seq, chain = excluded.chain"
)
_SIGNED = text(
    "INSERT INTO signed_heads (log, desk, seq, chain, signature)"
    " VALUES (:log, :desk, :seq, :chain, :signature)"
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
            of_desk = schema.chains.c.log == self.log, schema.chains.c.desk == desk
            query = select(schema.chains.c.seq, schema.chains.c.chain).where(*of_desk)
            row = connection.execute(query).one_or_none()
            head = self.heads[desk] = Head(row.seq, row.chain) if row else Head()
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
        look = _LOCK if is_postgres(connection) else _LOOK
        number = connection.execute(look, {"log": log}).scalar()
        if number is None:
            connection.execute(_MAKE, {"log": log})
            number = connection.execute(look, {"log": log}).scalar_one()
        return int(number)

    def before_commit(self, connection: Connection) -> None:
        for book in self._locked.values():
            if book.n != book.written:
                connection.execute(_MOVE, {"log": book.log, "head": book.n})
                self._database.note(book.log, book.n)
                book.written = book.n
            if book.moved:
                connection.execute(_CHAIN, [_chain(book, desk) for desk in sorted(book.moved)])
                book.moved.clear()
            if book.signed:
                connection.execute(_SIGNED, [_signed(book, desk) for desk in sorted(book.signed)])
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


def _chain(book: Book, desk: str) -> dict[str, object]:
    head = book.heads[desk]
    return {"log": book.log, "desk": desk, "seq": head.seq, "chain": head.chain}


def _signed(book: Book, desk: str) -> dict[str, object]:
    head = book.signed[desk]
    return {"log": book.log, "desk": desk, "seq": head.seq, "chain": head.chain, "signature": head.signature}
