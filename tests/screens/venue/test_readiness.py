"""One line a desk, the worst first; on paper all of it on one page."""

import csv
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from eventdesk.desk.commands import PrintTestBadge
from eventdesk.desk.listings import BadgeTried
from eventdesk.desk.printing.commands import ListPrinters
from eventdesk.desk.printing.values import PrintersTold, PrinterTold
from eventdesk.desk.venue.commands import WatchVenue
from eventdesk.desk.venue.values import Venue
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.badges import JobState
from eventdesk.domain.reports import Finding
from eventdesk.screens.venue.page import VenuePage
from eventdesk.screens.venue.readiness import worst_first
from eventdesk.screens.words import ISOLATES
from tests.screens.making import NOON, Desk, app
from tests.screens.venue.making import LONG_NAME, line, venue


def cells(page: VenuePage, row: int) -> list[str]:
    model = page.readiness.rows
    return [str(model.index(row, column).data()).translate(ISOLATES) for column in range(3)]


def test_the_worst_desk_stands_first_with_what_to_do(venue_page: VenuePage, desk: Desk) -> None:
    desk.hooks.venue_changed(venue(12))
    assert venue_page.readiness.verdict.text() == "✕ To mend: 8"
    assert venue_page.readiness.rows.rowCount() == 12
    name, wrong, remedy = cells(venue_page, 0)
    assert name == "Door 2"
    assert "✕ A printer prints nothing." in wrong
    assert "See what it says" in remedy
    assert cells(venue_page, 11)[1] == "✓ ready"
    bad = [sum(one.bad for one in line.findings) for line in worst_first(venue(50))]
    assert bad == sorted(bad, reverse=True)


def test_all_well_is_said_large(venue_page: VenuePage, desk: Desk) -> None:
    desk.hooks.venue_changed(Venue([line(1), line(2)], NOON))
    assert venue_page.readiness.verdict.text() == "✓ Ready"
    assert "ready: 2" in venue_page.readiness.count.text()


def test_what_is_only_worth_a_look_is_not_called_ready(venue_page: VenuePage, desk: Desk) -> None:
    minor = Finding("backup", bad=False, words="There is no backup of today.")
    desk.hooks.venue_changed(Venue([replace(line(1), findings=(minor,)), line(2)], NOON))
    assert venue_page.readiness.verdict.text().translate(ISOLATES) == "! Worth a look: 1."
    assert venue_page.readiness.count.text().translate(ISOLATES) == "Desks: 2, ready: 1."


def test_a_node_that_is_silent_is_told(venue_page: VenuePage, desk: Desk) -> None:
    desk.hooks.venue_changed(venue(3, trouble="The server does not answer."))
    assert venue_page.readiness.count.text().translate(ISOLATES).startswith("The server does not answer.")


def test_fifty_desks_that_report_are_no_new_table(venue_page: VenuePage, desk: Desk) -> None:
    part = venue_page.readiness
    desk.hooks.venue_changed(venue(50))
    resets: list[None] = []
    changed: list[int] = []
    part.rows.modelReset.connect(lambda: resets.append(None))
    part.rows.dataChanged.connect(lambda first, _last, _roles: changed.append(first.row()))
    part.table.selectRow(5)
    chosen = part.rows.item(5)
    assert chosen is not None
    mended = [one if one.desk != "d02" else line(2) for one in venue(50).lines]
    desk.hooks.venue_changed(Venue(mended, NOON + timedelta(seconds=3)))
    assert not resets
    assert len(changed) == 1, "the desk that was mended"
    now = part.rows.item(part.table.currentIndex().row())
    assert now is not None
    assert now.desk == chosen.desk, "what was chosen stays chosen"


def test_it_is_watched_only_while_it_is_seen(venue_page: VenuePage, desk: Desk) -> None:
    assert desk.last(WatchVenue).on
    venue_page.hide()
    assert not desk.last(WatchVenue).on


def test_every_printer_of_this_desk_prints_a_test_badge(venue_page: VenuePage, desk: Desk) -> None:
    part = venue_page.readiness
    part.test_button.click()
    assert desk.last(ListPrinters)
    ready = DeviceState("printer", Status.READY)
    desk.hooks.printers_told(PrintersTold([PrinterTold("left", ready), PrinterTold("right", ready)]))
    tried = [one for one in desk.posted if isinstance(one, PrintTestBadge)]
    assert [one.printer for one in tried] == ["left", "right"]
    desk.hooks.printers_told(PrintersTold([PrinterTold("left", ready)]))
    assert len([one for one in desk.posted if isinstance(one, PrintTestBadge)]) == 2, "once each"
    desk.hooks.test_badge_told(BadgeTried(tried[0].request, "left", JobState.PRINTED))
    desk.hooks.test_badge_told(BadgeTried(tried[1].request, "right", JobState.FAILED, "Out of paper"))
    desk.hooks.test_badge_told(BadgeTried("of another page", "other", JobState.FAILED))
    told = part.told.text().translate(ISOLATES)
    assert "left · printed" in told
    assert "right · failed · Out of paper" in told
    assert "other" not in told


def test_readiness_is_saved_as_a_table(venue_page: VenuePage, desk: Desk, tmp_path: Path) -> None:
    part = venue_page.readiness
    lines = [replace(line(1), name="=HYPERLINK(1)"), *venue(12).lines[1:]]
    desk.hooks.venue_changed(Venue(lines, NOON))
    target = tmp_path / "readiness.csv"
    part._ask_target = lambda _parent, _name: target
    part.csv_button.click()
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 13
    assert rows[1][0] == "Door 2"
    assert "'=HYPERLINK(1)" in {row[0] for row in rows}, "no cell is run by a spreadsheet program"
    assert "readiness.csv is saved" in part.told.text()


@pytest.mark.parametrize("many", [1, 50])
def test_all_desks_are_on_one_page_of_paper(
    venue_page: VenuePage, desk: Desk, tmp_path: Path, many: int
) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    desk.hooks.venue_changed(venue(many))
    target = tmp_path / "readiness.pdf"
    venue_page.readiness._ask_target = lambda _parent, _name: target
    venue_page.readiness.pdf_button.click()
    document = pdfium.PdfDocument(target)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    document.close()
    names = {one.name for one in venue(many).lines if one.name.isascii() and one.name != LONG_NAME}
    assert not {name for name in names if name not in text}


def test_a_file_that_can_t_be_written_is_told(venue_page: VenuePage, desk: Desk, tmp_path: Path) -> None:
    desk.hooks.venue_changed(venue(2))
    venue_page.readiness._ask_target = lambda _parent, _name: tmp_path / "none" / "readiness.pdf"
    for button in (venue_page.readiness.pdf_button, venue_page.readiness.csv_button):
        button.click()
        assert venue_page.readiness.told.property("tone") == "bad"
        app().processEvents()
