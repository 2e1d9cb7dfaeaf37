"""How this desk is, gathered from what it remembers and from cheap looks at the rest."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from eventdesk import __version__
from eventdesk.desk.hooks import Door
from eventdesk.desk.settings import CAMERA_SOURCE, KIOSK
from eventdesk.desk.venue.computer import battery, disk_free_mb
from eventdesk.desk.venue.ground import Ground
from eventdesk.desk.venue.memory import Memory
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain import paces
from eventdesk.domain.reports import DeskReport, PrinterReport
from eventdesk.storage import backups

GUESTS_OVER: Final = timedelta(minutes=5)
PACE_OVER: Final = timedelta(minutes=10)
_WORST_FIRST: Final = (Status.GONE, Status.DEGRADED, Status.READY)


class Served(NamedTuple):
    guests: int = 0
    pace: float | None = None


def report_of(ground: Ground, memory: Memory) -> DeskReport:
    """Raises StorageError."""
    now, line, power = ground.now(), memory.line, battery()
    door = memory.door
    served = _served(ground, door, now) if door else Served()
    newest = next(iter(backups.listed(ground.store.path)), None)
    is_kiosk = bool(ground.preferences.get(KIOSK))
    return DeskReport(
        desk=ground.store.desk,
        name=ground.name,
        at=now,
        version=__version__,
        doing=_doing(memory, is_kiosk=is_kiosk),
        page=memory.page if is_kiosk else "",
        event=door.catalogue.event.name if door else "",
        list=door.list.name if door else "",
        gate=_gate(door),
        locked=line.locked,
        reach=line.reach.value if line.paired else "",
        heard_at=line.heard_at,
        waiting=line.waiting,
        refused=line.refused,
        clock_error_ms=line.clock_error_ms,
        printers=_printers(memory),
        tested_at=memory.tested_at,
        test_words=memory.test_words,
        camera=_camera(ground, memory),
        scanner_at=memory.scanner_at,
        terminal=_worst(memory.terminals.values()),
        battery=power.percent,
        plugged=power.plugged,
        disk_free_mb=disk_free_mb(ground.store.path.parent),
        backup_at=newest.made if newest else None,
        trouble=memory.trouble,
        trouble_at=memory.trouble_at,
        guests=served.guests,
        pace=served.pace,
        picture=memory.seen_picture(),
    )


def _doing(memory: Memory, *, is_kiosk: bool) -> str:
    if is_kiosk:
        return "kiosk"
    if memory.has_shift:
        return "till"
    return "door" if memory.door else "manage"


def _gate(door: Door | None) -> str:
    gate = door.catalogue.gates.get(door.gate or "") if door else None
    return gate.name if gate else ""


def _printers(memory: Memory) -> tuple[PrinterReport, ...]:
    return tuple(
        PrinterReport(one.queue, one.state.status.value, one.state.message, one.left, one.waiting, one.warn)
        for one in memory.printers.printers
    )


def _camera(ground: Ground, memory: Memory) -> str:
    """Empty where none is wanted."""
    state = memory.devices.get("camera")
    is_wanted = bool(str(ground.preferences.get(CAMERA_SOURCE)).strip())
    return state.status.value if state and is_wanted else ""


def _worst(states: Iterable[DeviceState]) -> str:
    found = {one.status for one in states}
    return next((status.value for status in _WORST_FIRST if status in found), "")


def _served(ground: Ground, door: Door, now: datetime) -> Served:
    with ground.store.reader() as reader:
        times = reader.entry_times(door.catalogue.event.id, door.list.id, now - PACE_OVER, now)
    own = times.get(ground.store.desk, [])
    since = (now - GUESTS_OVER).timestamp()
    pace = paces.seconds_a_guest({"": own}, crowded=True).get("")
    return Served(sum(moment >= since for moment in own), pace)
