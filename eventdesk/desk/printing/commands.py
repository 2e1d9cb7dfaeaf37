"""What people want of waves of badges and of printers."""

from dataclasses import dataclass
from typing import Literal

from eventdesk.desk.commands import Command


@dataclass(frozen=True, slots=True)
class BeginWave(Command):
    """Print the badges of all guests who may go in and have none yet, sorted by `by`. `products`: of these
    alone (none: all); `list`: who may pass this list (empty: anyone). `printer` empty: by the routes."""

    log: str
    name: str
    products: tuple[str, ...] = ()
    list: str = ""
    by: Literal["family", "name", "company"] = "family"
    printer: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class SteerWave(Command):
    """`cancel` takes back what was not handed over yet."""

    wave: str
    choice: Literal["pause", "resume", "cancel"]


@dataclass(frozen=True, slots=True)
class ListWaves(Command):
    """Told by `waves_listed`, and again at each change until the desk is shut."""


@dataclass(frozen=True, slots=True)
class ListPrinters(Command):
    """The printers of this desk's routes: `printers_told`, and again at each change."""


@dataclass(frozen=True, slots=True)
class PrintCalibration(Command):
    """A page of rulers, to measure how far off this printer prints: `test_badge_told` says how it goes."""

    queue: str


@dataclass(frozen=True, slots=True)
class LoadRoll(Command):
    """A new roll (or box of cards) is in the printer. `labels` None: they are not counted (any more)."""

    queue: str
    labels: int | None
