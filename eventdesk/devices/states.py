"""How a device is doing, in words: what every camera, reader, scanner and printer tells the desk."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """READY: works. DEGRADED: works, but a person should look at it. GONE: does nothing for now."""

    READY = "ready"
    DEGRADED = "degraded"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """The state of one device. `name` is what a person calls it ("Integrated Camera", "badges-1").

    `message` and `remedy` are English sentences for a person at the desk, and keys of their
    translation; `remedy` says what to do and is empty where nothing needs doing.
    """

    name: str
    status: Status
    message: str = ""
    remedy: str = ""
