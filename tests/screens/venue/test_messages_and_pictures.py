"""What a supervisor says to a desk, and what a kiosk shows of its trouble."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eventdesk.desk.kiosk.values import KioskGuest, KioskState, Page, Works
from eventdesk.desk.venue.commands import ReportPicture
from eventdesk.domain.venue import DeskOrder, Order
from eventdesk.domain.verdicts import Words
from eventdesk.screens.venue.page import VenuePage
from eventdesk.screens.venue.trouble_pictures import TroublePictures, trouble_of
from eventdesk.screens.window import MainWindow
from tests.screens.making import NOON, Desk, app
from tests.screens.venue.making import message

BROKEN = frozenset(Works) - {Works.PRINTER}
GUEST = KioskGuest("t1", "Ada Lovelace")


@pytest.fixture
def window(venue_page: VenuePage) -> MainWindow:
    found = venue_page.window()
    assert isinstance(found, MainWindow)
    return found


def test_a_message_is_large_until_it_was_read(window: MainWindow, desk: Desk, sounds: list[str]) -> None:
    desk.hooks.desk_ordered(message("Send guests to gate north"))
    card = window.message_card
    assert card.isVisible()
    assert card.words.text() == "Send guests to gate north"
    assert card.read_button.hasFocus()
    assert sounds == ["attention"]
    window.show_page("venue")
    assert card.isVisible()
    QTest.keyClick(card.read_button, Qt.Key.Key_Return)
    assert not card.isVisible()


def test_messages_wait_for_each_other_and_come_once(window: MainWindow, desk: Desk) -> None:
    for _ in range(2):
        desk.hooks.desk_ordered(message("One", "o1"))
    desk.hooks.desk_ordered(message("Two", "o2"))
    window.message_card.read()
    assert window.message_card.words.text() == "Two"
    window.message_card.read()
    assert not window.message_card.isVisible()


def test_other_orders_show_nothing(window: MainWindow, desk: Desk) -> None:
    desk.hooks.desk_ordered(DeskOrder("o1", "gala", "d01", Order.LOCK, NOON, NOON))
    assert not window.message_card.isVisible()


@pytest.mark.parametrize("size", [(800, 480), (600, 1024)])
def test_a_long_message_fits_a_small_screen(window: MainWindow, desk: Desk, size: tuple[int, int]) -> None:
    window.resize(*size)
    desk.hooks.desk_ordered(message("Please come to the north gate at once. " * 5))
    app().processEvents()
    card = window.message_card
    assert window.rect().contains(card.geometry())
    assert card.rect().contains(card.read_button.mapTo(card, card.read_button.rect().bottomRight()))


@pytest.fixture
def kiosk(qtbot: QtBot, desk: Desk) -> TroublePictures:
    shown = QLabel("This kiosk is closed.")
    qtbot.addWidget(shown)
    shown.resize(800, 600)
    shown.show()
    qtbot.waitExposed(shown)
    made = TroublePictures(desk.bridge, shown)
    made._soon.setInterval(1)
    return made


def pictures(desk: Desk) -> list[bytes]:
    return [one.jpeg for one in desk.posted if isinstance(one, ReportPicture)]


def test_a_trouble_sends_one_picture(qtbot: QtBot, kiosk: TroublePictures, desk: Desk) -> None:
    closed = KioskState(Page.CLOSED, words=Words("This kiosk is closed."))
    desk.hooks.kiosk_changed(closed)
    qtbot.waitUntil(lambda: len(pictures(desk)) == 1)
    assert pictures(desk)[0].startswith(b"\xff\xd8")
    desk.hooks.kiosk_changed(closed)
    desk.hooks.kiosk_changed(KioskState(Page.WELCOME, works=BROKEN))
    qtbot.waitUntil(lambda: len(pictures(desk)) == 2)
    desk.hooks.kiosk_changed(KioskState(Page.FINDING, visit="v1", works=BROKEN))
    desk.hooks.kiosk_changed(KioskState(Page.WELCOME, works=BROKEN))
    qtbot.wait(30)
    assert len(pictures(desk)) == 2, "a guest in between makes no new trouble"
    desk.hooks.kiosk_changed(KioskState(Page.WELCOME))
    desk.hooks.kiosk_changed(KioskState(Page.WELCOME, works=BROKEN))
    qtbot.waitUntil(lambda: len(pictures(desk)) == 3)


def test_a_guest_who_comes_meanwhile_is_in_no_picture(
    qtbot: QtBot, kiosk: TroublePictures, desk: Desk
) -> None:
    kiosk._soon.setInterval(20)
    desk.hooks.kiosk_changed(KioskState(Page.WELCOME, works=BROKEN))
    desk.hooks.kiosk_changed(KioskState(Page.DETAILS, visit="v1", guests=(GUEST,), works=BROKEN))
    qtbot.wait(60)
    assert not pictures(desk)


@pytest.mark.parametrize("page", [page for page in Page if page not in (Page.CLOSED, Page.WELCOME)])
def test_no_page_with_a_guest_is_ever_taken(page: Page) -> None:
    assert trouble_of(KioskState(page, works=BROKEN)) is None


def test_neither_is_one_where_a_visit_still_stands() -> None:
    assert trouble_of(KioskState(Page.CLOSED, guests=(GUEST,))) is None
    assert trouble_of(KioskState(Page.WELCOME, visit="v1", works=BROKEN)) is None
    assert trouble_of(KioskState(Page.WELCOME)) is None
