"""Erasure: the personal members of stored facts go, and of those that arrive later."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, text, update

from sync.chain import Record
from sync.meaning import Meaning
from sync.server.schema import records as R  # noqa: N812 - the table
from sync.server.store.amending import amend
from sync.server.store.books import Book
from sync.server.store.checking import MOST_SUBJECT_LETTERS
from sync.server.store.rows import kept
from sync.server.store.snapshots import drop_all
from sync.wire import State, Why

AT_ONCE = 500

_KEEP = text(
    "INSERT INTO erasures (log, subject, fact) VALUES (:log, :subject, :fact) ON CONFLICT DO NOTHING"
)
_REDACT = (
    update(R)
    .where(R.c.log == bindparam("of_log"), R.c.n == bindparam("of_n"))
    .values(payload=bindparam("left"), salt=b"", redacted=int(State.REDACTED))
)


def erase(connection: Connection, book: Book, meaning: Meaning, fact: str, subjects: Collection[str]) -> None:
    """Redact what is stored, and remember whose later facts must be. No subjects: everyone's.

    Ready states that may hold the person go with it.
    """
    whose = sorted(filter(_can_be_subject, subjects)) if subjects else [""]
    for some in (whose[first : first + AT_ONCE] for first in range(0, len(whose), AT_ONCE)):
        connection.execute(_KEEP, [{"log": book.log, "subject": one, "fact": fact} for one in some])
        _redact(connection, book.log, meaning, some if subjects else ())
        _explain(connection, book, some if subjects else ())
    book.erased.update(whose)
    drop_all(connection, book.log)


def _can_be_subject(text: str) -> bool:
    """Of any other text there is no fact; and an empty one would mean everyone."""
    return 0 < len(text) <= MOST_SUBJECT_LETTERS and "\0" not in text and "\n" not in text


def _redact(connection: Connection, log: str, meaning: Meaning, subjects: Collection[str]) -> None:
    after = 0
    while rows := _stored(connection, log, subjects, after):
        after = rows[-1].n
        changes = [_change(row, left) for row in rows if (left := _left(row, meaning)) is not None]
        if changes:
            connection.execute(_REDACT, changes)


def explains(book: Book, record: Record, why: str) -> bool:
    """Whether a fact that came redacted, and that nobody here could vouch for, is so by an erasure."""
    left_over = why == Why.PAYLOAD and record.redacted == State.REDACTED and bool(record.payload)
    return left_over and book.is_erased(record.subject)


def _explain(connection: Connection, book: Book, subjects: Collection[str]) -> None:
    """Let in what came redacted before the erasure that explains it."""
    query = select(R.c.desk, R.c.seq).where(
        R.c.log == book.log, R.c.why == Why.PAYLOAD, R.c.redacted == int(State.REDACTED), R.c.payload != b""
    )
    if subjects:
        query = query.where(R.c.subject.in_(sorted(subjects)))
    for row in connection.execute(query.order_by(R.c.n)).all():
        here = (R.c.log == book.log, R.c.desk == row.desk, R.c.seq == row.seq)
        connection.execute(update(R).where(*here).values(why="", words=""))
        amend(connection, book, row.desk, row.seq)


def redacted(record: Record, meaning: Meaning) -> Record:
    """The fact of an erased subject as it may be kept: itself where nothing in it is personal."""
    if record.redacted != State.WHOLE:
        return record
    left = meaning.redacted(record)
    return record if left is None else record._replace(payload=left, salt=b"", redacted=int(State.REDACTED))


def _stored(connection: Connection, log: str, subjects: Collection[str], after: int) -> list[Row[Any]]:
    query = select(R).where(R.c.log == log, R.c.n > after, R.c.redacted == int(State.WHOLE))
    if subjects:
        query = query.where(R.c.subject.in_(sorted(subjects)))
    return list(connection.execute(query.order_by(R.c.n).limit(AT_ONCE)))


def _left(row: Row[Any], meaning: Meaning) -> bytes | None:
    """What may stay of a payload; nothing of one that could not be read."""
    if row.why in (Why.PAYLOAD, Why.UNREADABLE):
        return b""
    return meaning.redacted(kept(row))


def _change(row: Row[Any], left: bytes) -> dict[str, object]:
    return {"of_log": row.log, "of_n": row.n, "left": left}
