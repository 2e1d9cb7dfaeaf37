"""One approval is for one deed: the next one asks again."""

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import AddProduct, ChangeLine, FinishFree, Pay, ReverseSale
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.rights import Right
from eventdesk.domain.staff import Role, Staff
from eventdesk.domain.till.sales import ReversalWay
from eventdesk.domain.till.setup import Tender
from tests.desk.till.conftest import TillDesk

ADA = Staff("ada", "Ada", frozenset({Role.BOX_OFFICE}))
GRACE = Staff("grace", "Grace", frozenset({Role.SUPERVISOR}))


@pytest.fixture
def governed(desk: TillDesk) -> TillDesk:
    """Ada sells; there is an organizer with a PIN, so that rights count."""
    people = [("boss", "organizer", "$argon2id$"), ("ada", "box_office", ""), ("grace", "supervisor", "")]
    with desk.store.transaction() as tx:
        for id_, role, pin in people:
            tx.append(LOG, [Draft(Kind.STAFF_DEFINED, id_, {"name": id_, "roles": [role], "pin": pin})])
    present = desk.till.approvals._present
    present.staff = ADA
    present.staff_changed()
    return desk


def sold(desk: TillDesk) -> str:
    desk.do(AddProduct("coffee"))
    desk.cart()
    desk.do(Pay(Tender.CASH))
    desk.cart()
    return desk.made().sale.id


def test_one_approval_gives_one_sale_back(governed: TillDesk) -> None:
    first, second = sold(governed), sold(governed)
    governed.till.approvals.give(GRACE)
    governed.do(ReverseSale(first, ReversalWay.REFUND, "too cold"))
    told = governed.heard.next(governed.hooks.sale_reversed)
    assert told.reversal.approved == GRACE.id
    governed.do(ReverseSale(second, ReversalWay.REFUND, "too cold"))
    assert governed.heard.next(governed.hooks.approval_needed).right is Right.REFUND


def test_one_approval_gives_one_cart_away(governed: TillDesk) -> None:
    for number in range(2):
        governed.do(AddProduct("coffee"))
        line = governed.cart().cart.lines[0]
        governed.do(ChangeLine(line.id, comp=True, reason="Press"))
        governed.cart()
        if number == 0:
            governed.till.approvals.give(GRACE)
        governed.do(FinishFree())
        if number == 0:
            assert governed.made().sale.total == 0
            governed.cart()
    assert governed.heard.next(governed.hooks.approval_needed).right is Right.COMP
