"""What holds for every text and every list, tried with made ones."""

import csv
import io
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from eventdesk.bridges.files.quoting import bare, guarded, unguarded
from eventdesk.bridges.files.table import open_table
from eventdesk.bridges.files.writing import one_cell, write_table
from eventdesk.domain.imports import ImportChoices
from tests.bridges.conftest import EventOnDisk, never, quiet
from tests.bridges.test_exporting import starts_a_formula

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NASTY = st.text(st.sampled_from("=+-@＝＠'\",;|\t\r\n ab"), max_size=12)
NAME = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)
ROW = st.tuples(
    NAME, st.sampled_from(["a@example.org", "b@example.org", ""]), st.sampled_from(["Day", "VIP"])
)
BAD_CELLS = st.sampled_from(["no address", "a@b@c", "a b@c", "two@example.org, three@example.org"])
SHARED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(ANY_TEXT | NASTY)
def test_guards_come_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@example("0\x85=", ",")
@given(ANY_TEXT | NASTY, st.sampled_from(",;\t|"))
def test_no_guarded_text_starts_a_formula_anywhere(text: str, separator: str) -> None:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(["x", guarded(text)])
    for row in line.getvalue().splitlines():
        assert not any(starts_a_formula(cell) for cell in row.split(separator))


@settings(SHARED, max_examples=50)
@given(
    st.lists(st.tuples(ANY_TEXT | NASTY, ANY_TEXT), min_size=1, max_size=5), st.sampled_from(["csv", "xlsx"])
)
def test_any_text_goes_out_and_comes_in(tmp_path: Path, rows: list[tuple[str, str]], ending: str) -> None:
    path = tmp_path / f"table.{ending}"
    write_table(path, ("A", "B", "End"), [(*row, "x") for row in rows], "Table")
    table = open_table(path, ImportChoices(header_row=1), quiet, never)
    read = [[squeezed(bare(cell)) for cell in row.cells[:2]] for row in table.rows()]
    assert read == [[squeezed(bare(one_cell(cell))) for cell in row] for row in rows]


def squeezed(text: str) -> str:
    """What is left of a text that a cell can't hold as it is: control characters are spaces."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def listed(rows: list[tuple[str, str, str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([("Name", "E-Mail", "Product"), *rows])
    return text.getvalue()


@settings(SHARED, max_examples=30)
@given(rows=st.lists(ROW, min_size=1, max_size=8))
def test_a_list_again_is_no_news(event: EventOnDisk, rows: list[tuple[str, str, str]]) -> None:
    path = event.write("list.csv", listed(rows))
    event.import_file(path)
    before = event.fact_count()
    again = event.import_file(path)
    assert (again.written, again.facts, again.counts.unchanged) == (True, 0, len(rows))
    assert event.fact_count() == before


@settings(SHARED, max_examples=30)
@given(rows=st.lists(ROW, min_size=1, max_size=8), bad=BAD_CELLS, place=st.integers(0, 8))
def test_a_bad_row_leaves_the_store_as_it_was(
    event: EventOnDisk, rows: list[tuple[str, str, str]], bad: str, place: int
) -> None:
    before = event.fact_count()
    rows.insert(min(place, len(rows)), ("Kim", bad, "Day"))
    done = event.import_file(event.write("list.csv", listed(rows)))
    assert (done.written, [one.number for one in done.bad]) == (False, [min(place, len(rows) - 1) + 2])
    assert event.fact_count() == before
