"""The log, replayed into fresh tables that nothing else has touched."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from eventdesk.domain.facts import Fact
from eventdesk.domain.payloads import BadPayload
from eventdesk.storage import log
from eventdesk.storage.connecting import KEY_BYTES, attach, connect
from eventdesk.storage.projections import Target, project
from eventdesk.storage.projections.many import project_many
from eventdesk.storage.schema import PROJECTIONS
from eventdesk.storage.store import Store
from sync.chain import Record

CHUNK = 5000
SELECT = f"SELECT {log.COLUMNS} FROM kept.facts ORDER BY n"
COUNT = "SELECT count(*) FROM kept.facts"

# A scratch file: what would keep it safe only costs time.
_SCRATCH = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -64000")


@contextmanager
def replayed(store: Store, progress: Callable[[int, int], None]) -> Iterator[tuple[Any, list[str]]]:
    """A connection whose `main` holds the fresh tables and whose `kept` is the store's file, in one view.

    Beside it, in words, the facts that could not be read.
    """
    with TemporaryDirectory(prefix="eventdesk-verify-") as folder:
        connection = connect(Path(folder) / "fresh.db", os.urandom(KEY_BYTES))
        try:
            _make_tables(connection)
            attach(connection, store.path, store.key, "kept")
            connection.execute("BEGIN")
            yield connection, _replay(connection, progress)
        finally:
            connection.close()


def _make_tables(connection: Any) -> None:
    for pragma in _SCRATCH:
        connection.execute(pragma)
    dialect = sqlite.dialect()
    for table in PROJECTIONS:
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in table.indexes:
            connection.execute(str(CreateIndex(index).compile(dialect=dialect)))


def _replay(connection: Any, progress: Callable[[int, int], None]) -> list[str]:
    total, done, unreadable = connection.execute(COUNT).fetchone()[0], 0, list[str]()
    target = Target(connection, searchable=False)
    rows = connection.execute(SELECT)
    while chunk := rows.fetchmany(CHUNK):
        facts = [fact for fact in map(_fact, chunk) if fact is not None]
        for log_id, group in groupby(facts, lambda fact: fact.log):
            unreadable += _project(target, log_id, list(group))
        done += len(chunk)
        progress(done, total)
    return unreadable


def _fact(row: tuple[Any, ...]) -> Fact | None:
    return log.fact_from_record(Record(*row))


def _project(target: Target, log_id: str, facts: list[Fact]) -> list[str]:
    try:
        project_many(target, log_id, facts)
    except BadPayload:
        return _one_by_one(target, facts)
    return []


def _one_by_one(target: Target, facts: list[Fact]) -> list[str]:
    """Find the fact that can't be read, with the rest of its chunk written all the same."""
    found = []
    for fact in facts:
        try:
            project(target, fact)
        except BadPayload as error:
            found.append(f"Log of event {fact.log}: fact {fact.id} ({fact.kind} {fact.subject}): {error}.")
    target.flush()
    return found
