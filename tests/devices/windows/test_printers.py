"""A badge's way through the spooler of Windows, as its maker describes it."""

from collections.abc import Iterator

import pytest

from eventdesk.devices.printers.queues import (
    HandOverUncertain,
    JobStatus,
    PrintSystemSilent,
    Progress,
    QueueRefused,
)
from eventdesk.devices.printers.windows.jobs import (
    JOB_COMPLETE,
    JOB_ERROR,
    JOB_PRINTED,
    JOB_PRINTING,
    JOB_RETAINED,
)
from eventdesk.devices.printers.windows.printers import WindowsPrinters
from eventdesk.devices.printers.windows.winspool import Job, Queue
from eventdesk.devices.printers.words import IN_DOUBT, NOT_KNOWN, TAKEN_BACK
from eventdesk.devices.states import Status
from tests.devices.test_printers_on_cups import PDF
from tests.devices.windows.documented_spooler import DRIVERS_OWN, QUEUE, DocumentedSpooler, PaperOnly
from tests.rigs.printers.processes import wait_for

CARD = (86.0, 54.0)
TWO_PAGES = PDF.replace(b"[3 0 R] /Count 1", b"[3 0 R 3 0 R] /Count 2")
PRINTED, GONE = JobStatus(Progress.PRINTED), JobStatus(Progress.GONE, NOT_KNOWN)
NO_SERVICE, DENIED = 1722, 5


@pytest.fixture
def spooler() -> DocumentedSpooler:
    return DocumentedSpooler()


@pytest.fixture
def gdi(spooler: DocumentedSpooler) -> PaperOnly:
    return PaperOnly(spooler)


@pytest.fixture
def printers(spooler: DocumentedSpooler, gdi: PaperOnly) -> Iterator[WindowsPrinters]:
    printers = WindowsPrinters(30, spooler, gdi)
    yield printers
    printers.close()


def restarted(printers: WindowsPrinters, spooler: DocumentedSpooler) -> WindowsPrinters:
    """As after a restart of the program."""
    printers.close()
    return WindowsPrinters(30, spooler, PaperOnly(spooler))


def sent(printers: WindowsPrinters, title: str = "badge-1") -> tuple[str, int]:
    """The reference and the number of a job."""
    reference = printers.send(QUEUE, PDF, title, CARD)
    return reference, int(reference.split()[0])


def test_a_job_stays_until_it_was_seen_as_printed(
    printers: WindowsPrinters, spooler: DocumentedSpooler
) -> None:
    reference, number = sent(printers)
    assert printers.status(QUEUE, reference).progress is Progress.SENT
    spooler.prints(number)
    assert printers.status(QUEUE, reference).progress is Progress.PRINTING
    spooler.has_printed(number)
    assert spooler.held
    assert printers.status(QUEUE, reference) == PRINTED
    assert not spooler.held
    assert printers.status(QUEUE, reference) == PRINTED


def test_a_job_that_nobody_asks_about_goes_with_the_next_one(
    printers: WindowsPrinters, spooler: DocumentedSpooler
) -> None:
    """As a receipt, which is followed for seconds only."""
    _, first = sent(printers, "receipt-1")
    spooler.has_printed(first)
    _, second = sent(printers, "receipt-2")
    assert list(spooler.held) == [second]


def test_a_spooler_that_keeps_nothing_is_believed_where_the_job_was_seen_at_the_printer() -> None:
    spooler = DocumentedSpooler(keeps=False)
    printers = WindowsPrinters(30, spooler, PaperOnly(spooler))
    (seen, one), (unseen, two) = sent(printers), sent(printers, "badge-2")
    spooler.prints(one)
    assert printers.status(QUEUE, seen).progress is Progress.PRINTING
    assert printers.status(QUEUE, unseen).progress is Progress.SENT
    spooler.has_printed(one)
    del spooler.held[two]
    assert printers.status(QUEUE, seen) == PRINTED
    assert printers.status(QUEUE, unseen) == GONE
    printers.close()


def test_after_a_restart_only_the_spooler_can_tell(
    printers: WindowsPrinters, spooler: DocumentedSpooler
) -> None:
    (out, one), (lost, two) = sent(printers), sent(printers, "badge-2")
    spooler.has_printed(one)
    del spooler.held[two]
    again = restarted(printers, spooler)
    assert again.status(QUEUE, out) == PRINTED
    assert again.status(QUEUE, lost) == GONE
    assert not spooler.held
    again.close()


