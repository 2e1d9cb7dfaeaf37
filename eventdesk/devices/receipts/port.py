"""What the till asks of a receipt printer, and what it hears. Calls block for seconds, never for longer:
make them on a thread that may wait."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from eventdesk.devices.states import DeviceState
from eventdesk.domain.paper import Document, Paper, Raster
from eventdesk.errors import DeviceError


class NotPrinted(DeviceError):
    """Nothing came out and nothing will: printing may be tried again, here or elsewhere."""


class NotOpened(DeviceError):
    """The drawer was not told to open."""


class Outcome(StrEnum):
    """PRINTED: the printer says that all of it came out. SENT: handed over whole, to a printer that does
    not say more. UNCERTAIN: some of it may have come out; a person looks before it is printed again."""

    PRINTED = "printed"
    SENT = "sent"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Printed:
    """`message` and `remedy` are English sentences, as those of a `DeviceState`; empty where all is well."""

    outcome: Outcome
    message: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class PrinterState:
    """`drawer_open` is None where nobody knows."""

    device: DeviceState
    drawer_open: bool | None = None


class Drawing(Protocol):
    """A receipt that can be drawn for each kind of printer. See `eventdesk.receipts.drawing`."""

    def raster(self, paper: Paper) -> Raster: ...

    def pdf(self, paper: Paper) -> Document: ...


class ReceiptPrinter(Protocol):
    """`name` is what a person calls it."""

    @property
    def name(self) -> str: ...

    def state(self) -> PrinterState:
        """Asked now; raises nothing."""
        ...

    def print(self, drawing: Drawing, title: str) -> Printed:
        """Print once. `title` names the job in a print queue: no personal data. Raises NotPrinted."""
        ...

    def kick(self) -> None:
        """Open the drawer. Raises NotOpened."""
        ...

    def close(self) -> None: ...
