"""What the driver says, in words for a person. Whatever is no fault of the world stays a bug."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from eventdesk.errors import DamagedDatabase, DatabaseLocked, DiskFull, StorageError, of_system
from sync.driver import dbapi2 as driver

# Primary result codes, https://www.sqlite.org/rescode.html (extended ones hold them in the low byte).
PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26

_BY_WORDS = {
    "database or disk is full": FULL,
    "malformed": CORRUPT,
    "not a database": NOTADB,
    "is locked": BUSY,
    "disk I/O error": IOERR,
    "unable to open": CANTOPEN,
}

_RETRY = "Close the other program that uses it (or wait until it is done) and try again."
_ROOM = "Make room on the disk and try again. What was being written was undone; nothing else is lost."
_DISK = "Check the disk and its connection, then start EventDesk again."
RIGHTS = "Give this user the right to write the file and its folder, or move both to where it has it."


def translated(error: BaseException, path: Path) -> StorageError | None:
    """The fault of the world that `error` tells of, or None where it is something else (a bug)."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    if not isinstance(error, driver.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # the driver's backup tells its errors by their words alone
        code = next((one for words, one in _BY_WORDS.items() if words in str(error)), 0)
    return _fault(code & 0xFF, str(path), error)


def _fault(code: int, name: str, error: BaseException) -> StorageError | None:
    if code in (BUSY, LOCKED):
        return DatabaseLocked(f"Another program holds the database {name}.", _RETRY)
    if code == FULL:
        return DiskFull(f"The disk is full: nothing more can be written to {name}.", _ROOM)
    if code in (CORRUPT, NOTADB):
        return damaged(name, str(error))
    if code in (READONLY, PERM):
        return StorageError(f"The database {name} may only be read, not written.", RIGHTS)
    if code == CANTOPEN:
        return StorageError(f"The database {name} can't be opened.", RIGHTS)
    if code == IOERR:
        return StorageError(f"The disk failed while {name} was in use ({error}).", _DISK)
    return None


def damaged(name: str, detail: str) -> DamagedDatabase:
    return DamagedDatabase(
        f"The database {name} is damaged ({detail}).",
        "Restore the last good backup; the damaged file is kept aside.",
    )


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the driver's errors, and the system's, into ours."""
    try:
        yield
    except OSError as error:
        raise of_system(error) from error
    except (driver.Error, DBAPIError) as error:
        fault = translated(error, path)
        if fault is None:
            raise
        raise fault from error
