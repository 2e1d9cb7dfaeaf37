"""Somebody was admitted twice: the alarm stays until it is seen, the conflict until it is settled."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.desk.upstream.commands import ListConflicts, SettleConflict
from eventdesk.desk.upstream.values import ConflictsFound, ConflictsListed, LineState, StaffState
from eventdesk.domain.facts import Kind
from eventdesk.domain.staff import Role
from eventdesk.domain.tickets import Admission
from eventdesk.screens.line.conflict_words import route
from eventdesk.screens.line.conflicts_page import SETTLE_MS, ConflictsPage
from eventdesk.screens.messages import Messages
from eventdesk.screens.widgets.rows import Role as RowRole
from eventdesk.screens.window import MainWindow
from eventdesk.screens.words import ISOLATES
from tests.screens.line.making import LONG_NAME, alone, conflict, seat_conflict, tell_conflicts
from tests.screens.making import Desk
from tests.screens.manage.keyboard import focus, press, tab_to, type_in

DOOR_STAFF = StaffState("s2", "Ben", frozenset({Role.DOOR}), required=True)
SUPERVISOR = StaffState("s1", "Mara", frozenset({Role.SUPERVISOR}), required=True)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ConflictsPage:
    made = ConflictsPage(desk.bridge)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    desk.stand()
    tell_conflicts(desk, conflict(), conflict("c2", "محمد"), conflict("c3", LONG_NAME))
    return made


@pytest.fixture
def alarmed(qtbot: QtBot, desk: Desk, messages: Messages, sounds: list[str]) -> MainWindow:
    made = MainWindow(desk.bridge, messages, sounds.append)
    qtbot.addWidget(made)
    made.add_page("guests", "Guests", "guests", QLabel("guests"))
    made.show()
    desk.stand()
    return made


def found(desk: Desk, mine: bool = True, id_: str = "c1") -> None:
    desk.hooks.conflicts_found(ConflictsFound("gala", [conflict(id_)], mine))


def test_the_alarm_sounds_and_stays_until_it_is_seen(
    alarmed: MainWindow, desk: Desk, sounds: list[str]
) -> None:
    found(desk)
    assert sounds == ["alarm"]
    told = alarmed.conflict_alarm.text().translate(ISOLATES)
    assert "Admitted twice: Ada Lovelace, 11:58 North gate and 12:00 South gate." in told
    alarmed.show_page("guests")
    assert alarmed.alarm.isVisible()
    found(desk, id_="c2")
    assert alarmed.conflict_alarm.text().endswith("And 1 more.")
    alarmed.conflict_alarm.seen_button.click()
    assert not alarmed.alarm.isVisible()


def test_where_neither_door_nor_supervisor_is_nothing_sounds(
    alarmed: MainWindow, desk: Desk, sounds: list[str]
) -> None:
    desk.hooks.staff_changed(DOOR_STAFF)
    found(desk, mine=False)
    assert (sounds, alarmed.alarm.isVisible()) == ([], False)
    found(desk, mine=True, id_="c2")
    assert sounds == ["alarm"]
    alarmed.conflict_alarm.seen()
    desk.hooks.staff_changed(SUPERVISOR)
    assert alarmed.alarm.isVisible(), "a supervisor who logs on hears of what is open"
    assert sounds == ["alarm", "alarm"]


def test_the_alarm_leads_to_the_inbox(qtbot: QtBot, alarmed: MainWindow, desk: Desk) -> None:
    found(desk)
    with qtbot.waitSignal(alarmed.conflict_alarm.show_wanted):
        alarmed.conflict_alarm.show_button.click()
    assert not alarmed.alarm.isVisible()


def test_a_row_tells_who_where_and_when(page: ConflictsPage) -> None:
    row = page.rows.index(0, 0)
    assert row.data(RowRole.TITLE).translate(ISOLATES) == "Ada Lovelace"
    where = "11:58 North gate, Desk 1 and 12:00 South gate, Desk 2"
    assert row.data(RowRole.DETAIL).translate(ISOLATES) == where
    assert row.data(Qt.ItemDataRole.DisplayRole).startswith("Ada Lovelace, open, ")
    assert page.count.text() == "Open: 3. Each needs a word of what was found."


def test_the_card_tells_both_routes_and_what_to_do(page: ConflictsPage) -> None:
    card = page.card
    first, second = (one.text().translate(ISOLATES) for one in (card.first, card.second))
    assert first == "First: 11:58:00 · North gate, Desk 1 · confirmed by the line"
    assert second.endswith("South gate, Desk 2 · decided alone, without an answer from others")
    assert "The unconfirmed one was at South gate, Desk 2." in card.advice.text().translate(ISOLATES)


def test_the_word_of_a_hub_alone_is_told_as_such() -> None:
    first = conflict().conflict.first
    assert isinstance(first, Admission)
    hub = replace(first, by_hub_alone=True)
    assert route(hub) == "confirmed by the hub alone: its line was cut"


def test_a_conflict_is_settled_by_the_keyboard_alone(page: ConflictsPage, desk: Desk) -> None:
    tab_to("Conflicts")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    type_in("Twins, both may stay")
    press(Qt.Key.Key_Return)
    command = desk.last(SettleConflict)
    assert (command.log, command.conflict, command.word) == ("gala", "c2", "Twins, both may stay")
    desk.hooks.facts_recorded(Recorded(command.request, "gala", {Kind.CONFLICT_SETTLED: 1}))


def test_a_word_is_required_and_suggestions_are_there(page: ConflictsPage, desk: Desk) -> None:
    page.card.settle_button.click()
    assert not [one for one in desk.posted if isinstance(one, SettleConflict)]
    assert page.card.told.text() == "Write what was found, or choose a sentence."
    offered = [page.card.word.itemText(at) for at in range(page.card.word.count())]
    assert "Two people, one was sent away" in offered
    page.card.word.setCurrentIndex(1)
    page.card.settle_button.click()
    assert desk.last(SettleConflict).word == offered[1]


def test_what_is_being_typed_survives_a_new_list(page: ConflictsPage, desk: Desk) -> None:
    page.list.setCurrentIndex(page.rows.index(1, 0))
    page.card.word.setFocus()
    type_in("half a sen")
    page.refresh()
    tell_conflicts(desk, conflict("c0", "New"), conflict(), conflict("c2", "محمد"))
    assert page.card.word.currentText() == "half a sen"
    assert page.list.currentIndex().row() == 2
    assert focus() is page.card.word


def test_a_refusal_to_settle_is_told_at_the_card(page: ConflictsPage, desk: Desk) -> None:
    page.card.word.setCurrentText("Found")
    page.card.settle()
    request = desk.last(SettleConflict).request
    desk.hooks.trouble_told(Trouble(request, "Only a supervisor may do this.", "Log on."))
    assert page.card.told.text() == "Only a supervisor may do this. Log on."


def test_settled_ones_can_be_looked_at(page: ConflictsPage, desk: Desk) -> None:
    page.settled.click()
    assert desk.last(ListConflicts).settled
    tell_conflicts(desk, conflict(word="Twins"))
    assert page.card.advice.text().translate(ISOLATES) == "✓ Settled: Twins"
    assert not page.card.settle_button.isVisible()
    assert "Nothing is open" in page.count.text()


def test_the_number_of_open_ones_is_counted_for_the_bar_of_pages(
    qtbot: QtBot, page: ConflictsPage, alarmed: MainWindow, desk: Desk
) -> None:
    with qtbot.waitSignal(page.counted) as counted:
        desk.hooks.line_changed(alone(conflicts=4))
    assert counted.args == [4]
    button = alarmed.navigation
    before = button.grab().toImage()
    button.set_count("guests", 4, "4 open")
    assert button.count("guests") == 4
    assert button.grab().toImage() != before


def test_a_conflict_that_was_settled_elsewhere_alarms_nobody_any_more(
    alarmed: MainWindow, desk: Desk, sounds: list[str]
) -> None:
    desk.hooks.line_changed(LineState(paired=True, conflicts=2))
    found(desk, id_="c1")
    found(desk, id_="c2")
    desk.hooks.line_changed(LineState(paired=True, conflicts=1))
    told = ConflictsListed(desk.last(ListConflicts).request, "gala", [conflict("c1")])
    desk.hooks.conflicts_listed(told)
    assert alarmed.alarm.isVisible()
    assert "more" not in alarmed.conflict_alarm.text()
    desk.hooks.line_changed(LineState(paired=True))
    desk.hooks.conflicts_listed(ConflictsListed(desk.last(ListConflicts).request, "gala", []))
    assert not alarmed.alarm.isVisible()
    assert len(sounds) == 2


def test_a_page_that_nobody_sees_asks_for_nothing(qtbot: QtBot, page: ConflictsPage, desk: Desk) -> None:
    """A desk that has just joined stands at no door: its question would end in a fault."""
    page.hide()
    desk.posted.clear()
    desk.hooks.facts_recorded(Recorded("", "gala", {Kind.CONFLICT_SETTLED: 1}))
    desk.hooks.conflicts_found(ConflictsFound("gala", [conflict()], mine=False))
    qtbot.wait(SETTLE_MS * 2)
    assert not any(isinstance(one, ListConflicts) for one in desk.posted)


def test_why_there_is_no_list_is_told_on_the_page(page: ConflictsPage, desk: Desk) -> None:
    page.refresh()
    desk.hooks.trouble_told(Trouble(desk.last(ListConflicts).request, "No door is chosen yet."))
    assert "No door is chosen yet." in page.count.text()


def test_the_keys_stay_on_the_page_after_the_alarm_and_the_word(page: ConflictsPage, desk: Desk) -> None:
    page.show_open()
    assert focus() is page.list
    press(Qt.Key.Key_Return)
    type_in("Came twice")
    press(Qt.Key.Key_Return)
    assert desk.last(SettleConflict).word == "Came twice"
    tell_conflicts(desk)
    assert focus() is page.list


def test_a_seat_that_was_sold_twice_is_told_and_settled_beside_them(page: ConflictsPage, desk: Desk) -> None:
    tell_conflicts(desk, seat_conflict(), conflict())
    row = page.rows.index(0, 0)
    assert row.data(RowRole.TITLE).translate(ISOLATES) == "Stalls A/3"
    where = "11:58 Ada Lovelace, Desk 1 and 12:00 محمد, Desk 2"
    assert row.data(RowRole.DETAIL).translate(ISOLATES) == where
    page.list.setCurrentIndex(row)
    card = page.card
    assert "another seat at a till" in card.advice.text()
    assert (
        card.second.text().translate(ISOLATES).endswith("Desk 2 · sold alone, without an answer from others")
    )
    assert card.word.findText("One of the guests took another seat") > 0
    card.word.setCurrentText("Ada sits in B/4")
    card.settle()
    command = desk.last(SettleConflict)
    assert (command.subject, command.conflict) == ("hall/stalls/A/3", "c7")
    page.list.setCurrentIndex(page.rows.index(1, 0))
    assert card.word.findText("One of the guests took another seat") == -1


def test_the_alarm_names_the_seat(alarmed: MainWindow, desk: Desk, sounds: list[str]) -> None:
    desk.hooks.conflicts_found(ConflictsFound("gala", [seat_conflict()], mine=True))
    assert sounds == ["alarm"]
    told = alarmed.conflict_alarm.text().translate(ISOLATES)
    assert "Sold twice: Stalls A/3, 11:58 Ada Lovelace, Desk 1 and 12:00 محمد, Desk 2." in told
