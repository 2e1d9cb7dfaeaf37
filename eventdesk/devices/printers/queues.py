"""What the desk asks of printers, whatever system stands behind them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from eventdesk.devices.states import DeviceState
from eventdesk.errors import DeviceError

# Width and height in millimetres.
PageSize = tuple[float, float]


class PrintSystemSilent(DeviceError):
    """The print system does not answer; nothing was handed over, unless it is HandOverUncertain."""


class QueueRefused(DeviceError):
    """The queue is unknown or takes no jobs. Nothing was handed over."""


class HandOverUncertain(PrintSystemSilent):
    """The print system fell silent during the hand-over: the job may be there or not."""


class Progress(StrEnum):
    """SENT waits in the system's queue; HELD waits for a person, who reads the detail; GONE: the
    system knows no such job (any more)."""

    SENT = "sent"
    PRINTING = "printing"
    HELD = "held"
    PRINTED = "printed"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class JobStatus:
    """`detail` is the printer's own reason: an English sentence of ours where we know its keyword,
    which is also the key of its translation, and the printer's words where we don't."""

    progress: Progress
    detail: str = ""


@dataclass(frozen=True, slots=True)
class QueueInfo:
    """`name` is what `send` takes, `description` what a person calls it."""

    name: str
    description: str
    state: DeviceState
    default: bool = False


class Printers(Protocol):
    """Any method may raise PrintSystemSilent, and none waits longer than a few seconds."""

    def queues(self) -> list[QueueInfo]:
        """Every queue that can be printed to."""
        ...

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        """Hand a PDF over and return the job's reference.

        Raises QueueRefused, or HandOverUncertain after which only `find` can tell.
        """
        ...

    def takes_more(self, queue: str) -> bool:
        """Whether a job handed over now would be taken: a label printer without a queue of its own takes
        one at a time. Asks no device."""
        ...

    def find(self, queue: str, title: str) -> str:
        """The reference of the job with this title, or "" where the system remembers none."""
        ...

    def status(self, queue: str, reference: str) -> JobStatus:
        """How the job is doing."""
        ...

    def cancel(self, queue: str, reference: str) -> None:
        """Take the job back; one that is over already stays as it is: ask `status` afterwards."""
        ...

    def close(self) -> None:
        """End the threads of these printers."""
        ...
