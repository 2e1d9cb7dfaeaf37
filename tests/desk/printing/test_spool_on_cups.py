"""Badges from the spool through a real CUPS to simulated IPP printers; the paper is read by ZBar."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from eventdesk.desk.printing.maker import BadgeMaker
from eventdesk.desk.printing.press import CUT_OFF
from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.storage.store import Store
from tests.desk.printing.spooling import CODES, printed_facts, spooling
from tests.rigs.printers import sheets
from tests.rigs.printers.fixtures import cups_printers, print_rig
from tests.rigs.printers.rig import PrintRig, SimulatedPrinter

__all__ = ["cups_printers", "print_rig"]

_numbers = itertools.count(1)
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def printer(print_rig: PrintRig) -> SimulatedPrinter:
    """A printer of the test's own, switched on, with its queue."""
    return print_rig.add_printer(f"desk{next(_numbers)}")


def test_a_badge_comes_out_with_the_guests_code(
    store: Store, cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    with spooling(store, cups_printers, BadgeMaker(store)) as desk:
        job = desk.order(0, printer=printer.name)
        desk.wait(job, JobState.PRINTED)
    (sheet,) = printer.paper
    assert sheets.codes(sheet) == [CODES[0]]
    assert sorted(round(side) for side in sheets.page_size(sheet)) == [54, 86]
    assert len(printed_facts(store, job)) == 1


def test_out_of_paper_is_told_and_the_same_job_ends_when_there_is_paper(
    store: Store, cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    printer.wrong("media-empty-error")
    with spooling(store, cups_printers, BadgeMaker(store)) as desk:
        job = desk.order(0, printer=printer.name)
        desk.wait(job, JobState.PRINTING, "Out of paper")
        assert printer.paper == []
        printer.right("media-empty-error")
        desk.wait(job, JobState.PRINTED, seconds=15)
    assert sheets.codes(printer.paper[0]) == [CODES[0]]
    assert [one.state for one in desk.jobs].count(JobState.PRINTED) == 1
    assert len(printer.paper) == 1


def test_a_jam_sends_the_badge_to_the_other_printer_and_nowhere_twice(
    store: Store, print_rig: PrintRig, cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    other = print_rig.add_printer(f"{printer.name}-other")
    print_rig.run("cupsdisable", printer.name)
    with spooling(store, cups_printers, BadgeMaker(store)) as desk:
        job = desk.order(0, printer=printer.name)
        desk.wait(job, JobState.SENT, "paused")
        desk.settle(job, "retry", other.name)
        desk.wait(job, JobState.PRINTED)
        print_rig.run("cupsenable", printer.name)
        # What CUPS would still print of it would come before this next badge.
        desk.wait(desk.order(1, printer=printer.name), JobState.PRINTED)
    assert [sheets.codes(sheet) for sheet in other.paper] == [[CODES[0]]]
    assert [sheets.codes(sheet) for sheet in printer.paper] == [[CODES[1]]]


@pytest.mark.long
def test_a_printer_that_is_switched_off_delays_the_badge(
    store: Store, cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    printer.switch_off()
    with spooling(store, cups_printers, BadgeMaker(store)) as desk:
        job = desk.order(0, printer=printer.name)
        desk.until(lambda now: "printer" in now.detail.lower(), job, "told")
        printer.switch_on()
        desk.wait(job, JobState.PRINTED, seconds=40)
    assert len(printer.paper) == 1


def test_cups_dies_and_comes_back_while_a_badge_waits_in_it(
    store: Store, print_rig: PrintRig, cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    print_rig.run("cupsdisable", printer.name)
    with spooling(store, cups_printers, BadgeMaker(store)) as desk:
        waiting = desk.order(0, printer=printer.name)
        desk.wait(waiting, JobState.SENT, "paused")
        print_rig.cupsd.kill()
        late = desk.order(1, printer=printer.name)
        desk.wait(late, JobState.QUEUED, "does not answer")
        assert desk.troubles
        print_rig.start_cupsd()
        print_rig.run("cupsenable", printer.name)
        for job in (waiting, late):
            desk.wait(job, JobState.PRINTED, seconds=20)
    assert [sheets.codes(sheet) for sheet in printer.paper] == [[CODES[0]], [CODES[1]]]


@pytest.mark.parametrize("moment", [pytest.param("before", marks=pytest.mark.long), "after"])
def test_a_desk_killed_at_the_hand_over_never_prints_twice_in_silence(
    tmp_path: Path, qapp: object, print_rig: PrintRig, cups_printers: CupsPrinters, printer: SimulatedPrinter,
    store: Store, moment: str,
) -> None:  # fmt: skip
    key = store.key.hex()
    store.close()
    script = [sys.executable, "-m", "tests.desk.printing.killed_while_printing"]
    arguments = [str(store.path), key, str(print_rig.port), printer.name, moment]
    killed = subprocess.run([*script, *arguments], check=False, capture_output=True, timeout=60)
    assert killed.returncode == -9, killed.stderr
    with Store.open(store.path, bytes.fromhex(key), "d001") as again:
        (job,) = _waiting(again)
        assert (job.state, job.reference) == (JobState.SENT, "")
        with spooling(again, cups_printers, BadgeMaker(again)) as desk:
            if moment == "before":
                desk.wait(job, JobState.UNKNOWN, CUT_OFF)
                desk.settle(job, "retry")
            job = desk.wait(job, JobState.PRINTED, seconds=15)
        assert len(printed_facts(again, job)) == 1
        assert job.attempts == (2 if moment == "before" else 1)
    assert [sheets.codes(sheet) for sheet in printer.paper] == [[CODES[0]]]


def _waiting(store: Store) -> list[BadgeJob]:
    with store.reader() as reader:
        return reader.jobs.waiting()
