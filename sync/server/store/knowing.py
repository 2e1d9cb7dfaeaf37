"""Facts that are here already: are they the same, and can a withheld one be released?"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, select, update

from sync.meaning import Meaning
from sync.server.schema import records as R  # noqa: N812 - the table
from sync.server.store.amending import amend
from sync.server.store.books import Book
from sync.server.store.checking import Checked
from sync.server.store.effects import apply
from sync.server.store.erasing import redacted
from sync.wire import Why


class Again(NamedTuple):
    """What is stored of a withheld fact."""

    n: int
    why: str
    words: str
    redacted: int


def compare(
    connection: Connection, log: str, desk: str, facts: Sequence[Checked]
) -> Iterator[tuple[Checked, Row[Any], Why | None]]:
    """Each fact with what is stored under its number, and how the two differ, if they do."""
    first, last = facts[0].record.seq, facts[-1].record.seq
    query: Select[Any] = (
        select(R.c.n, R.c.seq, R.c.digest, R.c.chain, R.c.redacted, R.c.why, R.c.words)
        .where(R.c.log == log, R.c.desk == desk, R.c.seq.between(first, last))
        .order_by(R.c.seq)
    )
    for checked, row in zip(facts, connection.execute(query).all(), strict=True):
        record = checked.record
        if row.chain == record.chain and row.digest == record.digest:
            yield checked, row, None
        else:
            yield checked, row, Why.CHAIN if row.digest == record.digest else Why.FORK


def release(
    connection: Connection, book: Book, meaning: Meaning, checked: Checked, flaw: tuple[str, str]
) -> None:
    """Keep a withheld fact as it came now: let in under a new number, or withheld for today's reason."""
    record = redacted(checked.record, meaning) if book.is_erased(checked.record.subject) else checked.record
    connection.execute(
        update(R)
        .where(R.c.log == record.log, R.c.desk == record.desk, R.c.seq == record.seq)
        .values(
            payload=record.payload, salt=record.salt, redacted=record.redacted, why=flaw[0], words=flaw[1]
        )
    )
    if not flaw[0]:
        amend(connection, book, record.desk, record.seq)
        if checked.effects is not None:
            apply(connection, book, meaning, [(checked.record, checked.effects)])
