"""Logging on by PIN, the locked desk, the desk that was shut out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import PrintStaffCard, ScanCode
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.desk.till.commands import Approve
from eventdesk.desk.till.values import ApprovalNeeded
from eventdesk.desk.upstream.commands import DefineStaff, MakeStaffCard, StaffIn, StaffOut, TryNow
from eventdesk.desk.upstream.values import ConflictsFound, StaffCardMade, StaffRow, StaffState
from eventdesk.domain.facts import Kind
from eventdesk.domain.rights import Right
from eventdesk.domain.staff import CARD, Role
from eventdesk.screens import theme
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.line.pin_pad import PinPad
from eventdesk.screens.line.staff_card import StaffCard
from eventdesk.screens.line.words import utc_now
from eventdesk.screens.till.approving import Approving
from eventdesk.screens.window import MainWindow
from tests.screens.line.making import LONG_NAME, alone, conflict, connected, desks_page, fill_part, tell_staff
from tests.screens.making import NOON, Desk, app, given
from tests.screens.manage.keyboard import focus, press, tab_to

MARA = StaffState("s1", "Mara Lindqvist", frozenset({Role.SUPERVISOR}))


def test_a_pin_is_typed_masked_and_sent(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    line = window.log_on.pad.line
    assert focus() is line
    assert line.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(line, "12x34")
    press(Qt.Key.Key_Return)
    assert desk.last(StaffIn).pin == "1234"
    assert line.text() == ""
    desk.hooks.staff_changed(replace(MARA, request=desk.last(StaffIn).request))
    assert not window.log_on.isVisible()
    assert window.staff_button.whole() == "\u2068Mara Lindqvist\u2069"
    assert "Supervisor" in window.staff_button.accessibleName()


def test_a_pin_is_touched(window: MainWindow, desk: Desk) -> None:
    window.staff_button.click()
    pad = window.log_on.pad
    for digit in "1235":
        pad.keys[digit].click()
    pad.back.click()
    pad.keys["4"].click()
    pad.enter.click()
    assert desk.last(StaffIn).pin == "1234"


def test_a_wrong_pin_is_told_and_the_wait_counts_down(qtbot: QtBot, desk: Desk) -> None:
    pad = PinPad(desk.bridge, now=lambda: NOON)
    qtbot.addWidget(pad)
    pad.show()
    pad.line.setText("0000")
    pad.submit()
    desk.hooks.trouble_told(Trouble(desk.last(StaffIn).request, "This PIN is wrong.", "Try again.", StaffIn))
    assert pad.told.text() == "This PIN is wrong. Try again."
    desk.hooks.staff_changed(StaffState(wait_until=NOON + timedelta(seconds=29)))
    assert pad.told.text() == "Too many wrong PINs. Wait for 30 seconds."
    assert pad.line.isReadOnly()
    assert not pad.keys["1"].isEnabled()
    desk.hooks.staff_changed(StaffState(wait_until=NOON - timedelta(seconds=2)))
    assert not pad.line.isReadOnly()
    assert not pad._clock.isActive()


def test_scans_and_verdicts_go_on_beside_the_card(window: MainWindow, page: CheckInPage, desk: Desk) -> None:
    window.log_on.open_card()
    window.scan("secret-1", 1.0)
    assert desk.last(ScanCode).code == "secret-1"
    panel = page.parts.verdict
    card = window.log_on.geometry()
    assert card.left() > panel.mapTo(window, panel.rect().center()).x(), "the verdict stays in sight"
    press(Qt.Key.Key_Escape)
    assert not window.log_on.isVisible()
    assert page.hasFocus()


def test_logging_off(window: MainWindow, desk: Desk) -> None:
    desk.hooks.staff_changed(MARA)
    window.log_on.open_card()
    window.log_on.off_button.click()
    assert desk.last(StaffOut)
    desk.hooks.staff_changed(StaffState(required=True))
    assert window.staff_button.whole() == "Log on"
    assert window.staff_button.property("strip_tone") == "warn"


# Locked


@pytest.fixture
def locked(qtbot: QtBot, window: MainWindow, desk: Desk) -> MainWindow:
    qtbot.waitUntil(window.isActiveWindow)
    desk.hooks.verdict_given(given())
    desk.hooks.line_changed(alone(locked=True))
    return window


def test_a_locked_desk_shows_no_guest_and_admits_nobody(
    locked: MainWindow, page: CheckInPage, desk: Desk
) -> None:
    assert not page.isVisible()
    assert locked.lock_screen.isVisible()
    before = len(desk.posted)
    locked.scan("secret-1", 1.0)
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F8):
        QTest.keyClick(locked, key)
    QTest.keyClick(locked, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(locked, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desk.hooks.verdict_given(given(request="late"))
    desk.hooks.conflicts_found(ConflictsFound("gala", [conflict()], True))
    assert len(desk.posted) == before
    spoken = [one.text() for one in locked.findChildren(type(locked.lock_screen.words)) if one.isVisible()]
    assert spoken
    assert not [text for text in spoken if "Ada" in text]
    assert not locked.log_on.isVisible()


def test_a_pin_or_contact_unlocks(locked: MainWindow, page: CheckInPage, desk: Desk) -> None:
    assert focus() is locked.lock_screen.pad.line
    QTest.keyClicks(focus(), "1234")
    press(Qt.Key.Key_Return)
    assert desk.last(StaffIn).pin == "1234"
    desk.hooks.line_changed(alone())
    assert page.isVisible()
    desk.hooks.line_changed(alone(locked=True))
    locked.lock_screen.try_button.click()
    assert desk.last(TryNow)
    desk.hooks.line_changed(connected())
    assert page.isVisible()
    assert page.hasFocus()


def test_the_lock_says_since_when_and_what_is_kept(locked: MainWindow, desk: Desk) -> None:
    desk.hooks.line_changed(alone(locked=True, heard_at=utc_now() - timedelta(days=3)))
    assert "no contact with the others since 2" in locked.lock_screen.words.text()
    assert "not yet sent: 3" in locked.lock_screen.waiting.text()


def test_a_desk_that_was_shut_out_says_what_happened(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.hooks.line_changed(alone(revoked=True, locked=True))
    assert window.revoked_screen.isVisible()
    assert "shut this desk out" in window.revoked_screen.words.text()
    assert "new invitation" in window.revoked_screen.todo.text()
    with qtbot.waitSignal(window.revoked_screen.export_wanted):
        window.revoked_screen.export_button.click()
    desk.hooks.line_changed(alone(revoked=True, waiting=0))
    assert not window.revoked_screen.export_button.isVisible()


# Who may log on


def test_staff_is_defined_by_the_keyboard(qtbot: QtBot, desk: Desk) -> None:
    page = desks_page(desk)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    fill_part(desk, page, 3)
    page.tabs.tabBar().setFocus()
    tab_to("Add somebody")
    press(Qt.Key.Key_Space)
    QTest.keyClicks(focus(), "Ben")
    tab_to("PIN")
    QTest.keyClicks(focus(), "123")
    tab_to("Save")
    press(Qt.Key.Key_Space)
    assert page.staff.pin.mistake == "A PIN has 4 to 12 digits."
    page.staff.pin.put("4711")
    press(Qt.Key.Key_Space)
    command = desk.last(DefineStaff)
    assert (command.log, command.name, command.roles) == ("gala", "Ben", frozenset({Role.DOOR}))
    assert (command.pin, command.id, command.removed) == ("4711", "", False)
    desk.hooks.facts_recorded(Recorded(command.request, "gala", {Kind.STAFF_DEFINED: 1}))
    assert page.staff.told.text() == "✓ Saved"
    assert page.staff.pin.value() == ""


def test_a_person_is_changed_and_removed(qtbot: QtBot, desk: Desk) -> None:
    page = desks_page(desk)
    qtbot.addWidget(page)
    page.show()
    fill_part(desk, page, 3)
    tell_staff(desk, StaffRow("s1", LONG_NAME, frozenset({Role.SUPERVISOR}), True))
    page.staff.table.selectRow(0)
    page.staff.save_button.click()
    command = desk.last(DefineStaff)
    assert (command.id, command.name, command.pin) == ("s1", LONG_NAME, "")
    page.staff.remove_button.click()
    assert not command.removed
    page.staff.confirm.yes_button.click()
    assert desk.last(DefineStaff).removed
    app().processEvents()


def test_keys_stay_at_the_pad_while_it_waits(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    """Enter must not press the next button, nor must the digits of a PIN begin a search."""
    window.log_on.open_card()
    desk.hooks.staff_changed(StaffState(wait_until=utc_now() + timedelta(seconds=30)))
    pad = window.log_on.pad
    assert focus() is pad.line
    for key in (Qt.Key.Key_4, Qt.Key.Key_7, Qt.Key.Key_Return):
        press(key)
    assert window.log_on.isVisible()
    assert pad.line.text() == ""
    assert not any(isinstance(one, StaffIn) for one in desk.posted)


def test_the_card_grows_with_what_it_says(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    window.log_on.open_card()
    pad = window.log_on.pad
    pad.line.setText("0000")
    pad.submit()
    words = "This desk does not have the event's secret for PINs. Pair it by another code."
    desk.hooks.trouble_told(Trouble(desk.last(StaffIn).request, words, "Ask an organizer.", StaffIn))
    key = pad.keys["1"]
    qtbot.waitUntil(lambda: key.height() >= key.minimumSizeHint().height())
    assert pad.enter.mapTo(pad, pad.enter.rect().bottomRight()).y() < pad.height()


def test_people_who_come_from_other_desks_leave_the_form_alone(qtbot: QtBot, desk: Desk) -> None:
    page = desks_page(desk)
    qtbot.addWidget(page)
    page.show()
    fill_part(desk, page, 3)
    page.staff.name.put("Half ty")
    desk.hooks.facts_recorded(Recorded("", "gala", {Kind.STAFF_DEFINED: 1}))
    assert page.staff.name.value() == "Half ty"
    assert not page.staff.told.text()


def test_enter_saves_a_person(qtbot: QtBot, desk: Desk) -> None:
    page = desks_page(desk)
    qtbot.addWidget(page)
    page.show()
    fill_part(desk, page, 3)
    page.staff.show_person(None)
    page.staff.name.put("Ada")
    QTest.keyClicks(page.staff.pin.line, "4711")
    QTest.keyClick(page.staff.pin.line, Qt.Key.Key_Return)
    assert desk.last(DefineStaff).name == "Ada"


def test_the_signs_of_locked_screens_follow_the_look(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    def lightest(screen: QWidget) -> int:
        sign = next(one for one in screen.findChildren(QLabel) if not one.pixmap().isNull())
        picture = sign.pixmap().toImage()
        inked = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
        return max(one.lightness() for one in inked if one.alpha() > 200)

    for screen in (window.lock_screen, window.revoked_screen):
        theme.apply(app(), theme.Look(dark=False))
        qtbot.waitUntil(lambda shown=screen: lightest(shown) < 100)  # type: ignore[misc]
        theme.apply(app(), theme.Look(dark=True))
        qtbot.waitUntil(lambda shown=screen: lightest(shown) > 180)  # type: ignore[misc]
    theme.apply(app(), theme.Look())


# Staff cards

CARD_CODE = CARD + "ABCDEFGHJKLMNPQRSTUVWXYZ23"


def test_a_card_logs_on_without_a_key(window: MainWindow, desk: Desk) -> None:
    window.take_card(CARD_CODE)
    assert desk.last(StaffIn).pin == CARD_CODE
    assert window.log_on.isVisible()
    desk.hooks.staff_changed(replace(MARA, request=desk.last(StaffIn).request))
    assert not window.log_on.isVisible()


def test_a_card_that_does_not_count_says_so(window: MainWindow, desk: Desk) -> None:
    window.take_card(CARD_CODE)
    words = "This staff card does not count here (any more)."
    desk.hooks.trouble_told(Trouble(desk.last(StaffIn).request, words, "Ask.", StaffIn))
    assert words in window.log_on.pad.told.text()


def test_a_card_opens_a_locked_desk(locked: MainWindow, desk: Desk) -> None:
    locked.take_card(CARD_CODE)
    assert desk.last(StaffIn).pin == CARD_CODE
    assert not locked.log_on.isVisible()


def test_a_card_gives_the_approval_that_is_asked_for(
    window: MainWindow, page: CheckInPage, desk: Desk
) -> None:
    approving = Approving(desk.bridge, page)
    desk.hooks.approval_needed(ApprovalNeeded("r", Right.REFUND, TryNow()))
    assert approving.isVisible()
    window.take_card(CARD_CODE)
    assert desk.last(Approve).pin == CARD_CODE
    assert not any(isinstance(one, StaffIn) for one in desk.posted)


def test_a_card_is_shown_once(qtbot: QtBot, desk: Desk) -> None:
    part = StaffCard(desk.bridge)
    qtbot.addWidget(part)
    part.show()
    part.show_person("gala", StaffRow("s1", "Mara", frozenset({Role.DOOR}), has_pin=True))
    part.make_button.click()
    made = StaffCardMade(desk.last(MakeStaffCard).request, "s1", "Mara", CARD_CODE)
    desk.hooks.staff_card_made(made)
    assert part.code.isVisible()
    part.print_button.click()
    assert desk.last(PrintStaffCard).code == CARD_CODE
    part.show_person("gala", StaffRow("s1", "Mara", frozenset({Role.DOOR}), True, has_card=True))
    assert part.code.isVisible(), "the list that comes with it is no other person"
    part.show_person("gala", StaffRow("s2", "Ben", frozenset({Role.DOOR}), True))
    assert not part.code.isVisible()
    assert not part.print_button.isVisible()
