"""Import these into the test modules that print from Windows."""

from collections.abc import Iterator

import pytest

from tests.rigs.cached import NotInstallable
from tests.rigs.printers.rig import PrintRig, SimulatedPrinter
from tests.rigs.windows import installing
from tests.rigs.windows.rig import Windows


@pytest.fixture(scope="module")
def printer(print_rig: PrintRig) -> SimulatedPrinter:
    """The printer behind the only queue that Windows finds."""
    return print_rig.add_printer("badges")


@pytest.fixture(scope="module")
def windows(print_rig: PrintRig, printer: SimulatedPrinter) -> Iterator[Windows]:
    """Windows with its queues; the tests are skipped, in words, where there can be none."""
    if why := installing.missing():
        pytest.skip(f"there is no Windows here: {why}")
    try:
        folder = installing.installed()
    except NotInstallable as error:
        pytest.skip(f"there is no Windows here: {error}")
    with Windows(folder, print_rig.port) as running:
        yield running
