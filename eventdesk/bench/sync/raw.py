"""The rows that a node made of pushed facts, written by bare statements into an equal database.

No verdict, no order of arrival, no wire: a batch, a commit.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import make_url

from eventdesk.bench.sync.nodes import Node
from sync.chain import Record
from sync.server.sql import engines
from sync.server.store.rows import COLUMNS

TYPES = (
    "text", "bigint", *["text"] * 5, "bigint", *["bytea"] * 5, "bigint", "text", "text", "bigint", "text",
)  # fmt: skip
INTO = f"INSERT INTO records ({', '.join(COLUMNS)})"
SQLITE = f"{INTO} VALUES ({', '.join('?' * len(COLUMNS))})"
POSTGRES = f"{INTO} SELECT * FROM unnest({', '.join(f'%b::{type_}[]' for type_ in TYPES)})"

Row = tuple[Any, ...]


class Rows:
    """Numbered by arrival, as a node does."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def of(self, records: Sequence[Record]) -> list[Row]:
        return [
            (
                r.log, next(self._numbers), r.id, r.kind, r.subject, r.stamp, r.desk, r.seq, r.payload,
                r.salt, r.payload_digest, r.digest, r.chain, r.redacted, "", "", int(r.stamp[:12], 16),
                r.desk,
            )
            for r in records
        ]  # fmt: skip


class RawSqlite:
    """One connection, on this thread."""

    def __init__(self, folder: Path) -> None:
        node = Node.prepare(folder)
        node.within(lambda _database: None)
        self._engine = engines.writer_engine(make_url(node.url), node.key)
        self._held = self._engine.raw_connection()

    def seconds(self, batches: Sequence[Sequence[Row]]) -> float:
        raw: Any = self._held.driver_connection
        began = perf_counter()
        for batch in batches:
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany(SQLITE, batch)
            raw.execute("COMMIT")
        return perf_counter() - began

    def close(self) -> None:
        self._held.close()
        self._engine.dispose()


class RawPostgres:
    """Several connections, each in a process of its own."""

    def __init__(self, folder: Path, url: str, connections: int) -> None:
        Node.prepare(folder, url).within(lambda _database: None)
        context = get_context("spawn")
        address = url.replace("+psycopg", "")
        pipes = [context.Pipe() for _ in range(connections)]
        self._lines = [ours for ours, _ in pipes]
        self._workers = [context.Process(target=_work, args=(address, theirs)) for _, theirs in pipes]
        for worker in self._workers:
            worker.start()
        for _, theirs in pipes:
            theirs.close()

    def seconds(self, batches: Sequence[Sequence[Row]]) -> float:
        """Until the last of them is done."""
        for place, line in enumerate(self._lines):
            line.send(batches[place :: len(self._lines)])
        for line in self._lines:
            line.recv()  # it has them
        began = perf_counter()
        for line in self._lines:
            line.send(None)
        for line in self._lines:
            line.recv()
        return perf_counter() - began

    def close(self) -> None:
        for line in self._lines:
            line.close()
        for worker in self._workers:
            worker.join()


def _work(address: str, line: Connection) -> None:
    """A connection's process, until its line is closed."""
    import psycopg

    with psycopg.connect(address) as connection:
        for batches in _told(line):
            columns = [[list(column) for column in zip(*batch, strict=True)] for batch in batches]
            line.send("ready")
            line.recv()
            for batch in columns:
                connection.execute(POSTGRES, batch)
                connection.commit()
            line.send("done")


def _told(line: Connection) -> Iterator[Any]:
    try:
        while True:
            yield line.recv()
    except EOFError:
        return
