"""The system's queues, on a real CUPS with simulated IPP printers."""

import itertools
import signal
import time

import pytest

from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.devices.printers.own_word import ROUNDED_SECONDS
from eventdesk.devices.printers.queues import (
    HandOverUncertain,
    JobStatus,
    PrintSystemSilent,
    Progress,
    QueueRefused,
)
from eventdesk.devices.printers.words import FORGOTTEN, IN_DOUBT, TAKEN_BACK
from eventdesk.devices.states import Status
from tests.rigs.printers.fixtures import cups_printers, print_rig
from tests.rigs.printers.processes import free_port, wait_for
from tests.rigs.printers.rig import PrintRig, SimulatedPrinter

__all__ = ["cups_printers", "print_rig"]

# A page of 86 x 54 mm with nothing on it.
PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 244 153] /Contents 4 0 R /Resources <<>>>> endobj
4 0 obj <</Length 8>> stream
0 0 m
f
endstream endobj
trailer <</Root 1 0 R>>
"""
NOT_OUT = JobStatus(Progress.FAILED, TAKEN_BACK)
_numbers = itertools.count(1)


@pytest.fixture
def printer(print_rig: PrintRig) -> SimulatedPrinter:
    """A printer of the test's own, switched on, with its queue."""
    return print_rig.add_printer(f"printer{next(_numbers)}")


def wait_until(
    printers: CupsPrinters, queue: str, reference: str, wanted: JobStatus, seconds: float = 15
) -> None:
    """Fails the test, with all that was told meanwhile, where it is never told as wanted."""
    seen: list[JobStatus] = []
    give_up = time.monotonic() + seconds
    while not seen or seen[-1] != wanted:
        assert time.monotonic() < give_up, f"never {wanted}, only {list(dict.fromkeys(seen))}"
        seen.append(printers.status(queue, reference))
        time.sleep(0.05)


def jammed(cups_printers: CupsPrinters, printer: SimulatedPrinter) -> str:
    """A badge in a jam."""
    printer.wrong("media-jam-error")
    reference = cups_printers.send(printer.name, PDF, "badge")
    wait_until(cups_printers, printer.name, reference, JobStatus(Progress.HELD, "Paper jam"))
    return reference


def ends(cups_printers: CupsPrinters, printer: SimulatedPrinter, reference: str) -> JobStatus:
    """How a job ends that was canceled."""
    over = {Progress.FAILED, Progress.GONE, Progress.PRINTED}
    wait_for(lambda: cups_printers.status(printer.name, reference).progress in over, "the job is over")
    return cups_printers.status(printer.name, reference)


