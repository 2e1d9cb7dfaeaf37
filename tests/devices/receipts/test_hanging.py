"""Wires that hang: no call waits for ever, and nothing is printed later that was told not to be."""

from collections.abc import Iterator
from threading import Event

import pytest

from eventdesk.devices.receipts.escpos import EscposPrinter
from eventdesk.devices.receipts.port import NotOpened, NotPrinted, Outcome
from eventdesk.devices.states import Status
from tests.devices.receipts.drawings import Stripes
from tests.rigs.printers import escpos as rig


class HangingLink:
    """Carries bytes to a printer of the rig, and hangs at `step` until it is let go."""

    speaks = True

    def __init__(self) -> None:
        self.real = rig.EscposPrinter()
        self.step = ""
        self.go_on = Event()
        self.left = Event()
        self._said = b""

    def open(self) -> None:
        self._hang("open")

    def send(self, data: bytes) -> None:
        if data.startswith(b"\x1dv0"):
            self._hang("picture")
        self._said += self.real.feed(data)

    def listen(self, seconds: float) -> bytes:
        said, self._said = self._said, b""
        return said

    def close(self) -> None:
        self.left.set()

    def _hang(self, step: str) -> None:
        if step == self.step:
            self.go_on.wait(60)


@pytest.fixture
def link() -> Iterator[HangingLink]:
    made = HangingLink()
    yield made
    made.go_on.set()


@pytest.fixture
def printer(link: HangingLink) -> Iterator[EscposPrinter]:
    made = EscposPrinter("receipts", link, end_seconds=0.1, ask_seconds=1.5, rate=10_000_000)
    yield made
    link.go_on.set()
    made.close()


def test_what_hung_before_the_receipt_was_sent_is_never_printed(
    link: HangingLink, printer: EscposPrinter
) -> None:
    link.step = "open"
    with pytest.raises(NotPrinted):
        printer.print(Stripes(40), "r-1")
    assert printer.state().device.status is Status.GONE
    link.go_on.set()
    assert link.left.wait(30)
    assert link.real.rows == 0
    assert not link.real.receipts


def test_what_hung_within_the_receipt_is_uncertain_and_the_next_waits(
    link: HangingLink, printer: EscposPrinter
) -> None:
    link.step = "picture"
    assert printer.print(Stripes(40), "r-1").outcome is Outcome.UNCERTAIN
    with pytest.raises(NotPrinted):
        printer.print(Stripes(40), "r-2")
    assert not link.real.receipts


def test_a_drawer_that_was_given_up_does_not_open_later(link: HangingLink, printer: EscposPrinter) -> None:
    link.step = "open"
    with pytest.raises(NotOpened):
        printer.kick()
    link.go_on.set()
    assert link.left.wait(30)
    assert link.real.kicks == 0
