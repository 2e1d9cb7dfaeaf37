"""The clock: does it run evenly, is it set by somebody, and does it say a year that can be."""

import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime

from eventdesk.desk.checks.check import Check, Status
from eventdesk.i18n import tr

SAMPLE_S = 0.3
JUMP_S = 0.1
MOVED_S = 5.0
# The program was not there before.
FIRST_YEAR = 2026
OFF_MS = 60_000
_started = (time.time(), time.monotonic())


def check_clock(
    wall: Callable[[], float] = time.time,
    steady: Callable[[], float] = time.monotonic,
    synchronised: Callable[[], bool | None] | None = None,
    ahead_ms: int = 0,
) -> Check:
    """Compares the wall clock with the steady one, for a moment and since the program began.

    `ahead_ms`: how far it was ahead of the upstream's at the last contact.
    """
    jump = abs(_drift((wall(), steady()), wall, steady, SAMPLE_S))
    moved = _drift(_started, wall, steady)
    figures = (
        ("jump_ms", round(jump * 1000, 1)),
        ("moved_s", round(moved, 1)),
        ("ahead_ms", float(ahead_ms)),
    )
    now = datetime.fromtimestamp(wall(), UTC).astimezone()
    if now.year < FIRST_YEAR:
        return _wrong(Status.GONE, tr("The clock says {year}.", year=now.year), figures)
    if abs(ahead_ms) >= OFF_MS:
        told = tr(
            "The clock is {minutes} minutes off; the upstream's time is used.",
            minutes=round(abs(ahead_ms) / 60_000),
        )
        return _wrong(Status.DEGRADED, told, figures)
    if jump > JUMP_S:
        return _wrong(Status.DEGRADED, tr("The clock jumps."), figures)
    if abs(moved) > MOVED_S:
        told = tr("The clock was set by {seconds} s since the program began.", seconds=round(moved))
        return _wrong(Status.DEGRADED, told, figures)
    if (synchronised or ntp_synchronised)() is False:
        return _wrong(Status.DEGRADED, tr("Nothing sets the clock: it says {now}.", now=_said(now)), figures)
    return Check("clock", Status.READY, tr("It is {now}.", now=_said(now)), figures=figures)


def ntp_synchronised() -> bool | None:
    """Whether the system's clock is set over the network; None where nobody can tell."""
    program = shutil.which("timedatectl")
    if program is None:
        return None
    asked = [program, "show", "--property=NTPSynchronized", "--value"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, timeout=2, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {"yes": True, "no": False}.get(answer.stdout.strip())


def _drift(
    start: tuple[float, float], wall: Callable[[], float], steady: Callable[[], float], wait: float = 0
) -> float:
    """Seconds by which the wall clock went further than the steady one since `start`."""
    time.sleep(wait)
    return (wall() - start[0]) - (steady() - start[1])


def _said(now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M:%S} {now.tzname()}"


def _wrong(status: Status, message: str, figures: tuple[tuple[str, float], ...]) -> Check:
    remedy = tr("Set the computer's clock and time zone, best over the network.")
    return Check("clock", status, message, remedy, figures)
