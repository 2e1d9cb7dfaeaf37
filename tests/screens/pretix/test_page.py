"""Pairing by a scan, choosing the event, how far it is, what pretix said, ending it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.pretix.commands import (
    BridgeEvent,
    ListCalls,
    ListPretixEvents,
    PairPretix,
    PauseBridge,
    ResumeBridge,
    RotateToken,
    SettleCall,
    TakeOverBridge,
    UnpairPretix,
)
from eventdesk.desk.pretix.values import Phase
from eventdesk.screens.pretix.page import PretixPage
from eventdesk.screens.pretix.words import is_token, strip
from eventdesk.screens.words import ISOLATES
from tests.screens.making import Desk
from tests.screens.pretix.making import CODE, LOG, UNMAPPED, state, tell_calls, tell_events


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PretixPage:
    made = PretixPage(desk.bridge)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    qtbot.waitExposed(made)
    desk.stand()
    return made


def plain(text: str) -> str:
    return text.translate(ISOLATES)


def test_a_scanned_code_is_all_that_is_needed(page: PretixPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(1)
    assert page.take_scan(CODE, 1.0)
    assert desk.last(PairPretix).text == CODE
    assert page.tabs.currentIndex() == 0
    desk.hooks.pretix_changed(state(Phase.CHOOSING))
    assert not page.token.isVisible()
    assert page.token.token.value() == "", "it is used up"
    tell_events(desk)
    page.events.choose_button.click()
    assert desk.last(BridgeEvent).slug == "fair"
    desk.hooks.pretix_changed(state(Phase.FETCHING, done=1200, total=5000))
    assert not page.events.isVisible()
    assert page.state_part.bar.value() == 1200
    assert "1,200 of 5,000" in page.state_part.far.text()
    with_door: list[str] = []
    page.door_wanted.connect(with_door.append)
    page.state_part.door_button.click()
    assert with_door == [LOG], "doors may open meanwhile"


def test_a_ticket_is_no_token(page: PretixPage) -> None:
    assert not page.take_scan("hl-ada-7QX4M2", 1.0)
    assert not is_token('{"another": "json"}')


def test_a_connected_desk_does_not_change_sides_by_a_scan(page: PretixPage, desk: Desk) -> None:
    desk.hooks.pretix_changed(state())
    assert page.take_scan(CODE, 1.0)
    assert not [one for one in desk.posted if isinstance(one, PairPretix)]
    assert "device of pretix already" in page.state_part.told.text()


def test_a_token_alone_needs_an_address(page: PretixPage, desk: Desk) -> None:
    form = page.token
    form.pair()
    assert "paste the token" in form.token.mistake
    form.token.put("kj4n2b5k6j7h")
    form.pair()
    assert "type the address" in form.address.mistake
    form.address.put("https://pretix.eu")
    form.pair()
    command = desk.last(PairPretix)
    assert command.text == "https://pretix.eu kj4n2b5k6j7h"
    assert command.text not in repr(command)
    desk.hooks.trouble_told(
        Trouble(command.request, "pretix does not take this token: used", "Make a new one.")
    )
    assert form.told.text() == "pretix does not take this token: used Make a new one."
    assert form.token.value() == "kj4n2b5k6j7h", "what was pasted stays"
    assert form.pair_button.isEnabled()


def test_an_event_that_cannot_be_chosen_may_be_chosen_again(page: PretixPage, desk: Desk) -> None:
    desk.hooks.pretix_changed(state(Phase.CHOOSING))
    tell_events(desk)
    page.events.choose()
    desk.hooks.trouble_told(Trouble(desk.last(BridgeEvent).request, "You may not.", "Ask."))
    assert page.events.told.text() == "You may not. Ask."
    assert page.events.choose_button.isEnabled()


def test_what_cannot_be_represented_is_told_by_name(page: PretixPage, desk: Desk) -> None:
    desk.hooks.pretix_changed(state(unmapped=UNMAPPED))
    for sentence in UNMAPPED:
        assert sentence in page.state_part.unmapped.text()
    desk.hooks.pretix_changed(state())
    assert not page.state_part.unmapped.isVisible()


def test_the_state_in_words(page: PretixPage, desk: Desk) -> None:
    desk.hooks.pretix_changed(state(waiting=3, refused=2, testmode=1, trouble="No answer.", remedy="Look."))
    part = page.state_part
    assert "This desk is the bridge to fair." in plain(part.lead.text())
    assert "12:00:00" in part.more.text(), "in the event's zone"
    assert "3 waiting" in part.more.text()
    assert "Test orders of pretix: 1." in part.more.text()
    assert "No answer. Look." in part.needs.text()
    assert "refused 2" in part.needs.text()
    assert page.tabs.tabText(1) == "Told to pretix (5)"
    assert strip(state(trouble="No answer.")) == ("degraded", "No answer.")
    assert strip(state()) == ("ready", "")


def test_another_desk_is_the_bridge(page: PretixPage, desk: Desk) -> None:
    desk.hooks.pretix_changed(state(Phase.ELSEWHERE, holder="Office"))
    part = page.state_part
    assert "Office is the bridge to fair" in plain(part.lead.text())
    part.take_over_button.click()
    assert not [one for one in desk.posted if isinstance(one, TakeOverBridge)]
    part.confirm.yes_button.click()
    assert desk.last(TakeOverBridge)


def test_paused_resumed_renewed(page: PretixPage, desk: Desk) -> None:
    part = page.state_part
    desk.hooks.pretix_changed(state())
    part.renew_button.click()
    assert desk.last(RotateToken)
    part.pause_button.click()
    assert desk.last(PauseBridge)
    desk.hooks.pretix_changed(state(Phase.PAUSED))
    assert not part.pause_button.isVisible()
    part.resume_button.click()
    assert desk.last(ResumeBridge)


def test_who_ends_the_pairing_is_told_what_waits(page: PretixPage, desk: Desk) -> None:
    part = page.state_part
    desk.hooks.pretix_changed(state(waiting=7))
    part.end_button.click()
    assert "7" in part.confirm.words.text()
    assert not [one for one in desk.posted if isinstance(one, UnpairPretix)]
    part.confirm.yes_button.click()
    assert desk.last(UnpairPretix).forget
    desk.hooks.trouble_told(Trouble(desk.last(UnpairPretix).request, "No answer.", "Later."))
    assert part.told.text() == "No answer. Later."
    desk.hooks.pretix_changed(state(Phase.NONE))
    assert page.token.isVisible()


def test_another_event_may_be_looked_for_and_left(page: PretixPage, desk: Desk) -> None:
    desk.hooks.pretix_changed(state())
    page.state_part.other_button.click()
    tell_events(desk)
    assert page.events.isVisible()
    page.events.leave_button.click()
    assert not page.events.isVisible()
    assert not [one for one in desk.posted if isinstance(one, BridgeEvent)]


def test_pretix_own_words_again_and_giving_up(page: PretixPage, desk: Desk) -> None:
    desk.hooks.pretix_changed(state(waiting=1, refused=1))
    page.tabs.setCurrentIndex(1)
    tell_calls(desk)
    part = page.calls
    assert "does not exist any more" in part.answer.text()
    assert part.again_button.isEnabled()
    part.again_button.click()
    assert (desk.last(SettleCall).call, desk.last(SettleCall).again) == (1, True)
    part.give_up_button.click()
    part.confirm.yes_button.click()
    assert (desk.last(SettleCall).call, desk.last(SettleCall).again) == (1, False)
    part.table.selectRow(1)
    assert not part.again_button.isEnabled()
    part.all.click()
    assert not desk.last(ListCalls).only_open


def test_refused_ones_all_at_once(page: PretixPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(1)
    desk.hooks.pretix_changed(state(refused=12))
    page.calls.all_again_button.click()
    assert desk.last(SettleCall).call == 0


def test_nothing_is_listed_before_there_is_an_event(page: PretixPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(1)
    assert not [one for one in desk.posted if isinstance(one, ListCalls)]
    assert not [one for one in desk.posted if isinstance(one, ListPretixEvents)]


def test_the_chosen_call_stays_chosen(page: PretixPage, desk: Desk) -> None:
    desk.hooks.pretix_changed(state(waiting=1, refused=1))
    page.tabs.setCurrentIndex(1)
    tell_calls(desk)
    page.calls.table.selectRow(2)
    page.calls.refresh()
    tell_calls(desk)
    chosen = page.calls.chosen()
    assert chosen is not None
    assert chosen.call == 3


def test_enter_in_the_table_chooses_the_event(page: PretixPage, desk: Desk) -> None:
    desk.hooks.pretix_changed(state(Phase.CHOOSING))
    tell_events(desk)
    page.events.table.selectRow(1)
    QTest.keyClick(page.events.table, Qt.Key.Key_Return)
    assert desk.last(BridgeEvent).slug == "expo"
