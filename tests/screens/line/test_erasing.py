"""A guest is forgotten after the order's code was typed, and not by a slip."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk.desk.upstream.commands import EraseGuest
from eventdesk.domain.tickets import Ticket
from eventdesk.screens.manage.guest_card import GuestCard
from tests.screens.making import CATALOGUE, Desk, ticket


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
