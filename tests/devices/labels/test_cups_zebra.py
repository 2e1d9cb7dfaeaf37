"""The second way to a Zebra: a queue of CUPS with its own driver for label printers."""

import itertools
import time
from pathlib import Path

import pytest

from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.devices.printers.queues import Progress
from tests.devices.labels.badges import CODE, badge
from tests.rigs.labels import likeness
from tests.rigs.labels.renderers import draw_zpl
from tests.rigs.labels.wire import on_network
from tests.rigs.labels.zebra import Zebra
from tests.rigs.printers.fixtures import cups_printers, print_rig
from tests.rigs.printers.processes import program
from tests.rigs.printers.rig import PrintRig

__all__ = ["cups_printers", "print_rig"]
pytestmark = pytest.mark.usefixtures("qapp")
DRIVER = "drv:///sample.drv/zebra.ppd"
_numbers = itertools.count(1)


def queue_to(rig: PrintRig, port: int) -> str:
    if DRIVER not in rig.run("lpinfo", "-m"):
        pytest.skip("CUPS has no driver for label printers here (cups-ppdc)")
    # Its filters run as another user.
    (rig.folder / "cups" / "tmp").chmod(0o1777)
    name = f"zebra{next(_numbers)}"
    rig.run("lpadmin", "-p", name, "-E", "-v", f"socket://127.0.0.1:{port}", "-m", DRIVER)
    return name


@pytest.mark.skipif(program("lpinfo") is None, reason="lpinfo is not installed here")
def test_a_queue_with_cups_own_driver_prints_the_same_badge(
    print_rig: PrintRig, cups_printers: CupsPrinters, tmp_path: Path
) -> None:
    zebra = Zebra()
    with on_network(zebra) as wire:
        queue = queue_to(print_rig, wire.port)
        pdf = badge(101.6, 152.4)
        reference = cups_printers.send(queue, pdf, "badge-1", (101.6, 152.4))
        give_up = time.monotonic() + 60
        while (status := cups_printers.status(queue, reference)).progress is not Progress.PRINTED:
            assert time.monotonic() < give_up, status
            time.sleep(0.2)
        printed = draw_zpl(zebra.fed, 101.6, 152.4, 8, tmp_path)
    assert likeness.code(printed, tmp_path) == [CODE]
    drawn = likeness.poppler(pdf, printed.size, tmp_path)
    assert likeness.apart(printed, drawn) < 0.02
