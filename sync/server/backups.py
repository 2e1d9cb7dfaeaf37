"""Backups of a node on SQLite, made while it runs; and what must be done after any restore.

A restored node has forgotten what came after its backup. A new epoch tells desks and hubs so, and they send
it again. Codes that wait are dropped: one of them may have been used since.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import URL, Connection

from sync.driver import dbapi2 as sqlite
from sync.errors import SyncError
from sync.server import schema
from sync.server.sql import engines
from sync.server.sql.faults import translated
from sync.server.store import epochs

STEP_PAGES = 2000


class BackupTrouble(SyncError):
    """A backup can't be made, is not good, or can't be put in the database's place."""


def make(database: Path, key: bytes | None, target: Path) -> int:
    """A copy of one state of the database, sealed with the same key, verified, then under its name.

    Returns how many facts had arrived. Raises BackupTrouble; no half or bad copy is left.
    """
    draft = target.with_name(f"{target.name}.{token_hex(4)}.unfinished")
    try:
        with _told(database):
            arrived = _copy(database, key, draft)
        check(draft, key)
        _to_disk(draft)
        draft.replace(target)
        _to_disk(target.parent)
        return arrived
    except OSError as error:
        raise BackupTrouble(f"The backup {target} can't be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)


def check(backup: Path, key: bytes | None) -> None:
    """Every page is read. Raises BackupTrouble where it is no whole database of a node, of this key."""
    if not backup.is_file():
        raise BackupTrouble(f"There is no backup {backup}.")
    with _told(backup), closing(engines.sqlite_connection(str(backup), key, ())) as connection:
        connection.execute("PRAGMA query_only = ON")
        if key is not None and connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise BackupTrouble(f"{backup} is damaged.", "Take another backup.")
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupTrouble(f"{backup} is damaged.", "Take another backup.")
        connection.execute("SELECT id FROM node").fetchone()


def restore(database: Path, key: bytes | None, backup: Path, aside: Path, now_ms: int) -> str:
    """Put a backup in the place of the database, which goes `aside`; the epoch that begins by it.

    The new epoch is in the file before the file is in its place. Raises BackupTrouble where the
    database is in use or the backup is not good: nothing was touched then.
    """
    check(backup, key)
    _refuse_in_use(database, key)
    fresh = database.with_name(f"{database.name}.restoring")
    try:
        fresh.unlink(missing_ok=True)
        shutil.copyfile(backup, fresh)
        with _told(fresh):
            epoch = _begun(fresh, key, now_ms)
        _to_disk(fresh)
        _swap(database, fresh, aside)
    except OSError as error:
        raise BackupTrouble(f"{backup} can't be put in place: {error.strerror}.") from error
    finally:
        fresh.unlink(missing_ok=True)
    return epoch


def after_restore(connection: Connection, now_ms: int) -> str:
    """To be written in a database that was restored by other means, before anyone is served."""
    connection.execute(schema.codes.delete().where(schema.codes.c.used_by == ""))
    return epochs.begin(connection, now_ms)


def _copy(database: Path, key: bytes | None, target: Path) -> int:
    with (
        closing(engines.sqlite_connection(str(database), key, ())) as source,
        closing(engines.sqlite_connection(str(target), key, ("PRAGMA synchronous = OFF",))) as copy,
    ):
        os.chmod(target, 0o600)  # noqa: PTH101 - as its content is the database's
        source.execute("PRAGMA query_only = ON")
        # Within a transaction, or the copying would begin anew with each write of the node.
        source.execute("BEGIN")
        arrived = int(source.execute("SELECT coalesce(sum(head), 0) FROM logs").fetchone()[0])
        source.backup(copy, pages=STEP_PAGES)
        copy.execute("PRAGMA journal_mode = DELETE")
    return arrived


def _begun(fresh: Path, key: bytes | None, now_ms: int) -> str:
    engine = engines.writer_engine(URL.create("sqlite", database=str(fresh)), key)
    try:
        with engine.begin() as connection:
            return after_restore(connection, now_ms)
    finally:
        engine.dispose()


def _swap(database: Path, fresh: Path, aside: Path) -> None:
    for suffix in ("-wal", "-shm", ""):
        part = database.with_name(database.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    fresh.replace(database)
    _to_disk(database.parent)


def _refuse_in_use(database: Path, key: bytes | None) -> None:
    """A node that has the file open would go on writing to what is put aside."""
    if not database.is_file():
        return
    try:
        with closing(engines.sqlite_connection(str(database), key, ())) as connection:
            connection.execute("PRAGMA busy_timeout = 500")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite.OperationalError as error:
        if (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF in (5, 6):
            raise BackupTrouble("The node is running.", "End it first, then restore.") from error
    except sqlite.DatabaseError:
        pass  # damaged, which is why it is restored


@contextmanager
def _told(path: Path) -> Iterator[Any]:
    try:
        yield
    except sqlite.Error as error:
        fault = translated(error)
        words = fault.message if fault is not None else "It is no database of a node."
        raise BackupTrouble(f"{path}: {words}") from error


def _to_disk(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # Windows opens no folders, and needs it not
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
