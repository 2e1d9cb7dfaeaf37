"""Import these into the test modules that print on the rig."""

from collections.abc import Iterator

import pytest

from eventdesk.devices.printers.cups import CupsPrinters
from tests.rigs.printers.rig import PrintRig, missing


@pytest.fixture(scope="module")
def print_rig() -> Iterator[PrintRig]:
    """A private CUPS without printers; the tests are skipped, in words, where it can't run."""
    if why := missing():
        pytest.skip(f"no printers can be simulated here: {why}")
    with PrintRig() as rig:
        yield rig


@pytest.fixture
def cups_printers(print_rig: PrintRig) -> Iterator[CupsPrinters]:
    """The program's own connection to the rig's CUPS."""
    printers = print_rig.connect()
    yield printers
    printers.close()
