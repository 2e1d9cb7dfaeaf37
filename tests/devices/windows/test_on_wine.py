"""Badges from a Python of Windows through Wine's spooler and drawing onto the paper of a simulated printer.

Wine's spooler knows no states of jobs, obeys no SetJob and forgets a job when CUPS has it; `test_printers.py`
has what Microsoft describes.
"""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from eventdesk.badges import layout
from eventdesk.badges.render import render_many
from eventdesk.devices.printers.queues import HandOverUncertain, JobStatus, Progress, QueueRefused
from eventdesk.devices.printers.words import NOT_KNOWN
from tests.badges.guests import ANNA, ARABIC
from tests.rigs.printers import sheets
from tests.rigs.printers.fixtures import print_rig
from tests.rigs.printers.processes import wait_for
from tests.rigs.printers.rig import PrintRig, SimulatedPrinter
from tests.rigs.windows.fixtures import printer, windows
from tests.rigs.windows.rig import Windows

__all__ = ["print_rig", "printer", "windows"]

pytestmark = pytest.mark.long
CARD = (86.0, 54.0)
DPI = 300
PRINTED, GONE = JobStatus(Progress.PRINTED), JobStatus(Progress.GONE, NOT_KNOWN)
PAPER_SECONDS = 60


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A card with two sides, each with a code of its own."""
    guests = [replace(ANNA, code="GUEST-1"), replace(ANNA, name=ARABIC, code="GUEST-2")]
    return render_many(layout.shipped()["card"], guests)


def came_out(printer: SimulatedPrinter, before: int) -> Path:
    wait_for(lambda: len(printer.paper) > before, "the paper is out", PAPER_SECONDS)
    return printer.paper[before]


def ink(picture: Path, turned: bool) -> Image.Image:
    """White where there is ink."""
    read = Image.open(picture).convert("L")
    upright = read.rotate(-90, expand=True) if turned else read
    return upright.point(lambda value: 255 if value < 128 else 0)


def test_a_badge_comes_out_as_it_was_drawn(
    windows: Windows, printer: SimulatedPrinter, pdf: bytes, tmp_path: Path
) -> None:
    assert windows.queue("badges")["state"]["status"] == "ready"
    before = len(printer.paper)
    reference = windows.send("badges", pdf, "badge-abc-1", CARD)
    assert windows.status("badges", reference) == PRINTED
    paper = came_out(printer, before)
    assert sheets.page_size(paper) == pytest.approx((54, 86), abs=0.2)
    assert sheets.codes(paper) == ["GUEST-1", "GUEST-2"]
    own = tmp_path / "own.pdf"
    own.write_bytes(pdf)
    for ours, theirs in zip(sheets.draw(own, DPI), sheets.draw(paper, DPI), strict=True):
        mine, his = ink(ours, turned=False), ink(theirs, turned=True)
        assert mine.getbbox() == pytest.approx(his.getbbox(), abs=3)
        common = [(0, 0, min(mine.width, his.width), min(mine.height, his.height))] * 2
        apart = ImageChops.difference(mine.crop(common[0]), his.crop(common[1]))
        assert apart.histogram()[255] < 0.02 * mine.width * mine.height


def test_another_badge_goes_on_another_of_the_drivers_papers(
    windows: Windows, printer: SimulatedPrinter
) -> None:
    label = layout.shipped()["label62"]
    before = len(printer.paper)
    windows.send("badges", render_many(label, [replace(ANNA, code="GUEST-3")]), "badge-abc-0", (62.0, 100.0))
    paper = came_out(printer, before)
    assert sheets.page_size(paper) == pytest.approx((62, 100), abs=0.2)
    assert sheets.codes(paper) == ["GUEST-3"]


def test_a_desk_on_windows_offers_the_queues(windows: Windows) -> None:
    assert windows.call("offered") == ["badges", "pdf-folder"]


def test_sides_and_title_reach_the_printer(
    windows: Windows, printer: SimulatedPrinter, print_rig: PrintRig, pdf: bytes
) -> None:
    import cups

    before = len(printer.paper)
    windows.send("badges", pdf, "badge-abc-2", CARD)
    came_out(printer, before)
    cups.setServer("127.0.0.1")
    cups.setPort(print_rig.port)
    connection = cups.Connection()
    job = connection.getJobAttributes(max(connection.getJobs(which_jobs="all")))
    assert job["job-name"] == "badge-abc-2"
    assert (job["sides"], job["media"]) == ("two-sided-long-edge", "54x86mm")
    assert shutil.which("pdftotext") is None or not words_on(printer.paper[before])


def words_on(paper: Path) -> str:
    """What is written as letters: a badge is a picture by then."""
    command = ["pdftotext", str(paper), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_paper_that_the_driver_lacks_is_refused(windows: Windows, pdf: bytes) -> None:
    with pytest.raises(
        QueueRefused, match=r"The printer holds (54 × 86|86 × 54) mm, this badge is 210 × 297 mm"
    ):
        windows.send("badges", pdf, "badge-abc-3", (210.0, 297.0))


def test_an_unknown_queue_is_refused_with_its_name(windows: Windows, pdf: bytes) -> None:
    with pytest.raises(QueueRefused, match="There is no print queue nowhere"):
        windows.send("nowhere", pdf, "badge-abc-4", CARD)
    assert windows.call("find", "nowhere", "badge-abc-4") == ""
    assert windows.status("nowhere", "1 badge-abc-4") == GONE


def test_a_queue_that_is_offline_holds_its_job(windows: Windows) -> None:
    number = windows.call("leave_open", "badges", "badge-abc-5")
    reference = f"{number} badge-abc-5"
    assert windows.status("badges", reference) == JobStatus(Progress.SENT)
    assert windows.status("badges", f"{number} another-one") == GONE
    windows.call("set_offline", "badges", True)
    told = windows.queue("badges")["state"]
    assert (told["status"], told["message"]) == ("degraded", "The printer is offline")
    assert windows.status("badges", reference) == JobStatus(Progress.HELD, "The printer is offline")
    # Wine's spooler does not let go of it, so nothing is said of how it ended.
    windows.call("cancel", "badges", reference)
    assert windows.status("badges", reference).progress is Progress.HELD
    windows.call("set_offline", "badges", False)


def test_after_a_restart_a_job_is_unknown(windows: Windows, printer: SimulatedPrinter, pdf: bytes) -> None:
    before = len(printer.paper)
    reference = windows.send("badges", pdf, "badge-abc-6", CARD)
    assert windows.call("find", "badges", "badge-abc-6") == reference
    assert windows.call("find", "badges", "badge-abc-7") == ""
    windows.call("begin_anew")
    assert windows.status("badges", reference) == GONE
    assert windows.call("find", "badges", "badge-abc-6") == ""
    came_out(printer, before)


def test_a_hand_over_that_the_print_system_does_not_take_is_uncertain(
    windows: Windows, printer: SimulatedPrinter, print_rig: PrintRig, pdf: bytes
) -> None:
    """Wine notices only at the end of the document that its CUPS is down."""
    before = len(printer.paper)
    print_rig.cupsd.end()
    try:
        with pytest.raises(HandOverUncertain):
            windows.send("badges", pdf, "badge-abc-8", CARD)
        assert windows.call("find", "badges", "badge-abc-8") == ""
    finally:
        print_rig.start_cupsd()
    reference = windows.send("badges", pdf, "badge-abc-9", CARD)
    assert windows.status("badges", reference) == PRINTED
    came_out(printer, before)
    assert len(printer.paper) == before + 1
