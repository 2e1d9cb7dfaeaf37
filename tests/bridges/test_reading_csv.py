"""CSV files as they come: encodings, delimiters, quotes, ragged rows, titles; and files that are no lists."""

import os
from pathlib import Path

import pytest

from eventdesk.bridges.files import limits
from eventdesk.bridges.files.row import RawRow
from eventdesk.bridges.files.table import Table, open_table
from eventdesk.domain.imports import ImportChoices
from eventdesk.errors import BadInput, OperationCanceled
from tests.bridges.conftest import NO_CHOICES, never, quiet

LIST = "Name;E-Mail;Firma\nJürgen Groß;j@example.org;Straße & Co\nZoë Łukasiewicz;z@example.org;\n"
WESTERN = LIST.replace("Ł", "L")


def table(path: Path, choices: ImportChoices = NO_CHOICES) -> Table:
    return open_table(path, choices, quiet, never)


def written(folder: Path, content: bytes | str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows(path: Path, choices: ImportChoices = NO_CHOICES) -> list[RawRow]:
    return list(table(path, choices).rows())


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", LIST),
        ("utf-8-sig", LIST),
        ("utf-16", LIST),
        ("utf-16-le", LIST),
        ("utf-16-be", LIST),
        ("utf-32", LIST),
        ("cp1252", WESTERN),
        ("latin-1", WESTERN),
        ("mac_roman", WESTERN),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str, text: str) -> None:
    found = table(written(tmp_path, text.encode(encoding)))
    assert found.headers == ("Name", "E-Mail", "Firma")
    assert [row.cells[0] for row in found.rows()] == [line.split(";")[0] for line in text.splitlines()[1:]]
    assert bool(found.warnings) == (encoding in ("utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman"))


def test_letters_beyond_ascii_far_down_are_seen(tmp_path: Path) -> None:
    lines = "".join(f"Guest {number};g{number}@example.org;\n" for number in range(60_000))
    content = ("Name;E-Mail;Firma\n" + lines + "Jörg;j@example.org;\n").encode("cp1252")
    *_, last = rows(written(tmp_path, content))
    assert last.cells[0] == "Jörg"


def test_an_encoding_chosen_by_hand_counts(tmp_path: Path) -> None:
    path = written(tmp_path, "Name;E-Mail\nЖанна;z@example.org\n".encode("cp1251"))
    (row,) = rows(path, ImportChoices(encoding="cp1251"))
    assert row.cells[0] == "Жанна"
    with pytest.raises(BadInput, match=r"not in the encoding utf-8.*Choose another"):
        rows(path, ImportChoices(encoding="utf-8"))
    with pytest.raises(BadInput, match="no encoding named klingon"):
        rows(path, ImportChoices(encoding="klingon"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = 'Name,E-Mail,Notes\n"Groß, Jürgen; the 2nd",j@example.org,"a | b"\nLi,l@example.org,\n'
    lines = [line.split(",") for line in text.replace("Groß, Jürgen", "Groß").splitlines()]
    content = "\n".join(delimiter.join(cells) for cells in lines)
    assert table(written(tmp_path, content)).choices.delimiter == delimiter


def test_excels_separator_line_is_obeyed_and_passed_over(tmp_path: Path) -> None:
    found = table(written(tmp_path, "sep=|\nName|Email\nLi|l@example.org\n"))
    assert (found.choices.delimiter, found.choices.header_row) == ("|", 2)


def test_line_breaks_in_quotes_keep_the_numbers_right(tmp_path: Path) -> None:
    path = written(tmp_path, 'Name,Notes\r\nLi,"one\r\ntwo\r\nthree"\r\nBo,x\r\n')
    assert [(row.number, row.cells) for row in rows(path)] == [
        (2, ["Li", "one\r\ntwo\r\nthree"]),
        (5, ["Bo", "x"]),
    ]


def test_titles_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    path = written(
        tmp_path, "Guests of the summer party\n\n,,\nName,Email,Company\n\nLi,l@example.org,\n,,\n"
    )
    found = table(path)
    assert found.choices.header_row == 4
    assert [row.number for row in found.rows()] == [6]


def test_a_list_without_a_header(tmp_path: Path) -> None:
    found = table(written(tmp_path, "Li Wei,li@example.org\nBo Derek,bo@example.org\n"))
    assert found.choices.header_row == -1
    assert found.headers == ("Column A", "Column B")
    assert len(list(found.rows())) == 2


def test_headers_of_one_name_are_told_apart(tmp_path: Path) -> None:
    found = table(written(tmp_path, "Name,Company,company,,Name\nLi,A,B,C,D\n"))
    assert found.headers == ("Name", "Company", "company (2)", "Column D", "Name (2)")


def test_broken_quotes_are_faults_of_their_row(tmp_path: Path) -> None:
    path = written(tmp_path, 'Name,Email\n"Li"x,l@example.org\nBo,b@example.org\n')
    first, second = rows(path)
    assert (first.number, "middle of a cell" in str(first.fault)) == (2, True)
    assert second.cells == ["Bo", "b@example.org"]
    *_, last = rows(written(tmp_path, 'Name,Email\nBo,b@example.org\nLi,"l@example.org\nJo,j@x\n'))
    assert (last.number, "never closed" in str(last.fault)) == (3, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Name,Email\n", "nothing below it"),
        (b"Name,Email\n,\n\n", "nothing below it"),
        (b"Name,Email\nLi\0,l@example.org\n", "zero bytes"),
        (b"Name,Email\n" + b"x" * 1000 + b"\n" * 1000 + b"L\0i,l@e", "zero bytes"),
        (bytes(range(256)) * 40, "zero bytes"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old XLS format"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (b"Name" + b"," * 2_000 + b"\n" + b"x," * 2_000, "more than 500 columns"),
        (b"Name,Email\n" + b"x" * (limits.LINE_CHARACTERS + 5), "over a million characters"),
        (b"PK\x03\x04 broken", "damaged XLSX"),
    ],
)
def test_what_is_no_list_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words) as told:
        rows(written(tmp_path, content))
    assert told.value.remedy
    assert "list.csv" in told.value.message


def test_a_giant_cell_is_a_fault_of_its_row(tmp_path: Path) -> None:
    giant = '"' + "x\n" * 100_000 + '"'
    found = rows(written(tmp_path, f"Name,Email\n{giant},x\n"))
    assert "131,072 characters" in str(found[0].fault)


def test_a_million_columns_are_refused_in_little_memory(tmp_path: Path) -> None:
    path = written(tmp_path, b"Name,Email\nLi,l@example.org\n" + b"," * 900_000 + b"\n")
    with pytest.raises(BadInput, match="more than 500 columns in line 3"):
        rows(path)


def test_places_that_are_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not there"):
        table(tmp_path / "nothing.csv")
    with pytest.raises(BadInput, match="is a folder"):
        table(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = written(tmp_path, LIST)
    path.chmod(0)
    with pytest.raises(BadInput, match="may not be read"):
        table(path)


def test_a_file_that_vanishes_or_changes_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, LIST)
    found = table(path)
    path.write_text(LIST + "Bo;b@example.org;\n")
    with pytest.raises(BadInput, match="has changed since"):
        table(path, ImportChoices(sha256=found.sha256))
    path.unlink()
    with pytest.raises(BadInput, match="is not there"):
        list(found.rows())


def test_reading_can_be_canceled(tmp_path: Path) -> None:
    with pytest.raises(OperationCanceled):
        open_table(written(tmp_path, LIST), NO_CHOICES, quiet, lambda: True)
