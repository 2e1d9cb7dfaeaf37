"""The line in the whole program: strip to page, alarm to inbox, and a lock that camera and scanner keep."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk.desk.hooks import CodeRead, Given, Trouble
from eventdesk.desk.upstream.commands import StaffIn
from eventdesk.desk.upstream.values import ConflictsFound, LineState
from tests.e2e.conftest import MakeStage
from tests.screens.line.making import conflict

ADA = "hl-ada-7QX4M2"
CUT_OFF = LineState(paired=True, heard_at=datetime(2026, 6, 10, 9, tzinfo=UTC), waiting=2)


def test_the_strip_leads_to_the_desks(make_stage: MakeStage) -> None:
    stage = make_stage()
    window = stage.front.window
    stage.front.pages.desks.tabs.setCurrentIndex(3)
    window.line_status.click()
    assert window.current_page() == "desks"
    assert stage.front.pages.desks.tabs.currentIndex() == 0


def test_the_alarm_leads_to_the_inbox_and_its_number_is_shown(qtbot: QtBot, make_stage: MakeStage) -> None:
    stage = make_stage()
    window = stage.front.window
    stage.desk.hooks.conflicts_found(ConflictsFound("demo", [conflict()], mine=True))
    qtbot.waitUntil(window.alarm.isVisible)
    stage.desk.hooks.line_changed(replace(CUT_OFF, conflicts=1))
    qtbot.waitUntil(lambda: window.more.count("conflicts") == 1)
    window.conflict_alarm.show_button.click()
    assert window.current_page() == "conflicts"
    assert not window.alarm.isVisible()


def test_a_locked_desk_admits_nobody_by_its_camera_or_scanner(qtbot: QtBot, make_stage: MakeStage) -> None:
    stage = make_stage()
    given: list[Given] = []
    stage.front.bridge.verdict_given.connect(given.append)
    stage.desk.hooks.line_changed(replace(CUT_OFF, locked=True))
    qtbot.waitUntil(stage.front.window.is_locked)
    stage.desk.hooks.code_read(CodeRead(ADA, 0.0))
    stage.front.scanner.scanned.emit(ADA, 1.0)
    stage.desk.hooks.line_changed(CUT_OFF)
    qtbot.waitUntil(lambda: not stage.front.window.is_locked())
    assert given == []
    stage.desk.hooks.code_read(CodeRead(ADA, 0.0))
    qtbot.waitUntil(lambda: len(given) == 1)


def test_a_wrong_pin_stays_at_the_pad(qtbot: QtBot, make_stage: MakeStage) -> None:
    stage = make_stage()
    window = stage.front.window
    window.log_on.open_card()
    QTest.keyClicks(window.log_on.pad.line, "0000")
    QTest.keyClick(window.log_on.pad.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.log_on.pad.told.text() not in ("", "Looking ..."))
    stage.desk.hooks.trouble_told(Trouble("another", "This PIN is wrong.", command=StaffIn))
    qtbot.waitUntil(lambda: not window.message_bar.isVisible())
    assert window.log_on.isVisible()


def test_a_ticket_scanned_on_the_desks_page_goes_to_the_door(qtbot: QtBot, make_stage: MakeStage) -> None:
    stage = make_stage()
    stage.front.window.show_page("desks")
    with qtbot.waitSignal(stage.front.bridge.verdict_given, timeout=5000):
        stage.front.scanner.scanned.emit(ADA, 1.0)
    assert stage.front.window.current_page() == "checkin"
