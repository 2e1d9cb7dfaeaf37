"""The desk's database: opened once, one writer, any number of short readers."""

import time
from collections.abc import Callable
from pathlib import Path

from eventdesk.domain.stamps import HybridClock, Stamp
from eventdesk.storage import connecting, opening, swapping
from eventdesk.storage.reader import Reader
from eventdesk.storage.reading.aside import Aside
from eventdesk.storage.search.query import Finder
from eventdesk.storage.transaction import Transaction
from eventdesk.storage.writer import Writer

__all__ = ["Reader", "Store", "Transaction"]

# Writers wait meanwhile, and a scan is one of them.
READING_SECONDS = 0.25
ASIDE_SECONDS = 5.0


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class Store:
    """Make it by `open`; `close` when done. `desk` is this desk's id, which stamps what it writes."""

    def __init__(self, path: Path, key: bytes, desk: str, wall_ms: Callable[[], int]) -> None:
        self.path = path
        self.key = key
        self.desk = desk
        self._finder = Finder()
        self._gate = swapping.Gate()
        self._open()
        self._writer = Writer(path, self._writers, desk, HybridClock(desk, wall_ms), self._finder)

    def _open(self) -> None:
        self._writers = connecting.writer_engine(self.path, self.key)
        self._readers = connecting.reader_engine(self.path, self.key)

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

    def replace(self, prepare: Callable[[], Path]) -> None:
        """Go on with another file in the place of this one. Nobody writes from before `prepare` until after,
        and nobody reads while the files change places.

        `prepare` returns the file, closed and made with this store's key; it may write to it all that
        this one has and it lacks: what it does not, is gone. Where it raises, all stays as it was.
        Raises DatabaseLocked where somebody reads on meanwhile (`wait_for_readers`): all is as it was then.
        """
        with self._writer.lock:
            fresh = prepare()
            with self._gate.closed(self.path, READING_SECONDS):
                self._empty_wal()
                self._writer.close()
                self._readers.dispose()
                self._writers.dispose()
                try:
                    swapping.put(fresh, self.path)
                    self._finder.forget()
                finally:
                    self._open()
                    self._writer.connect(self._writers)

    def _empty_wal(self) -> None:
        """An old WAL beside a new file would be taken for the new one's. It can't be emptied while another
        connection, such as a backup's, reads on."""
        is_busy, _, _ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise swapping.in_use(self.path)

    def wait_for_readers(self, seconds: float) -> bool:
        """Until none of those who read now reads; False where one did for all this time."""
        return self._gate.wait(seconds)

    def observe(self, stamp: str) -> None:
        """This desk has heard of a fact with this stamp, which may not be here yet: it writes nothing before
        it. Raises ValueError for what is no stamp."""
        self._writer.clock.observe(Stamp.parse(stamp))

    def put_aside(self, aside: Aside | None) -> None:
        """Answer from this too, for an event that is still being fetched; None: no longer. What stood there
        before may be closed when this returns."""
        with self._writer.lock:
            self._writer.aside = aside
        self._gate.wait(ASIDE_SECONDS)

    def on_written(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each commit of this desk's own facts, in the thread that commits: it must
        return at once."""
        self._writer.written = listener

    def transaction(self) -> Transaction:
        return Transaction(self._writer)

    def reader(self) -> Reader:
        return Reader(
            self.path,
            lambda: self._readers,
            self._gate,
            self._finder,
            self.desk,
            lambda: self._writer.aside,
        )
