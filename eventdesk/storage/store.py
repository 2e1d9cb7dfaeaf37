"""The desk's database: opened once, one writer, any number of short readers."""

import time
from collections.abc import Callable
from pathlib import Path

from eventdesk.domain.stamps import HybridClock
from eventdesk.storage import connecting, opening
from eventdesk.storage.reader import Reader
from eventdesk.storage.search.query import Finder
from eventdesk.storage.transaction import Transaction
from eventdesk.storage.writer import Writer

__all__ = ["Reader", "Store", "Transaction"]


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class Store:
    """Make it by `open`; `close` when done. `desk` is this desk's id, which stamps what it writes."""

    def __init__(self, path: Path, key: bytes, desk: str, wall_ms: Callable[[], int]) -> None:
        self.path = path
        self.key = key
        self.desk = desk
        self._finder = Finder()
        self._writers = connecting.writer_engine(path, key)
        self._readers = connecting.reader_engine(path, key)
        self._writer = Writer(path, self._writers, desk, HybridClock(desk, wall_ms), self._finder)

    @classmethod
    def open(cls, path: Path, key: bytes, desk_id: str, wall_ms: Callable[[], int] = now_ms) -> "Store":
        """Open the database, or make it where there is no file.

        Raises WrongKey, NewerSchema, DamagedDatabase, DatabaseLocked or another StorageError; the
        file is then as it was.
        """
        opening.prepare(path, key)
        return cls(path, key, desk_id, wall_ms)

    def close(self) -> None:
        self._writer.close()
        self._readers.dispose()
        self._writers.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def transaction(self) -> Transaction:
        return Transaction(self._writer)

    def reader(self) -> Reader:
        return Reader(self.path, self._readers, self._finder)
