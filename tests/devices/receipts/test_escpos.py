"""Printing on an ESC/POS printer that can do all that real ones do, over a real socket."""

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from eventdesk.devices.links import NetworkLink
from eventdesk.devices.receipts.escpos import EscposPrinter
from eventdesk.devices.receipts.port import NotOpened, NotPrinted, Outcome
from eventdesk.devices.states import Status
from eventdesk.domain.paper import Paper
from tests.devices.receipts.drawings import Stripes
from tests.receipts.readers import picture
from tests.rigs.printers import escpos as rig

FEED = 150  # rows before the cut


@dataclass
class Desk:
    """`printer` is the program's own, `real` what it prints on."""

    printer: EscposPrinter
    real: rig.EscposPrinter


@pytest.fixture
def desk() -> Iterator[Desk]:
    real = rig.EscposPrinter()
    with rig.on_network(real) as port:
        printer = EscposPrinter("receipts", NetworkLink("127.0.0.1", port), end_seconds=1)
        with closing(printer):
            yield Desk(printer, real)


def test_a_receipt_comes_out_as_it_was_drawn(desk: Desk) -> None:
    printed = desk.printer.print(Stripes(300), "r-1")
    assert printed.outcome is Outcome.PRINTED
    (paper,) = desk.real.receipts
    assert paper.size == (576, 300 + FEED)
    assert paper.crop((0, 0, 576, 300)).tobytes() == picture(Stripes(300).raster(Paper.ROLL_80)).tobytes()
    assert not desk.real.unknown
    assert desk.printer.print(Stripes(40), "r-2").outcome is Outcome.PRINTED
    assert [one.height for one in desk.real.receipts] == [300 + FEED, 40 + FEED]


def test_a_printer_that_is_not_there_printed_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with closing(EscposPrinter("receipts", NetworkLink("127.0.0.1", port))) as printer:
        assert printer.state().device.status is Status.GONE
        with pytest.raises(NotPrinted, match="reached"):
            printer.print(Stripes(), "r-1")
        with pytest.raises(NotOpened, match="reached"):
            printer.kick()


@pytest.mark.parametrize(
    ("faults", "word"), [(rig.Faults(cover_open=True), "cover"), (rig.Faults(paper_rows=0), "paper")]
)
def test_a_printer_that_cannot_print_is_given_nothing(desk: Desk, faults: rig.Faults, word: str) -> None:
    desk.real.faults = faults
    assert word in desk.printer.state().device.message
    with pytest.raises(NotPrinted, match=word):
        desk.printer.print(Stripes(), "r-1")
    desk.real.mend()
    assert desk.printer.print(Stripes(), "r-1").outcome is Outcome.PRINTED
    assert len(desk.real.receipts) == 1


def test_paper_that_ends_within_a_receipt_is_told_and_the_rest_comes_out_once(desk: Desk) -> None:
    desk.real.faults = rig.Faults(paper_rows=100)
    printed = desk.printer.print(Stripes(300), "r-1")
    assert printed.outcome is Outcome.UNCERTAIN
    assert "out of paper" in printed.message
    assert desk.real.rows == 100
    desk.real.mend()
    assert [one.height for one in desk.real.receipts] == [300 + FEED]
    assert desk.printer.print(Stripes(40), "r-2").outcome is Outcome.PRINTED
    assert [one.height for one in desk.real.receipts] == [300 + FEED, 40 + FEED]


def test_an_end_that_is_not_told_is_uncertain(desk: Desk) -> None:
    desk.real.faults = rig.Faults(ends_unsaid=True)
    printed = desk.printer.print(Stripes(40), "r-1")
    assert printed.outcome is Outcome.UNCERTAIN
    assert "Look" in printed.remedy


def test_a_printer_that_never_says_anything_is_trusted_with_the_receipt(desk: Desk) -> None:
    desk.real.faults = rig.Faults(silent=True)
    assert desk.printer.state().device.status is Status.READY
    assert desk.printer.print(Stripes(), "r-1").outcome is Outcome.SENT


def test_one_that_spoke_before_and_falls_silent_is_given_nothing(desk: Desk) -> None:
    assert desk.printer.state().device.status is Status.READY
    desk.real.faults = rig.Faults(silent=True)
    assert desk.printer.state().device.status is Status.GONE
    with pytest.raises(NotPrinted, match="answer"):
        desk.printer.print(Stripes(), "r-1")
    with pytest.raises(NotOpened):
        desk.printer.kick()
    assert desk.real.rows == desk.real.kicks == 0


def test_a_line_that_breaks_within_a_picture_is_told_and_the_next_receipt_is_whole(desk: Desk) -> None:
    assert desk.printer.print(Stripes(40), "r-0").outcome is Outcome.PRINTED
    desk.real.faults = rig.Faults(hang_up_after=5_000)
    printed = desk.printer.print(Stripes(300), "r-1")
    assert printed.outcome is Outcome.UNCERTAIN
    assert "Look" in printed.remedy
    desk.real.mend()
    assert desk.printer.print(Stripes(300), "r-2").outcome is Outcome.PRINTED
    assert not desk.real.unknown
    # The rest of the first one's band, white, and then the whole of the second.
    last = desk.real.receipts[-1]
    assert last.height == 128 + 300 + FEED
    assert last.crop((0, 128, 576, 428)).tobytes() == picture(Stripes(300).raster(Paper.ROLL_80)).tobytes()


def test_the_drawer_opens(desk: Desk) -> None:
    desk.printer.kick()
    desk.printer.print(Stripes(40), "r-1")
    desk.printer.kick()
    desk.printer.state()
    assert desk.real.kicks == 2


def test_the_drawer_opens_at_once_where_there_is_no_paper_and_not_again_later(desk: Desk) -> None:
    desk.real.faults = rig.Faults(paper_rows=0)
    desk.printer.kick()
    desk.printer.state()
    assert desk.real.kicks == 1
    desk.real.mend()
    assert desk.real.kicks == 1


@pytest.mark.parametrize("high", [True, False])
def test_an_open_drawer_is_seen_whatever_its_pin_means(high: bool) -> None:
    real = rig.EscposPrinter(faults=rig.Faults(drawer_high=high))
    with rig.on_network(real) as port:
        printer = EscposPrinter("receipts", NetworkLink("127.0.0.1", port), open_high=high)
        with closing(printer):
            assert printer.state().drawer_open is True
            real.faults = rig.Faults(drawer_high=not high)
            assert printer.state().drawer_open is False


def test_little_paper_is_told_and_does_not_stop_it(desk: Desk) -> None:
    desk.real.faults = rig.Faults(paper_low=True)
    assert desk.printer.state().device.status is Status.DEGRADED
    assert desk.printer.print(Stripes(40), "r-1").outcome is Outcome.PRINTED
