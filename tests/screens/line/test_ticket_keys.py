"""The keys of an event's tickets: shown, made anew and removed, each after a question."""

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Recorded, Trouble
from eventdesk.desk.upstream.commands import ListTicketKeys, RemoveTicketKey, RotateTicketKey
from eventdesk.desk.upstream.values import TicketKeysListed
from eventdesk.domain.facts import Kind
from eventdesk.screens.line.ticket_keys import TicketKeysPart
from tests.screens.line.making import LONG_NAME, desks_page, fill_part, key_row, tell_keys
from tests.screens.making import Desk


@pytest.fixture
def part(qtbot: QtBot, desk: Desk) -> TicketKeysPart:
    """This desk's key stands first, a removed one of the box office second."""
    page = desks_page(desk)
    qtbot.addWidget(page)
    page.show()
    fill_part(desk, page, 5)
    assert page.event_choice.isVisible()
    return page.ticket_keys


def posted(desk: Desk, kind: type[Command]) -> int:
    return sum(isinstance(one, kind) for one in desk.posted)


def words(part: TicketKeysPart) -> list[str]:
    return [part.model.index(row, 2).data() for row in range(part.model.rowCount())]


def test_keys_are_listed_with_their_desk_and_state(part: TicketKeysPart) -> None:
    assert words(part) == ["✓ this desk signs with it", "✕ removed"]
    assert part.model.index(0, 0).data() == LONG_NAME
    assert part.count.text() == "Keys in use: 1"
    assert part.remove_button.isEnabled()
    part.table.selectRow(1)
    assert not part.remove_button.isEnabled()


def test_a_new_key_is_made_after_a_question(part: TicketKeysPart, desk: Desk) -> None:
    part.rotate_button.click()
    assert "stay good until" in part.confirm.words.text()
    assert posted(desk, RotateTicketKey) == 0
    part.confirm.yes_button.click()
    command = desk.last(RotateTicketKey)
    assert command.log == "gala"
    rows = [key_row("ffffffff", is_own=True), key_row("56475aa7")]
    desk.hooks.ticket_keys_listed(TicketKeysListed(command.request, "gala", rows))
    assert part.told.text() == "✓ This desk has a new key."
    assert words(part) == ["✓ this desk signs with it", "✓ its tickets are good"]


def test_a_key_is_removed_after_a_question(part: TicketKeysPart, desk: Desk) -> None:
    part.remove_button.click()
    assert LONG_NAME in part.confirm.words.text()
    part.confirm.no_button.click()
    assert posted(desk, RemoveTicketKey) == 0
    part.remove_button.click()
    part.confirm.yes_button.click()
    command = desk.last(RemoveTicketKey)
    assert (command.log, command.key) == ("gala", "56475aa7")
    desk.hooks.trouble_told(Trouble(command.request, "Nobody at this desk may do this.", "Log on."))
    assert part.told.text() == "Nobody at this desk may do this. Log on."


def test_who_may_not_is_not_asked(part: TicketKeysPart, desk: Desk) -> None:
    tell_keys(desk, key_row("56475aa7"), may=False)
    assert not part.rotate_button.isEnabled()
    assert not part.remove_button.isEnabled()


def test_a_key_that_comes_is_shown(part: TicketKeysPart, desk: Desk) -> None:
    before = posted(desk, ListTicketKeys)
    desk.hooks.facts_recorded(Recorded("", "gala", {Kind.TICKET_KEY_DEFINED: 1}))
    assert posted(desk, ListTicketKeys) == before + 1
    tell_keys(desk)
    assert part.count.text() == "No ticket was signed yet."
    assert not part.remove_button.isEnabled()
