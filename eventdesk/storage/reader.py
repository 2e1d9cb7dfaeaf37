"""A read: its own connection, one consistent view, never in the writer's way."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from eventdesk.storage.faults import told, translated
from eventdesk.storage.reading import Reading
from eventdesk.storage.reading.aside import Aside
from eventdesk.storage.search.query import Finder
from eventdesk.storage.swapping import Gate


class Reader(Reading):
    """Use as `with store.reader() as reader`, on any thread, and briefly: the WAL grows meanwhile."""

    def __init__(
        self,
        path: Path,
        engine: Callable[[], Engine],
        gate: Gate,
        finder: Finder,
        desk: str = "",
        aside: Callable[[], Aside | None] = lambda: None,
    ) -> None:
        """`engine` and `aside` are asked within the gate: until then the store may go on with others."""
        self._path = path
        self._engine = engine
        self._gate = gate
        self._finder = finder
        self._aside_of = aside
        self.desk = desk

    def __enter__(self) -> "Reader":
        self._gate.enter()
        try:
            with told(self._path):
                self._pooled = self._engine().raw_connection()
            connection = self._pooled.driver_connection
            assert connection is not None
            super().__init__(connection, self._finder, self.desk, self._aside_of())
            with told(self._path):
                self._execute("BEGIN")
        except BaseException:
            self._gate.leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._execute("ROLLBACK")
            self._pooled.close()
        finally:
            self._gate.leave()
        fault = translated(error, self._path) if error else None
        if fault is not None:
            raise fault from error
