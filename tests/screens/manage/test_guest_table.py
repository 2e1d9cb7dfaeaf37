from typing import Any

from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import FindGuests, ListGuests
from eventdesk.desk.hooks import Found
from eventdesk.desk.listings import GuestsListed
from eventdesk.domain.guests import GuestRow, Hit
from eventdesk.domain.tickets import OrderStatus
from eventdesk.screens.manage.guest_list import GuestList
from eventdesk.screens.manage.guest_table import line_of_guest, line_of_hit
from eventdesk.screens.words import number
from tests.screens.manage.conftest import Desk

TOTAL = 50_000


def guest(place: int, **changed: Any) -> GuestRow:
    members = dict.fromkeys(("email", "company", "product", "variation", "session", "seat", "notes"), "")
    whole: dict[str, Any] = {
        "ticket": f"t{place:05}",
        "secret": "s",
        "order_code": "O",
        "status": OrderStatus.PAID,
        "name": f"Guest {place}",
        "canceled": False,
        "blocked": False,
        "valid_from": None,
        "valid_until": None,
        **members,
        **changed,
    }
    return GuestRow(**whole)


def opened(qtbot: QtBot, desk: Desk) -> GuestList:
    page = GuestList(desk.bridge)
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    page.use_log("e")
    return page


def answer(desk: Desk) -> None:
    """The page after the one that was asked for last."""
    command = desk.last(ListGuests)
    first = int(command.after[1:]) + 1 if command.after else 0
    rows = [guest(first + place) for place in range(command.limit)]
    desk.hooks.guests_listed(GuestsListed(command.request, "e", rows, TOTAL))


def test_guests_come_page_by_page_as_one_scrolls(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    answer(desk)
    assert page.count.text() == f"Guests: {number(TOTAL)}"
    assert page.model.rowCount() < 1000
    before = desk.count(ListGuests)
    view: QTableView = page.table
    view.scrollToBottom()
    qtbot.waitUntil(lambda: desk.count(ListGuests) == before + 1)
    assert desk.last(ListGuests).after == f"t{page.model.rowCount() - 1:05}"
    answer(desk)
    names = [page.model.index(row, 0).data() for row in range(page.model.rowCount())]
    assert names == [f"Guest {place}" for place in range(len(names))]


def test_an_answer_to_an_older_search_is_dropped(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    page.search.setText("mu")
    old = desk.last(FindGuests)
    page.search.setText("mul")
    new = desk.last(FindGuests)
    assert new.log == "e"
    desk.hooks.guests_found(Found(new.request, "mul", [Hit("t1", "s", "Müller", inside=True)]))
    desk.hooks.guests_found(Found(old.request, "mu", []))
    assert page.model.rowCount() == 1
    assert page.model.index(0, 2).data() == "inside"


def test_what_is_out_of_the_ordinary_is_said(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    rows = [guest(1, blocked=True), guest(2, status=OrderStatus.PENDING), guest(3, canceled=True), guest(4)]
    desk.hooks.guests_listed(GuestsListed(desk.last(ListGuests).request, "e", rows, 4))
    assert [page.model.index(row, 2).data() for row in range(4)] == ["blocked", "unpaid", "canceled", ""]


def test_an_event_without_guests_is_no_endless_asking(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    asked = desk.count(ListGuests)
    desk.hooks.guests_listed(GuestsListed(desk.last(ListGuests).request, "e", [], 3))
    page.table.scrollToBottom()
    assert desk.count(ListGuests) == asked


def test_test_orders_are_marked_in_the_list_and_in_what_was_found() -> None:
    hit = Hit("t1", "s", "Ada", inside=True, testmode=True)
    assert "test order" in line_of_hit(hit).state
    assert "test order" in line_of_guest(guest(1, testmode=True)).state
    assert "test order" not in line_of_guest(guest(1)).state
