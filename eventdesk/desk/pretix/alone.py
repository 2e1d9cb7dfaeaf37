"""One windowless bridge at a time in a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventdesk.desk.mailer.alone import locked

LOCK_NAME = "pretix.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Raises BadInput where another one runs. The system frees the lock however a process ends."""
    with locked(folder / LOCK_NAME, "Another bridge runs in this folder."):
        yield
