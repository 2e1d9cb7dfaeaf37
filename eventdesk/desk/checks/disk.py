"""The disk that the desk writes to: room, the right to write, and how long a durable write takes."""

import os
import shutil
import statistics
import time
from pathlib import Path

from eventdesk.desk.checks.check import Check, Status
from eventdesk.i18n import tr

MEGABYTE = 1_000_000
FULL_MB = 50
LOW_MB = 500
SLOW_MS = 60.0
WRITES = 9


def check_disk(folder: Path) -> Check:
    """Writes and syncs a small file a few times beside the database."""
    free = shutil.disk_usage(folder).free / MEGABYTE
    try:
        took = _durable_write_ms(folder)
    except OSError as error:
        told = tr("{folder} can't be written: {error}.", folder=folder, error=error.strerror or error)
        return Check("disk", Status.GONE, told, tr("Make room or give the program the right to write there."))
    figures = (("free_mb", round(free)), ("fsync_ms", round(took, 2)))
    if free < LOW_MB:
        status = Status.GONE if free < FULL_MB else Status.DEGRADED
        return Check(
            "disk", status, tr("{free} MB are left.", free=round(free)), tr("Make room on the disk."), figures
        )
    if took > SLOW_MS:
        told = tr("A durable write takes {ms} ms.", ms=round(took))
        return Check(
            "disk", Status.DEGRADED, told, tr("Close other programs, or use a faster disk."), figures
        )
    told = tr(
        "{free} GB are free, a durable write takes {ms} ms.", free=round(free / 1000), ms=round(took, 1)
    )
    return Check("disk", Status.READY, told, figures=figures)


def _durable_write_ms(folder: Path) -> float:
    """The median of some writes that are on the disk when they return."""
    file = folder / f".doctor-{os.getpid()}"
    try:
        with file.open("wb") as stream:
            return statistics.median(_write(stream.fileno()) for _ in range(WRITES))
    finally:
        file.unlink(missing_ok=True)


def _write(descriptor: int) -> float:
    start = time.perf_counter()
    os.write(descriptor, b"\0" * 4096)
    os.fsync(descriptor)
    return (time.perf_counter() - start) * 1000
