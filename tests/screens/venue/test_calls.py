"""Desks that call for help: the alarm at every desk, and the list of who waits."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import ShowTicket
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.listings import TicketShown
from eventdesk.desk.venue.commands import GiveHelp, ListHelp
from eventdesk.desk.venue.values import HelpChanged
from eventdesk.domain.venue import HelpCall, Reason
from eventdesk.screens.venue.call_alarm import ON_THE_WAY, CallAlarm
from eventdesk.screens.venue.calls import CallsPart
from eventdesk.screens.venue.page import VenuePage
from eventdesk.screens.window import MainWindow
from eventdesk.screens.words import ISOLATES
from tests.screens.line.making import conflict
from tests.screens.making import NOON, Desk, app
from tests.screens.venue.making import call, calls, ticket_of


def tell(desk: Desk, *found: HelpCall, new: str = "") -> None:
    desk.hooks.help_changed(HelpChanged("gala", found, frozenset({new} if new else ())))


def window_of(page: VenuePage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


@pytest.fixture
def alarm(venue_page: VenuePage) -> CallAlarm:
    made = window_of(venue_page).call_alarm
    made._now = lambda: NOON
    return made


@pytest.fixture
def part(venue_page: VenuePage) -> CallsPart:
    venue_page.calls._now = lambda: NOON
    venue_page.show_calls()
    app().processEvents()
    return venue_page.calls


def answer_tickets(desk: Desk) -> None:
    for one in [one for one in desk.posted if isinstance(one, ShowTicket)]:
        desk.hooks.ticket_shown(TicketShown(one.request, one.log, ticket_of(one.ticket)))


def test_a_new_call_is_seen_and_heard_at_once(alarm: CallAlarm, desk: Desk, sounds: list[str]) -> None:
    assert not alarm.isVisible()
    tell(desk, call(), new="c1")
    assert sounds == ["alarm"]
    assert alarm.isVisible()
    told = alarm.text().translate(ISOLATES)
    assert told == "⚑ Kiosk 3 · No paper left · since 11:56 (4 min)"


def test_calls_that_were_open_before_are_shown_without_a_sound(
    alarm: CallAlarm, desk: Desk, sounds: list[str]
) -> None:
    tell(desk, call())
    assert alarm.isVisible()
    assert not sounds


def test_whoever_goes_takes_the_call(alarm: CallAlarm, desk: Desk) -> None:
    tell(desk, call("c1", minutes=9), call("c2", Reason.WANTED, 1), new="c2")
    assert alarm.text().endswith("And 1 more.")
    alarm.going_button.click()
    given = desk.last(GiveHelp)
    assert (given.call, given.going) == ("c1", True), "who waits longest comes first"
    assert "A guest asks for somebody" in alarm.text()
    tell(desk, call("c1", minutes=9, going=NOON), call("c2", Reason.WANTED, 1))
    assert "A guest asks for somebody" in alarm.text()
    assert "more" not in alarm.text()
    tell(desk, call("c2", Reason.WANTED, 1, going=NOON))
    assert not alarm.isVisible(), "somebody goes, from elsewhere"


def test_a_call_to_which_somebody_went_and_never_came_rings_again(
    alarm: CallAlarm, desk: Desk, sounds: list[str]
) -> None:
    tell(desk, call("c1"), new="c1")
    alarm.going_button.click()
    tell(desk, call("c1", going=NOON))
    alarm._now = lambda: NOON + ON_THE_WAY - timedelta(seconds=1)
    alarm._clock.timeout.emit()
    assert not alarm.isVisible()
    alarm._now = lambda: NOON + ON_THE_WAY
    alarm._clock.timeout.emit()
    assert sounds == ["alarm", "alarm"]
    assert alarm.text().translate(ISOLATES).endswith("Somebody is on the way (5 min).")
    alarm.seen_button.click()
    alarm._clock.timeout.emit()
    assert not alarm.isVisible(), "once"
    tell(desk, call("c1", going=NOON + ON_THE_WAY))
    assert sounds == ["alarm", "alarm"], "somebody goes anew"


def test_what_was_seen_stays_quiet_until_something_new_comes(
    alarm: CallAlarm, desk: Desk, sounds: list[str]
) -> None:
    tell(desk, call("c1"), new="c1")
    alarm.seen_button.click()
    assert not alarm.isVisible()
    tell(desk, call("c1"))
    assert not alarm.isVisible()
    tell(desk, call("c1"), call("c2", Reason.CAMERA_GONE, 0), new="c2")
    assert "The camera is gone" in alarm.text()
    assert sounds == ["alarm", "alarm"]


def test_a_conflict_comes_before_a_call(
    venue_page: VenuePage, alarm: CallAlarm, desk: Desk, sounds: list[str]
) -> None:
    from eventdesk.desk.upstream.values import ConflictsFound

    window = window_of(venue_page)
    tell(desk, call(), new="c1")
    desk.hooks.conflicts_found(ConflictsFound("gala", [conflict()], mine=True))
    assert window.conflict_alarm.isVisible()
    assert not alarm.isVisible(), "one at a time"
    window.conflict_alarm.seen_button.click()
    assert alarm.isVisible(), "the next as soon as it is seen"
    alarm.seen_button.click()
    assert not window.alarm.isVisible()


def test_the_alarm_leads_to_the_list(qtbot: QtBot, alarm: CallAlarm, desk: Desk) -> None:
    tell(desk, call(), new="c1")
    with qtbot.waitSignal(alarm.show_wanted):
        alarm.show_button.click()


def test_the_list_names_the_guests_who_wait(part: CallsPart, desk: Desk) -> None:
    assert desk.last(ListHelp)
    desk.hooks.help_changed(calls())
    answer_tickets(desk)
    model = part.rows
    assert model.rowCount() == 4
    first = [str(model.index(0, column).data()).translate(ISOLATES) for column in range(4)]
    assert first == ["11:49 · 11 min", "Kiosk 3", "A badge is jammed", "Ada Lovelace"]
    assert part.count.text().translate(ISOLATES) == "Open calls: 4. Guests to be helped: 2."


def test_names_are_looked_up_once(part: CallsPart, desk: Desk) -> None:
    desk.hooks.help_changed(calls())
    desk.hooks.help_changed(calls())
    assert len([one for one in desk.posted if isinstance(one, ShowTicket)]) == 2
    answer_tickets(desk)
    desk.hooks.help_changed(calls())
    assert len([one for one in desk.posted if isinstance(one, ShowTicket)]) == 2


def test_a_guest_opens_their_card_and_can_be_checked_in(
    qtbot: QtBot, venue_page: VenuePage, part: CallsPart, desk: Desk
) -> None:
    desk.hooks.help_changed(calls())
    answer_tickets(desk)
    part.table.selectRow(0)
    assert part.guest.ticket == "t1"
    with qtbot.waitSignal(venue_page.check_in_wanted) as wanted:
        part.check_in_button.click()
    assert wanted.args[0].secret == "secret-t1"
    part.table.selectRow(2)
    assert not part.guest.isVisible(), "a device's call has no guest"
    assert not part.check_in_button.isVisible()


def test_a_call_is_settled_with_a_word(part: CallsPart, desk: Desk) -> None:
    desk.hooks.help_changed(calls())
    part.table.selectRow(1)
    part.word.put("new roll")
    part.settle_button.click()
    assert (desk.last(GiveHelp).call, desk.last(GiveHelp).word) == ("c2", "new roll")
    desk.hooks.trouble_told(Trouble(desk.last(GiveHelp).request, "This call is not open (any more)."))
    assert "not open" in part.told.text()


def test_the_page_tells_how_many_call(qtbot: QtBot, venue_page: VenuePage, desk: Desk) -> None:
    with qtbot.waitSignal(venue_page.counted) as counted:
        desk.hooks.help_changed(calls())
    assert counted.args == [4]
    assert venue_page.tabs.tabText(3) == "Calls (4)"
    tell(desk)
    assert venue_page.tabs.tabText(3) == "Calls"
    assert venue_page.calls.count.text() == "Nobody calls."


def test_who_went_in_meanwhile_is_not_waited_for(part: CallsPart, desk: Desk) -> None:
    tell(
        desk, call("c1", Reason.NOT_ADMITTED, ticket="t1", admitted=True), call("c2", ended=NOON), call("c3")
    )
    assert [one.id for one in part.rows.items] == ["c3"]


def test_the_keyboard_reaches_all(part: CallsPart, desk: Desk) -> None:
    desk.hooks.help_changed(calls())
    part.table.setFocus()
    QTest.keyClick(part.table, Qt.Key.Key_Down)
    QTest.keyClick(part.table, Qt.Key.Key_Down)
    chosen = part.chosen()
    assert chosen is not None
    part.going_button.setFocus()
    QTest.keyClick(part.going_button, Qt.Key.Key_Space)
    assert (desk.last(GiveHelp).call, desk.last(GiveHelp).going) == (chosen.id, True)
    assert part.table.hasFocus()


def test_a_call_stays_in_the_list_while_somebody_is_on_the_way(part: CallsPart, desk: Desk) -> None:
    tell(desk, call("c1", Reason.NOT_ADMITTED, ticket="t1", going=NOON), call("c2"))
    part.table.selectRow(0)
    assert "Somebody is on the way (under a minute)." in part.since.text()
    assert not part.going_button.isEnabled()
    assert part.settle_button.isEnabled()
    part.table.selectRow(1)
    assert part.going_button.isEnabled()
