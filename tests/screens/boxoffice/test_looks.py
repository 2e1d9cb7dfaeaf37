"""What must stay readable: many products, small screens, right to left, training."""

import pytest
from PySide6.QtCore import Qt

from eventdesk.desk.demo import LOG
from eventdesk.desk.settings import TRAINING
from eventdesk.domain.facts import Draft, Kind
from eventdesk.screens.boxoffice.customer_display import WINDOW
from tests.screens.boxoffice.conftest import Key, Office


def many(office: Office, number: int) -> None:
    """So many products more at the bar, one of them with a name of 60 letters."""
    with office.desk.store.transaction() as tx:
        members = {"price": 123456, "category": "bar", "ticket": False}
        tx.append(
            LOG,
            [
                Draft(
                    Kind.PRODUCT_DEFINED,
                    f"p{at}",
                    {"name": "W" * 60 if at == 3 else f"Drink {at}", **members},
                )
                for at in range(number)
            ],
        )


def test_with_many_products_each_tile_keeps_its_name(closed_office: Office) -> None:
    office = closed_office
    many(office, 40)
    office.desk.opened()
    office.until(lambda: office.page.state.can_sell and office.page.state.cart is not None)
    office.page.resize(720, 440)
    office.page.work.tiles.show_category(1)
    tiles = office.page.work.tiles
    least = 3.6 * tiles.fontMetrics().height()
    office.until(lambda: min(one.height() for one in tiles.tiles().values()) >= least)
    keys = [one.key for one in tiles.tiles().values()]
    assert len({one for one in keys if one}) == 26
    office.add("p20")


@pytest.mark.parametrize("size", [(700, 420), (560, 980), (1200, 760)])
def test_a_sheet_has_room_for_its_buttons(office: Office, size: tuple[int, int]) -> None:
    page, pay = office.page, office.page.work.pay
    page.resize(*size)
    office.add("coffee")
    office.press(Key.Key_Return)
    office.until(lambda: pay.isVisible() and pay.keypad.height() > 100)
    small = size[0] < 860
    assert page.side.isVisible() is not small
    for button in pay.keypad.findChildren(type(page.side.pay)):
        assert button.width() >= 34, button.accessibleName()
        assert button.height() >= 30, button.accessibleName()
    assert pay.title() == ("Total €3.20" if size[1] < 500 else "Payment")


def test_right_to_left_the_cart_stands_at_the_left(office: Office) -> None:
    office.page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    office.add("coffee")
    office.until(lambda: office.page.side.x() < office.page.work.x())


def test_the_guest_s_screen_says_that_it_is_training(closed_office: Office) -> None:
    office = closed_office
    office.desk.preferences.put(TRAINING, True)
    office.desk.opened()
    office.until(lambda: office.page.state.is_training)
    display = office.page.display
    display.place(WINDOW)
    office.qtbot.addWidget(display)
    office.until(display.is_training)
