"""The makers' stand-ins, and a wire to each that loses answers."""

from collections.abc import Iterator

import pytest

from eventdesk.devices.terminals.stripe import StripeTerminal
from tests.devices.terminals.guests import QUICK, VAIN
from tests.rigs.payments.stripe import KEY, READER, StripeRig
from tests.rigs.payments.sumup import SumUpRig
from tests.rigs.wires import Wire


@pytest.fixture
def stripe() -> Iterator[StripeRig]:
    with StripeRig() as rig:
        yield rig


@pytest.fixture
def terminal(stripe: StripeRig) -> Iterator[StripeTerminal]:
    terminal = StripeTerminal("Front", KEY, READER, QUICK, stripe.url)
    yield terminal
    terminal.close()


@pytest.fixture
def wire(stripe: StripeRig) -> Iterator[Wire]:
    with Wire(stripe.port) as wire:
        yield wire


@pytest.fixture
def behind(wire: Wire) -> Iterator[StripeTerminal]:
    """A terminal at the far end of the wire, which gives up soon."""
    terminal = StripeTerminal("Front", KEY, READER, VAIN, f"http://127.0.0.1:{wire.port}")
    yield terminal
    terminal.close()


@pytest.fixture
def sumup() -> Iterator[SumUpRig]:
    with SumUpRig() as rig:
        yield rig
