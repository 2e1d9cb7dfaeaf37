"""Two tills at one node: what is left is sold once, and a sale's money goes back once, whatever is cut."""

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import AddProduct, EnterCode, OpenShift, OpenTill, Pay, ReverseSale
from eventdesk.desk.till.values import SaleMade, SaleReversed
from eventdesk.domain.facts import Kind
from eventdesk.domain.till.sales import ReversalWay
from eventdesk.domain.till.setup import Tender
from tests.desk.upstream.conftest import LinedDesk, until
from tests.replication.fleet.node import Node

Two = tuple[LinedDesk, LinedDesk]


@pytest.fixture
def tills(two: Two) -> Two:
    for desk in two:
        desk.ask(OpenTill(LOG), lambda hooks: hooks.shift_changed)
        desk.ask(OpenShift("main", 10000), lambda hooks: hooks.shift_changed)
    return two


def sold(desk: LinedDesk, product: str = "coffee", quantity: int = 1) -> SaleMade:
    desk.engine.post(AddProduct(product, quantity=quantity))
    return desk.ask(Pay(Tender.CASH), lambda hooks: hooks.sale_made)


def reverse(desk: LinedDesk, sale: str) -> None:
    desk.engine.post(ReverseSale(sale, ReversalWay.REFUND, "does not fit"))


def reversed_at(desk: LinedDesk) -> SaleReversed:
    return desk.heard.next(desk.hooks.sale_reversed)


def refused_at(desk: LinedDesk) -> str:
    return desk.heard.next(desk.hooks.trouble_told).message


def knows(desk: LinedDesk, sale: str, kind: Kind = Kind.SALE_COMPLETED) -> bool:
    return bool(desk.reads(lambda reader: reader.facts(LOG, sale, kind)))


def test_a_sale_is_given_back_at_another_till_once(tills: Two) -> None:
    first, second = tills
    sale = sold(first).sale.id
    until(lambda: knows(second, sale))
    reverse(second, sale)
    assert reversed_at(second).cash == 320
    until(lambda: knows(first, sale, Kind.SALE_REVERSED))
    reverse(first, sale)
    assert "was given back" in refused_at(first)


def test_two_tills_at_once_give_it_back_once(tills: Two) -> None:
    first, second = tills
    sale = sold(first).sale.id
    until(lambda: knows(second, sale))
    second.wires["node-1"].hold_pushes = True
    reverse(second, sale)
    assert reversed_at(second).cash == 320
    reverse(first, sale)
    assert "Another desk is giving this sale back" in refused_at(first)


def test_cut_off_a_till_gives_back_only_what_never_left_it(tills: Two, node: Node) -> None:
    first, second = tills
    known = sold(first).sale.id
    until(lambda: knows(second, known))
    first.wires["node-1"].sever()
    until(lambda: first.line.claims.is_down)
    own = sold(first).sale.id
    reverse(first, known)
    assert "while the desk is alone" in refused_at(first)
    reverse(first, own)
    assert reversed_at(first).cash == 320
    first.wires["node-1"].cut = False
    until(lambda: knows(second, own, Kind.SALE_REVERSED))
    reverse(first, known)
    assert reversed_at(first).cash == 320


def test_a_voucher_with_one_use_is_used_at_one_till(tills: Two) -> None:
    first, second = tills
    for desk in tills:
        desk.engine.post(AddProduct("coffee"))

    def is_given() -> bool:
        """The share is asked for by the first try; one of the next has it."""
        first.engine.post(EnterCode("COFFEE-ONCE"))
        first.ask(AddProduct("soup"), lambda hooks: hooks.cart_changed)
        return first.till.carts.cart.discounts == ("once",)

    until(is_given)
    second.engine.post(EnterCode("COFFEE-ONCE"))
    assert "used up, or this till has no share" in refused_at(second)
