"""What the bridge tells: how it stands with pretix, and what was told there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventdesk.storage.bridge_calls import CallState

__all__ = ["BridgeState", "CallRow", "CallState", "CallsListed", "Phase", "PretixEvent", "PretixEventsListed"]


class Phase(StrEnum):
    """NONE: not paired. CHOOSING: paired, no event yet. FETCHING: for the first time. ELSEWHERE: another
    node is the bridge; PAUSED by a person."""

    NONE = "none"
    CHOOSING = "choosing"
    FETCHING = "fetching"
    RUNNING = "running"
    ELSEWHERE = "elsewhere"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class BridgeState:
    """`done` of `total` orders while fetching. `heard_at`: when pretix answered last that all is here.
    `waiting` and `refused` calls. `unmapped`: what of the event can't be represented here, a sentence
    each. `trouble`, `remedy`: what keeps it from going on, if anything. `testmode`: orders that are only
    tests."""

    phase: Phase
    address: str = ""
    organizer: str = ""
    device: str = ""
    event: str = ""
    log: str = ""
    done: int = 0
    total: int = 0
    heard_at: datetime | None = None
    waiting: int = 0
    refused: int = 0
    testmode: int = 0
    unmapped: Sequence[str] = ()
    trouble: str = ""
    remedy: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class PretixEvent:
    slug: str
    name: str
    begins: datetime
    orders: int | None = None
    series: bool = False


@dataclass(frozen=True, slots=True)
class PretixEventsListed:
    request: str
    events: Sequence[PretixEvent]


@dataclass(frozen=True, slots=True)
class CallRow:
    """A fact on its way to pretix. `what` in words; `answer` are pretix' own."""

    call: int
    fact: str
    kind: str
    what: str
    at: datetime
    state: CallState
    tries: int
    answer: str = ""


@dataclass(frozen=True, slots=True)
class CallsListed:
    request: str
    calls: Sequence[CallRow]
    total: int
