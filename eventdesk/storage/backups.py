"""Backups that are made while the desk works: encrypted with the same key, verified by opening them.

They lie in the folder `backups` beside the database, named by the moment they were made and the
number of the last fact in them. The writer is never kept waiting: a backup is one reader's view.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from eventdesk.errors import DatabaseLocked, EventDeskError, StorageError
from eventdesk.storage import condition, connecting, faults, log
from eventdesk.storage.migrations import check_version
from eventdesk.storage.restoring import doubt_badges
from eventdesk.storage.swapping import sync
from sync.chain import Head

KEEP = 12
EVERY = timedelta(minutes=15)
STEP_PAGES = 2000

Heads = dict[tuple[str, str], Head]


class Backup(NamedTuple):
    made: datetime
    last: int
    path: Path


def folder_of(database: Path) -> Path:
    return database.parent / "backups"


def listed(database: Path) -> list[Backup]:
    """The database's backups, the newest first; nothing is said yet about their condition."""
    pattern = re.compile(re.escape(database.stem) + r"-(\d{8}T\d{6})Z-(\d+)\.backup\Z")
    found = ((pattern.match(file.name), file) for file in folder_of(database).glob("*.backup"))
    backups = [_backup(match, file) for match, file in found if match]
    return sorted(backups, reverse=True)


def _backup(match: re.Match[str], file: Path) -> Backup:
    made = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return Backup(made, int(match[2]), file)


def due(database: Path, key: bytes, now: datetime, every: timedelta = EVERY) -> bool:
    """Whether facts were written since the last backup, and that one is older than `every`."""
    newest = next(iter(listed(database)), None)
    if newest is not None and now - newest.made < every:
        return False
    with faults.told(database), _reading(database, key) as connection:
        return bool(_last(connection) > (newest.last if newest else 0))


def make(database: Path, key: bytes, now: datetime | None = None, keep: int = KEEP) -> Path:
    """Make a backup, verify it, and drop the oldest beyond `keep`. May be called from any thread.

    Raises DiskFull or another StorageError; an unfinished or bad copy is not kept.
    """
    with faults.told(database):
        target = _make(database, key, now or datetime.now(UTC))
        for old in listed(database)[keep:]:
            old.path.unlink(missing_ok=True)
        return target


def _make(database: Path, key: bytes, now: datetime) -> Path:
    folder = folder_of(database)
    folder.mkdir(mode=0o700, exist_ok=True)
    draft = folder / f"{database.stem}.{os.getpid()}.unfinished"
    try:
        with _reading(database, key) as source:
            last, heads = _copy(source, draft, key)
        check(draft, key, heads)
        sync(draft)
        moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        target = folder / f"{database.stem}-{moment}-{last}.backup"
        draft.replace(target)
        sync(folder)
    finally:
        draft.unlink(missing_ok=True)
    return target


@contextmanager
def _reading(database: Path, key: bytes) -> Iterator[Any]:
    """Not opened read-only: the last to close a file must be able to tidy up its WAL."""
    with closing(connecting.connect(database, key, mode="rw")) as connection:
        connection.execute("PRAGMA query_only = ON")
        yield connection


def _copy(source: Any, target: Path, key: bytes) -> tuple[int, Heads]:
    """Copy one view of the source; returns its last fact's number and the ends of its chains."""
    target.unlink(missing_ok=True)
    source.execute("BEGIN")
    last, heads = _last(source), log.heads(source.execute)
    with closing(connecting.connect(target, key)) as copy:
        # No journal: a copy that is cut off is thrown away.
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy, pages=STEP_PAGES)
        copy.execute("PRAGMA journal_mode = DELETE")
    return last, heads


def _last(connection: Any) -> int:
    return int(connection.execute("SELECT coalesce(max(n), 0) FROM facts").fetchone()[0])


def check(backup: Path, key: bytes, heads: Heads | None = None) -> None:
    """Open a backup and check every page of it. Raises StorageError where it is not good.

    `heads`: the ends of the chains that it must have.
    """
    condition.check_outside(backup)
    with faults.told(backup), _opened(backup, key) as connection:
        condition.check_key(connection, backup)
        check_version(connection, str(backup))
        condition.check_pages(connection, backup)
        if heads is not None and log.heads(connection.execute) != heads:
            raise faults.damaged(str(backup), "its log does not end where the database's does")


@contextmanager
def _opened(backup: Path, key: bytes) -> Iterator[Any]:
    """Immutable: looking at a backup must leave no files beside it."""
    with closing(connecting.connect(backup, key, mode="ro", immutable=True)) as connection:
        yield connection


def drop_before(database: Path, moment: datetime) -> int:
    """Drop the backups that were made before a moment; returns how many.

    After an erasure they hold what is to be forgotten, each under the database's key.
    """
    old = [backup for backup in listed(database) if backup.made < moment]
    with faults.told(database):
        for backup in old:
            backup.path.unlink(missing_ok=True)
    return len(old)


def renew(database: Path, key: bytes, now: datetime | None = None) -> Path:
    """Make a backup, then drop all others: none is left that holds what the database holds no longer.

    Raises DiskFull or another StorageError; nothing was dropped then.
    """
    fresh = make(database, key, now)
    with faults.told(database):
        for backup in listed(database):
            if backup.path != fresh:
                backup.path.unlink(missing_ok=True)
    return fresh


def last_good(database: Path, key: bytes) -> Path | None:
    """The newest backup that opens with the key and is whole."""
    return next((backup.path for backup in listed(database) if is_good(backup.path, key)), None)


def is_good(backup: Path, key: bytes) -> bool:
    try:
        check(backup, key)
    except EventDeskError:
        return False
    return True


def restore(database: Path, key: bytes, backup: Path, now: datetime | None = None) -> Path:
    """Put a backup in the place of the database, which must not be open; returns where that went.

    Raises DatabaseLocked where a program uses the database, StorageError where the backup is not
    good: nothing has then been touched.
    """
    _refuse_in_use(database, key)
    check(backup, key)
    moment = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = database.with_name(f"{database.name}.damaged-{moment}")
    if aside.exists():
        raise StorageError(f"{aside} is there already.", "Wait a second and try again.")
    with faults.told(database):
        _swap(database, key, backup, aside)
    return aside


def _swap(database: Path, key: bytes, backup: Path, aside: Path) -> None:
    fresh = database.with_name(database.name + ".restoring")
    try:
        shutil.copyfile(backup, fresh)
        doubt_badges(fresh, key)
        sync(fresh)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    for suffix in ("-wal", "-shm", ""):
        part = database.with_name(database.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    fresh.replace(database)
    sync(database.parent)


def _refuse_in_use(database: Path, key: bytes) -> None:
    """A program that has the file open would go on writing to what is put aside."""
    if not database.is_file():
        return
    try:
        with faults.told(database), closing(connecting.connect(database, key, mode="rw")) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except DatabaseLocked:
        raise
    except StorageError:
        return  # damaged, which is why it is restored
