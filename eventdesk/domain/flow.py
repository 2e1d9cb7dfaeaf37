"""How fast guests go in, and how long they will wait. Values alone; `domain.forecast` works them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pace:
    """A desk in the last minutes. `per_minute`: guests; `seconds`: a guest, median while it was busy,
    None: too few to say."""

    desk: str
    per_minute: float
    seconds: float | None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Minute:
    """Guests who went in, in the minute that begins at `at`, by desk; `expected`: by the forecast."""

    at: datetime
    by_desk: Mapping[str, int] = field(default_factory=dict)
    expected: float | None = None

    @property
    def guests(self) -> int:
        return sum(self.by_desk.values())


@dataclass(frozen=True, slots=True)
class Flow:
    """`capacity`: guests a minute that the desks at work can serve; `crowded`: a queue stands before them;
    `wait` and `worst_wait`: predicted minutes for whoever comes now, and at the worst within the forecast;
    `one_more`: the worst with another desk; `wanted`: desks that keep it below the limit. `minutes` go on
    beyond `at`: those that the forecast tells of. Waits are None where no desk is at work."""

    at: datetime
    paces: Sequence[Pace] = ()
    minutes: Sequence[Minute] = ()
    entered: int = 0
    expected: int = 0
    capacity: float = 0.0
    wait: float | None = None
    worst_wait: float | None = None
    worst_at: datetime | None = None
    desks: int = 0
    wanted: int = 0
    crowded: bool = False
    one_more: float | None = None
