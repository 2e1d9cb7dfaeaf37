"""Putting a file in a database's place, while nobody reads it."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventdesk.errors import DatabaseLocked

PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.05


class Gate:
    """Counts those who are reading a file. Whoever is within may enter once more. Thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0

    def enter(self) -> None:
        with self._changed:
            self._inside += 1

    def leave(self) -> None:
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Until nobody is within; False where somebody was for all this time."""
        with self._changed:
            return self._is_empty(seconds)

    @contextmanager
    def closed(self, path: Path, seconds: float) -> Iterator[None]:
        """Nobody is within, or enters, meanwhile. Raises DatabaseLocked where somebody stays for so long."""
        with self._changed:
            if not self._is_empty(seconds):
                raise in_use(path)
            yield

    def _is_empty(self, seconds: float) -> bool:
        return self._changed.wait_for(lambda: not self._inside, seconds)


def in_use(path: Path) -> DatabaseLocked:
    return DatabaseLocked(f"Somebody is reading the database {path}.", "Wait a second and try again.")


def put(fresh: Path, database: Path) -> None:
    """Both are closed, at least for writing. Raises OSError where it can't be done: nothing is changed then.

    Windows moves no file that a reader still has open: readers are brief, and waited for.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fresh.replace(database)
            break
        except PermissionError:
            if os.name != "nt" or time.monotonic() > until:
                raise
            time.sleep(PAUSE_SECONDS)
    sync(database.parent)


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk itself."""
    if os.name == "nt" and path.is_dir():  # Windows opens no folders, and needs it not
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
