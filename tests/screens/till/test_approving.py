"""Approval by PIN: the card opens over the page that asked, and what was asked for is posted again."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.till.commands import Approve, OpenDrawer
from eventdesk.desk.till.values import ApprovalNeeded, Approved
from eventdesk.desk.upstream.values import StaffState
from eventdesk.domain.rights import Right
from eventdesk.screens.till.approving import Approving
from tests.screens.making import Desk


def shown(qtbot: QtBot, desk: Desk) -> tuple[QWidget, Approving]:
    page = QWidget()
    card = Approving(desk.bridge, page)
    qtbot.addWidget(page)
    page.resize(600, 500)
    page.show()
    qtbot.waitExposed(page)
    return page, card


def test_what_needs_approval_is_posted_again_once_it_is_given(qtbot: QtBot, desk: Desk) -> None:
    _, card = shown(qtbot, desk)
    command = OpenDrawer("Change for the bar")
    desk.hooks.approval_needed(ApprovalNeeded(command.request, Right.NO_SALE, command))
    assert card.isVisible()
    QTest.keyClicks(card.pad.line, "2468")
    QTest.keyClick(card.pad.line, Qt.Key.Key_Return)
    asked = desk.last(Approve)
    assert asked.pin == "2468"
    desk.hooks.staff_changed(StaffState("s1", "Ada"))  # somebody else's business
    assert card.isVisible()
    desk.hooks.approved(Approved(asked.request, "Grace"))
    assert not card.isVisible()
    assert desk.posted[-1] is command


def test_escape_gives_up(qtbot: QtBot, desk: Desk) -> None:
    _, card = shown(qtbot, desk)
    command = OpenDrawer("Change")
    desk.hooks.approval_needed(ApprovalNeeded(command.request, Right.NO_SALE, command))
    QTest.keyClick(card.pad.line, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert desk.posted == []


def test_a_page_that_is_not_shown_asks_nobody(qtbot: QtBot, desk: Desk) -> None:
    page, card = shown(qtbot, desk)
    page.hide()
    command = OpenDrawer("Change")
    desk.hooks.approval_needed(ApprovalNeeded(command.request, Right.NO_SALE, command))
    page.show()
    assert not card.isVisible()


def test_the_page_below_gets_no_key_of_the_card(qtbot: QtBot, desk: Desk) -> None:
    """Its Enter would finish the sale that waits for the PIN."""
    page, card = shown(qtbot, desk)
    seen: list[int] = []
    page.keyPressEvent = lambda event: seen.append(event.key())  # type: ignore[method-assign]
    command = OpenDrawer("Change")
    desk.hooks.approval_needed(ApprovalNeeded(command.request, Right.NO_SALE, command))
    QTest.keyClicks(card.pad.line, "2468")
    QTest.keyClick(card.pad.line, Qt.Key.Key_Return)
    QTest.keyClick(card.close_button, Qt.Key.Key_F9)
    assert desk.last(Approve).pin == "2468"
    assert seen == []
