"""What carts cost, by hand and by law."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventdesk.domain.members import MILLION
from eventdesk.domain.till.cart import Cart, CartLine, TaxSum
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.setup import Discount, TillRules, TillSetup
from tests.domain.till.hall import DISCOUNTS, NET, SETUP, cart, priced

HAT = CartLine("h", "hat")


def rows(cart: Cart, setup: TillSetup = SETUP, **members: Any) -> list[tuple[str, int, int, int, int]]:
    return [
        (line.line, line.quantity, line.gross, line.net, line.tax)
        for line in priced(cart, setup, **members).lines
    ]


def test_prices_with_their_tax_inside() -> None:
    found = priced(cart(CartLine("a", "adult", quantity=2), CartLine("d", "day", "one")))
    assert [(line.line, line.gross, line.net, line.tax) for line in found.lines] == [
        ("a", 2380, 2000, 380),
        ("a/fee", 100, 84, 16),
        ("d", 1000, 935, 65),
    ]
    assert found.total == found.due == 3480
    assert found.taxes == (TaxSum(190_000, "A", 2084, 396, 2480), TaxSum(70_000, "B", 935, 65, 1000))


def test_prices_to_which_the_tax_is_added() -> None:
    found = priced(cart(CartLine("d", "day", "two", quantity=3)), NET)
    assert [(line.price, line.gross, line.net, line.tax) for line in found.lines] == [(1800, 5778, 5400, 378)]
    assert found.total == 5778


@pytest.mark.parametrize(("hats", "tax"), [(1, 22), (3, 65), (7, 152)])
def test_the_tax_is_of_the_lines_total_and_rounded_once(hats: int, tax: int) -> None:
    # 333 at 7 % inside: 21.78, 65.36, 152.50; half goes away from zero.
    assert rows(cart(replace(HAT, quantity=hats))) == [("h", hats, 333 * hats, 333 * hats - tax, tax)]


@pytest.mark.parametrize(
    ("members", "gross", "off"),
    [
        ({"percent": 100_000}, 300, 33),
        ({"percent": 500_000}, 166, 167),
        ({"off": 133}, 200, 133),
        ({"percent": 100_000, "off": 100}, 200, 133),
        ({"percent": 1_000_000}, 0, 333),
        ({"comp": True}, 0, 333),
        ({"price": 200}, 200, 0),
    ],
)
def test_what_a_person_takes_off_a_line(members: dict[str, Any], gross: int, off: int) -> None:
    (line,) = priced(cart(replace(HAT, **members))).lines
    assert (line.gross, line.discount) == (gross, off)
    assert line.comp == ("comp" in members)
    assert line.changed_price == ("price" in members)
    assert line.manual == ("percent" in members or "off" in members)


def test_a_discount_on_the_whole_is_spread_and_leaves_fees() -> None:
    whole = cart(CartLine("a", "adult"), CartLine("c", "cup"), HAT, off=100)
    # 1190 : 300 : 333 of 100 is 65.27, 16.45, 18.27: the one that is left goes to the largest remainder.
    assert [(line.line, line.discount) for line in priced(whole).lines] == [
        ("a", 65),
        ("a/fee", 0),
        ("c", 17),
        ("h", 18),
    ]
    equal = cart(HAT, CartLine("i", "hat"), CartLine("j", "hat"), percent=0, off=100)
    assert [line.discount for line in priced(equal).lines] == [34, 33, 33]
    assert [line.manual for line in priced(whole).lines] == [True, False, True, True]


@pytest.mark.parametrize(
    ("discounts", "grosses", "used"),
    [
        (["ten"], [1071, 50, 300], ()),
        (["five"], [799, 50, 224], ()),
        (["flat"], [800, 50, 333], ()),
        (["once"], [0, 50, 333], (("once", 1),)),
        (["pot"], [595, 50, 166], (("pot", 762),)),
        (["five", "ten"], [719, 50, 202], ()),
        (["ten", "ten"], [1071, 50, 300], ()),
        (["early"], [1190, 50, 333], ()),
        (["late"], [1190, 50, 333], ()),
        (["nobody"], [1190, 50, 333], ()),
        (["cards"], [1190, 50, 333], ()),
    ],
)
def test_the_catalogues_discounts(discounts: list[str], grosses: list[int], used: Any) -> None:
    # "five": 500 of 1190 : 333 is 390.68 : 109.32; the one that is left goes to the larger remainder.
    found = priced(cart("adult", HAT, discounts=tuple(discounts)))
    assert [line.gross for line in found.lines] == grosses
    assert found.used == used
    by_hand = {"five", "flat"} & set(discounts)
    assert found.lines[0].manual == bool(by_hand)


@pytest.mark.parametrize(
    ("discount", "left", "off", "used"),
    [
        ("once", 1, 1190, 1),
        ("once", 0, 0, None),
        ("pot", 1000, 1000, 1000),
        ("pot", 7, 7, 7),
        ("pot", 0, 0, None),
    ],
)
def test_no_more_than_is_left_of_a_limit_is_used(
    discount: str, left: int, off: int, used: int | None
) -> None:
    found = priced(cart(CartLine("a", "adult", quantity=3), discounts=(discount,)), left={discount: left})
    assert found.lines[0].discount == off
    assert found.used == (() if used is None else ((discount, used),))


def test_an_amount_off_is_one_use_however_many_lines_it_is_spread_over() -> None:
    setup = replace(SETUP, discounts={"v": Discount("v", "Voucher", "V", amount=5000, uses=3)})
    found = priced(cart("adult", "hat", discounts=("v",)), setup)
    assert [line.gross for line in found.lines] == [0, 50, 0]
    assert found.used == (("v", 1),)


def test_a_gift_card_is_money_and_gets_cheaper_only_where_it_is_named() -> None:
    assert priced(cart("card", discounts=("ten", "five"))).total == 5000
    assert priced(cart("card", discounts=("cards",))).total == 4500


def test_add_ons_that_are_included_cost_nothing_and_the_others_their_price() -> None:
    adult = CartLine("a", "adult", quantity=2)
    assert [row[:3] for row in rows(cart(adult, CartLine("c", "cup", quantity=3, parent="a")))] == [
        ("a", 2, 2380),
        ("a/fee", 2, 100),
        ("c/included", 2, 0),
        ("c", 1, 300),
    ]
    one = [CartLine(name, "cup", parent="a") for name in "cde"]
    assert [row[:3] for row in rows(cart(adult, *one))][2:] == [("c", 1, 0), ("d", 1, 0), ("e", 1, 300)]


def test_what_is_given_away_has_no_fee() -> None:
    found = priced(cart(CartLine("a", "adult", comp=True, reason="press")))
    assert [(line.line, line.gross, line.comp) for line in found.lines] == [("a", 0, True)]


def test_what_is_exchanged_is_credited() -> None:
    found = priced(cart("hat"), credit=1000)
    assert (found.total, found.credit, found.due) == (333, 1000, -667)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([CartLine("x", "nothing")], "not sold here"),
        ([CartLine("x", "staff")], "Staff is not sold here"),
        ([CartLine("x", "day")], "several variations"),
        ([CartLine("x", "day", "three")], "several variations"),
        ([CartLine("x", "odd")], "tax of Odd is not set up"),
        ([CartLine("x", "hat", quantity=0)], "so many"),
        ([CartLine("x", "hat", quantity=-1)], "so many"),
        ([CartLine("x", "hat", quantity=10_001)], "so many"),
        ([CartLine("x", "hat", price=-1)], "at this price"),
        ([CartLine("x", "hat", price=10**13)], "at this price"),
        ([CartLine("x", "gift")], "at this price"),
        ([CartLine("x", "gift", price=499)], "at this price"),
        ([CartLine("x", "gift", price=20_001)], "at this price"),
        ([CartLine("x", "hat", off=334)], "larger than the price"),
        ([CartLine("x", "hat", off=-1)], "larger than the price"),
        ([CartLine("x", "hat", percent=1_000_001)], "larger than the price"),
        ([CartLine("x", "hat", percent=-1)], "larger than the price"),
        ([CartLine("x", "cup", parent="gone")], "no add-on"),
        ([CartLine("a", "adult"), CartLine("x", "day", "one", parent="a")], "no add-on"),
        ([CartLine("a", "adult"), CartLine("x", "cup", quantity=3, parent="a")], "at most 2"),
        ([CartLine("a", "seat", seats=("1",)), CartLine("x", "seat", seats=("1",))], "twice"),
        ([CartLine("x", "seat", quantity=2, seats=("1", "1"))], "twice"),
    ],
)
def test_what_cannot_be_sold_is_refused_with_its_line(lines: list[CartLine], told: str) -> None:
    with pytest.raises(Refused, match=told) as caught:
        priced(cart(*lines))
    assert caught.value.line == "x"
    assert caught.value.remedy


def test_a_free_price_is_no_changed_price() -> None:
    (line,) = priced(cart(CartLine("g", "gift", price=777))).lines
    assert (line.gross, line.changed_price, line.tax) == (777, False, 0)


_lines = st.lists(
    st.builds(
        CartLine,
        st.just(""),
        st.sampled_from(["adult", "hat", "cup", "card"]),
        quantity=st.integers(1, 5),
        price=st.one_of(st.none(), st.integers(0, 5000)),
        percent=st.one_of(st.just(0), st.integers(0, MILLION)),
        comp=st.booleans(),
    ),
    min_size=1,
    max_size=6,
).map(lambda lines: tuple(replace(line, id=f"l{number}") for number, line in enumerate(lines)))
_chosen = st.lists(st.sampled_from(sorted(DISCOUNTS)), max_size=4).map(tuple)
_setups = st.booleans().map(lambda net: replace(SETUP, rules=TillRules(net_prices=net)))


@settings(deadline=None)
@given(_lines, _chosen, st.one_of(st.just(0), st.integers(0, MILLION)), _setups, st.data())
def test_the_lines_add_up_and_nothing_is_negative(
    lines: tuple[CartLine, ...],
    discounts: tuple[str, ...],
    percent: int,
    setup: TillSetup,
    data: st.DataObject,
) -> None:
    left = {id_: data.draw(st.integers(0, 2000)) for id_ in ("once", "pot")}
    found = priced(Cart("sale", lines, discounts, percent), setup, left=left)
    assert found.total == sum(line.gross for line in found.lines)
    assert found.total == sum(tax.gross for tax in found.taxes)
    assert sum(tax.tax for tax in found.taxes) == sum(line.tax for line in found.lines)
    for line in found.lines:
        assert line.gross == line.net + line.tax
        assert min(line.gross, line.net, line.tax, line.discount) >= 0
        base, whole = (line.net, MILLION) if setup.rules.net_prices else (line.gross, MILLION + line.rate)
        assert 2 * abs(line.tax * whole - base * line.rate) <= whole
    for id_, number in found.used:
        assert 0 < number <= left[id_]
    pieces = sum(line.quantity for line in lines)
    assert dict(found.used).get("once", 0) <= pieces


@given(_lines, st.integers(0, 5000))
def test_an_amount_off_the_whole_is_paid_less_to_the_cent(lines: tuple[CartLine, ...], off: int) -> None:
    before = priced(Cart("sale", lines))
    whole = sum(line.gross for line in before.lines if not line.fee)
    found = priced(Cart("sale", lines, off=min(off, whole)))
    assert found.total == before.total - min(off, whole)
