"""Exports: whole files, private, nothing evaluated, and back again without a change."""

import csv
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from eventdesk.bridges.files import exporting
from eventdesk.bridges.files.quoting import guarded, needs_guard, unguarded
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.imports import Exported
from eventdesk.errors import BadInput, OperationCanceled
from tests.bridges.conftest import LOG, EventOnDisk, never, quiet

# What makes a spreadsheet program compute or call out, from OWASP's page on CSV injection and from
# published reports; a person's name can hold any of it.
ATTACKS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org","click")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    '"=1+1',
    ";=1+1",
    "x;=1+1",
    'x","=1+1',
    "x\t=1+1",
    "x\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "'=1+1",
    "''=1+1",
    "-1.5",
    "+49 170 1234567",
]
Export = Callable[..., Exported]
HARMLESS = ["Li Wei", "O'Brien", "Müller-Lüdenscheidt", "a=b", "1-2", "x@example.org", "C&A", "'quoted'"]


@pytest.fixture
def attacked(event: EventOnDisk) -> EventOnDisk:
    """An event whose guests bear such names, written past every check of the import."""
    drafts = [Draft(Kind.PRODUCT_DEFINED, "p", {"name": "=Day;+Night"})]
    for number, name in enumerate(ATTACKS + HARMLESS):
        order, ticket = f"o{number}", f"t{number:03}"
        drafts.append(Draft(Kind.ORDER_PLACED, order, {"code": f"O{number}", "status": "paid"}))
        members = {"order": order, "secret": f"S{number}", "product": "p", "name": name, "notes": name}
        drafts.append(Draft(Kind.TICKET_ISSUED, ticket, members))
        passed = {"list": "l", "at": "2026-06-10T10:00:00Z", "gate": "=gate"}
        drafts.append(Draft(Kind.ADMITTED, ticket, passed))
    with event.store.transaction() as tx:
        tx.append(LOG, drafts)
    return event


def starts_a_formula(cell: str) -> bool:
    """As a spreadsheet program does: spaces and quotation marks before the sign are passed over."""
    return cell.lstrip(' \t\r\n"“”')[:1] in tuple("=+-@＝＋－＠")


def pieces(line: str, separator: str) -> list[str]:
    """The cells of a line, as a program that parts by this sign finds them, quoted ones or not."""
    return next(csv.reader([line], delimiter=separator)) + line.split(separator)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("what", [exporting.export_guests, exporting.export_admissions])
def test_no_cell_of_a_csv_starts_a_formula_whatever_parts_its_columns(
    attacked: EventOnDisk, what: Export, separator: str
) -> None:
    path = attacked.folder / "out.csv"
    assert what(attacked.store, LOG, path, quiet, never).rows == len(ATTACKS + HARMLESS)
    for line in path.read_text("utf-8-sig").splitlines():
        assert not [cell for cell in pieces(line, separator) if starts_a_formula(cell)]


def test_xlsx_cells_are_texts(attacked: EventOnDisk) -> None:
    path = attacked.folder / "out.xlsx"
    attacked.export_guests(path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    names = [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert names[0] == "=1+1"
    assert sheet["B2"].quotePrefix
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_went_out_comes_back_without_a_change(attacked: EventOnDisk, ending: str) -> None:
    path = attacked.folder / f"out.{ending}"
    attacked.export_guests(path)
    done = attacked.import_file(path)
    assert (done.written, done.facts) == (True, 0), done.bad[:3]
    assert done.counts.unchanged == len(ATTACKS + HARMLESS)


@pytest.mark.parametrize("text", ATTACKS)
def test_guards_come_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert needs_guard(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_texts_are_left_alone(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


def test_times_bear_the_events_offset(attacked: EventOnDisk) -> None:
    path = attacked.folder / "out.csv"
    exporting.export_admissions(attacked.store, LOG, path, quiet, never)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        _, first, *_ = csv.reader(stream)
    assert first[0] == "2026-06-10 12:00:00+02:00"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_files_are_private_and_replaced_as_a_whole(attacked: EventOnDisk, ending: str) -> None:
    path = attacked.folder / f"out.{ending}"
    path.write_text("before")
    with pytest.raises(OperationCanceled):
        exporting.export_guests(attacked.store, LOG, path, quiet, lambda: True)
    assert path.read_text() == "before"
    attacked.export_guests(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not [one.name for one in attacked.folder.iterdir() if one.name.startswith(".out")]


def test_places_that_can_not_be_written_are_told(event: EventOnDisk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"neither in \.csv nor in \.xlsx"):
        event.export_guests(tmp_path / "out.doc")
    with pytest.raises(BadInput, match="can't be written"):
        event.export_guests(tmp_path / "no folder" / "out.csv")
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(BadInput, match="can't be written"):
        event.export_guests(tmp_path / "out.csv")
