"""The tills' files from the export page, over a real desk."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.demo import LOG
from eventdesk.domain.till.accounts import Period
from eventdesk.screens.manage.guests_page import GuestsPage
from eventdesk.screens.manage.till_exports import When, period_of
from tests.screens.manage.real_desk import RealDesk
from tests.screens.manage.test_on_a_real_desk import demo, real, shown

__all__ = ["real"]
WAIT_MS = 30_000


@pytest.mark.parametrize("name", ["account.pdf", "sales.csv", "payments.xlsx", "closings.xlsx", "audit.csv"])
def test_each_file_is_written(qtbot: QtBot, real: RealDesk, tmp_path: Path, name: str) -> None:
    demo(qtbot, real)
    guests = GuestsPage(real.bridge)
    page = guests.exporting
    asked: list[str] = []

    def ask(_parent: object, suggestion: str) -> Path:
        asked.append(suggestion)
        return tmp_path / name

    page._ask_target = ask
    shown(qtbot, guests)
    guests.tabs.setCurrentIndex(2)
    page.use_log(LOG)
    stem = name.partition(".")[0]
    index = next(n for n in range(5) if page.tills.what.combo.itemData(n).startswith(stem))
    page.tills.what.put(page.tills.what.combo.itemData(index))
    page.tills.save_button.click()
    qtbot.waitUntil(lambda: page.told.text().startswith("✓"), timeout=WAIT_MS)
    assert asked[0].startswith(stem)
    assert (tmp_path / name).stat().st_size > 100


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        (When.ALL, None, None),
        (When.TODAY, date(2026, 3, 1), date(2026, 3, 1)),
        (When.YESTERDAY, date(2026, 2, 28), date(2026, 2, 28)),
        (When.THIS_MONTH, date(2026, 3, 1), date(2026, 3, 1)),
        (When.LAST_MONTH, date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_times_are_whole_days(when: When, first: date | None, last: date | None) -> None:
    assert period_of(when, date(2026, 3, 1)) == Period(first, last)
