"""A desk that was shut out forgets everything: the key first, then every file that it sealed."""

import os
from collections.abc import Iterator
from pathlib import Path

from eventdesk.errors import KeyringUnavailable
from eventdesk.storage import backups, faults, keys

RUN = 1 << 20


def wipe(database: Path, seconds: float = keys.SECONDS) -> bool:
    """Remove a database, which must be closed, with its backups, its key and its secrets.

    Returns False where the keyring was silent: the files are gone all the same. Raises StorageError where
    a file can't be removed. A new database can then be made under the same name.
    """
    try:
        keys.forget(database, seconds)
        forgotten = True
    except KeyringUnavailable:
        forgotten = False
    with faults.told(database):
        for file in list(_files(database)):
            _overwrite(file)
            file.unlink(missing_ok=True)
    return forgotten


def wipe_folder(folder: Path) -> None:
    """Remove a folder's files, such as badges that were printed into it. Raises StorageError."""
    with faults.told(folder):
        for file in list(folder.glob("*")):
            if file.is_file():
                _overwrite(file)
                file.unlink(missing_ok=True)


def _files(database: Path) -> Iterator[Path]:
    """All that holds, or held, what the database does: also what restoring and adopting left aside."""
    for pattern in (database.name, f"{database.name}-*", f"{database.name}.*"):
        yield from (file for file in database.parent.glob(_plain(pattern)) if file.is_file())
    folder = backups.folder_of(database)
    yield from (backup.path for backup in backups.listed(database))
    yield from folder.glob(f"{_plain(database.stem)}.*.unfinished")


def _plain(pattern: str) -> str:
    """The pattern with nothing but its own star taken for one."""
    star = pattern.endswith("*")
    name = pattern[:-1] if star else pattern
    return "".join(f"[{one}]" if one in "*?[" else one for one in name) + ("*" if star else "")


def _overwrite(file: Path) -> None:
    """With noughts. A disk may keep old blocks all the same; what lies in them is sealed by a lost key."""
    size = file.stat().st_size
    with file.open("r+b") as stream:
        for at in range(0, size, RUN):
            stream.write(bytes(min(RUN, size - at)))
        stream.flush()
        os.fsync(stream.fileno())
