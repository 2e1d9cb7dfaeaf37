"""What is told of printers before anybody could have asked them."""

import threading

from eventdesk.desk.printing.fleet import Fleet
from eventdesk.devices.printers.queues import QueueInfo
from eventdesk.devices.states import Status
from tests.desk.printing.scripted_printers import ScriptedPrinters


class SlowPrinters(ScriptedPrinters):
    def __init__(self) -> None:
        super().__init__()
        self.answers = threading.Event()

    def queues(self) -> list[QueueInfo]:
        assert self.answers.wait(30)
        return super().queues()


def test_a_fleet_says_whether_it_has_had_an_answer() -> None:
    printers = SlowPrinters()
    fleet = Fleet(printers)
    fleet.look()
    before = fleet.has_looked, fleet.state("left").status
    assert before == (False, Status.GONE), "so nobody is told of it yet"
    printers.answers.set()
    fleet.close()
    fleet.look()
    assert (fleet.has_looked, fleet.state("left").status) == (True, Status.READY)
