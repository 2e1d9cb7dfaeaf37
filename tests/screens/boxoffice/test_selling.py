"""A sale by keys alone, on the real engine: from the first tile to the change."""

from eventdesk.desk.demo import LOG
from eventdesk.domain.till.setup import Tender
from tests.screens.boxoffice.conftest import Key, Office


def test_a_sale_by_keys_alone_shows_the_change_until_the_next_guest(office: Office) -> None:
    office.press(Key.Key_PageDown, Key.Key_2)
    with office.cart_changes():
        office.press(Key.Key_B)  # coffee, the second tile of the bar
    assert "6.40" in office.rows()[0]
    assert office.page.cart_view.total.text() == "€6.40"

    office.press(Key.Key_Return)
    assert office.page.work.is_open(office.page.work.pay)
    office.type("10")
    office.press(Key.Key_Return)
    office.wait_done()
    assert office.page.side.done.sum.text() == "€3.60"
    assert "Receipt 1" in office.page.side.done.words()
    with office.desk.store.reader() as reader:
        (sale,) = reader.sales(LOG)
        (payment,) = reader.payments_of(LOG, sale.id)
    assert (sale.total, payment.tender, payment.given, payment.change) == (640, Tender.CASH, 1000, 360)

    with office.cart_changes():
        office.press(Key.Key_A)  # the next guest begins by any product
    office.until(lambda: not office.page.side.is_done_shown())
    assert len(office.rows()) == 1
