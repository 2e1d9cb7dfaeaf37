"""The other wires: a serial line and a device file on a pseudo-terminal, a plain file, and USB."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from eventdesk.devices import links
from eventdesk.devices.receipts.addresses import open_receipt_printer
from eventdesk.devices.receipts.port import NotPrinted, Outcome, ReceiptPrinter
from eventdesk.devices.states import Status
from tests.devices.receipts.drawings import Stripes
from tests.devices.receipts.no_queues import NO_QUEUES
from tests.rigs.printers import escpos as rig


@pytest.fixture
def real() -> rig.EscposPrinter:
    return rig.EscposPrinter()


@pytest.fixture(params=["serial:", "file:"])
def printer(request: pytest.FixtureRequest, real: rig.EscposPrinter) -> Iterator[ReceiptPrinter]:
    with (
        rig.on_terminal(real) as path,
        closing(open_receipt_printer(f"{request.param}{path}", NO_QUEUES)) as made,
    ):
        yield made


def test_a_receipt_comes_out_and_the_printer_answers(
    printer: ReceiptPrinter, real: rig.EscposPrinter
) -> None:
    assert printer.state().device.status is Status.READY
    assert printer.print(Stripes(200), "r-1").outcome is Outcome.PRINTED
    assert [one.height for one in real.receipts] == [200 + 150]
    assert not real.unknown


def test_no_paper_is_told(printer: ReceiptPrinter, real: rig.EscposPrinter) -> None:
    real.faults = rig.Faults(paper_rows=0)
    with pytest.raises(NotPrinted, match="paper"):
        printer.print(Stripes(), "r-1")
    printer.kick()
    printer.state()
    assert real.kicks == 1


def test_a_plain_file_gets_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "receipts.bin"
    with closing(open_receipt_printer(f"file:{file}", NO_QUEUES)) as printer:
        assert printer.print(Stripes(30), "r-1").outcome is Outcome.SENT
        assert printer.print(Stripes(60), "r-2").outcome is Outcome.SENT
    drawn = rig.EscposPrinter()
    drawn.feed(file.read_bytes())
    assert [one.height for one in drawn.receipts] == [30 + 150, 60 + 150]


@pytest.mark.parametrize("form", ["serial:{}/none", "file:{}/none/lp0"])
def test_what_is_not_plugged_in_is_told(form: str, tmp_path: Path) -> None:
    with closing(open_receipt_printer(form.format(tmp_path), NO_QUEUES)) as printer:
        assert printer.state().device.status is Status.GONE
        with pytest.raises(NotPrinted, match="reached"):
            printer.print(Stripes(), "r-1")


def interface(kind: int, *ends: int) -> list[object]:
    class Interface(list[object]):
        bInterfaceClass = kind  # noqa: N815

    return Interface(SimpleNamespace(bEndpointAddress=end) for end in ends)


def test_a_usb_printer_s_ends_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    hid, printer = interface(3, 0x81), interface(7, 0x03, 0x84)
    device = SimpleNamespace(get_active_configuration=lambda: [hid, printer])
    monkeypatch.setattr("usb.core.find", lambda **_: device)
    assert links._endpoints(0x04B8, 0x0E15) == (0x03, 0x84)


@pytest.mark.parametrize(
    ("device", "word"), [(None, "plugged"), (SimpleNamespace(get_active_configuration=list), "no printer")]
)
def test_what_is_no_usb_printer_is_told(device: object, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("usb.core.find", lambda **_: device)
    with pytest.raises(ConnectionError, match=word):
        links.UsbLink(0x04B8, 0x0E15).open()
