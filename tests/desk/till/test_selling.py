"""A sale from the first tile to the receipt's number: every cent and every ticket stands on the disk."""

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import AddProduct, ChangeLine, EnterCode, Pay
from eventdesk.domain.tickets import Via
from eventdesk.domain.till.setup import Tender
from tests.desk.till.conftest import TillDesk


def test_a_cash_sale_makes_tickets_that_doors_know(desk: TillDesk) -> None:
    desk.do(AddProduct("workshop", quantity=2))
    cart = desk.cart()
    assert (cart.priced.total, cart.due) == (7000, 7000)
    desk.do(Pay(Tender.CASH, given=10000))
    made = desk.made()

    assert (made.change, made.sale.total, made.sale.number, len(made.tickets)) == (3000, 7000, 1, 2)
    assert desk.cart().cart.lines == ()
    with desk.store.reader() as reader:
        sold = [reader.ticket(LOG, id_) for id_ in made.tickets]
        assert all(one is not None and one.order.id == made.sale.order for one in sold)
        assert [reader.presented(LOG, one.secret).via for one in sold if one] == [Via.SECRET] * 2
        assert reader.carts(LOG) == []


def test_a_voucher_counts_once_for_each_of_its_uses(desk: TillDesk) -> None:
    desk.do(AddProduct("coffee", quantity=2))
    desk.cart()
    desk.do(EnterCode("coffee-once"))
    assert desk.cart().due == 320
    desk.do(Pay(Tender.CASH))
    desk.made()
    desk.cart()

    desk.do(AddProduct("coffee"))
    desk.cart()
    desk.do(EnterCode("COFFEE-ONCE"))
    assert "used up" in desk.trouble().message


def test_a_name_that_is_asked_for_comes_before_the_money(desk: TillDesk) -> None:
    desk.do(AddProduct("student"))
    line = desk.cart().cart.lines[0]
    desk.do(Pay(Tender.CASH))
    assert "a name is missing" in desk.trouble().message
    desk.do(ChangeLine(line.id, names=("Ada Lovelace",)))
    desk.cart()
    desk.do(Pay(Tender.CASH))
    assert desk.made().sale.total == 4900