def test_a_number_that_began_anew_is_not_another_badges(
    printers: WindowsPrinters, spooler: DocumentedSpooler
) -> None:
    reference, number = sent(printers)
    spooler.held[number] = Job(number, "somebody's letter")
    again = restarted(printers, spooler)
    assert again.status(QUEUE, reference) == GONE
    again.cancel(QUEUE, reference)
    assert spooler.held
    again.close()


def test_a_job_that_waits_can_be_taken_back(printers: WindowsPrinters, spooler: DocumentedSpooler) -> None:
    reference, _ = sent(printers)
    printers.cancel(QUEUE, reference)
    assert not spooler.held
    assert printers.status(QUEUE, reference) == JobStatus(Progress.FAILED, TAKEN_BACK)


def test_a_job_that_is_taken_back_from_its_printer_is_in_doubt(
    printers: WindowsPrinters, spooler: DocumentedSpooler
) -> None:
    reference, number = sent(printers)
    spooler.prints(number)
    printers.cancel(QUEUE, reference)
    assert printers.status(QUEUE, reference) == JobStatus(Progress.GONE, IN_DOUBT)


def test_a_job_that_begins_while_it_is_taken_back_is_in_doubt(
    printers: WindowsPrinters, spooler: DocumentedSpooler
) -> None:
    spooler.quick = True
    reference, _ = sent(printers)
    printers.cancel(QUEUE, reference)
    assert printers.status(QUEUE, reference) == JobStatus(Progress.GONE, IN_DOUBT)


def test_a_job_that_has_begun_before_is_in_doubt(
    printers: WindowsPrinters, spooler: DocumentedSpooler
) -> None:
    reference, number = sent(printers)
    for status in (JOB_PRINTING | JOB_ERROR, JOB_ERROR, JOB_RETAINED):
        spooler.held[number] = Job(number, "badge-1", status)
        printers.status(QUEUE, reference)
    printers.cancel(QUEUE, reference)
    assert printers.status(QUEUE, reference) == JobStatus(Progress.GONE, IN_DOUBT)


@pytest.mark.parametrize("status", [JOB_PRINTED, JOB_COMPLETE])
def test_a_job_that_is_printed_is_not_taken_back(
    printers: WindowsPrinters, spooler: DocumentedSpooler, status: int
) -> None:
    reference, number = sent(printers)
    spooler.held[number] = Job(number, "badge-1", status | JOB_RETAINED)
    printers.cancel(QUEUE, reference)
    assert printers.status(QUEUE, reference) == PRINTED


def test_somebody_else_deleted_it(printers: WindowsPrinters, spooler: DocumentedSpooler) -> None:
    reference, number = sent(printers)
    spooler.prints(number)
    printers.status(QUEUE, reference)
    del spooler.held[number]
    assert printers.status(QUEUE, reference) == GONE


def test_paper_out_is_told_by_queue_and_job(printers: WindowsPrinters, spooler: DocumentedSpooler) -> None:
    reference, _ = sent(printers)
    spooler.there = Queue(QUEUE, "USB001", status=0x10)
    assert printers.status(QUEUE, reference) == JobStatus(Progress.HELD, "Out of paper")
    (told,) = printers.queues()
    assert (told.state.status, told.state.message, told.default) == (Status.DEGRADED, "Out of paper", True)


@pytest.mark.parametrize("port", ["PORTPROMPT:", "FILE:", "SHRFAX:"])
def test_a_queue_that_asks_for_a_file_is_not_offered(
    printers: WindowsPrinters, spooler: DocumentedSpooler, port: str
) -> None:
    assert [queue.name for queue in printers.queues()] == [QUEUE]
    spooler.there = Queue(QUEUE, port)
    assert printers.queues() == []


def test_paper_sides_and_title_are_asked_for(printers: WindowsPrinters, gdi: PaperOnly) -> None:
    printers.send(QUEUE, TWO_PAGES, "badge-1", CARD)
    asked = gdi.settings
    assert (asked.dmPaperSize, asked.dmOrientation, asked.dmDuplex, asked.dmCopies) == (256, 2, 2, 1)
    assert gdi.drivers_own == DRIVERS_OWN
    assert [page.size for page in gdi.pages] == [(1017, 638)] * 2
    printers.send(QUEUE, PDF, "badge-2", CARD)
    assert gdi.settings.dmDuplex == 0


