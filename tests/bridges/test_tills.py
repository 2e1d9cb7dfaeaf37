"""Money out to CSV and XLSX: every receipt and payment once, sums that agree, nothing that is evaluated."""

import csv
import tracemalloc
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from eventdesk.bridges.files import tills
from eventdesk.bridges.files.quoting import guarded
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.imports import Exported
from eventdesk.domain.till.accounts import EVER
from eventdesk.domain.till.sums import Span
from eventdesk.errors import OperationCanceled
from eventdesk.storage.store import Store
from tests.bridges.conftest import never, quiet
from tests.storage.made import LOG
from tests.storage.till.made import BEGIN, closed, completed, evening, failed, line, taken

ATTACK = '=HYPERLINK("http://example.org";"-")'
Export = Callable[..., Exported]
EXPORTS = [tills.export_sales, tills.export_payments, tills.export_closings, tills.export_audit]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An evening whose words attack a spreadsheet."""
    members = {"name": "Sommerfest", "timezone": "Europe/Berlin", "begins": "2026-06-10T10:00:00Z"}
    comp = line(name=ATTACK, price=0, comp=True, discount=11_90, reason=ATTACK)
    with Store.open(tmp_path / "desk.db", b"k" * 32, "desk1") as store:
        with store.transaction() as tx:
            tx.append(
                LOG,
                [
                    Draft(Kind.EVENT_DEFINED, LOG, members),
                    Draft(Kind.STAFF_DEFINED, "ada", {"name": "@Ada", "roles": ["box_office"]}),
                    *evening(),
                    completed("s4", 4, [comp, line("l2", price=1)], minute=50, by="ada", payments=["p-s4"]),
                    taken("p-s4", "s4", 1, tender="invoice", reference=ATTACK, rounding=0),
                    completed("s5", 5, customer={"name": "Hall Ltd"}, payments=["p-s5"]),
                    taken("p-s5", "s5", 11_90, tender="invoice"),
                    failed("p2-s3", "s3"),
                    closed(difference=-80, counted=99_20, expected=100_00, by="ada"),
                ],
            )
        yield store


def table(store: Store, export: Export, path: Path) -> list[dict[str, str]]:
    export(store, LOG, path, quiet, never)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_sales_add_up_to_turnover(store: Store, tmp_path: Path) -> None:
    rows = table(store, tills.export_sales, tmp_path / "sales.csv")
    with store.reader() as reader:
        turnover = sum(one.gross for one in reader.turnover(LOG, EVER))
    assert sum(Decimal(row["Gross"]) for row in rows) * 100 == turnover
    assert all(Decimal(row["Net"]) + Decimal(row["Tax"]) == Decimal(row["Gross"]) for row in rows)
    assert {row["Currency"] for row in rows} == {"EUR"}
    back = rows[2]
    assert (back["Way"], back["Receipt"], back["Gives back receipt"], back["Gross"]) == (
        "refund",
        "3",
        "2",
        "-11.90",
    )
    assert (back["Tax rate %"], back["Shift"], back["Time"]) == ("19", "1", "2026-06-10 12:20:00+02:00")


def test_payments_hold_all_that_was_asked_for_and_what_became_of_it(store: Store, tmp_path: Path) -> None:
    rows = {row["Payment"]: row for row in table(store, tills.export_payments, tmp_path / "payments.csv")}
    assert len(rows) == 7
    assert (rows["r-s2"]["Over the counter"], rows["r-s2"]["Receipt"]) == ("-11.90", "2")
    assert (rows["p-s3"]["State"], rows["p-s3"]["Over the counter"]) == ("failed", "0.00")
    assert rows["p-s3"]["Receipt"] == ""
    # Only who still owes money is named.
    assert [row["Customer"] for row in rows.values() if row["Customer"]] == ["Hall Ltd"]


def test_a_closing_stands_as_it_was_closed(store: Store, tmp_path: Path) -> None:
    (row,) = table(store, tills.export_closings, tmp_path / "closings.csv")
    assert (row["Expected"], row["Counted"], row["Difference"]) == ("100.00", "99.20", "-0.80")
    assert (row["Shift"], row["Closed by"], row["SHA-256"]) == ("1", "'@Ada", "00")


def test_the_audit_names_who_gave_what_away_and_why(store: Store, tmp_path: Path) -> None:
    rows = table(store, tills.export_audit, tmp_path / "audit.csv")
    assert [row["Deed"] for row in rows] == ["opened", "refund", "drop", "comp", "closed"]
    assert (rows[3]["Person"], rows[3]["Amount"], rows[3]["Reason"]) == ("'@Ada", "11.90", guarded(ATTACK))


@pytest.mark.parametrize("export", EXPORTS)
def test_no_text_of_a_csv_starts_a_formula_and_money_is_a_number(
    store: Store, tmp_path: Path, export: Export
) -> None:
    for row in table(store, export, tmp_path / "out.csv"):
        for header, cell in row.items():
            if cell[:1] in tuple("=+-@"):
                assert str(Decimal(cell)) == cell, header


@pytest.mark.parametrize("export", EXPORTS)
def test_no_cell_of_an_xlsx_is_a_formula_and_money_adds_up(
    store: Store, tmp_path: Path, export: Export
) -> None:
    path = tmp_path / "out.xlsx"
    export(store, LOG, path, quiet, never)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {
        "s",
        "n",
    }
    if export is tills.export_sales:
        headers = [cell.value for cell in sheet[1]]
        amounts = [row[headers.index("Gross")] for row in sheet.iter_rows(min_row=2)]
        assert round(sum(float(str(one.value)) for one in amounts), 2) == 35.71
        assert {one.number_format for one in amounts} == {"0.00"}


def test_an_export_that_is_canceled_leaves_no_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(OperationCanceled):
        tills.export_sales(store, LOG, path, quiet, lambda: True)
    assert not path.exists()


def test_a_span_leaves_out_what_is_beyond_it(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    early = Span(ends=BEGIN)
    assert tills.export_sales(store, LOG, path, quiet, never, early).rows == 0
    assert tills.export_payments(store, LOG, path, quiet, never, early).rows == 0
    assert tills.export_closings(store, LOG, path, quiet, never, early).rows == 0
    assert tills.export_audit(store, LOG, path, quiet, never, early).rows == 0


@pytest.mark.long
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_twenty_thousand_sales_stream_in_little_memory(store: Store, tmp_path: Path, ending: str) -> None:
    number = 20_000

    def drafts() -> Iterator[Draft]:
        for n in range(10, number):
            yield taken(f"p-x{n}", f"x{n}", 23_80)
            yield completed(f"x{n}", n, [line(), line("l2")], minute=n % 500, payments=[f"p-x{n}"])

    with store.transaction() as tx:
        tx.append_bulk(LOG, drafts(), lambda _count: None)
    told: list[tuple[int, int]] = []
    tracemalloc.start()
    try:
        for export in (tills.export_sales, tills.export_payments):
            export(store, LOG, tmp_path / f"out.{ending}", lambda *now: told.append(now), never)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 24 << 20
    assert [done for done, _total in told[:19]] == [n * 1000 for n in range(1, 20)]