def test_a_queue_tells_its_name_and_that_it_is_ready(
    cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    queue = next(one for one in cups_printers.queues() if one.name == printer.name)
    assert queue.state.status is Status.READY


def test_a_job_is_printed_and_can_be_found_by_its_title(
    cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    reference = cups_printers.send(printer.name, PDF, "badge-abc-1", (86, 54))
    wait_until(cups_printers, printer.name, reference, JobStatus(Progress.PRINTED))
    assert len(printer.paper) == 1
    assert cups_printers.find(printer.name, "badge-abc-1") == reference
    assert cups_printers.find(printer.name, "badge-abc-2") == ""


@pytest.mark.parametrize(("pages", "sides"), [(1, ""), (2, "two-sided-long-edge")])
def test_a_badge_with_a_back_is_printed_on_both_sides(
    cups_printers: CupsPrinters, printer: SimulatedPrinter, print_rig: PrintRig, pages: int, sides: str
) -> None:
    import cups

    pdf = PDF.replace(b"[3 0 R] /Count 1", b"[" + b"3 0 R " * pages + b"] /Count %d" % pages)
    reference = cups_printers.send(printer.name, pdf, f"badge of {pages}", (86, 54))
    wait_until(cups_printers, printer.name, reference, JobStatus(Progress.PRINTED))
    cups.setServer("127.0.0.1")
    cups.setPort(print_rig.port)
    asked = cups.Connection().getJobAttributes(int(reference), requested_attributes=["sides"])
    assert asked.get("sides", "") == sides
    assert len(printer.paper) == 1


def test_an_unknown_queue_is_refused_with_its_name(cups_printers: CupsPrinters, print_rig: PrintRig) -> None:
    with pytest.raises(QueueRefused, match="There is no print queue nowhere"):
        cups_printers.send("nowhere", PDF, "badge-abc-1")
    assert cups_printers.find("nowhere", "badge-zzz-1") == ""


def test_a_closed_queue_refuses(
    print_rig: PrintRig, cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    print_rig.run("cupsreject", printer.name)
    with pytest.raises(QueueRefused, match="not accepting jobs"):
        cups_printers.send(printer.name, PDF, "badge-abc-1")


def test_a_paused_queue_holds_the_job_and_says_so(
    print_rig: PrintRig, cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    print_rig.run("cupsdisable", printer.name)
    reference = cups_printers.send(printer.name, PDF, "badge-abc-1", (86, 54))
    paused = JobStatus(Progress.HELD, "The print queue is paused")
    wait_until(cups_printers, printer.name, reference, paused)
    queue = next(one for one in cups_printers.queues() if one.name == printer.name)
    assert (queue.state.status, queue.state.message) == (Status.DEGRADED, "The print queue is paused")
    print_rig.run("cupsenable", printer.name)
    wait_until(cups_printers, printer.name, reference, JobStatus(Progress.PRINTED))


def test_a_job_can_be_taken_back(
    print_rig: PrintRig, cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    print_rig.run("cupsdisable", printer.name)
    reference = cups_printers.send(printer.name, PDF, "badge-abc-1")
    cups_printers.cancel(printer.name, reference)
    wait_until(cups_printers, printer.name, reference, NOT_OUT)
    cups_printers.cancel(printer.name, reference)
    assert printer.paper == []


def test_a_badge_in_a_jam_that_is_taken_back_does_not_come_out(
    cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    reference = jammed(cups_printers, printer)
    cups_printers.cancel(printer.name, reference)
    assert ends(cups_printers, printer, reference) == NOT_OUT
    printer.right("media-jam-error")
    again = cups_printers.send(printer.name, PDF, "the next badge")
    wait_until(cups_printers, printer.name, again, JobStatus(Progress.PRINTED))
    assert len(printer.paper) == 1


def test_a_jam_that_is_cleared_while_the_badge_is_taken_back_leaves_it_in_doubt(
    cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    """CUPS says "canceled" of a badge that came out."""
    printer.is_stubborn()
    reference = jammed(cups_printers, printer)
    cups_printers.cancel(printer.name, reference)
    assert cups_printers.status(printer.name, reference).progress is Progress.PRINTING
    printer.right("media-jam-error")
    assert ends(cups_printers, printer, reference) == JobStatus(Progress.GONE, IN_DOUBT)
    assert len(printer.paper) == 1


def test_a_badge_that_a_printer_has_which_is_cut_off_is_in_doubt(
    cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    reference = jammed(cups_printers, printer)
    printer.switch_off()
    cups_printers.cancel(printer.name, reference)
    assert ends(cups_printers, printer, reference) == JobStatus(Progress.GONE, IN_DOUBT)


def test_a_badge_that_never_got_to_its_printer_can_be_taken_back(
    cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    printer.switch_off()
    reference = cups_printers.send(printer.name, PDF, "badge")
    wait_for(lambda: cups_printers.status(printer.name, reference).progress is Progress.HELD, "held")
    cups_printers.cancel(printer.name, reference)
    assert ends(cups_printers, printer, reference) == NOT_OUT


def test_a_job_that_cups_does_not_know_is_gone(
    cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    assert cups_printers.status(printer.name, "99999").progress is Progress.GONE


def test_a_printer_that_is_switched_off_holds_the_job_and_prints_it_later(
    cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    printer.switch_off()
    reference = cups_printers.send(printer.name, PDF, "badge-abc-1", (86, 54))
    wait_for(lambda: cups_printers.status(printer.name, reference).progress is Progress.HELD, "held")
    assert "printer" in cups_printers.status(printer.name, reference).detail.lower()
    printer.switch_on()
    wait_until(cups_printers, printer.name, reference, JobStatus(Progress.PRINTED))
    assert len(printer.paper) == 1


def test_a_badge_that_a_printer_lost_with_its_power_is_not_told_as_printed(
    cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    """CUPS says "completed" of a job that a printer which was switched off and on has never heard of."""
    printer.wrong("media-empty-error")
    reference = cups_printers.send(printer.name, PDF, "badge")
    wait_until(cups_printers, printer.name, reference, JobStatus(Progress.HELD, "Out of paper"))
    time.sleep(ROUNDED_SECONDS + 1)
    printer.switch_off()
    printer.right("media-empty-error")
    printer.switch_on()
    wait_until(cups_printers, printer.name, reference, JobStatus(Progress.GONE, FORGOTTEN), 60)
    assert not printer.paper
    again = cups_printers.send(printer.name, PDF, "the next badge")
    wait_until(cups_printers, printer.name, again, JobStatus(Progress.PRINTED), 60)
    assert len(printer.paper) == 1


def test_no_print_system_is_told_at_once() -> None:
    printers = CupsPrinters("127.0.0.1", free_port())
    with pytest.raises(PrintSystemSilent):
        printers.send("badges", PDF, "badge-abc-1")
    with pytest.raises(PrintSystemSilent):
        printers.queues()
    printers.close()


def test_a_print_system_that_hangs_is_given_up_on_and_asked_again_later(
    print_rig: PrintRig, printer: SimulatedPrinter
) -> None:
    printers = print_rig.connect(patience=0.4)
    print_rig.cupsd.send(signal.SIGSTOP)
    try:
        for _ in range(3):
            began = time.monotonic()
            with pytest.raises(PrintSystemSilent) as told:
                printers.send(printer.name, PDF, "badge-hung-1")
            assert not isinstance(told.value, HandOverUncertain)
            assert time.monotonic() - began < 2
    finally:
        print_rig.cupsd.send(signal.SIGCONT)

    def answers() -> bool:
        try:
            return any(queue.name == printer.name for queue in printers.queues())
        except PrintSystemSilent:
            return False

    wait_for(answers, "CUPS answers again")
    assert printers.find(printer.name, "badge-hung-1") == ""
    printers.close()


def test_a_printer_is_well_again_though_its_last_job_was_taken_back(
    cups_printers: CupsPrinters, printer: SimulatedPrinter, print_rig: PrintRig
) -> None:
    """CUPS keeps saying "out of paper" until the next job, which nobody sends to a printer without paper."""

    def is_ready() -> bool:
        found = next(one for one in cups_printers.queues() if one.name == printer.name)
        return found.state.status is Status.READY

    printer.wrong("media-empty-error")
    job = cups_printers.send(printer.name, PDF, "one that waits")
    wait_for(lambda: not is_ready(), "the queue says that paper is missing")
    printer.switch_off()
    cups_printers.cancel(printer.name, job)
    printer.right("media-empty-error")
    wait_for(lambda: not print_rig.run("lpstat", "-o", printer.name).strip(), "the job is gone", 30)
    assert not is_ready(), "it is off, so it can't say otherwise"
    printer.switch_on()
    wait_for(is_ready, "the printer itself is asked")
