"""What the till asks of a fiscal device, which signs what was sold so that nobody can take it away later.

The German TSE is the model; docs/decisions/0092-fiscal-devices.md says what is built and what is not. Calls
block for seconds and are made on a thread of the till's own. A device that is out of order stops no sale:
the receipt then bears `out_of_order`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.till.receipt import FiscalMark
from eventdesk.errors import DeviceError


class FiscalFault(DeviceError):
    """The device does not sign now. What was begun stays begun: `unfinished` tells it later."""


@dataclass(frozen=True, slots=True)
class Process:
    """What is signed. A TSE knows a type (`Kassenbeleg-V1`) and data in the form of that type."""

    type: str
    data: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A transaction that the device has numbered; `at` is its own clock's, in UTC. `sale` is the till's id
    for it, where the device keeps one."""

    number: int
    at: datetime
    sale: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """What the device says of a transaction that ended, as the receipt and the tax office need it. `till` is
    the serial number under which the till is known to the device, `serial` the device's own; `signature`
    and `public_key` are base64."""

    begun: Begun
    ended: datetime
    process: Process
    counter: int
    signature: str
    algorithm: str
    time_format: str
    public_key: str
    serial: str
    till: str


class FiscalDevice(Protocol):
    @property
    def name(self) -> str: ...

    def state(self) -> DeviceState:
        """Asked now; raises nothing."""
        ...

    def start(self, sale: str) -> Begun | None:
        """Begin a transaction when the first line comes into the cart; None from a device that signs
        nothing. Raises FiscalFault."""
        ...

    def finish(self, begun: Begun, process: Process) -> Signed:
        """End it with what was sold, once the sale is durable and before the receipt is printed. Asked again
        for the same transaction it gives the same answer. Raises FiscalFault."""
        ...

    def cancel(self, begun: Begun, process: Process) -> Signed:
        """End it where nothing was sold. Raises FiscalFault."""
        ...

    def unfinished(self) -> tuple[Begun, ...]:
        """What was begun and not ended, as after a power cut: each is finished where its sale is in the
        log, and canceled where not. Raises FiscalFault."""
        ...

    def mark(self, signed: Signed) -> FiscalMark:
        """What the receipt says of it."""
        ...

    def close(self) -> None: ...


class NoFiscalDevice:
    """Where none is asked for: it is ready, begins nothing, and puts nothing on receipts."""

    name = "none"

    def state(self) -> DeviceState:
        return DeviceState(self.name, Status.READY)

    def start(self, sale: str) -> Begun | None:  # noqa: ARG002
        return None

    def finish(self, begun: Begun, process: Process) -> Signed:
        raise LookupError(f"transaction {begun.number} was never begun here: {process.type}")

    def cancel(self, begun: Begun, process: Process) -> Signed:
        return self.finish(begun, process)

    def unfinished(self) -> tuple[Begun, ...]:
        return ()

    def mark(self, signed: Signed) -> FiscalMark:  # noqa: ARG002
        return FiscalMark()

    def close(self) -> None:
        """There is nothing to end."""


def out_of_order(words: str) -> FiscalMark:
    """For a receipt that could not be signed; `words` in its language."""
    return FiscalMark((("!", words),))
