"""One mailer at a time in a folder: two would send each letter twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from eventdesk.errors import BadInput

LOCK_NAME = "mailer.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Raises BadInput where another one runs. The system frees the lock however a process ends."""
    with (folder / LOCK_NAME).open("ab") as stream:
        _lock(stream)
        yield


def _lock(stream: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        except OSError:
            raise _taken() from None
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise _taken() from None


def _taken() -> BadInput:
    return BadInput("Another mailer runs in this folder.", "Stop that one first.")
