"""The doctor: is everything there that a door needs, and if not, what to do.

Every check runs on a thread of its own and has three seconds: a keyring that hangs or a camera that
does not answer costs its own line, not the others'.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from eventdesk.desk import settings as keys
from eventdesk.desk.checks.camera import Glimpse, check_camera
from eventdesk.desk.checks.check import Check, Checkup, Status
from eventdesk.desk.checks.clock import check_clock
from eventdesk.desk.checks.database import check_database
from eventdesk.desk.checks.devices import check_printer, check_readers, check_scanner
from eventdesk.desk.checks.disk import check_disk
from eventdesk.desk.checks.door_devices import check_label_printers, check_turnstile, label_printers_of
from eventdesk.desk.checks.surroundings import check_fonts, check_keyring, check_sound
from eventdesk.desk.commands import RunDoctor
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.lane import Handlers
from eventdesk.devices.printers.queues import Printers
from eventdesk.domain.printing.setup import setup_of
from eventdesk.errors import EventDeskError
from eventdesk.i18n import tr
from eventdesk.storage.store import Store

log = logging.getLogger(__name__)

LIMIT_S = 3.0
Examine = Callable[[], Check]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the doctor looks at. `store` is None, and `trouble` says why, where the database did not open;
    `glimpse` watches the camera for a moment, `settings` gives the desk-local settings as they are."""

    folder: Path
    backups: Path
    store: Store | None = None
    trouble: EventDeskError | None = None
    printers: Printers | None = None
    glimpse: Callable[[str], Glimpse] | None = None
    settings: Callable[[], Mapping[str, Any]] = field(default=dict)


class Doctor:
    """Serves RunDoctor on a lane that may wait for devices."""

    def __init__(self, desk: Desk, hooks: Hooks) -> None:
        self._desk = desk
        self._hooks = hooks

    def handlers(self) -> Handlers:
        return {RunDoctor: self.run}

    def run(self, command: RunDoctor) -> None:
        """Tell what was found after each check; the last telling is complete."""
        to_make = checks(self._desk)
        found: list[Check] = []
        self._hooks.doctor_reported(Checkup(command.request, (), len(to_make)))
        for check in examine(to_make):
            found.append(check)
            self._hooks.doctor_reported(Checkup(command.request, tuple(found), len(to_make)))


def checks(desk: Desk) -> dict[str, Examine]:
    """Every check by its name, in the order of telling."""
    settings = {**keys.DEFAULTS, **desk.settings()}
    found: dict[str, Examine] = {
        "camera": partial(check_camera, desk.glimpse, str(settings[keys.CAMERA_SOURCE])),
        "readers": check_readers,
        "scanner": check_scanner,
        "printer": partial(check_printer, desk.printers, str(settings[keys.PRINTER])),
        "clock": partial(check_clock, ahead_ms=int(settings[keys.CLOCK_ERROR_MS])),
        "disk": partial(check_disk, desk.folder),
        "database": partial(check_database, desk.store, desk.trouble, desk.backups),
        "keyring": check_keyring,
        "sound": check_sound,
        "fonts": check_fonts,
    }
    setup = setup_of(settings[keys.PRINTERS], settings[keys.PRINT_ROUTES], settings[keys.PRINTER])
    if labels := label_printers_of(setup):
        found["labels"] = partial(check_label_printers, desk.printers, labels)
    if turnstile := str(settings[keys.TURNSTILE]):
        found["turnstile"] = partial(check_turnstile, turnstile)
    return found


def examine(to_make: Mapping[str, Examine], limit: float = LIMIT_S) -> Iterator[Check]:
    """Make all checks at once and give their answers in order, none later than `limit` seconds."""
    until = time.monotonic() + limit
    answers = {name: _start(name, check) for name, check in to_make.items()}
    for name, answer in answers.items():
        try:
            yield answer.get(timeout=max(0.01, until - time.monotonic()))
        except Empty:
            told = tr("No answer within {seconds} seconds.", seconds=round(limit))
            yield Check(name, Status.GONE, told, tr("Unplug it and plug it in again, or start it anew."))


def _start(name: str, check: Examine) -> SimpleQueue[Check]:
    answer: SimpleQueue[Check] = SimpleQueue()
    thread = threading.Thread(
        target=lambda: answer.put(_told(name, check)), name=f"doctor {name}", daemon=True
    )
    thread.start()
    return answer


def _told(name: str, check: Examine) -> Check:
    """The check's answer; whatever it raises is an answer too."""
    try:
        return check()
    except Exception as error:
        log.warning("the check of %s failed", name, exc_info=error)
        told = tr("Looking at it failed: {error}", error=f"{type(error).__name__}: {error}")
        return Check(name, Status.GONE, told, tr("The details are in the log."))
