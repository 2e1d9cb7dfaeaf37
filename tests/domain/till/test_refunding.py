"""Parts of a sale go back in proportion, and add up to what was paid: never more."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventdesk.domain.till.cart import CartLine
from eventdesk.domain.till.refunding import (
    Repayment,
    amount,
    give_back,
    left,
    left_to_reverse,
    repay,
    returnable,
)
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, PaymentState, ReversedLine
from eventdesk.domain.till.setup import Tender
from tests.domain.till.hall import NET, SETUP, cart, given_back, payment, returned, sold

THREE_HATS = sold(cart(CartLine("h", "hat", quantity=3, off=99)))  # 900, of it 59 tax


def test_parts_are_in_proportion_and_the_last_takes_the_rest() -> None:
    sale = sold(cart(CartLine("h", "hat", quantity=3)))  # 999, of it 65 tax
    first = give_back(sale, [("h", 1)])
    assert first == (ReversedLine("h", 1, 333, 311, 22),)
    sale = given_back(sale, first)
    second = give_back(sale, [("h", 1)])
    assert second == (ReversedLine("h", 1, 333, 312, 21),)
    sale = given_back(sale, second)
    assert give_back(sale) == (ReversedLine("h", 1, 333, 311, 22),)
    assert left_to_reverse(given_back(sale, give_back(sale))) == 0


def test_all_that_is_left_goes_back_with_its_fees() -> None:
    sale = sold(cart(CartLine("a", "adult", quantity=2), "hat"))
    assert amount(give_back(sale)) == sale.total
    sale = given_back(sale, give_back(sale, [("a", 1)]))
    assert [(part.line, part.quantity, part.gross) for part in give_back(sale)] == [
        ("a", 1, 1190),
        ("a/fee", 2, 100),
        ("hat", 1, 333),
    ]
    assert left(sale)["a"].quantity == 1


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([("h", 4)], "3 may still"),
        ([("h", 2), ("h", 2)], "3 may still"),
        ([("h", 0)], "3 may still"),
        ([("h", -1)], "3 may still"),
        ([("x", 1)], "no such line"),
    ],
)
def test_more_than_is_left_is_refused(lines: list[tuple[str, int]], told: str) -> None:
    with pytest.raises(Refused, match=told) as caught:
        give_back(THREE_HATS, lines)
    assert caught.value.line in ("h", "x")


def test_nothing_goes_back_twice() -> None:
    with pytest.raises(Refused, match="Everything"):
        give_back(given_back(THREE_HATS, give_back(THREE_HATS)))


def test_no_part_has_more_tax_than_money() -> None:
    line = replace(THREE_HATS.lines[0], quantity=10, gross=2, net=1, tax=1)
    sale = replace(THREE_HATS, lines=(line,), total=2)
    for _ in range(10):
        (part,) = give_back(sale, [("h", 1)])
        assert min(part.gross, part.net, part.tax) >= 0
        sale = given_back(sale, (part,))
    assert left(sale)["h"] == ReversedLine("h", 0, 0, 0, 0)


SPLIT = [payment("c", 1000), payment("k", 500, Tender.CARD), payment("g", 300, Tender.GIFT_CARD)]


def test_money_goes_back_as_it_came() -> None:
    assert repay(1800, SPLIT) == (
        Repayment("c", Tender.CASH, 1000),
        Repayment("k", Tender.CARD, 500),
        Repayment("g", Tender.GIFT_CARD, 300),
    )
    assert repay(600, [*SPLIT, returned("b", 700, "c")]) == (
        Repayment("c", Tender.CASH, 300),
        Repayment("k", Tender.CARD, 300),
    )


def test_cash_may_stand_for_a_card_but_not_for_a_gift_card() -> None:
    assert repay(1500, SPLIT, Tender.CASH) == (
        Repayment("c", Tender.CASH, 1000),
        Repayment("k", Tender.CASH, 500),
    )
    with pytest.raises(Refused, match="More than was paid"):
        repay(1501, SPLIT, Tender.CASH)
    with pytest.raises(Refused, match="More than was paid"):
        repay(501, SPLIT, Tender.CARD)


def test_what_is_on_its_way_back_is_gone_and_what_failed_is_not() -> None:
    open_ = returned("b", 400, "k", Tender.CARD, state=PaymentState.STARTED)
    assert {one.id: most for one, most in returnable([*SPLIT, open_])} == {
        "c": 1000,
        "k": 100,
        "g": 300,
    }
    failed = replace(open_, state=PaymentState.FAILED)
    assert repay(500, [*SPLIT, failed], Tender.CARD) == (Repayment("k", Tender.CARD, 500),)
    unknown = payment("u", 900, Tender.CARD, state=PaymentState.STARTED)
    with pytest.raises(Refused, match="More than was paid"):
        repay(1801, [*SPLIT, unknown])


@pytest.mark.parametrize(
    ("owed", "taken", "gone", "rounding"),
    [
        (1002, 1002, [], -2),
        (334, 1002, [], 1),
        (334, 1002, [334], 1),
        (334, 1002, [334, 334], -4),
        (1003, 1003, [], 2),
    ],
)
def test_cash_in_parts_comes_to_what_was_handed_over(
    owed: int, taken: int, gone: list[int], rounding: int
) -> None:
    # 10.02 francs were paid by 10.00, 10.03 by 10.05.
    paid = payment("c", taken, rounding=-2 if taken == 1002 else 2)
    backs: list[Payment] = []
    for number, part in enumerate(gone):
        (one,) = repay(part, [paid, *backs], step=5)
        backs.append(returned(f"b{number}", part, "c", rounding=one.rounding))
    (found,) = repay(owed, [paid, *backs], step=5)
    assert found.rounding == rounding


def test_a_card_that_goes_back_in_cash_is_rounded_down() -> None:
    paid = payment("k", 1003, Tender.CARD)
    assert repay(1003, [paid], Tender.CASH, 5) == (Repayment("k", Tender.CASH, 1003, -3),)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["hat", "adult", "cup"]), st.integers(1, 7), st.integers(0, 1_000_000)),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
    st.integers(0, 1_000_000),
    st.data(),
)
def test_any_parts_add_up_to_exactly_what_was_paid(
    wanted: list[tuple[str, int, int]], net: bool, percent: int, data: st.DataObject
) -> None:
    lines = [
        CartLine(f"l{n}", product, quantity=quantity, percent=off)
        for n, (product, quantity, off) in enumerate(wanted)
    ]
    sale = sold(cart(*lines, percent=percent), NET if net else SETUP)
    step = data.draw(st.sampled_from([1, 5, 100]))
    by_cash = data.draw(st.integers(0, sale.total))
    cash = payment("c", by_cash, rounding=-(by_cash % step))
    money = [cash, payment("k", sale.total - by_cash, Tender.CARD)]
    parts: list[ReversedLine] = []
    handed = 0
    while any(one.quantity for one in left(sale).values()):
        line = data.draw(st.sampled_from([one for one in left(sale).values() if one.quantity]))
        part = give_back(sale, [(line.line, data.draw(st.integers(1, line.quantity)))])
        assert min(part[0].gross, part[0].net, part[0].tax) >= 0
        assert part[0].gross == part[0].net + part[0].tax
        parts += part
        sale = given_back(sale, part)
        tender = data.draw(st.sampled_from([None, Tender.CASH]))
        for back in repay(amount(part), money, tender, step):
            assert back.amount + back.rounding >= 0
            assert (back.amount + back.rounding) % step == 0 or back.tender is not Tender.CASH
            handed += back.amount + back.rounding
            money.append(
                returned(f"b{len(money)}", back.amount, back.of, back.tender, rounding=back.rounding)
            )
        assert handed <= sale.total + cash.rounding
    assert amount(parts) == sale.total == sum(one.amount for one in money if one.of)
    assert sum(part.tax for part in parts) == sum(line.tax for line in sale.lines)
    if all(one.tender is not Tender.CASH for one in money if one.of == "k"):
        assert handed == sale.total + cash.rounding
