"""The one writing connection, with what it need not read anew: the clock and the ends of its chains."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from eventdesk.domain.facts import Draft, Fact
from eventdesk.domain.stamps import HybridClock
from eventdesk.storage import log
from eventdesk.storage.reading.aside import Aside
from eventdesk.storage.search.query import Finder
from sync.chain import Head, Record, head_of, new_salt, seal


def _nobody() -> None:
    """Nobody wants to know what is written."""


class Writer:
    """Held by one thread at a time. `begin`, then `commit` or `rollback`."""

    def __init__(self, path: Path, engine: Engine, desk: str, clock: HybridClock, finder: Finder) -> None:
        self.path = path
        self.desk = desk
        self.clock = clock
        self.finder = finder
        self.aside: Aside | None = None
        self.lock = threading.RLock()
        self.active = False
        self.written: Callable[[], None] = _nobody
        self._has_sealed = False
        self._heads: dict[tuple[str, str], Head] = {}
        self._version = 0
        self.connect(engine)

    def connect(self, engine: Engine) -> None:
        """Write by this engine from now on. The caller holds `lock`, or is alone."""
        self._pooled = engine.raw_connection()
        connection: Any = self._pooled.driver_connection
        self.connection = connection
        self.execute: log.Execute = self.connection.execute
        self._version = 0

    def close(self) -> None:
        self._pooled.close()

    def begin(self) -> None:
        """The caller holds `lock`."""
        self.execute("BEGIN IMMEDIATE")
        self.active = True
        version = self.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:  # another connection has written meanwhile
            self._version = version
            self._heads.clear()
            last = log.last_stamp(self.execute)
            if last is not None:
                self.clock.observe(last)

    def commit(self) -> None:
        self.execute("COMMIT")
        self.active = False
        if self._has_sealed:
            self._has_sealed = False
            self.written()

    def rollback(self) -> None:
        self.active = False
        self._has_sealed = False
        self._heads.clear()
        if self.connection.in_transaction:  # a full disk has rolled back already
            self.execute("ROLLBACK")

    def head(self, log_id: str, desk: str) -> Head:
        """The end of a desk's chain in a log."""
        head = self._heads.get((log_id, desk))
        return log.head(self.execute, log_id, desk) if head is None else head

    def advance(self, record: Record) -> None:
        """The record is now the end of its desk's chain."""
        self._heads[record.log, record.desk] = head_of(record)

    def seal(self, log_id: str, drafts: Sequence[Draft]) -> tuple[list[Record], list[Fact]]:
        """The drafts as the next facts of this desk; they are not in the log yet."""
        head, desk = self.head(log_id, self.desk), self.desk
        self._has_sealed = True
        records, facts = [], []
        for draft, stamp in zip(drafts, self.clock.ticks(len(drafts)), strict=True):
            id_, kind, subject, payload = draft.id, draft.kind, draft.subject, draft.payload
            encoded, salt = log.encode(payload), new_salt()
            record = seal(head, id_, log_id, kind.value, subject, stamp.text(), desk, encoded, salt)
            head = head_of(record)
            records.append(record)
            facts.append(Fact(id_, log_id, kind, subject, stamp, record.seq, payload))
        self._heads[log_id, desk] = head
        return records, facts
