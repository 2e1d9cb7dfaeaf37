"""A guest is forgotten after the order's code was typed, and not by a slip."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import ListPasses
from eventdesk.desk.hooks import Recorded
from eventdesk.desk.upstream.commands import EraseGuest
from eventdesk.domain.facts import Kind
from eventdesk.domain.tickets import Ticket
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.manage.guest_card import GuestCard
from tests.screens.making import CATALOGUE, Desk, given, ticket


@pytest.fixture
def asked() -> list[object]:
    return []


@pytest.fixture
def card(qtbot: QtBot, desk: Desk, asked: list[object]) -> GuestCard:
    made = GuestCard()
    qtbot.addWidget(made)
    made.asked.connect(asked.append)
    made.use_catalogue(CATALOGUE)
    made.show_ticket(ticket())
    made.show()
    asked.clear()  # what the guest has signed was asked for with the guest
    return made


def test_only_the_orders_code_erases(card: GuestCard, asked: list[object]) -> None:
    card.erase_button.click()
    line = card.confirm.field.line
    QTest.keyClicks(line, "KX7P")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert asked == []
    assert card.confirm.field.mistake == "That is not the same: KX7P2"
    QTest.keyClicks(line, "2")
    QTest.keyClick(line, Qt.Key.Key_Return)
    (command,) = asked
    assert isinstance(command, EraseGuest)
    assert (command.log, command.order) == ("gala", "o1")
    assert command.reason
    assert not card.confirm.isVisible()


def test_escape_leaves_the_guest(card: GuestCard, asked: list[object]) -> None:
    card.erase_button.click()
    QTest.keyClick(card.confirm.field.line, Qt.Key.Key_Escape)
    assert not card.confirm.isVisible()
    card.confirm.agree()
    assert asked == []


def test_another_guest_closes_the_question(card: GuestCard) -> None:
    card.erase_button.click()
    card.confirm.field.put("KX7P2")
    card.show_ticket(Ticket("t2", ticket().order, "secret-2", "day"))
    assert not card.confirm.isVisible()


def test_the_name_of_the_forgotten_stands_nowhere_on_the_card(card: GuestCard) -> None:
    """It could be saved again by a slip."""
    before = ticket()
    assert card.name.value() == before.name
    gone = replace(before, name="", email="", order=replace(before.order, name="", email=""))
    card.show_ticket(gone)
    assert card.name.value() == ""
    assert "Forgotten" in card.told.text()
    card.rename()
    assert card.name.value() == ""


@pytest.mark.parametrize("kind", [Kind.GUEST_ERASED, Kind.GUESTS_PURGED])
def test_the_last_scans_are_read_again_after_an_erasure(page: CheckInPage, desk: Desk, kind: Kind) -> None:
    desk.hooks.verdict_given(given(ticket=ticket("Grace Hopper")))
    assert page.parts.scans.scans.rowCount() == 1
    desk.hooks.facts_recorded(Recorded("", "another", {kind: 1}))
    assert page.parts.scans.scans.rowCount() == 1
    desk.posted.clear()
    desk.hooks.facts_recorded(Recorded("", "gala", {kind: 1}))
    assert page.parts.scans.scans.rowCount() == 0
    assert (desk.last(ListPasses).log, desk.last(ListPasses).list) == page.counter.place()
    assert not any("Grace" in text for text in page.parts.work.card.texts())
