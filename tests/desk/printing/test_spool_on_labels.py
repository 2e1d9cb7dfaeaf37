"""Badges from the spool to label printers that run out of paper, stand open, fall silent or lose their power:
each ends in one badge or in a question that a person sees."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from eventdesk.desk.printing.maker import Badge
from eventdesk.devices.printers.labels.printers import LabelPrinters
from eventdesk.devices.printers.words import LOST
from eventdesk.domain.badges import BadgeJob, JobState
from eventdesk.domain.printing.setup import PrinterSetup, PrintingSetup, Route
from eventdesk.storage.store import Store
from tests.desk.printing.spooling import Spooling, printed_facts, spooling
from tests.devices.labels.badges import CODE, badge
from tests.rigs.labels import likeness
from tests.rigs.labels.agent import Agent, snmp_of
from tests.rigs.labels.brother import Brother
from tests.rigs.labels.renderers import draw_raster, draw_zpl
from tests.rigs.labels.wire import Wire, on_network
from tests.rigs.labels.zebra import Zebra

pytestmark = pytest.mark.usefixtures("qapp")
SECONDS = 60.0  # for a machine that is busy


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer that cannot print is asked again at once, not after two seconds."""
    monkeypatch.setattr("eventdesk.desk.printing.spool.SILENT_SECONDS", 0.2)


@cache
def drawn() -> bytes:
    return badge(62, 100)


def label(job: BadgeJob) -> Badge:
    return Badge(drawn(), (62, 100))


@dataclass
class Bench:
    """A printer on its wire, at an address. `paper`: how many labels came out."""

    printer: Any
    wire: Wire
    address: str

    @property
    def paper(self) -> int:
        return len(self.printer.labels) if isinstance(self.printer, Zebra) else int(self.printer.pages)

    def stop(self, fault: str) -> None:
        """In the middle of a label where there is one."""
        if isinstance(self.printer, Zebra):
            self.printer.stopped.add({"cover": "head"}.get(fault, fault))
        else:
            self.printer.break_down(fault)

    def finish(self) -> None:
        if isinstance(self.printer, Zebra):
            self.printer.print_next()
        else:
            self.printer.finish()

    def has_job(self) -> bool:
        return bool(self.printer._waiting if isinstance(self.printer, Zebra) else self.printer.jobs)


@contextmanager
def bench(printer: Any) -> Iterator[Bench]:
    family = "zebra" if isinstance(printer, Zebra) else "brother"
    with on_network(printer) as wire:
        yield Bench(printer, wire, f"{family}://127.0.0.1:{wire.port}")


@pytest.fixture(params=[Zebra, Brother])
def on_bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with bench(request.param()) as one:
        yield one


@contextmanager
def at_desk(store: Store, *benches: Bench) -> Iterator[Spooling]:
    setups = PrintingSetup(
        {one.address: PrinterSetup(media=(62.0, 100.0)) for one in benches},
        [Route(tuple(one.address for one in benches))],
    )
    printers = LabelPrinters(lambda: setups)
    try:
        with spooling(store, printers, label) as desk:
            yield desk
    finally:
        printers.close()


def told(words: str) -> Callable[[BadgeJob], bool]:
    return lambda job: words in job.detail


def test_a_badge_comes_out_once(store: Store, on_bench: Bench, tmp_path: Path) -> None:
    with at_desk(store, on_bench) as desk:
        job = desk.order(0, printer=on_bench.address)
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
        assert len(printed_facts(store, job)) == 1
    assert on_bench.paper == 1
    assert on_bench.printer.unknown == b""
    if isinstance(on_bench.printer, Zebra):
        picture = draw_zpl(on_bench.printer.labels[0], 62, 100, 8, tmp_path)
    else:
        (picture,) = draw_raster(on_bench.printer.jobs[0], tmp_path)
    assert likeness.code(picture, tmp_path) == [CODE]


@pytest.mark.parametrize(("fault", "words"), [("media", "Out of paper"), ("cover", "The cover is open")])
def test_what_keeps_it_from_printing_is_told_before_anything_is_sent(
    store: Store, on_bench: Bench, fault: str, words: str
) -> None:
    on_bench.stop(fault)
    with at_desk(store, on_bench) as desk:
        job = desk.order(0, printer=on_bench.address)
        waiting = desk.until(told(words), job, words, SECONDS)
        assert waiting.state is JobState.QUEUED
        assert not on_bench.has_job()
        on_bench.printer.mend()
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
    assert on_bench.paper == 1


