"""Putting a file in a database's place."""

import os
import time
from pathlib import Path

PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.05


def put(fresh: Path, database: Path) -> None:
    """Both are closed, at least for writing. Raises OSError where it can't be done: nothing is changed then.

    Windows moves no file that a reader still has open: readers are brief, and waited for.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fresh.replace(database)
            break
        except PermissionError:
            if os.name != "nt" or time.monotonic() > until:
                raise
            time.sleep(PAUSE_SECONDS)
    sync(database.parent)


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk itself."""
    if os.name == "nt" and path.is_dir():  # Windows opens no folders, and needs it not
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
