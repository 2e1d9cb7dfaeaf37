"""Opening a database file: what can be wrong with it, told before anything is changed."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from eventdesk.errors import WrongKey
from eventdesk.storage import connecting, faults
from eventdesk.storage.migrations import check_version, migrate


def prepare(path: Path, key: bytes) -> None:
    """Make the file where there is none, bring its tables up to date where they are older."""
    with faults.told(path):
        connection = connecting.connect(path, key)
        try:
            _read(connection, path)
            check_version(connection, str(path))
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection)
        finally:
            connection.close()


def _read(connection: Any, path: Path) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == faults.NOTADB:
            raise WrongKey(
                f"The key does not open {path}.", "Enter the right passphrase. The file was not touched."
            ) from error
        raise
