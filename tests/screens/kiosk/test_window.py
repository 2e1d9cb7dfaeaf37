"""The window round the pages: languages, what a guest wishes of the screen, who goes away, and staff."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.kiosk.commands import (
    CallStaff,
    CloseKiosk,
    EndVisit,
    FindByName,
    OpenKiosk,
    SpeakLanguage,
)
from eventdesk.desk.kiosk.values import Page
from eventdesk.desk.upstream.commands import StaffIn
from eventdesk.desk.upstream.values import StaffState
from eventdesk.domain.staff import CARD
from eventdesk.screens.kiosk.frame import KioskFrame
from eventdesk.screens.kiosk.idle import COUNT_S, IdleClock
from eventdesk.screens.kiosk.settings_part import KioskSettings
from eventdesk.screens.kiosk.sheets import LanguageSheet, StaffSheet, StillThere
from eventdesk.screens.kiosk.window import KioskWindow
from tests.screens.kiosk.making import SETUP, state
from tests.screens.making import Desk, app


def frame(kiosk: KioskWindow) -> KioskFrame:
    assert kiosk.frame is not None
    return kiosk.frame


# Languages


def test_the_language_changes_at_once_and_is_the_kiosk_s_own_again_at_the_end(
    desk: Desk, kiosk: KioskWindow
) -> None:
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    desk.hooks.kiosk_changed(state(Page.FINDING))
    assert frame(kiosk).head.title.text() == "How shall we find you?"
    frame(kiosk).foot.language.click()
    sheet = kiosk.sheet
    assert isinstance(sheet, LanguageSheet)
    sheet.buttons["de"].click()
    assert desk.last(SpeakLanguage).language == "de"
    assert frame(kiosk).head.title.text() == "Wie finden wir Sie?"
    assert frame(kiosk).foot.over.text() == "Von vorn"
    desk.hooks.kiosk_changed(state(Page.DETAILS, language="de"))
    assert frame(kiosk).head.title.text() == "Stimmt das so?"
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    assert frame(kiosk).foot.over.text() == "Start over"
    assert i18n.chosen() == "en"


def test_a_visit_that_began_in_german_is_german(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    desk.hooks.kiosk_changed(state(Page.FINDING, language="de"))
    assert frame(kiosk).head.title.text() == "Wie finden wir Sie?"


def test_from_right_to_left(desk: Desk, kiosk: KioskWindow) -> None:
    """Without a catalogue the words are English; the layout is turned round all the same."""
    kiosk.speak("ar")
    assert app().layoutDirection() is Qt.LayoutDirection.RightToLeft
    desk.hooks.kiosk_changed(state(Page.FINDING, language="ar"))
    app().processEvents()
    foot = frame(kiosk).foot
    assert foot.over.x() > foot.lowered.x()
    assert frame(kiosk).keyboard is not None
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    assert app().layoutDirection() is Qt.LayoutDirection.LeftToRight


# What a guest wishes of the screen


def test_large_and_strong_and_low_end_with_the_visit(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    before = kiosk.look_now().font_px
    frame(kiosk).foot.large.click()
    frame(kiosk).foot.contrast.click()
    frame(kiosk).foot.lowered.click()
    desk.hooks.kiosk_changed(state(Page.FINDING))
    assert kiosk.look_now().font_px > before * 1.3
    assert kiosk.look_now().contrast
    frame(kiosk).foot.language.click()
    assert isinstance(kiosk.sheet, LanguageSheet)
    kiosk.sheet.buttons["de"].click()
    assert frame(kiosk).foot.large.isChecked(), "another language keeps the wishes"
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    assert kiosk.look_now().font_px == before
    assert not frame(kiosk).foot.lowered.isChecked()


def test_call_staff_and_start_over_are_always_there(desk: Desk, kiosk: KioskWindow) -> None:
    for page in Page:
        desk.hooks.kiosk_changed(state(page))
        foot = frame(kiosk).foot
        assert all(not one.isHidden() for one in (foot.over, foot.staff, foot.large, foot.contrast))
    desk.hooks.kiosk_changed(state(Page.SORRY))
    frame(kiosk).foot.staff.click()
    assert desk.last(CallStaff).visit == "v1"
    frame(kiosk).foot.over.click()
    assert desk.last(EndVisit).visit == "v1"


def test_a_fault_is_told_without_its_details(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.FINDING))
    desk.hooks.trouble_told(Trouble("r", "disk image of Ada is malformed", command=FindByName))
    assert "did not work" in frame(kiosk).quiet.text()
    assert "Ada" not in frame(kiosk).quiet.text()


# Whether somebody is there


class Now:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_the_clock_asks_counts_and_gives_up(qtbot: QtBot) -> None:
    now = Now()
    clock = IdleClock(now)
    asked: list[int] = []
    gone: list[bool] = []
    clock.asks.connect(asked.append)
    clock.gone.connect(lambda: gone.append(True))
    clock.run(45)
    for second in range(45 + COUNT_S + 1):
        now.at = float(second)
        clock.look()
    assert asked == list(range(10, 0, -1))
    assert gone == [True]
    clock.run(0)


def test_a_touch_stays(qtbot: QtBot) -> None:
    now = Now()
    clock = IdleClock(now)
    clock.run(45)
    now.at = 50.0
    clock.look()
    with qtbot.waitSignal(clock.stayed):
        clock.touch()
    now.at = 94.0
    with qtbot.assertNotEmitted(clock.asks):
        clock.look()
    clock.run(0)


def test_after_a_sleep_of_the_computer_it_gives_up_at_once(qtbot: QtBot) -> None:
    now = Now()
    clock = IdleClock(now)
    clock.run(45)
    now.at = 8 * 3600.0
    with qtbot.waitSignal(clock.gone):
        clock.look()
    clock.run(0)


def is_asked(kiosk: KioskWindow) -> bool:
    return isinstance(kiosk.sheet, StillThere)


def test_nobody_is_there_any_more(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.DETAILS))
    kiosk.idle.asks.emit(10)
    sheet = kiosk.sheet
    assert is_asked(kiosk)
    assert isinstance(sheet, StillThere)
    assert not frame(kiosk).isVisible(), "nothing of the guest can be read"
    kiosk.touch()
    assert is_asked(kiosk), "a touch beside the buttons is no answer"
    sheet.stay.click()
    assert not is_asked(kiosk)
    kiosk.idle.asks.emit(10)
    kiosk.idle.gone.emit()
    ended = desk.last(EndVisit)
    assert ended.idle
    assert ended.visit == "v1"
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    assert not is_asked(kiosk)
    assert frame(kiosk).isVisible()


def test_who_waits_for_badge_or_terminal_is_not_asked(desk: Desk, kiosk: KioskWindow) -> None:
    for page, seconds in {
        Page.WELCOME: 0,
        Page.CLOSED: 0,
        Page.PRINTING: 0,
        Page.PAID_WAIT: 0,
        Page.DETAILS: 20,
        Page.SORRY: 20,
        Page.PAYING: 20,
    }.items():
        desk.hooks.kiosk_changed(state(page, setup=replace(SETUP, idle=20)))
        assert kiosk.idle._seconds == seconds, page


def test_who_enlarged_the_welcome_page_and_went(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    frame(kiosk).foot.large.click()
    assert kiosk.idle._seconds == 45
    kiosk.idle.gone.emit()
    assert not kiosk.look_now().large
    assert not any(isinstance(one, EndVisit) for one in desk.posted)


# Staff


def test_a_right_pin_leaves_and_a_wrong_one_waits(qtbot: QtBot, desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.DETAILS))
    sheet = kiosk.open_staff()
    QTest.keyClicks(sheet.pad.line, "111111")
    QTest.keyClick(sheet.pad.line, Qt.Key.Key_Return)
    tried = desk.last(StaffIn)
    desk.hooks.trouble_told(Trouble(tried.request, "This PIN is wrong.", command=StaffIn))
    assert "wrong" in sheet.pad.told.text()
    until = datetime.now(UTC) + timedelta(seconds=30)
    desk.hooks.staff_changed(StaffState(wait_until=until))
    assert not sheet.pad.enter.isEnabled()
    desk.hooks.staff_changed(StaffState())
    QTest.keyClicks(sheet.pad.line, "826104")
    QTest.keyClick(sheet.pad.line, Qt.Key.Key_Return)
    with qtbot.waitSignal(kiosk.left):
        desk.hooks.staff_changed(StaffState("s1", "Grace", request=desk.last(StaffIn).request))
    kinds = [type(one) for one in desk.posted]
    assert kinds.index(EndVisit) < kinds.index(CloseKiosk), "the guest's visit ends first"


def test_staff_that_logged_on_elsewhere_opens_nothing(qtbot: QtBot, desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    sheet = kiosk.open_staff()
    with qtbot.assertNotEmitted(kiosk.left):
        desk.hooks.staff_changed(StaffState("s1", "Grace"))
        QTest.keyClicks(sheet.pad.line, "111111")
        QTest.keyClick(sheet.pad.line, Qt.Key.Key_Return)
        desk.hooks.staff_changed(StaffState("s1", "Grace"))  # as before, for the PIN was wrong
    assert not any(isinstance(one, CloseKiosk) for one in desk.posted)


def test_a_staff_card_is_as_good_as_a_pin(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    kiosk.take_card(CARD + "ABC")
    assert isinstance(kiosk.sheet, StaffSheet)
    assert desk.last(StaffIn).pin == CARD + "ABC"
    kiosk.sheet.back.click()
    assert kiosk.sheet is None


def test_the_pad_goes_when_nobody_uses_it(desk: Desk, kiosk: KioskWindow) -> None:
    desk.hooks.kiosk_changed(state(Page.WELCOME))
    kiosk.open_staff()
    assert kiosk.idle._seconds == 30
    kiosk.idle.gone.emit()
    assert kiosk.sheet is None


def test_it_does_not_close(kiosk: KioskWindow) -> None:
    kiosk.close()
    assert kiosk.isVisible()


# From the desk's own window


def test_a_desk_becomes_a_kiosk_after_a_question(qtbot: QtBot, desk: Desk) -> None:
    part = KioskSettings(desk.bridge)
    qtbot.addWidget(part)
    part.show()
    part.open_button.click()
    assert not any(isinstance(one, OpenKiosk) for one in desk.posted)
    part.confirm.yes_button.click()
    assert desk.last(OpenKiosk)
