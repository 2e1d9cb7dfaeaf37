"""One process of a kind at a time in a folder: two mailers would send each letter twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from eventdesk.errors import BadInput

LOCK_NAME = "mailer.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Raises BadInput where another mailer runs."""
    with locked(folder / LOCK_NAME, "Another mailer runs in this folder."):
        yield


@contextmanager
def locked(file: Path, taken: str) -> Iterator[None]:
    """Raises BadInput with the words `taken` where another process has it. The system frees the lock however
    a process ends."""
    with file.open("ab") as stream:
        if not _lock(stream):
            raise BadInput(taken, "Stop that one first.")
        yield


def _lock(stream: IO[bytes]) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
