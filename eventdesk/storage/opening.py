"""Opening a database file: whatever is wrong with it is told before a byte of it is changed."""

from pathlib import Path

from eventdesk.errors import DamagedDatabase, WrongKey
from eventdesk.storage import backups, condition, connecting, faults
from eventdesk.storage.learning import learn
from eventdesk.storage.migrations import check_version, migrate

# Checking every page of this many bytes takes some 0.2 s. In a larger file that was closed in peace,
# damage is found by the next backup, which reads every page too.
CHECKED_BYTES = 32 << 20


def prepare(path: Path, key: bytes) -> None:
    """Make the file where there is none, bring its tables up to date where they are older.

    Raises what `Store.open` says. A file that was not closed in peace is checked page by page.
    """
    if condition.is_new(path):
        _refuse_vanished(path, key)
    else:
        _look(path, key)
    with faults.told(path):
        connection = connecting.connect(path, key)
        try:
            # Also tells a file that is locked or may only be read.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            migrate(connection)
            learn(connection)
        finally:
            connection.close()


def _look(path: Path, key: bytes) -> None:
    unclean = condition.is_unclean(path)
    try:
        condition.check_outside(path)
        with faults.told(path):
            # Immutable where nobody can be writing: looking must then leave no files beside it.
            quiet = not condition.wal_of(path).exists()
            connection = connecting.connect(path, key, mode="ro", immutable=quiet)
            try:
                condition.check_key(connection, path)
                check_version(connection, str(path))
                if unclean or path.stat().st_size <= CHECKED_BYTES:
                    condition.check_pages(connection, path)
            finally:
                connection.close()
    except WrongKey as error:
        # A damaged first page looks like a wrong key. Where the key opens a backup, it is the page.
        backup = backups.last_good(path, key)
        if backup is None:
            raise
        raise _with_backup(faults.damaged(str(path), "its first page"), backup) from error
    except DamagedDatabase as error:
        backup = backups.last_good(path, key)
        raise (_with_backup(error, backup) if backup else error) from error


def _refuse_vanished(path: Path, key: bytes) -> None:
    """No file, or an empty one, is no new database where the key opens a backup of it."""
    backup = backups.last_good(path, key)
    if backup is not None:
        raise _with_backup(faults.damaged(str(path), "it is empty or gone"), backup)


def _with_backup(error: DamagedDatabase, backup: Path) -> DamagedDatabase:
    remedy = f"Restore the last good backup, {backup.name}; the damaged file is kept aside."
    return DamagedDatabase(error.message, remedy, backup)