@pytest.mark.parametrize(("fault", "words"), [("media", "Out of paper"), ("cover", "The cover is open")])
def test_a_fault_in_the_middle_is_told_and_the_label_comes_when_it_is_mended(
    store: Store, on_bench: Bench, fault: str, words: str
) -> None:
    on_bench.printer.slow = True
    if isinstance(on_bench.printer, Brother):
        on_bench.printer.resumes = True
    with at_desk(store, on_bench) as desk:
        job = desk.order(0, printer=on_bench.address)
        desk.until(lambda now: bool(now.reference) and on_bench.has_job(), job, "sent", SECONDS)
        on_bench.stop(fault)
        desk.until(told(words), job, words, SECONDS)
        on_bench.printer.mend()
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
        assert len(printed_facts(store, job)) == 1
    assert on_bench.paper == 1


@pytest.mark.long
def test_a_label_that_the_printer_drops_after_a_fault_is_a_question(store: Store) -> None:
    with bench(Brother(slow=True)) as one, at_desk(store, one) as desk:
        job = desk.order(0, printer=one.address)
        desk.until(lambda now: bool(now.reference) and one.has_job(), job, "sent", SECONDS)
        one.stop("cutter")
        desk.until(told("The cutter has failed"), job, "told", SECONDS)
        one.printer.mend()
        desk.wait(job, JobState.UNKNOWN, seconds=SECONDS)
        one.printer.slow = False
        desk.settle(job, "retry")
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
        assert one.paper == 1


def test_without_its_cable_it_is_silent_and_then_goes_on(store: Store, on_bench: Bench) -> None:
    on_bench.printer.slow = True
    with at_desk(store, on_bench) as desk:
        job = desk.order(0, printer=on_bench.address)
        desk.until(lambda now: bool(now.reference) and on_bench.has_job(), job, "sent", SECONDS)
        on_bench.wire.unplug()
        desk.until(told("The printer does not answer"), job, "silent", SECONDS)
        on_bench.finish()
        on_bench.wire.plug_in()
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
    assert on_bench.paper == 1


def test_without_power_in_the_middle_a_person_is_asked(store: Store, on_bench: Bench) -> None:
    on_bench.printer.slow = True
    with at_desk(store, on_bench) as desk:
        job = desk.order(0, printer=on_bench.address)
        desk.until(lambda now: bool(now.reference) and on_bench.has_job(), job, "sent", SECONDS)
        on_bench.wire.switch_off()
        desk.until(told("The printer does not answer"), job, "silent", SECONDS)
        on_bench.printer.slow = False
        on_bench.wire.switch_on()
        assert desk.wait(job, JobState.UNKNOWN, seconds=SECONDS).detail == LOST
        assert on_bench.paper == 0
        desk.settle(job, "retry")
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
    assert on_bench.paper == 1


def test_a_wire_that_breaks_in_the_hand_over_leaves_a_question_and_no_half_label(
    store: Store, on_bench: Bench, tmp_path: Path
) -> None:
    on_bench.wire.cut_after = 1000
    with at_desk(store, on_bench) as desk:
        job = desk.order(0, printer=on_bench.address)
        desk.wait(job, JobState.UNKNOWN, seconds=SECONDS)
        on_bench.wire.cut_after = None
        desk.settle(job, "retry")
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
    assert on_bench.paper == 1
    if isinstance(on_bench.printer, Zebra):
        picture = draw_zpl(on_bench.printer.labels[0], 62, 100, 8, tmp_path)
        assert likeness.code(picture, tmp_path) == [CODE]


def test_one_that_is_off_is_told_and_prints_when_it_is_on(store: Store, on_bench: Bench) -> None:
    on_bench.wire.switch_off()
    with at_desk(store, on_bench) as desk:
        job = desk.order(0, printer=on_bench.address)
        desk.wait(job, JobState.QUEUED, "does not answer", seconds=SECONDS)
        on_bench.wire.switch_on()
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
    assert on_bench.paper == 1


def test_the_wrong_labels_are_refused_before_anything_is_sent(store: Store) -> None:
    with bench(Brother(media=(29, 90))) as one, at_desk(store, one) as desk:
        job = desk.order(0, printer=one.address)
        desk.wait(job, JobState.FAILED, "The printer holds 29 × 90 mm, this badge is 62 × 100 mm", SECONDS)
        assert one.printer.jobs == []


