"""The tills' account as PDF, read back by Poppler: every sum, any script, in both languages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from eventdesk.bridges.files.accounting import by_hour
from eventdesk.desk.till.accounting import export_account
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.accounts import EVER, HourSum, MinuteSum, days
from eventdesk.domain.till.sums import Span
from eventdesk.errors import BadInput, OperationCanceled
from eventdesk.receipts.accounting import lettering, sums
from eventdesk.storage.store import Store
from tests.bridges.conftest import never, quiet
from tests.receipts.readers import _run
from tests.storage.made import LOG
from tests.storage.till.made import BEGIN, closed, completed, evening, line, taken

ARABIC = "ورشة عمل الخط العربي"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    members = {"name": "Sommerfest", "timezone": "Europe/Berlin", "begins": "2026-06-10T10:00:00Z"}
    with Store.open(tmp_path / "desk.db", b"k" * 32, "desk1") as store:
        with store.transaction() as tx:
            tx.append(
                LOG,
                [
                    Draft(Kind.EVENT_DEFINED, LOG, {**members, "currency": "EUR"}),
                    Draft(Kind.STAFF_DEFINED, "ada", {"name": "Gräfin <Ada> & Co", "roles": ["box_office"]}),
                    *evening(),
                    completed("s4", 4, [line(name=ARABIC, product="ws", price=45_00)], minute=90, by="ada"),
                    taken("p-s4", "s4", 45_00, tender="invoice"),
                    closed(difference=-80, counted=99_20, expected=100_00, by="ada"),
                ],
            )
        yield store


def read(store: Store, path: Path, language: str = "en", span: Span = EVER) -> list[list[str]]:
    """The report's lines as words."""
    export_account(store, LOG, path, quiet, never, span, language)
    return [text.split() for text in _run(["pdftotext", "-layout", str(path), "-"]).splitlines()]


def test_the_account_says_what_was_sold_taxed_paid_and_given_back(store: Store, tmp_path: Path) -> None:
    lines = read(store, tmp_path / "account.pdf")
    # 11.90 + 23.80 + 45.00, of which 11.90 went back; 19 % of it is tax.
    assert ["Sales", "3", "80.70"] in lines
    assert ["Refunds", "1", "-11.90"] in lines
    assert ["Turnover", "68.80"] in lines
    assert ["A", "19%", "57.82", "10.98", "68.80"] in lines
    assert ["Adult", "2", "35.70", "-11.90", "20.00", "3.80", "23.80"] in lines
    assert ["Invoice", "1", "45.00", "0.00", "0.00", "45.00"] in lines
    assert ["Sum", "4", "80.70", "11.90", "0.00", "68.80"] in lines
    assert ["Paid,", "less", "what", "was", "paid", "back", "68.80"] in lines
    assert ["Difference", "to", "the", "turnover", "0.00"] in lines
    closing = next(words for words in lines if words[:2] == ["desk1", "1"] and words[-1] == "-0.80")
    assert closing[-3:-1] == ["100.00", "99.20"]
    assert any("ill" in words and words[-1] == "-11.90" for words in lines)
    assert ["Payments", "of", "unknown", "fate:", "1,", "11.90."] in lines
    assert any("<Ada>" in words for words in lines)


def test_it_speaks_german(store: Store, tmp_path: Path) -> None:
    lines = read(store, tmp_path / "account.pdf", "de")
    assert ["Umsatz", "68,80"] in lines
    assert ["A", "19", "%", "57,82", "10,98", "68,80"] in lines


def test_its_time_is_whole_days_of_the_event(store: Store, tmp_path: Path) -> None:
    with store.reader() as reader:
        zone = reader.catalogue(LOG).event.zone
    day = BEGIN.astimezone(zone).date()
    lines = read(store, tmp_path / "one.pdf", span=days(zone, day, day))
    assert ["Turnover", "68.80"] in lines
    lines = read(store, tmp_path / "none.pdf", span=days(zone, None, day.replace(day=9)))
    assert ["Nothing", "was", "sold", "in", "this", "time."] in lines


def test_its_faces_are_embedded_and_other_scripts_are_drawn(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path / "account.pdf")
    fonts = _run(["pdffonts", str(tmp_path / "account.pdf")]).splitlines()[2:]
    assert fonts
    assert all("NotoSans" in one and " yes " in one for one in fonts)
    name = lettering.text(ARABIC)
    assert isinstance(name, lettering.Shaped)
    wide = name.wrap(200, 100)[1]
    assert name.wrap(30, 100)[1] > 2 * wide
    assert name._set().outline.elementCount() > 200


@pytest.mark.parametrize("plain", ["Grün & „Gold“", "Ωμέγα", "Кафе", "10 € – 5"])
def test_what_the_latin_face_can_set_stays_text(plain: str) -> None:
    assert lettering.is_plain(plain)


@pytest.mark.parametrize("shaped", [ARABIC, "שלום", "कार्य", "กำลัง", "東京", "e\u0323\u0301x\u0309"])
def test_what_it_can_not_is_shaped(shaped: str) -> None:
    assert not lettering.is_plain(shaped)


def test_a_canceled_report_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "account.pdf"
    path.write_text("before")
    with pytest.raises(OperationCanceled):
        export_account(store, LOG, path, quiet, lambda: True)
    assert path.read_text() == "before"
    with pytest.raises(BadInput, match=r"\.pdf"):
        export_account(store, LOG, tmp_path / "account.xlsx", quiet, never)


def test_the_hour_that_clocks_repeat_is_two_and_none_is_lost() -> None:
    begin = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    minutes = [MinuteSum("EUR", begin + timedelta(hours=n), 100, 0, 84, 16) for n in range(5)]
    hours = sorted(
        by_hour(minutes, ZoneInfo("Europe/Berlin"))["EUR"].values(), key=lambda one: one.hour.astimezone(UTC)
    )
    assert [one.hour.hour for one in hours] == [1, 2, 2, 3, 4]
    unit, steps = sums.steps(hours)
    assert (unit, sum(one.sold for one in steps)) == ("hours", 500)
    half = by_hour(minutes, ZoneInfo("Asia/Kolkata"))["EUR"]
    assert {one.hour.minute for one in half.values()} == {0}
    assert sum(one.sold for one in half.values()) == 500


def test_a_clock_set_to_another_century_makes_no_endless_plot() -> None:
    hours = [HourSum(datetime(year, 6, 10, 10, tzinfo=UTC), 1) for year in (1975, 2026, 2099)]
    unit, steps = sums.steps(hours)
    assert (unit, len(steps)) == ("months", 3)
