"""The database: does it open, are its pages sound, how old is the last backup, is its journal short."""

import time
from pathlib import Path
from typing import Any

from eventdesk.desk.checks.check import Check, Status
from eventdesk.errors import EventDeskError, StorageError
from eventdesk.i18n import tr
from eventdesk.storage import connecting, faults
from eventdesk.storage.store import Store

# A large database takes longer to look through than anyone waits here; `eventdesk verify` does it whole.
LOOK_S = 1.5
STEPS_BETWEEN_LOOKS = 10_000
LONG_JOURNAL_MB = 100
OLD_BACKUP_H = 24


def check_database(store: Store | None, trouble: EventDeskError | None, backups: Path) -> Check:
    """`store` is None where the database could not be opened, for the reason `trouble`."""
    if store is None:
        fault = trouble or EventDeskError(tr("It is not open."))
        return Check("database", Status.GONE, fault.message, fault.remedy)
    try:
        faulty, whole = _look(store)
    except StorageError as error:
        return Check("database", Status.GONE, error.message, error.remedy)
    figures = _figures(store.path, backups)
    if faulty:
        told = tr("Its pages are damaged: {fault}", fault=faulty)
        return Check("database", Status.GONE, told, tr("Choose the last good backup at start."), figures)
    return _by_figures(dict(figures), whole, figures)


def _by_figures(known: dict[str, float], whole: bool, figures: tuple[tuple[str, float], ...]) -> Check:
    if known["journal_mb"] > LONG_JOURNAL_MB:
        told = tr("Its journal has grown to {mb} MB.", mb=round(known["journal_mb"]))
        return Check("database", Status.DEGRADED, told, tr("Start the program anew."), figures)
    age = known.get("backup_h")
    if age is None or age > OLD_BACKUP_H:
        told = (
            tr("There is no backup yet.")
            if age is None
            else tr("The last backup is {h} h old.", h=round(age))
        )
        return Check("database", Status.DEGRADED, told, tr("Make a backup now."), figures)
    sound = tr("It opens and its pages are sound.") if whole else tr("It opens; its first pages are sound.")
    backup = tr("The last backup is {h} h old.", h=round(age))
    return Check("database", Status.READY, f"{sound} {backup}", figures=figures)


def _look(store: Store) -> tuple[str, bool]:
    """The first fault found (or empty), and whether all pages were looked at in the time there is."""
    until = time.monotonic() + LOOK_S
    with faults.told(store.path):
        connection = connecting.connect(store.path, store.key, mode="ro")
        try:
            connection.set_progress_handler(lambda: time.monotonic() > until, STEPS_BETWEEN_LOOKS)
            return _quick_check(connection, until)
        finally:
            connection.close()


def _quick_check(connection: Any, until: float) -> tuple[str, bool]:
    try:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except Exception:
        if time.monotonic() > until:
            return "", False
        raise
    return ("" if said == "ok" else str(said)), True


def _figures(path: Path, backups: Path) -> tuple[tuple[str, float], ...]:
    journal = path.with_name(path.name + "-wal")
    size = journal.stat().st_size / 1e6 if journal.exists() else 0.0
    found = [("size_mb", round(path.stat().st_size / 1e6, 1)), ("journal_mb", round(size, 1))]
    times = [file.stat().st_mtime for file in backups.glob("*.backup")] if backups.is_dir() else []
    if times:
        found.append(("backup_h", round((time.time() - max(times)) / 3600, 1)))
    return tuple(found)
