"""The check-in page by mouse and keys: what it posts, and what it does with what the engine tells."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import (
    AddWalkIn,
    AdmitOrder,
    ChooseDoor,
    FindGuests,
    ListPasses,
    PrintBadge,
    ScanCode,
    ShowOrder,
    Source,
    UndoAdmission,
)
from eventdesk.desk.hooks import Door, Found, OrderShown, PassesListed, Undone
from eventdesk.desk.settings import MAY_FORCE
from eventdesk.domain.decision import Mode, Outcome, Reason
from eventdesk.domain.guests import Figures
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.checkin.shown import Face
from eventdesk.screens.widgets.rows import Role
from tests.screens.making import CATALOGUE, Desk, asking, given, hit, ticket, used, verdict

Key = Qt.Key


def press(
    page: CheckInPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    target = QApplication.focusWidget() or page
    QTest.keyClick(target, key, modifier)


def type_(text: str) -> None:
    """Type where the focus is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)


def button(page: CheckInPage, text: str) -> QPushButton:
    found = [one for one in page.findChildren(QPushButton) if text in (one.text(), one.accessibleName())]
    shown = [one for one in found if one.isVisible()]
    assert len(shown) == 1, f"{text}: {[one.text() for one in page.findChildren(QPushButton)]}"
    return shown[0]


@pytest.mark.parametrize(
    ("key", "mode"), [(Key.Key_F2, Mode.EXIT), (Key.Key_F3, Mode.INFO), (Key.Key_F4, Mode.PRINT)]
)
def test_a_key_chooses_the_mode(page: CheckInPage, desk: Desk, key: Qt.Key, mode: Mode) -> None:
    press(page, key)
    command = desk.last(ChooseDoor)
    assert (command.log, command.list, command.gate, command.mode) == ("gala", "main", "north", mode)


def test_another_mode_clears_the_verdict(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given())
    desk.stand(Mode.EXIT)
    assert page.parts.verdict.shown().face is Face.READY
    assert "exit" in page.parts.verdict.accessibleName()
    assert page.parts.modes.mode() is Mode.EXIT
    desk.hooks.verdict_given(given(mode=Mode.EXIT))
    desk.stand(Mode.EXIT)
    assert page.parts.verdict.shown().face is Face.LEFT, "a refreshed door is no new door"


def test_figures_are_shown(page: CheckInPage, desk: Desk) -> None:
    assert page.parts.figures.texts() == ("812", "934", "1,200")
    desk.hooks.figures_changed(Figures(1, 2, 3))
    assert page.parts.figures.texts() == ("1", "2", "3")


def test_typing_starts_a_search_and_enter_checks_in(qtbot: QtBot, page: CheckInPage, desk: Desk) -> None:
    page.setFocus()
    QTest.keyClicks(page, "lo")
    QTest.keyClicks(page.parts.search.box, "ve")
    assert page.parts.search.box.text() == "love"
    qtbot.waitUntil(lambda: any(isinstance(one, FindGuests) for one in desk.posted))
    command = desk.last(FindGuests)
    assert command.text == "love"
    hits = [hit(1, "Ada Lovelace"), hit(2, "Love Larson")]
    desk.hooks.guests_found(Found(command.request, "love", hits))
    assert page.parts.search.results.isVisible()
    press(page, Key.Key_Down)
    press(page, Key.Key_Return)
    scan = desk.last(ScanCode)
    assert (scan.code, scan.source) == ("secret-2", Source.SEARCH)
    desk.hooks.verdict_given(given(request=scan.request))
    assert page.parts.search.box.text() == ""
    assert page.parts.scans.isVisible()


def test_an_answer_to_an_older_search_is_dropped(qtbot: QtBot, page: CheckInPage, desk: Desk) -> None:
    page.parts.search.start("ad")
    qtbot.waitUntil(lambda: any(isinstance(one, FindGuests) for one in desk.posted))
    desk.hooks.guests_found(Found("an older one", "a", [hit(9, "Someone else")]))
    press(page, Key.Key_Return)
    assert not any(isinstance(one, ScanCode) for one in desk.posted)


def test_enter_before_the_results_checks_nobody_in(page: CheckInPage, desk: Desk) -> None:
    page.parts.search.start("ada")
    press(page, Key.Key_Return)
    assert desk.last(FindGuests).text == "ada"
    assert not any(isinstance(one, ScanCode) for one in desk.posted)


