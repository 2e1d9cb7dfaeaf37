from pytestqt.qtbot import QtBot

from eventdesk.desk.checks.check import Check, Checkup, Status
from eventdesk.desk.commands import BackUpNow, RunDoctor
from eventdesk.desk.doctor import Desk as Examined
from eventdesk.desk.doctor import checks
from eventdesk.desk.hooks import Trouble
from eventdesk.paths import resources
from eventdesk.screens.manage.doctor_page import DoctorPage, names
from tests.screens.manage.conftest import Desk

GOOD = Check("disk", Status.READY, "84 GB are free.")
BAD = Check("printer", Status.GONE, "Out of paper.", "Put paper in.")


def opened(qtbot: QtBot, desk: Desk) -> DoctorPage:
    page = DoctorPage(desk.bridge)
    qtbot.addWidget(page)
    page.show()
    return page


def test_the_doctor_runs_when_his_page_is_first_shown(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    page.hide()
    page.show()
    assert desk.count(RunDoctor) == 1
    assert not page.again_button.isEnabled()


def test_each_part_is_told_as_it_is_found(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    request = desk.last(RunDoctor).request
    desk.hooks.doctor_reported(Checkup(request, [GOOD], 2))
    assert page.line("disk").sign.text() == "✓"
    assert not page.again_button.isEnabled()
    desk.hooks.doctor_reported(Checkup(request, [GOOD, BAD], 2))
    assert page.line("printer").remedy.text() == "→ Put paper in."
    assert page.line("printer").accessibleName() == "Badge printer: Out of paper. Put paper in."
    assert page.verdict.text() == "In need of a look: 1 of 2."
    page.again_button.click()
    desk.hooks.doctor_reported(Checkup(desk.last(RunDoctor).request, [GOOD], 1))
    assert page.verdict.text() == "✓ Everything is ready."


def test_an_answer_to_another_request_is_not_shown(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    desk.hooks.doctor_reported(Checkup("another", [BAD], 1))
    assert not page.again_button.isEnabled()


def test_a_scanned_code_is_shown_and_goes_no_further(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    assert page.take_scan("TICKET-1", 0.0)
    assert "TICKET-1" in page.line("scanner").message.text()


def test_every_check_has_a_name_for_people() -> None:
    only_where_set_up = {"labels", "turnstile"}
    assert set(checks(Examined(resources(), resources()))) | only_where_set_up == set(names())


def test_a_backup_is_made_and_everything_looked_at_again(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    page.backup_button.click()
    assert desk.count(BackUpNow) == 1
    assert not page.backup_button.isEnabled()
    desk.hooks.backup_made("one.backup")
    assert desk.count(RunDoctor) == 2
    assert page.backup_button.isEnabled()


def test_a_backup_that_fails_says_why_and_can_be_tried_again(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    page.backup_button.click()
    desk.hooks.trouble_told(Trouble(desk.last(BackUpNow).request, "The disk is full.", "Make room."))
    assert page.verdict.text() == "The disk is full. Make room."
    assert page.backup_button.isEnabled()
