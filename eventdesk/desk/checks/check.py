"""The doctor's answer: is it ready, and if not, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventdesk.devices.states import Status

__all__ = ["Check", "Checkup", "Status"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. READY to open the doors; DEGRADED: works, but look at it; GONE: not there.

    `name` is a stable key ("camera"); `message` and `remedy` are in the user's
    language; `figures` holds what was measured, by name with its unit ("fsync_ms").
    """

    name: str
    status: Status
    message: str
    remedy: str = ""
    figures: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Checkup:
    """What the doctor has found so far; `total` checks are to be made."""

    request: str
    checks: Sequence[Check]
    total: int

    @property
    def complete(self) -> bool:
        return len(self.checks) >= self.total

    @property
    def ready(self) -> bool:
        return self.complete and all(check.status is Status.READY for check in self.checks)
