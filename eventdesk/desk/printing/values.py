"""What printing tells beside its jobs: waves of badges, and printers with what is left on their rolls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventdesk.devices.states import DeviceState
from eventdesk.domain.badges import BadgeJob, JobState


@dataclass(frozen=True, slots=True)
class Entered:
    """The badge of a waiting check-in is out. `admission`: the pass that was written with it; empty
    where the guest was in already, or may not go in any more."""

    job: BadgeJob
    admission: str


@dataclass(frozen=True, slots=True)
class Wave:
    """Badges that are printed before anyone comes, by name. `states`: how many jobs are in each."""

    id: str
    log: str
    name: str
    created: datetime
    total: int
    paused: bool
    states: Mapping[JobState, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WavesListed:
    waves: Sequence[Wave]


@dataclass(frozen=True, slots=True)
class PrinterTold:
    """A printer that this desk uses. `waiting`: jobs that stand before a new one; `left`: labels, None
    unknown."""

    queue: str
    state: DeviceState
    waiting: int = 0
    left: int | None = None
    warn: int = 20


@dataclass(frozen=True, slots=True)
class PrintersTold:
    printers: Sequence[PrinterTold]
