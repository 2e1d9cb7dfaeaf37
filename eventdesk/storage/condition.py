"""What condition a database file is in, found out without changing a byte of it."""

from pathlib import Path
from typing import Any

from eventdesk.errors import StorageError, WrongKey
from eventdesk.storage import faults
from sync.driver import dbapi2 as driver

PAGE_BYTES = 4096
PLAIN_SQLITE = b"SQLite format 3\x00"

# "EvDk": says in the file itself whose it is.
APPLICATION_ID = 0x4576446B
_WHOSE = "SELECT (SELECT count(*) FROM sqlite_master), application_id FROM pragma_application_id"


def is_new(path: Path) -> bool:
    """Whether there is nothing to lose: no file, or an empty one as a crash at its making leaves it."""
    empty = path.is_file() and path.stat().st_size == 0
    return not path.exists() or (empty and not is_unclean(path))


def wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def is_unclean(path: Path) -> bool:
    """Whether the last program that used the file did not close it in peace (or one uses it now)."""
    wal = wal_of(path)
    return wal.exists() and wal.stat().st_size > 0


def check_outside(path: Path) -> None:
    """What can be said without the key. Raises StorageError, WrongKey or DamagedDatabase."""
    if not path.is_file():
        raise StorageError(f"{path} is no file.", "Choose a database file, or a name for a new one.")
    try:
        with path.open("rb") as stream:
            head = stream.read(len(PLAIN_SQLITE))
    except OSError as error:
        raise StorageError(f"The database {path} can't be read: {error.strerror}.", faults.RIGHTS) from error
    if head == PLAIN_SQLITE:
        raise WrongKey(
            f"{path} is an SQLite file without encryption, not a database of EventDesk.",
            "Choose another file. This one was not touched.",
        )
    if path.stat().st_size % PAGE_BYTES:
        raise faults.damaged(str(path), "it is cut off")


def check_key(connection: Any, path: Path) -> None:
    """Read the first page. Raises WrongKey where the key does not open it or it is not ours."""
    try:
        tables, application = connection.execute(_WHOSE).fetchone()
    except driver.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != faults.NOTADB:
            raise
        raise WrongKey(
            f"The key does not open the database {path}.",
            "Enter the right passphrase or choose another file. This one was not touched.",
        ) from error
    if tables and application != APPLICATION_ID:
        raise WrongKey(f"{path} is no database of EventDesk.", "Choose another file.")


def _bad_pages(connection: Any) -> list[tuple[str]]:
    bad: list[tuple[str]] = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return bad


def check_pages(connection: Any, path: Path) -> None:
    """Check the seal of every page. Raises DamagedDatabase. Reads the whole file."""
    # Twice, as a page may just have been on its way from another program that works on the file.
    bad = _bad_pages(connection) and _bad_pages(connection)
    if bad:
        raise faults.damaged(str(path), str(bad[0][0]) if len(bad) == 1 else f"{len(bad)} pages")
