"""The measurement of badges: what it says of a small door, with a folder and with a real CUPS."""

from argparse import Namespace

import pytest

from eventdesk.bench.badge import measure
from eventdesk.bench.badge.bare import bare_qt, bare_reportlab
from tests.badges.guests import ANNA
from tests.rigs.printers.fixtures import print_rig
from tests.rigs.printers.rig import PrintRig

__all__ = ["print_rig"]


def check(found: dict[str, float]) -> None:
    assert 0 < found["verdict_to_queue_ms_p50"] <= found["verdict_to_queue_ms_p95"]
    assert found["badges_per_min"] > 0
    assert found["vs_bare_qt"] > 0
    assert found["vs_reportlab"] > 0


def test_it_measures_a_door_that_prints_to_a_folder() -> None:
    found = measure(Namespace(badges=20, scans=4, queue="", cups=""))
    assert found["queue"] == "folder"
    check(found)


@pytest.mark.long
def test_it_measures_a_door_that_prints_to_cups(print_rig: PrintRig) -> None:
    print_rig.add_printer("door")
    found = measure(Namespace(badges=20, scans=4, queue="door", cups=f"127.0.0.1:{print_rig.port}"))
    assert found["queue"] == "door"
    check(found)


def test_those_it_is_measured_against_draw_the_same_page() -> None:
    for drawn in (bare_qt([ANNA, ANNA]), bare_reportlab([ANNA, ANNA])):
        assert drawn.startswith(b"%PDF")
        assert drawn.count(b"/Type /Page\n") + drawn.count(b"/Type /Page ") == 2
