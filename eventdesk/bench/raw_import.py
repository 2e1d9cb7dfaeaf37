"""The rows that an import made, written again by bare `executemany` into an equal, empty database."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from eventdesk.storage import connecting
from eventdesk.storage.search.index import SELECT_GUESTS, GuestText, marks_of, words_of
from eventdesk.storage.store import Store

T = TypeVar("T")

TABLES = ("facts", "definitions", "orders", "tickets", "tally")
INDEX_WORDS = "INSERT INTO search_words (rowid, words) VALUES (?, ?)"
# Rows in memory at a time: enough that the statement's own work is all that is timed.
CHUNK = 10_000


def raw_seconds(source: Path, key: bytes, path: Path, log: str) -> tuple[float, float]:
    """Seconds for the rows of all tables, and seconds for the search index. Reading is not counted.

    `path` becomes a database with the same key, tables, indexes and pragmas, written in one transaction.
    """
    Store.open(path, key, "raw").close()
    ours = connecting.connect(source, key, mode="ro")
    engine = connecting.writer_engine(path, key)
    held = engine.raw_connection()
    raw: Any = held.driver_connection
    raw.execute(connecting.BULK_CACHE)
    raw.execute("BEGIN IMMEDIATE")
    tables = sum(_timed_copy(ours, raw, table) for table in TABLES)
    searching = sum(_timed(raw, INDEX_WORDS, chunk) for chunk in _chunks(_words(ours, log)))
    began = perf_counter()
    raw.execute("COMMIT")
    tables += perf_counter() - began
    for close in (ours.close, held.close, engine.dispose):
        close()
    return tables, searching


def _timed_copy(ours: Any, raw: Any, table: str) -> float:
    # In the order in which they were written, where the table knows it.
    rows = ours.execute(f"SELECT * FROM {table} ORDER BY {'n' if table in ('facts', 'tickets') else '1, 2'}")
    insert = f"INSERT INTO {table} VALUES ({', '.join('?' for _ in rows.description)})"
    return sum(_timed(raw, insert, chunk) for chunk in _chunks(rows))


def _timed(raw: Any, insert: str, rows: Sequence[Sequence[Any]]) -> float:
    began = perf_counter()
    raw.executemany(insert, rows)
    return perf_counter() - began


def _chunks(rows: Iterator[T]) -> Iterator[list[T]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _words(ours: Any, log: str) -> Iterator[tuple[int, str]]:
    """What the search index holds of each guest, in the form in which it is given to FTS5."""
    number = ours.execute("SELECT number FROM search_logs WHERE log = ?", (log,)).fetchone()[0]
    marks = marks_of(number)
    for row in ours.execute(SELECT_GUESTS + "ORDER BY tickets.n"):
        guest = GuestText(*row)
        words, mail = words_of(guest)
        yield guest.n, " ".join([marks.words + word for word in words] + [marks.mail + word for word in mail])
