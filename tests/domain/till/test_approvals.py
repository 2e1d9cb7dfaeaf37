"""What a sale needs, what nobody may, and which discounts count."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eventdesk.domain.facts import Kind
from eventdesk.domain.rights import Right, right_for
from eventdesk.domain.till.approvals import (
    needed,
    needed_to_move,
    over_limits,
    over_pay_out,
    over_refund,
    percent_text,
    tender_refused,
)
from eventdesk.domain.till.cart import CartLine
from eventdesk.domain.till.sales import Movement
from eventdesk.domain.till.setup import Discount, Tender, TillRules
from eventdesk.domain.till.vouchers import by_code, refusals, why_not
from tests.domain.till.hall import CATALOGUE, DISCOUNTS, NOON, SETUP, cart, priced
from tests.domain.till.test_selling import made

CARTS = [
    (cart("hat"), ()),
    (cart("hat", discounts=("ten",)), ()),
    (cart("adult", discounts=("once",)), ()),
    (cart("hat", discounts=("five",)), (Right.DISCOUNT,)),
    (cart("hat", percent=1, off=1), (Right.DISCOUNT,)),
    (cart(CartLine("h", "hat", price=300)), (Right.PRICE_CHANGE,)),
    (cart(CartLine("g", "gift", price=600)), ()),
    (cart(CartLine("h", "hat", comp=True)), (Right.COMP,)),
    (cart(CartLine("h", "hat", comp=True), "cup", off=1), (Right.COMP, Right.DISCOUNT)),
]


@pytest.mark.parametrize(("wanted", "rights"), CARTS)
def test_what_is_said_to_be_needed_is_what_the_fact_needs(wanted: object, rights: tuple[Right, ...]) -> None:
    assert needed(priced(wanted)) == rights  # type: ignore[arg-type]
    sale = made(wanted)[-1]  # type: ignore[arg-type]
    assert sale.kind is Kind.SALE_COMPLETED
    assert right_for(sale.kind, sale.payload) in (rights or (Right.SELL,))


def test_only_money_that_goes_out_needs_more_than_selling() -> None:
    assert needed_to_move(Movement.PAY_OUT) is Right.NO_SALE
    assert needed_to_move(Movement.DROP) is needed_to_move(Movement.PAY_IN) is Right.SELL


def test_limits_are_everybodys() -> None:
    rules = TillRules(
        most_discount=200_000,
        most_comps=2,
        most_refund=1000,
        most_pay_out=500,
        tenders=(Tender.CASH,),
    )
    given = priced(cart(CartLine("h", "hat", quantity=2, comp=True)))
    assert not over_limits(given, rules)
    assert over_limits(given, rules, comps=1)
    assert not over_limits(priced(cart("hat")), rules, comps=5)
    assert not over_limits(priced(cart("hat", off=66)), rules)
    assert str(over_limits(priced(cart("hat", off=67)), rules)) == "No discount may be larger than 20 %."
    assert not over_limits(priced(cart("adult", discounts=("once",))), rules)
    assert over_limits(priced(cart("hat", discounts=("five",))), rules)
    assert (bool(over_refund(1000, rules)), bool(over_refund(1001, rules))) == (False, True)
    assert (bool(over_pay_out(500, rules)), bool(over_pay_out(501, rules))) == (False, True)
    assert (bool(tender_refused(Tender.CASH, rules)), bool(tender_refused(Tender.CARD, rules))) == (
        False,
        True,
    )
    assert not over_limits(priced(cart("hat", off=333)), TillRules())
    assert [percent_text(rate) for rate in (125_000, 1, 1_000_000, 0)] == ["12.5", "0.0001", "100", "0"]


def test_a_voucher_is_found_by_its_code() -> None:
    assert by_code(SETUP, " honour ") is DISCOUNTS["once"]
    assert by_code(SETUP, "HONOURS") is None
    assert by_code(SETUP, "") is None


def test_why_a_discount_does_not_count() -> None:
    limited = Discount("d", "D", amount=1, uses=2, begins=NOON, ends=NOON + timedelta(hours=1))
    assert not why_not(limited, NOON, {})
    assert "not valid yet" in str(why_not(limited, NOON - timedelta(seconds=1), {}))
    assert "no longer" in str(why_not(limited, NOON + timedelta(hours=1), {}))
    assert "used up" in str(why_not(limited, NOON, {"d": 0}))
    assert not why_not(replace(limited, uses=None), NOON, {"d": 0})


def test_a_cart_says_what_its_discounts_do_not_do() -> None:
    wanted = cart("hat", "card", discounts=("ten", "flat", "early", "gone", "pot"))
    found = refusals(wanted, CATALOGUE, SETUP, NOON, {"pot": 0})
    assert [str(words) for words in found] == [
        "Friends is for nothing in this cart.",
        "Early is no longer valid.",
        "A discount is no longer offered.",
        "Sponsor is used up, or this till has no share of it.",
    ]
    assert refusals(cart("card", discounts=("ten",)), CATALOGUE, SETUP, NOON, {}) != ()