def test_a_size_without_a_form_is_asked_for_where_the_driver_takes_any(
    printers: WindowsPrinters, spooler: DocumentedSpooler, gdi: PaperOnly
) -> None:
    spooler.takes_any_size = True
    printers.send(QUEUE, PDF, "badge-1", (62.0, 100.0))
    assert (gdi.settings.dmPaperWidth, gdi.settings.dmPaperLength, gdi.settings.dmPaperSize) == (
        620,
        1000,
        256,
    )


@pytest.mark.parametrize(("size", "orientation"), [((62.0, 100.0), 1), ((280.0, 100.0), 2)])
def test_a_badge_without_paper_of_its_own_goes_on_what_is_set(
    printers: WindowsPrinters, gdi: PaperOnly, size: tuple[float, float], orientation: int
) -> None:
    printers.send(QUEUE, PDF, "badge-1", size)
    assert (gdi.settings.dmPaperSize, gdi.settings.dmOrientation) == (9, orientation)


def test_a_badge_that_is_larger_than_any_paper_is_refused(
    printers: WindowsPrinters, spooler: DocumentedSpooler
) -> None:
    with pytest.raises(QueueRefused, match="The printer holds 210 × 297 mm, this badge is 400 × 300 mm"):
        printers.send(QUEUE, PDF, "badge-1", (400.0, 300.0))
    assert not spooler.held


def test_a_stopped_service_is_told(printers: WindowsPrinters, spooler: DocumentedSpooler) -> None:
    spooler.fault = NO_SERVICE
    for call in (
        lambda: printers.queues(),
        lambda: printers.send(QUEUE, PDF, "badge-1", CARD),
        lambda: printers.find(QUEUE, "badge-1"),
        lambda: printers.status(QUEUE, "1 badge-1"),
        lambda: printers.cancel(QUEUE, "1 badge-1"),
    ):
        with pytest.raises(PrintSystemSilent) as told:
            call()
        assert not isinstance(told.value, HandOverUncertain)
        assert "Print Spooler" in told.value.remedy


def test_who_may_not_print_is_told(printers: WindowsPrinters, spooler: DocumentedSpooler) -> None:
    with pytest.raises(QueueRefused, match="There is no print queue nowhere"):
        printers.send("nowhere", PDF, "badge-1", CARD)
    spooler.fault = DENIED
    with pytest.raises(QueueRefused, match="does not let this user print on Badges"):
        printers.send(QUEUE, PDF, "badge-1", CARD)


def test_a_hand_over_that_broke_off_is_uncertain_once_a_page_was_given(
    printers: WindowsPrinters, gdi: PaperOnly
) -> None:
    gdi.fails_at = 1
    with pytest.raises(PrintSystemSilent) as told:
        printers.send(QUEUE, PDF, "badge-1", CARD)
    assert not isinstance(told.value, HandOverUncertain)
    gdi.fails_at = 2
    with pytest.raises(HandOverUncertain):
        printers.send(QUEUE, PDF, "badge-1", CARD)
    assert printers.find(QUEUE, "badge-1") == ""


def test_a_hand_over_that_hangs_is_found_when_it_went_on(
    printers: WindowsPrinters, spooler: DocumentedSpooler, gdi: PaperOnly
) -> None:
    printers._drawing_seconds = 0.5
    gdi.goes_on.clear()
    with pytest.raises(HandOverUncertain):
        printers.send(QUEUE, PDF, "badge-1", CARD)
    with pytest.raises(PrintSystemSilent):
        printers.queues()
    spooler.held.clear()
    gdi.goes_on.set()
    wait_for(lambda: found(printers, "badge-1"), "the spooler answers again")


def found(printers: WindowsPrinters, title: str) -> str:
    """The reference; none while the spooler hangs."""
    try:
        return printers.find(QUEUE, title)
    except PrintSystemSilent:
        return ""


def test_a_job_is_found_by_its_title(printers: WindowsPrinters, spooler: DocumentedSpooler) -> None:
    reference, number = sent(printers)
    again = restarted(printers, spooler)
    assert again.find(QUEUE, "badge-1") == reference
    assert again.find(QUEUE, "badge-2") == ""
    del spooler.held[number]
    assert again.find(QUEUE, "badge-1") == ""
    assert again.find("nowhere", "badge-1") == ""
    again.close()
