"""A read: its own connection, one consistent view, never in the writer's way."""

from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from eventdesk.storage.faults import told, translated
from eventdesk.storage.reading import Reading
from eventdesk.storage.reading.aside import Aside
from eventdesk.storage.search.query import Finder


class Reader(Reading):
    """Use as `with store.reader() as reader`, on any thread, and briefly: the WAL grows meanwhile."""

    def __init__(
        self, path: Path, engine: Engine, finder: Finder, desk: str = "", aside: Aside | None = None
    ) -> None:
        with told(path):
            self._pooled = engine.raw_connection()
        connection = self._pooled.driver_connection
        assert connection is not None
        super().__init__(connection, finder, desk, aside)
        self._path = path

    def __enter__(self) -> "Reader":
        with told(self._path):
            self._execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._execute("ROLLBACK")
        self._pooled.close()
        fault = translated(error, self._path) if error else None
        if fault is not None:
            raise fault from error
