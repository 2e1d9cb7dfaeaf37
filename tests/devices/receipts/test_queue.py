"""A print queue as receipt printer: the PDF folder, and a real CUPS with a simulated printer."""

from pathlib import Path

import pytest

from eventdesk.badges import fonts
from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.devices.printers.folder import NAME, FolderPrinters
from eventdesk.devices.printers.queues import HandOverUncertain, JobStatus, PrintSystemSilent, Progress
from eventdesk.devices.receipts.addresses import open_receipt_printer
from eventdesk.devices.receipts.port import NotOpened, NotPrinted, Outcome
from eventdesk.devices.receipts.queue import QueuePrinter
from eventdesk.devices.states import Status
from eventdesk.domain.paper import Paper
from eventdesk.receipts import drawing
from tests.receipts import samples
from tests.rigs.printers import sheets
from tests.rigs.printers.fixtures import cups_printers, print_rig
from tests.rigs.printers.rig import PrintRig

__all__ = ["cups_printers", "print_rig"]

TICKETS = [code.code for code in samples.TICKETS.codes]


@pytest.fixture(autouse=True)
def application(qapp: object) -> None:
    fonts.prepare()


def test_a_receipt_becomes_a_file_in_the_folder(tmp_path: Path) -> None:
    printer = open_receipt_printer(f"queue:{NAME}", FolderPrinters(tmp_path))
    assert printer.state().device.status is Status.READY
    assert printer.print(drawing.receipt(samples.cash_sale()), "receipt-1").outcome is Outcome.PRINTED
    file = tmp_path / "receipt-1.pdf"
    assert sheets.page_size(file)[0] == pytest.approx(80, abs=0.1)
    assert sorted(sheets.codes(file)) == sorted(TICKETS)


def test_an_office_printer_gets_sheets(tmp_path: Path) -> None:
    printer = QueuePrinter(NAME, FolderPrinters(tmp_path), Paper.A4)
    printer.print(drawing.receipt(samples.cash_sale()), "receipt-1")
    assert sheets.page_size(tmp_path / "receipt-1.pdf") == pytest.approx((210, 297), abs=0.1)


def test_it_opens_no_drawer(tmp_path: Path) -> None:
    with pytest.raises(NotOpened, match="drawer"):
        QueuePrinter(NAME, FolderPrinters(tmp_path)).kick()


def test_an_unknown_queue_is_told(tmp_path: Path) -> None:
    state = QueuePrinter("gone", FolderPrinters(tmp_path)).state().device
    assert (state.status, bool(state.remedy)) == (Status.GONE, True)


class Faulty(FolderPrinters):
    """Fails as told, after or before it was given the receipt."""

    def __init__(self, folder: Path, fault: Exception | None, status: JobStatus) -> None:
        super().__init__(folder)
        self._fault = fault
        self._status = status

    def send(self, queue: str, pdf: bytes, title: str, size: tuple[float, float] | None = None) -> str:
        if self._fault:
            raise self._fault
        return super().send(queue, pdf, title, size)

    def status(self, queue: str, reference: str) -> JobStatus:
        return self._status


@pytest.mark.parametrize(
    ("fault", "progress", "outcome"),
    [
        (HandOverUncertain("It fell silent."), Progress.PRINTED, Outcome.UNCERTAIN),
        (None, Progress.HELD, Outcome.UNCERTAIN),
        (None, Progress.FAILED, Outcome.UNCERTAIN),
        (None, Progress.GONE, Outcome.UNCERTAIN),
        (None, Progress.PRINTING, Outcome.SENT),
    ],
)
def test_what_is_not_certain_is_told(
    fault: Exception | None, progress: Progress, outcome: Outcome, tmp_path: Path
) -> None:
    printers = Faulty(tmp_path, fault, JobStatus(progress, "Out of paper"))
    printed = QueuePrinter(NAME, printers, seconds=0.3).print(drawing.receipt(samples.refund()), "receipt-1")
    assert printed.outcome is outcome
    assert printed.message


def test_a_print_system_that_is_silent_was_given_nothing(tmp_path: Path) -> None:
    printers = Faulty(tmp_path, PrintSystemSilent("It is silent.", "Wake it."), JobStatus(Progress.GONE))
    with pytest.raises(NotPrinted, match="silent"):
        QueuePrinter(NAME, printers).print(drawing.receipt(samples.refund()), "receipt-1")


def test_a_real_print_system_prints_it(print_rig: PrintRig, cups_printers: CupsPrinters) -> None:
    simulated = print_rig.add_printer("receipts")
    printer = QueuePrinter("receipts", cups_printers, seconds=30)
    assert printer.state().device.status is Status.READY
    assert printer.print(drawing.receipt(samples.cash_sale()), "receipt-1").outcome is Outcome.PRINTED
    assert sorted(sheets.codes(simulated.paper[0])) == sorted(TICKETS)
