"""This computer's battery and disk."""

import shutil
from pathlib import Path
from typing import NamedTuple

import psutil


class Battery(NamedTuple):
    """`percent` None: there is none."""

    percent: int | None
    plugged: bool


def battery() -> Battery:
    try:
        found = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError, ValueError):  # a system that tells nothing, or nonsense
        found = None
    if found is None:
        return Battery(None, True)
    # None: whether it is plugged in can't be told.
    return Battery(max(0, min(100, round(found.percent))), found.power_plugged is not False)


def disk_free_mb(folder: Path) -> int | None:
    """None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free >> 20
    except OSError:
        return None
