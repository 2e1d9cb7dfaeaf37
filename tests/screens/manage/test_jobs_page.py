from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import ListJobs, SettleJob
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.listings import DevicesListed, JobsListed, PrinterChoice
from eventdesk.domain.badges import BadgeContents, BadgeJob, JobState
from eventdesk.screens.manage.job_table import waited
from eventdesk.screens.manage.jobs_page import JobsPage
from tests.screens.manage.conftest import Desk, type_in

NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)
CONTENTS = BadgeContents("t", "Zoë")
FAILED = BadgeJob(
    "j1", "e", "t", "card", CONTENTS, "badges", JobState.FAILED, NOW, NOW, detail="Out of paper"
)
DONE = replace(FAILED, id="j2", state=JobState.PRINTED, detail="")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> JobsPage:
    made = JobsPage(desk.bridge)
    qtbot.addWidget(made)
    made.show()
    desk.hooks.jobs_listed(JobsListed(desk.last(ListJobs).request, [FAILED, DONE]))
    desk.hooks.devices_listed(DevicesListed("", [], [PrinterChoice("office", "Office")]))
    return made


def cells(page: JobsPage, row: int) -> list[str]:
    return [page.model.index(row, column).data() for column in range(page.model.columnCount())]


def test_a_job_shows_its_state_and_the_printers_own_reason(page: JobsPage) -> None:
    shown = cells(page, 0)
    assert shown[:3] == ["Zoë", "✕ failed", "badges"]
    assert shown[5] == "Out of paper"
    assert page.count.text() == "Waiting: 1, in need of you: 1."


def test_what_is_decided_is_posted(page: JobsPage, desk: Desk) -> None:
    page.retry_button.click()
    assert (desk.last(SettleJob).job, desk.last(SettleJob).choice) == ("j1", "retry")
    page.elsewhere_button.click()
    assert desk.last(SettleJob).printer == "office"
    page.printed_button.click()
    assert desk.last(SettleJob).choice == "printed"
    page.cancel_button.click()
    assert desk.last(SettleJob).choice == "cancel"


def test_nothing_is_decided_about_a_badge_that_came_out(page: JobsPage) -> None:
    page.table.selectRow(1)
    buttons = (page.retry_button, page.elsewhere_button, page.printed_button, page.cancel_button)
    assert not any(button.isEnabled() for button in buttons)


def test_a_change_is_shown_where_the_job_stands(page: JobsPage, desk: Desk) -> None:
    desk.hooks.job_changed(replace(FAILED, state=JobState.PRINTED))
    assert cells(page, 0)[1] == "✓ printed"
    assert page.count.text() == "Nothing waits."
    desk.hooks.job_changed(replace(FAILED, id="j3", copy=1))
    assert cells(page, 0)[0] == "Zoë (copy 1)"


def test_a_decision_that_fails_is_told(page: JobsPage, desk: Desk) -> None:
    page.retry_button.click()
    desk.hooks.trouble_told(
        Trouble(desk.last(SettleJob).request, "There is no printer badges.", "Choose one.")
    )
    assert page.words.text() == "There is no printer badges. Choose one."


@pytest.mark.parametrize(("seconds", "words"), [(-3, "0 s"), (89, "89 s"), (90, "2 min"), (7200, "2 h")])
def test_waits_are_rough(seconds: int, words: str) -> None:
    assert waited(timedelta(seconds=seconds)) == words


def test_badges_are_looked_for_by_name_and_state(qtbot: QtBot, page: JobsPage, desk: Desk) -> None:
    page.show_box.setCurrentIndex(2)
    page.show_box.activated.emit(2)
    assert desk.last(ListJobs).states == (JobState.FAILED, JobState.UNKNOWN)
    asked = desk.count(ListJobs)
    page.search.setFocus()
    type_in("zo")
    qtbot.waitUntil(lambda: desk.count(ListJobs) > asked)
    assert desk.last(ListJobs).text == "zo"
    desk.hooks.jobs_listed(JobsListed("an older question", [DONE]))
    assert page.model.rowCount() == 2
    desk.hooks.jobs_listed(JobsListed(desk.last(ListJobs).request, [FAILED], 500, 40))
    assert (page.model.rowCount(), page.count.text()) == (1, "Waiting: 500, in need of you: 40.")
    desk.hooks.job_changed(replace(FAILED, id="new"))
    assert page.model.rowCount() == 1
    qtbot.waitUntil(lambda: desk.count(ListJobs) > asked + 1)
