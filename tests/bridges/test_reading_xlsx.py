"""XLSX files as they come, and those that are traps."""

import random
import resource
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from eventdesk.bridges.files import limits
from eventdesk.bridges.files.row import NumberText
from eventdesk.bridges.files.table import open_table
from eventdesk.domain.imports import ImportChoices
from eventdesk.errors import BadInput
from tests.bridges.conftest import NO_CHOICES, EventOnDisk, never, quiet
from tests.bridges.workbooks import packed, sheet_xml, text_cell, workbook

HEADER = ("Name", "Code", "Gültig ab", "Notiz")


def test_cells_of_every_sort_become_texts(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("Li", 12345.0, datetime.fromisoformat("2026-06-10 18:30"), True),
        ("Bo", "00123", date(2026, 6, 10), 1.5),
        ("Jo", None, None, None),
    ]
    table = open_table(workbook(tmp_path / "list.xlsx", {"Gäste": rows}), NO_CHOICES, quiet, never)
    li, bo, jo = table.rows()
    assert li.cells == ["Li", "12345", "2026-06-10 18:30:00", "yes"]
    assert isinstance(li.cells[1], NumberText)
    assert bo.cells == ["Bo", "00123", "2026-06-10", "1.5"]
    assert (jo.number, jo.cells) == (4, ["Jo", "", "", ""])


def test_a_table_that_begins_elsewhere_keeps_its_row_numbers(tmp_path: Path) -> None:
    rows = [(), (), (None, "Guests"), (), (None, "Name", "Email"), (None, "Li", "l@example.org")]
    table = open_table(workbook(tmp_path / "list.xlsx", {"A": rows}), NO_CHOICES, quiet, never)
    assert table.choices.header_row == 5
    (row,) = table.rows()
    assert (row.number, row.cells[1:]) == (6, ["Li", "l@example.org"])


def test_hidden_sheets_are_passed_over_and_others_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "list.xlsx",
        {"Old": [("Name",), ("Gone",)], "Guests": [("Name",), ("Li",)], "Crew": [("Name",), ("Bo",)]},
        hidden=["Old"],
    )
    table = open_table(path, NO_CHOICES, quiet, never)
    assert [row.cells[0] for row in table.rows()] == ["Li"]
    assert [(sheet.name, sheet.hidden) for sheet in table.sheets] == [
        ("Old", True),
        ("Guests", False),
        ("Crew", False),
    ]
    assert "not Old, Crew" in str(table.warnings[0])
    crew = open_table(path, ImportChoices(sheet="Crew"), quiet, never)
    assert [row.cells[0] for row in crew.rows()] == ["Bo"]
    with pytest.raises(BadInput, match=r"no sheet named Nobody.*Old, Guests, Crew"):
        open_table(path, ImportChoices(sheet="Nobody"), quiet, never)


def test_formulas_are_told(tmp_path: Path) -> None:
    formula = '<c r="A2" t="str"><f>"L"&amp;"i"</f><v>Li</v></c>'
    cells = f'<row r="1">{text_cell("A1", "Name")}</row><row r="2">{formula}</row>'
    table = open_table(packed(tmp_path / "f.xlsx", sheet_xml(cells)), NO_CHOICES, quiet, never)
    assert [row.cells[0] for row in table.rows()] == ["Li"]
    assert "1 cells hold formulas" in str(table.warnings[0])


def test_codes_that_a_spreadsheet_program_rounded_are_bad_rows(event: EventOnDisk) -> None:
    rows = [("Name", "Barcode"), ("Li", 671234567810234567), ("Bo", "6.71234567810235E+17"), ("Jo", 4711)]
    found = event.preview(workbook(event.folder / "list.xlsx", {"A": rows}))
    assert [(bad.number, bad.column) for bad in found.bad] == [(2, "Barcode"), (3, "Barcode")]
    assert "15 digits" in str(found.bad[0].reason)
    assert any("lost them" in str(warning) for warning in found.warnings)


@pytest.mark.parametrize("name", ["list.csv", "list.txt", "list"])
def test_a_wrong_ending_does_not_matter(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path / "list.xlsx", {"A": [("Name",), ("Li",)]}).rename(tmp_path / name)
    assert [row.cells[0] for row in open_table(path, NO_CHOICES, quiet, never).rows()] == ["Li"]


@pytest.mark.parametrize(
    ("cells", "head", "words"),
    [
        (text_cell("A1", "Name") + text_cell("A1048577", "x"), "", "more than 1,048,576 rows"),
        (text_cell("A1", "Name") + text_cell("XFD2", "x"), "", "beyond column 500"),
        (text_cell("A1", "Name") + text_cell("Z1000000", "x"), "", "spreads 2 cells over 1,000,000 rows"),
        (text_cell("A99999999", "x"), "", "names a cell that can't be"),
        ("<row r='x'/>", "", "numbers a row"),
        ("&lol;", '<!DOCTYPE x [<!ENTITY lol "lol">]>', "defines XML entities"),
        ("<unclosed>", "", "damaged XLSX file"),
    ],
)
def test_sheets_that_are_traps_are_refused(tmp_path: Path, cells: str, head: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as told:
        open_table(packed(tmp_path / "trap.xlsx", sheet_xml(cells, head)), NO_CHOICES, quiet, never)
    assert told.value.remedy


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "bomb.xlsx", sheet_xml(" " * (100 * limits.MIB)))
    assert path.stat().st_size < limits.MIB
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadInput, match="times its size"):
        open_table(path, NO_CHOICES, quiet, never)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_a_bomb_in_a_part_that_is_no_sheet_is_refused(tmp_path: Path) -> None:
    entities = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst>&b;</sst>'
    shared = {"xl/sharedStrings.xml": entities}
    path = packed(tmp_path / "bomb.xlsx", sheet_xml(text_cell("A1", "Name")), **shared)
    with pytest.raises(BadInput, match="defines XML entities"):
        open_table(path, NO_CHOICES, quiet, never)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    more = {f"x{number}.bin": "" for number in range(limits.ARCHIVE_ENTRIES + 1)}
    with pytest.raises(BadInput, match="which no spreadsheet does"):
        open_table(packed(tmp_path / "many.xlsx", sheet_xml(""), **more), NO_CHOICES, quiet, never)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("content.xml", "an OpenDocument file"),
        ("word/document.xml", "a Word document"),
        ("xl/workbook.bin", "XLSB"),
        ("readme.txt", "not a spreadsheet"),
    ],
)
def test_other_packed_files_are_named(tmp_path: Path, name: str, words: str) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(BadInput, match=words):
        open_table(path, NO_CHOICES, quiet, never)


def test_a_cut_file_and_an_empty_sheet_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", {"A": [("Name",), ("Li",)]})
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BadInput, match="damaged XLSX"):
        open_table(path, NO_CHOICES, quiet, never)
    with pytest.raises(BadInput, match="is empty"):
        open_table(workbook(tmp_path / "e.xlsx", {"A": []}), NO_CHOICES, quiet, never)


def test_random_damage_is_told_or_does_not_matter(tmp_path: Path) -> None:
    guests = [("Name", "Code"), *((f"Guest {number}", f"c{number}") for number in range(60))]
    content = workbook(tmp_path / "list.xlsx", {"A": guests}).read_bytes()
    path, chance = tmp_path / "damaged.xlsx", random.Random(3)
    refused = 0
    for _ in range(250):
        changed, at = bytearray(content), chance.randrange(len(content))
        changed[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(1, 3))
        path.write_bytes(changed)
        try:
            list(open_table(path, NO_CHOICES, quiet, never).rows())
        except BadInput:
            refused += 1
    assert refused > 200
