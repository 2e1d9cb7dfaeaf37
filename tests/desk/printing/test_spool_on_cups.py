"""Badges from the spool through a real CUPS to simulated IPP printers; the paper is read by ZBar."""

import itertools
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.desk.demo import LIST, LOG
from eventdesk.desk.printing.commands import SteerWave
from eventdesk.desk.printing.maker import BadgeMaker
from eventdesk.desk.printing.press import CUT_OFF
from eventdesk.desk.printing.waves import WaveRequests
from eventdesk.desk.settings import PRINT_ROUTES
from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.kiosk.entries import Entry
from eventdesk.storage.store import Store
from tests.desk.printing.killed_while_printing import FACT, HALF
from tests.desk.printing.spooling import CODES, NOON, Spooling, printed_facts, spooling
from tests.rigs.printers import sheets
from tests.rigs.printers.fixtures import cups_printers, print_rig
from tests.rigs.printers.rig import PrintRig, SimulatedPrinter

__all__ = ["cups_printers", "print_rig"]

NOTHING = (lambda _operation: None, lambda _log, _right: None, lambda: NOON)
_numbers = itertools.count(1)
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer that cannot print is asked again at once, not after two seconds."""
    monkeypatch.setattr("eventdesk.desk.printing.spool.SILENT_SECONDS", 0.2)


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


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        pytest.param("before", JobState.SENT, marks=pytest.mark.long),
        ("after", JobState.SENT),
        pytest.param("unnoted", None, marks=pytest.mark.long),
        ("noted", JobState.PRINTED),
    ],
)
def test_a_desk_killed_at_any_step_never_prints_twice_in_silence_and_admits_with_the_badge(
    tmp_path: Path, qapp: object, print_rig: PrintRig, cups_printers: CupsPrinters, printer: SimulatedPrinter,
    store: Store, moment: str, state: JobState | None,
) -> None:  # fmt: skip
    key = store.key.hex()
    store.close()
    _killed(store, print_rig, printer.name, moment)
    with Store.open(store.path, bytes.fromhex(key), "d001") as again:
        with again.reader() as reader:
            (job,) = reader.jobs.latest()
        assert state in (None, job.state)
        passes = _passes(again, job)
        assert passes == ([FACT] if moment == "noted" else []), "a pass stands with its badge, not before"
        with spooling(again, cups_printers, BadgeMaker(again)) as desk:
            if moment == "before":
                desk.wait(job, JobState.UNKNOWN, CUT_OFF)
                assert _passes(again, job) == []
                desk.settle(job, "retry")
            job = desk.wait(job, JobState.PRINTED, seconds=30)
        assert len(printed_facts(again, job)) == 1
        assert _passes(again, job) == [FACT]
        assert job.attempts == (2 if moment == "before" else 1)
    assert [sheets.codes(sheet) for sheet in printer.paper] == [[CODES[0]]]


def test_a_neighbour_takes_over_when_the_paper_is_out(
    store: Store, print_rig: PrintRig, cups_printers: CupsPrinters, printer: SimulatedPrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("eventdesk.desk.printing.routes.TAKE_OVER_SECONDS", 1.0)
    other = print_rig.add_printer(f"{printer.name}-other")
    with store.transaction() as tx:
        tx.settings.put(PRINT_ROUTES, [{"queues": [printer.name, other.name]}])
    printer.wrong("media-empty-error")
    with spooling(store, cups_printers, BadgeMaker(store)) as desk:
        job = desk.order(0, printer="", entry=Entry(LIST, NOON, FACT))
        desk.wait(job, JobState.PRINTED, seconds=60)
        printer.right("media-empty-error")
        # What the first printer would still print of it would come before this next badge.
        desk.wait(desk.order(1, printer=printer.name), JobState.PRINTED, seconds=60)
    assert [sheets.codes(sheet) for sheet in other.paper] == [[CODES[0]]]
    assert [sheets.codes(sheet) for sheet in printer.paper] == [[CODES[1]]]
    assert _passes(store, job) == [FACT]


@pytest.mark.long
def test_a_wave_with_a_pause_and_a_killed_desk_prints_each_badge_once(
    store: Store, print_rig: PrintRig, cups_printers: CupsPrinters, printer: SimulatedPrinter
) -> None:
    other = print_rig.add_printer(f"{printer.name}-other")
    with store.transaction() as tx:
        tx.append(LOG, list(guests(60)))
        tx.settings.put(PRINT_ROUTES, [{"products": ["wave"], "queues": [printer.name, other.name]}])
    key = store.key.hex()
    store.close()
    _killed(store, print_rig, printer.name, "wave")
    with Store.open(store.path, bytes.fromhex(key), "d001") as again:
        waves = WaveRequests(again, Spooling(again, cups_printers, BadgeMaker(again)).spool, *NOTHING)
        waves.steer(SteerWave("w", "pause"))
        with spooling(again, cups_printers, BadgeMaker(again)) as desk:
            jobs = _of_wave(again)
            assert len(jobs) == 60
            for job in jobs:
                now = desk.now(job)
                if now.state in (JobState.SENT, JobState.PRINTING):
                    desk.until(
                        lambda one: one.state in (JobState.PRINTED, JobState.UNKNOWN), job, "over", 120
                    )
            out = sum(desk.now(job).state is JobState.PRINTED for job in jobs)
            assert HALF - 1 <= out <= HALF, "paused"
            for job in jobs:
                if desk.now(job).state is JobState.UNKNOWN:
                    # It was killed just before it handed this one over, and nobody else can know that.
                    desk.settle(job, "retry")
            waves.steer(SteerWave("w", "resume"))
            desk.spool.nudge()
            for job in jobs:
                desk.wait(job, JobState.PRINTED, seconds=240)
    found = Counter(code for sheet in [*printer.paper, *other.paper] for code in sheets.codes(sheet))
    assert found == Counter({f"wave{number}": 1 for number in range(60)})
    assert printer.paper, "both took part"
    assert other.paper, "both took part"


def guests(number: int) -> Iterator[Draft]:
    yield Draft(Kind.PRODUCT_DEFINED, "wave", {"name": "Wave"})
    yield Draft(Kind.ORDER_PLACED, "many", {"code": "MANY", "status": "paid"})
    for one in range(number):
        issued = {"order": "many", "secret": f"wave{one}", "product": "wave", "name": f"Guest {one:03}"}
        yield Draft(Kind.TICKET_ISSUED, f"many-{one}", issued)


def _killed(store: Store, rig: PrintRig, queue: str, moment: str) -> None:
    script = [sys.executable, "-m", "tests.desk.printing.killed_while_printing"]
    arguments = [str(store.path), store.key.hex(), str(rig.port), queue, moment]
    killed = subprocess.run([*script, *arguments], check=False, capture_output=True, timeout=180)
    assert killed.returncode == -9, killed.stderr


def _of_wave(store: Store) -> list[BadgeJob]:
    with store.reader() as reader:
        return [job for job in reader.jobs.latest(100) if job.wave == "w"]


def _passes(store: Store, job: BadgeJob) -> list[str]:
    with store.reader() as reader:
        return [one.id for one in reader.passes(LOG, job.ticket)]
