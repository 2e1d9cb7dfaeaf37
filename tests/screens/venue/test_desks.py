"""All desks: how they are, what they are told to do, and the picture of what failed."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from eventdesk.desk.commands import ShowCatalogue
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.listings import CatalogueShown, EventsListed
from eventdesk.desk.upstream.values import StaffState
from eventdesk.desk.venue.commands import OrderDesk
from eventdesk.desk.venue.values import DeskLine, Venue
from eventdesk.domain.staff import Role
from eventdesk.domain.till.setup import TillSetup
from eventdesk.domain.venue import Order
from eventdesk.screens.venue.desks import DesksPart
from eventdesk.screens.venue.page import VenuePage
from eventdesk.screens.venue.picture import LARGEST, picture_of
from eventdesk.screens.words import ISOLATES
from tests.screens.making import CATALOGUE, NOON, Desk, app
from tests.screens.venue.making import line, venue


@pytest.fixture
def part(venue_page: VenuePage, desk: Desk) -> DesksPart:
    """Door 2 is chosen, whose printer is out of paper."""
    venue_page.tabs.setCurrentIndex(2)
    app().processEvents()
    desk.hooks.venue_changed(venue(12))
    choose(venue_page.desks, "d02")
    return venue_page.desks


def choose(part: DesksPart, desk: str) -> None:
    part.table.selectRow(part.rows.row_of(desk))


def cells(part: DesksPart, desk: str) -> list[str]:
    row = part.rows.row_of(desk)
    return [str(part.rows.index(row, column).data()).translate(ISOLATES) for column in range(6)]


def orders(desk: Desk) -> list[OrderDesk]:
    return [one for one in desk.posted if isinstance(one, OrderDesk)]


def test_each_desk_is_told_at_a_glance(part: DesksPart) -> None:
    name, state, printer, labels, guests, place = cells(part, "d02")
    assert (name, state, printer, labels, guests) == ("Door 2", "✓ Check-in", "Out of paper", "0", "42")
    assert place == "Main entrance · North gate"
    assert cells(part, "d03")[1] == "✕ The camera is gone."
    assert cells(part, "d04")[1] == "? heard 11 min ago"
    assert cells(part, "d06")[1] == "✓ printing"
    assert cells(part, "d07")[1] == "■ locked"
    assert cells(part, "d08")[1] == "? never heard"
    assert "not heard: 2" in part.count.text()


def test_the_chosen_desk_is_told_in_full(part: DesksPart, desk: Desk) -> None:
    facts = part.facts.text().translate(ISOLATES)
    assert "badge-2 · Out of paper · 0 labels left · 7 waiting" in facts
    assert "guests in five minutes: 42" in facts
    lines = [line(2, guests=77), line(1)]
    desk.hooks.venue_changed(Venue(lines, NOON + timedelta(seconds=3)))
    assert part.name.text().translate(ISOLATES) == "Door 2"
    assert "77" in part.facts.text(), "it goes on while it is looked at"


@pytest.mark.parametrize("order", [Order.RESTART, Order.LOCK, Order.UNLOCK])
def test_an_order_is_confirmed_before_it_is_sent(part: DesksPart, desk: Desk, order: Order) -> None:
    buttons = {
        Order.RESTART: part.ordering.restart_button,
        Order.LOCK: part.ordering.lock_button,
        Order.UNLOCK: part.ordering.unlock_button,
    }
    buttons[order].click()
    assert not orders(desk)
    assert "Door 2" in part.ordering.confirm.words.text()
    part.ordering.confirm.yes_button.click()
    [sent] = orders(desk)
    assert (sent.desk, sent.order) == ("d02", order)
    assert part.ordering.told.text().startswith("✓ Sent")


def test_a_message_must_say_something(part: DesksPart, desk: Desk) -> None:
    part.ordering.message_button.click()
    part.ordering.confirm.yes_button.click()
    assert not orders(desk)
    part.ordering.confirm.field.put("Go for lunch")
    part.ordering.confirm.yes_button.click()
    assert [(one.order, one.words) for one in orders(desk)] == [(Order.MESSAGE, "Go for lunch")]


def test_another_desk_chosen_takes_the_question_away(part: DesksPart, desk: Desk) -> None:
    part.ordering.lock_button.click()
    choose(part, "d01")
    assert not part.ordering.confirm.isVisible()
    desk.hooks.venue_changed(venue(12))
    part.ordering.lock_button.click()
    desk.hooks.venue_changed(venue(12))
    assert part.ordering.confirm.isVisible(), "but a report that comes does not"


def test_a_desk_is_moved_to_another_list_and_gate(part: DesksPart, desk: Desk) -> None:
    desk.hooks.events_listed(EventsListed("", [CATALOGUE.event]))
    part.ordering.stand_button.click()
    asked = desk.last(ShowCatalogue)
    desk.hooks.catalogue_shown(CatalogueShown(asked.request, CATALOGUE, {}, TillSetup()))
    stand = part.ordering.stand
    assert stand.list.value() == "main", "where it stands now"
    assert stand.gate.value() == "north"
    stand.list.put("back")
    stand.gate.put("")
    stand.go_button.click()
    [sent] = orders(desk)
    assert (sent.order, sent.event, sent.list, sent.gate) == (Order.STAND, "gala", "back", "")
    assert not stand.isVisible()


def test_without_the_right_it_is_refused_in_words_before_anything_is_typed(
    part: DesksPart, desk: Desk
) -> None:
    desk.hooks.staff_changed(StaffState("s1", "Mara", frozenset({Role.DOOR}), required=True))
    for button in part.ordering._buttons:
        button.click()
        assert not part.ordering.confirm.isVisible()
        assert not part.ordering.stand.isVisible()
        assert "supervisor" in part.ordering.told.text()
    desk.hooks.staff_changed(StaffState("s2", "Ida", frozenset({Role.SUPERVISOR}), required=True))
    part.ordering.lock_button.click()
    assert part.ordering.confirm.isVisible()


def test_what_the_engine_refuses_is_told(part: DesksPart, desk: Desk) -> None:
    part.ordering.lock_button.click()
    part.ordering.confirm.yes_button.click()
    desk.hooks.trouble_told(Trouble(orders(desk)[0].request, "You may not do this.", "Log on."))
    assert part.ordering.told.text() == "You may not do this. Log on."


def picture() -> bytes:
    from PySide6.QtWidgets import QLabel

    made = QLabel("This kiosk is closed.")
    made.resize(1280, 800)
    return picture_of(made)


def test_the_picture_of_an_error_is_shown_large_on_demand(
    venue_page: VenuePage, part: DesksPart, desk: Desk
) -> None:
    assert not part.picture_button.isVisible(), "this desk has none"
    lines = [line(3, trouble="The camera is gone.", trouble_at=NOON, picture=picture()), line(2)]
    desk.hooks.venue_changed(Venue(lines, NOON))
    choose(part, "d03")
    part.picture_button.click()
    app().processEvents()
    assert part.picture.isVisible()
    assert not part.table.isVisible()
    assert part.picture.picture.height() > 400
    assert "The camera is gone." in part.picture.told.text()
    desk.hooks.venue_changed(Venue(lines, NOON))
    assert part.picture.isVisible()
    QTest.keyClick(part.picture.close_button, Qt.Key.Key_Escape)
    assert part.table.isVisible()
    assert part.picture_button.hasFocus()


def test_a_picture_that_is_none_is_told(part: DesksPart) -> None:
    choose(part, "d03")
    part.picture_button.click()
    assert part.picture.told.text() == "This picture can't be shown."
    part.picture.grab()


def test_a_picture_is_small_whatever_is_on_the_screen(qapp: object) -> None:
    from random import Random

    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QLabel

    data = Random(3).randbytes(1200 * 900 * 4)
    noise = QImage(data, 1200, 900, QImage.Format.Format_RGB32)
    made = QLabel()
    made.setPixmap(QPixmap.fromImage(noise))
    made.resize(1200, 900)
    found = picture_of(made)
    assert 0 < len(found) <= LARGEST
    shown = QImage.fromData(found)
    assert shown.width() >= 320


def test_a_desk_without_a_report_can_be_chosen(part: DesksPart, desk: Desk) -> None:
    desk.hooks.venue_changed(Venue([DeskLine("d99", "New one", None, None)], NOON))
    choose(part, "d99")
    assert part.facts.text() == "never heard"