def test_a_second_badge_waits_at_the_desk(store: Store, on_bench: Bench) -> None:
    on_bench.printer.slow = True
    with at_desk(store, on_bench) as desk:
        first = desk.order(0, printer=on_bench.address)
        desk.until(lambda now: bool(now.reference) and on_bench.has_job(), first, "sent", SECONDS)
        second = desk.order(1, printer=on_bench.address)
        on_bench.finish()
        desk.wait(first, JobState.PRINTED, seconds=SECONDS)
        assert desk.now(second).attempts <= 1
        desk.until(lambda now: bool(now.reference), second, "sent", SECONDS)
        while on_bench.paper < 2:
            on_bench.finish()
        desk.wait(second, JobState.PRINTED, seconds=SECONDS)
    assert on_bench.paper == 2


def test_a_jammed_badge_goes_to_another_printer_and_comes_out_nowhere_twice(
    store: Store, on_bench: Bench
) -> None:
    on_bench.printer.slow = True
    with bench(Zebra()) as other, at_desk(store, on_bench, other) as desk:
        job = desk.order(0, printer=on_bench.address)
        desk.until(lambda now: bool(now.reference) and on_bench.has_job(), job, "sent", SECONDS)
        on_bench.stop("media")
        desk.until(told("Out of paper"), job, "told", SECONDS)
        desk.settle(job, "retry", other.address)
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
        on_bench.printer.mend()
        on_bench.printer.slow = False
        desk.wait(desk.order(1, printer=on_bench.address), JobState.PRINTED, seconds=SECONDS)
    assert (on_bench.paper, other.paper) == (1, 1)
    assert len(printed_facts(store, job)) == 1


def test_a_zebra_that_neither_counts_nor_knows_its_errors_prints_too(store: Store) -> None:
    old = Zebra(counts=False, knows_errors=False)
    with bench(old) as one, at_desk(store, one) as desk:
        desk.wait(desk.order(0, printer=one.address), JobState.PRINTED, seconds=SECONDS)
        assert one.paper == 1


def test_a_zebra_that_is_mute_while_it_stands_still_says_why(store: Store) -> None:
    with bench(Zebra(slow=True, mute_when_stopped=True)) as one, at_desk(store, one) as desk:
        job = desk.order(0, printer=one.address)
        desk.until(lambda now: bool(now.reference) and one.has_job(), job, "sent", SECONDS)
        one.stop("ribbon")
        desk.until(told("Out of ink or ribbon"), job, "told", SECONDS)
        one.printer.mend()
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
        assert one.paper == 1


@contextmanager
def mute_brother(folder: Path, **more: Any) -> Iterator[tuple[Bench, Agent]]:
    """As those on a network are: the wire takes bytes, and SNMP tells the rest."""
    printer = Brother(mute=True, **more)
    with on_network(printer) as wire, snmp_of(printer, folder) as agent:
        yield Bench(printer, wire, f"brother://127.0.0.1:{wire.port}?snmp={agent.port}"), agent


@pytest.mark.long
def test_a_brother_on_the_network_prints_once(store: Store, tmp_path: Path) -> None:
    with mute_brother(tmp_path) as (one, _), at_desk(store, one) as desk:
        job = desk.order(0, printer=one.address)
        desk.wait(job, JobState.PRINTED, seconds=SECONDS)
        assert one.paper == 1


@pytest.mark.long
def test_a_brother_on_the_network_that_is_started_anew_is_a_question(store: Store, tmp_path: Path) -> None:
    with mute_brother(tmp_path, slow=True) as (one, agent), at_desk(store, one) as desk:
        job = desk.order(0, printer=one.address)
        desk.until(lambda now: bool(now.reference) and one.has_job(), job, "sent", SECONDS)
        one.wire.switch_off()
        agent.switch_off()
        desk.until(told("The printer does not answer"), job, "silent", SECONDS)
        agent.switch_on()
        one.wire.switch_on()
        assert desk.wait(job, JobState.UNKNOWN, seconds=SECONDS).detail == LOST
        assert one.paper == 0


@pytest.mark.long
def test_a_brother_on_the_network_without_labels_is_a_question(store: Store, tmp_path: Path) -> None:
    with mute_brother(tmp_path, slow=True) as (one, _), at_desk(store, one) as desk:
        job = desk.order(0, printer=one.address)
        desk.until(lambda now: bool(now.reference) and one.has_job(), job, "sent", SECONDS)
        one.stop("media")
        desk.until(told("Out of paper"), job, "told", SECONDS)
        one.printer.mend()
        desk.wait(job, JobState.UNKNOWN, seconds=SECONDS)
        assert one.paper == 0