def test_what_was_corrected_and_what_was_not_found_is_said(
    qtbot: QtBot, page: CheckInPage, desk: Desk
) -> None:
    page.parts.search.start("lovelcae")
    qtbot.waitUntil(lambda: any(isinstance(one, FindGuests) for one in desk.posted))
    request = desk.last(FindGuests).request
    desk.hooks.guests_found(Found(request, "lovelcae", [hit(1, "Ada Lovelace")], "lovelace"))
    assert page.parts.search._corrected.text() == "Shown: lovelace"
    desk.hooks.guests_found(Found(request, "lovelcae", []))
    assert "Nobody found" in page.parts.search._corrected.text()


def test_undo_is_one_key_and_a_reason_away(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given())
    desk.hooks.verdict_given(used())
    press(page, Key.Key_F8)
    assert "Ada Lovelace" in page.parts.work.reasons.title()
    press(page, Key.Key_2)
    command = desk.last(UndoAdmission)
    assert (command.admission, command.reason) == ("a1", "Scanned twice")
    assert not page.parts.work.is_open()


def test_undo_takes_a_reason_in_own_words_and_can_be_given_up(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given())
    press(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(page, Key.Key_Escape)
    assert not page.parts.work.is_open()
    assert not any(isinstance(one, UndoAdmission) for one in desk.posted)
    press(page, Key.Key_F8)
    own = page.parts.work.reasons.findChild(QLineEdit)
    assert own is not None
    own.setFocus()
    type_("fell asleep at 3")
    press(page, Key.Key_Return)
    assert desk.last(UndoAdmission).reason == "fell asleep at 3"


def test_an_older_scan_is_undone_from_its_row(qtbot: QtBot, page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given(admission="first", ticket=ticket("Grace Hopper")))
    desk.hooks.verdict_given(given(admission="second"))
    scans = page.parts.scans
    row = scans.visualRect(scans.scans.index(1, 0))
    place = QPoint(row.right() - 20, row.center().y())
    QTest.mouseClick(scans.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "Grace Hopper" in page.parts.work.reasons.title()
    press(page, Key.Key_1)
    assert desk.last(UndoAdmission).admission == "first"


def test_a_row_shows_its_guest_again_without_its_verdict(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given(ticket=ticket("Grace Hopper")))
    desk.hooks.verdict_given(used())
    scans = page.parts.scans
    scans.setFocus()
    scans.setCurrentIndex(scans.scans.index(1, 0))
    press(page, Key.Key_Return)
    assert "\u2068Grace Hopper\u2069" in page.parts.work.card.texts()
    assert page.parts.verdict.shown().face is Face.READY


def test_after_an_undo_the_guest_is_shown_who_was_taken_back(page: CheckInPage, desk: Desk) -> None:
    grace = ticket("Grace Hopper")
    desk.hooks.verdict_given(given(admission="first", ticket=grace))
    desk.hooks.verdict_given(given(admission="second"))
    desk.hooks.admission_undone(Undone("r", grace, "first"))
    assert "\u2068Grace Hopper\u2069" in page.parts.work.card.texts()
    assert page.counter.given is not None
    assert page.counter.given.verdict.ticket == grace, "keys act on the guest on show"


def test_times_are_those_of_the_event(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given())
    scans = page.parts.scans.scans
    assert scans.data(scans.index(0, 0), Role.TRAILING) == "12:00", "Berlin, where the event is"


def test_the_passes_from_before_the_start_are_listed(page: CheckInPage, desk: Desk) -> None:
    asked = desk.last(ListPasses)
    desk.hooks.verdict_given(given(admission="now"))
    before = [given(admission="now"), given(admission="before", ticket=ticket("Grace Hopper"))]
    desk.hooks.passes_listed(PassesListed(asked.request, asked.log, asked.list, before))
    scans = page.parts.scans.scans
    assert [scans.line(row).title() for row in range(scans.rowCount())] == ["Ada Lovelace", "Grace Hopper"]
    desk.hooks.admission_undone(Undone("r", ticket(), "now"))
    press(page, Key.Key_F8)
    press(page, Key.Key_1)
    assert desk.last(UndoAdmission).admission == "before"


def test_the_scans_of_another_list_are_not_shown_here(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given())
    desk.stand(Mode.EXIT)
    assert page.parts.scans.scans.rowCount() == 1, "the same place in another mode"
    desk.hooks.door_chosen(Door(CATALOGUE, CATALOGUE.lists["back"], None, Mode.ENTRY))
    assert page.parts.scans.scans.rowCount() == 0


def test_nothing_to_undo_asks_nothing(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(used())
    press(page, Key.Key_F8)
    assert not page.parts.work.is_open()


def test_force_needs_two_keys_and_keeps_the_nonce(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(used())
    assert button(page, "Admit anyway").isVisible()
    press(page, Key.Key_F9)
    assert not any(isinstance(one, ScanCode) for one in desk.posted)
    press(page, Key.Key_1)
    command = desk.last(ScanCode)
    assert (command.code, command.force, command.nonce) == ("secret-1", True, "n1")
    assert command.reason == "Identity checked"


@pytest.mark.parametrize("told", [given(), replace(used(), verdict=replace(used().verdict, may_force=False))])
def test_force_is_not_offered_where_it_can_not_help(page: CheckInPage, desk: Desk, told) -> None:  # type: ignore[no-untyped-def]
    desk.hooks.verdict_given(told)
    press(page, Key.Key_F9)
    assert not page.parts.work.is_open()


def test_a_desk_without_the_right_can_not_force(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.setting_kept((MAY_FORCE, False))
    desk.hooks.verdict_given(used())
    press(page, Key.Key_F9)
    assert not page.parts.work.is_open()


def test_unpaid_is_offered_where_the_list_allows_it(page: CheckInPage, desk: Desk) -> None:
    unpaid = replace(used(), verdict=replace(used().verdict, reason=Reason.UNPAID))
    desk.hooks.verdict_given(unpaid)
    press(page, Key.Key_F12)
    assert not any(isinstance(one, ScanCode) for one in desk.posted)
    door = desk.stand()
    desk.hooks.door_chosen(replace(door, list=replace(door.list, include_pending=True)))
    desk.hooks.verdict_given(unpaid)
    press(page, Key.Key_F12)
    assert desk.last(ScanCode).ignore_unpaid
    assert not desk.last(ScanCode).force


def test_a_walk_in_is_issued(page: CheckInPage, desk: Desk) -> None:
    page.parts.search.box.setText("Neu Gast")
    press(page, Key.Key_F6)
    type_(" 2")
    press(page, Key.Key_Return)
    assert not any(isinstance(one, AddWalkIn) for one in desk.posted), "nobody gets whatever stands first"
    press(page, Key.Key_Down)
    press(page, Key.Key_Return)
    command = desk.last(AddWalkIn)
    assert (command.name, command.product, command.variation) == ("Neu Gast 2", "day", "adult")
    assert command.admit
    press(page, Key.Key_F6)
    type_("Next in line")
    press(page, Key.Key_Return)
    assert desk.last(AddWalkIn).name == "Next in line", "the product of the last one stands"


def test_a_walk_in_needs_a_name(page: CheckInPage, desk: Desk) -> None:
    press(page, Key.Key_F6)
    press(page, Key.Key_Return)
    assert not any(isinstance(one, AddWalkIn) for one in desk.posted)
    assert page.parts.work.is_open()


def test_a_scan_does_not_take_away_what_is_being_typed(page: CheckInPage, desk: Desk) -> None:
    press(page, Key.Key_F6)
    type_("Half a na")
    desk.hooks.verdict_given(given())
    assert page.parts.work.is_open(page.parts.work.walk_in)
    type_("me")
    press(page, Key.Key_Return)
    press(page, Key.Key_Down)
    press(page, Key.Key_Return)
    assert desk.last(AddWalkIn).name == "Half a name"


def test_a_question_waits_until_the_walk_in_is_done_with(page: CheckInPage, desk: Desk) -> None:
    press(page, Key.Key_F6)
    type_("Half a name")
    desk.hooks.verdict_given(asking())
    work = page.parts.work
    assert work.is_open(work.walk_in)
    press(page, Key.Key_Escape)
    assert work.is_open(work.questions)
    press(page, Key.Key_Escape)
    assert not work.is_open(), "given up once is given up"


def test_a_scan_leaves_a_search_alone(page: CheckInPage, desk: Desk) -> None:
    page.parts.search.start("lov")
    desk.hooks.verdict_given(given())
    desk.hooks.verdict_given(asking())
    type_("elace")
    assert page.parts.search.box.text() == "lovelace"
    assert page.parts.work.is_open(page.parts.work.questions)


def test_an_order_is_admitted_as_ticked(qtbot: QtBot, page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given())
    press(page, Key.Key_F7)
    assert desk.last(ShowOrder).order == "o1"
    carl = verdict(ticket=replace(ticket("Carl Gauss"), id="t3"))
    refused = replace(used().verdict, ticket=replace(ticket("Bob"), id="t2"))
    desk.hooks.order_shown(OrderShown("r", "o1", [verdict(), refused, carl]))
    assert page.parts.work.order.chosen() == ["t1", "t3"]
    page.parts.work.order._boxes["t3"].setChecked(False)
    button(page, "Admit 1 (Enter)").click()
    command = desk.last(AdmitOrder)
    assert (command.order, list(command.tickets), command.force) == ("o1", ["t1"], False)


def test_questions_are_asked_and_answered_with_the_same_scan(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(asking())
    sheet = page.parts.work.questions
    assert page.parts.work.is_open(sheet)
    meal, born = sheet.fields()
    sheet.submit()
    assert not any(isinstance(one, ScanCode) for one in desk.posted), "nothing was answered yet"
    meal.fill("Vegan")
    born.fill("31.12.1990")
    sheet.submit()
    command = desk.last(ScanCode)
    assert command.answers == {"meal": "o2", "born": "1990-12-31"}
    assert (command.code, command.nonce) == ("secret-1", "n1")
    desk.hooks.verdict_given(given())
    assert not page.parts.work.is_open()


def test_a_badge_is_printed_for_a_reason(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given())
    press(page, Key.Key_F10)
    press(page, Key.Key_2)
    assert (desk.last(PrintBadge).ticket, desk.last(PrintBadge).reason) == ("t1", "Badge lost")


def test_the_desk_moves_to_another_list(page: CheckInPage, desk: Desk) -> None:
    page.wishes.choose_door()
    page.parts.work.door._lists.setCurrentIndex(1)
    page.parts.work.door.submit()
    assert (desk.last(ChooseDoor).list, desk.last(ChooseDoor).gate) == ("back", "north")


def test_the_card_tells_what_the_door_needs(page: CheckInPage, desk: Desk) -> None:
    guest = ticket(
        notes="Brings a guide dog",
        seat="Row 4",
        addons=(replace(ticket(), product="shirt"),),
        answers={"meal": "Vegan"},
    )
    desk.hooks.verdict_given(given(ticket=guest, checkin_texts=("Check the student card.",)))
    shown = page.parts.work.card.texts()
    for text in ("Brings a guide dog", "T-shirt", "Row 4", "Check the student card.", "Which meal?", "Vegan"):
        assert text in shown
    assert "Check the student card." in page.parts.verdict.accessibleName()
    assert CATALOGUE.products["day"].name in page.parts.verdict.accessibleName()


def test_markup_in_a_name_stays_text(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(given(ticket=ticket("<b>Bold</b> & Co", notes="<img src=x>")))
    assert "\u2068<b>Bold</b> & Co\u2069" in page.parts.work.card.texts()
    assert "<img src=x>" in page.parts.work.card.texts()


def test_escape_leads_back(page: CheckInPage, desk: Desk) -> None:
    press(page, Key.Key_F5)
    QTest.keyClicks(page.parts.search.box, "abc")
    press(page, Key.Key_Escape)
    assert page.parts.search.box.text() == ""
    page.wishes.choose_door()
    press(page, Key.Key_Escape)
    assert not page.parts.work.is_open()


def test_an_unknown_code_shows_no_guest(page: CheckInPage, desk: Desk) -> None:
    desk.hooks.verdict_given(
        given(Outcome.ERROR, ticket=None, reason=Reason.UNKNOWN, product="", variation="")
    )
    assert "No ticket of this event" in " ".join(page.parts.work.card.texts())
    press(page, Key.Key_F7)
    assert not any(isinstance(one, ShowOrder) for one in desk.posted)
