"""What the bridge knows of itself, across restarts. The device's token lies in the keyring."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.bridges.pretix.pairing import Device
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.settings import PRETIX

TOKEN: Final = "pretix token"


@dataclass(frozen=True, slots=True)
class Kept:
    """`slug` empty: no event is chosen yet. `claim`: the id under which the bridge's claim was asked for,
    `granted` once it was: it is held until a person pauses the bridge."""

    address: str
    organizer: str
    device: int
    serial: str
    name: str
    slug: str = ""
    claim: str = ""
    granted: bool = False
    paused: bool = False
    renewed_ms: int = 0

    @property
    def log(self) -> str:
        return log_of(self.address, self.organizer, self.slug) if self.slug else ""


def of_device(device: Device, now_ms: int) -> Kept:
    return Kept(
        device.address, device.organizer, device.device, device.serial, device.name, renewed_ms=now_ms
    )


def load(preferences: Preferences) -> Kept | None:
    kept: Any = preferences.get(PRETIX)
    if not isinstance(kept, dict):
        return None
    return Kept(**{one.name: kept[one.name] for one in fields(Kept) if one.name in kept})


def keep(preferences: Preferences, kept: Kept | None) -> None:
    preferences.put(PRETIX, None if kept is None else asdict(kept))
