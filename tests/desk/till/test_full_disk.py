"""A full disk at the till: told in words, no half of a sale is left, and a charge is never forgotten."""

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import AddProduct, AskPayment, ChangeCart, Pay
from eventdesk.devices.terminals.port import Answer, Fate
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.setup import Tender
from eventdesk.errors import DiskFull
from eventdesk.storage.verification import verify
from tests.desk.till.conftest import TillDesk

# So that a sale needs more room than is left in pages that are not full.
MANY = 12


def fill(desk: TillDesk) -> None:
    """Until not even an answer to a question gets on it."""
    execute = desk.store._writer.execute
    execute(f"PRAGMA max_page_count = {execute('PRAGMA page_count').fetchone()[0] + 20}")
    for _ in range(5_000):
        answer = Draft(Kind.QUESTION_ANSWERED, "demo-hl-ada-7QX4M2", {"question": "meal", "answer": "fish"})
        try:
            with desk.store.transaction() as tx:
                tx.append(LOG, [answer])
        except DiskFull:
            return
    raise AssertionError("the disk never got full")


def make_room(desk: TillDesk) -> None:
    desk.store._writer.execute(f"PRAGMA max_page_count = {1 << 30}")


def test_nothing_is_half_sold(desk: TillDesk) -> None:
    desk.do(AddProduct("workshop", quantity=MANY))
    desk.cart()
    fill(desk)
    desk.do(Pay(Tender.CASH))
    assert "room" in desk.trouble().remedy
    with desk.store.reader() as reader:
        assert reader.sales(LOG) == []
        assert [one.cart.lines[0].quantity for one in reader.carts(LOG)] == [MANY]

    make_room(desk)
    desk.do(Pay(Tender.CASH))
    assert desk.made().sale.total == MANY * 3500
    assert verify(desk.store) == []


def test_a_cart_is_never_more_than_what_is_on_the_disk(desk: TillDesk) -> None:
    desk.do(AddProduct("workshop", quantity=MANY))
    desk.cart()
    fill(desk)
    desk.do(ChangeCart(percent=10_000, reason="x" * 200_000))
    assert "room" in desk.trouble().remedy

    make_room(desk)
    desk.do(Pay(Tender.CASH))
    assert desk.made().sale.total == MANY * 3500


def test_a_charge_that_can_t_be_written_down_is_asked_about_and_not_charged_again(desk: TillDesk) -> None:
    desk.do(AddProduct("workshop", quantity=MANY))
    desk.do(Pay(Tender.CARD))
    payment = desk.payment().payment
    fill(desk)
    desk.terminal.answers.put(Answer(Fate.PAID, "ref-1"))
    assert "room" in desk.trouble().remedy

    make_room(desk)
    desk.do(AskPayment(payment.id))
    desk.terminal.answers.put(Answer(Fate.PAID, "ref-1"))
    assert desk.made().sale.total == MANY * 3500
    assert [what for what, _ in desk.terminal.asked] == ["charge", "find"]
    assert verify(desk.store) == []
