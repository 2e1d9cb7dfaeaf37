"""The figures of a shift, by hand; what a close holds; and what `verify` finds where something is wrong."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.readable import check
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.till import closing, drawer
from eventdesk.domain.till.cart import CartLine, TaxSum
from eventdesk.domain.till.checks import (
    check_numbers,
    check_payment,
    check_returned,
    check_reversals,
    check_sale,
    check_shift,
    exchange_credit,
)
from eventdesk.domain.till.figures import (
    Figures,
    OpenPayment,
    PersonFigures,
    ProductFigures,
    TenderFigures,
    WayFigures,
    figure_members,
    figures_from,
)
from eventdesk.domain.till.folds import fold_shift
from eventdesk.domain.till.refunding import give_back
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import (
    CashMoved,
    Movement,
    Payment,
    PaymentState,
    ReversalWay,
    ReversedLine,
    Shift,
    Way,
)
from eventdesk.domain.till.setup import Tender
from tests.domain.till.hall import NET, NOON, cart, given_back, payment, returned, sold

SHIFT = Shift(
    "shift",
    "desk",
    3,
    "A",
    "EUR",
    NOON,
    10_000,
    moves=(
        CashMoved("m1", Movement.PAY_IN, 500, 1, NOON),
        CashMoved("m2", Movement.DROP, 2000, 1, NOON),
        CashMoved("m3", Movement.PAY_OUT, 300, 1, NOON),
        CashMoved("m4", Movement.DROP, 1000, 2, NOON),
    ),
    no_sales=2,
    counted=7600,
)
# 1190 + 50 fee, two hats for 600 after a discount of 66, and a cup that is given away.
FIRST = sold(
    cart(CartLine("a", "adult"), CartLine("h", "hat", quantity=2, off=66), CartLine("c", "cup", comp=True)),
    number=5,
    by="eve",
    payments=("p", "k"),
)
# A hat of an earlier shift, given back in this one.
EARLIER = given_back(
    sold(cart("hat"), number=4, shift="before", id="old"),
    give_back(sold(cart("hat")), [("hat", 1)]),
    number=6,
    by="bob",
)
PAYMENTS = [
    payment("p", 1002, rounding=-2),
    payment("k", 838, Tender.CARD),
    returned("b", 333, "x", rounding=2),
    payment("u", 777, Tender.CARD, state=PaymentState.STARTED, sale="cart"),
    payment("f", 5, Tender.CARD, state=PaymentState.FAILED),
    payment("z", 999, shift="before"),
]
FIGURES = Figures(
    sales=1,
    sold=1840,
    reversals=(WayFigures("refund", 1, 333),),
    reversed_=333,
    tenders=(
        TenderFigures(Tender.CASH, 1002, 333, -4, 2),
        TenderFigures(Tender.CARD, 838, 0, 0, 1),
    ),
    taxes=(
        TaxSum(190_000, "A", 1042, 198, 1240),
        TaxSum(70_000, "B", 250, 17, 267),
    ),
    products=(
        ProductFigures("adult", "", "Adult", 1, 1190),
        ProductFigures("cup", "", "Cup", 1, 0),
        ProductFigures("hat", "", "Hat", 1, 267),
        ProductFigures("", "", "", 1, 50),
    ),
    persons=(PersonFigures("bob", 0, 0, 333), PersonFigures("eve", 1, 1840, 0)),
    discounts=66,
    comps=300,
    comp_number=1,
    rounding=-4,
    no_sales=2,
    moves=(WayFigures("pay_in", 1, 500), WayFigures("pay_out", 1, 300), WayFigures("drop", 2, 3000)),
    first=5,
    last=6,
    float_=10_000,
    expected_cash=10_000 + 1000 - 335 + 500 - 300 - 3000,
    open=(OpenPayment("u", "cart", Way.IN, Tender.CARD, 777),),
)


def test_the_figures_of_a_shift() -> None:
    found = closing.figures(SHIFT, [FIRST, EARLIER], PAYMENTS)
    assert found == FIGURES
    assert (found.turnover, found.tax) == (1507, 215)
    assert sum(one.moved for one in found.tenders) == 1000 + 838 - 335


def test_figures_are_read_back_as_they_were_written() -> None:
    assert figures_from(figure_members(FIGURES)) == FIGURES
    assert figures_from({}) == Figures()


def test_the_drawer_holds_what_was_put_in() -> None:
    assert drawer.expected(SHIFT, PAYMENTS[:1]) == 8200
    assert drawer.expected(replace(SHIFT, moves=()), []) == 10_000
    assert drawer.sum_of({5000: 2, 20: 3}) == 10_060


def fact(kind: Kind, seq: int, desk: str = "desk", **payload: Any) -> Fact:
    subject = "shift" if kind.startswith("shift") else "other"
    return Fact(f"f{seq}", "e", kind, subject, Stamp(1000 - seq, 0, desk), seq, payload)


OPENED = fact(Kind.SHIFT_OPENED, 1, number=3, drawer="A", at="2026-06-10T10:00:00Z", currency="EUR", float=0)
NAMING = [
    OPENED,
    fact(Kind.PAYMENT_TAKEN, 3, shift="shift"),
    fact(Kind.SALE_COMPLETED, 2, shift="shift"),
]


def closed() -> tuple[Shift, Fact]:
    draft = closing.close(SHIFT, FIGURES, [*NAMING, fact(Kind.PAYMENT_TAKEN, 4, shift="x")], NOON)
    check(draft.kind, draft.subject, draft.payload)
    end = fact(Kind.SHIFT_CLOSED, 5, **draft.payload)
    folded = fold_shift("shift", [OPENED, end])
    members = ("closed", "counted", "difference", "expected", "facts", "digest")
    return replace(SHIFT, **{name: getattr(folded, name) for name in members}), end


def test_a_close_goes_by_membership_not_by_time() -> None:
    shift, _ = closed()
    ids = b"f1\nf2\nf3\n"
    assert (shift.facts, shift.digest) == (3, hashlib.sha256(ids).hexdigest())
    assert (shift.expected, shift.counted, shift.difference) == (7865, 7600, -265)


def test_nothing_is_closed_twice_nor_without_a_count() -> None:
    with pytest.raises(Refused, match="is closed"):
        closing.close(closed()[0], FIGURES, NAMING, NOON)
    with pytest.raises(Refused, match="not counted"):
        closing.close(replace(SHIFT, counted=None), FIGURES, NAMING, NOON)


def test_a_close_that_stands_is_found_good() -> None:
    shift, end = closed()
    assert check_shift(shift, FIGURES, [*NAMING, end], [FIRST, EARLIER], PAYMENTS) == []
    # The open payment was found out later, and names the next shift.
    later = [one for one in PAYMENTS if one.id != "u"]
    assert check_shift(shift, FIGURES, [*NAMING, end], [FIRST, EARLIER], later) == []
    assert check_shift(SHIFT, Figures(), [], [FIRST], []) == []


def told(words: list[Any]) -> str:
    return " ".join(map(str, words))


def test_what_is_wrong_with_a_close_is_found() -> None:
    shift, end = closed()
    sales = [FIRST, EARLIER]
    facts = [*NAMING, end]
    late = fact(Kind.PAYMENT_TAKEN, 6, shift="shift")
    other = fact(Kind.PAYMENT_TAKEN, 2, "elsewhere", shift="shift")
    assert "after its close" in told(check_shift(shift, FIGURES, [*facts, late], sales, PAYMENTS))
    assert "another desk" in told(check_shift(shift, FIGURES, [*facts, other], sales, PAYMENTS))
    assert "is not what is there" in told(check_shift(shift, FIGURES, facts[1:], sales, PAYMENTS))
    assert "do not add up" in told(check_shift(shift, FIGURES, facts, sales[1:], PAYMENTS))
    assert "its cash" in told(check_shift(replace(shift, difference=0), FIGURES, facts, sales, PAYMENTS))


def test_a_sale_that_stands_is_found_good() -> None:
    paid = [payment("p", 1002, rounding=-2), payment("k", 838, Tender.CARD)]
    assert check_sale(replace(FIRST, rounding=-2), paid) == []
    net = sold(cart(CartLine("a", "adult", quantity=3, percent=123_456), "hat", off=77), NET)
    assert check_sale(net, [payment("p", net.total)]) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"total": 334}, "its lines are not its total"),
        ({"taxes": ()}, "its taxes are not those"),
        ({"payments": ("p", "q")}, "a payment is not there"),
        ({"currency": "CHF"}, "another currency"),
        ({"rounding": 1}, "its rounding"),
    ],
)
def test_what_is_wrong_with_a_sale_is_found(changed: dict[str, Any], words: str) -> None:
    sale = replace(sold(cart("hat")), **changed)
    assert words in told(check_sale(sale, [payment("p", 333)]))


def test_what_is_wrong_with_a_line_is_found() -> None:
    sale = sold(cart("hat"))
    (line,) = sale.lines
    for one, words in (
        (replace(line, tax=23, net=310), "the tax of Hat is wrong"),
        (replace(line, price=400), "its price less its discount"),
    ):
        assert words in told(check_sale(replace(sale, lines=(one,)), [payment("p", 333)]))
    assert "payments are not its total" in told(check_sale(sale, [payment("p", 300)]))
    assert check_sale(sale, [payment("p", 300)], credit=33) == []


def test_what_pays_for_an_exchange() -> None:
    part = give_back(sold(cart("hat")), [("hat", 1)])
    old = given_back(sold(cart("hat"), id="old"), part, way=ReversalWay.EXCHANGE, exchanged_for="sale")
    sale = sold(cart("adult"), exchange_of="old")
    assert exchange_credit(sale, old) == 333
    assert (exchange_credit(sale, None), exchange_credit(replace(sale, exchange_of=""), old)) == (0, 0)


def test_what_is_wrong_with_what_was_given_back_is_found() -> None:
    sale = sold(cart(CartLine("h", "hat", quantity=2)))
    paid = [payment("p", 666)]
    part = give_back(sale, [("h", 1)])
    good, back = given_back(sale, part), returned("q2", 333, "p")
    assert check_reversals(good, [*paid, back]) == []

    def words(sale: Any, *payments: Payment) -> str:
        return told(check_reversals(sale, [*paid, *payments]))

    twice = given_back(good, (ReversedLine("h", 2, 333, 311, 22),))
    assert "more was given back than was sold" in words(twice, back, returned("q3", 333, "p"))
    assert "what went back is not its total" in words(good)
    assert "what went back is not its total" in words(good, replace(back, amount=300))
    assert "its lines are not its total" in words(given_back(sale, part, amount=334), back)
    assert "its rounding" in words(given_back(sale, part, rounding=2), back)
    assert "does not have" in words(given_back(sale, (replace(part[0], line="x"),)), back)
    assert check_returned([*paid, back]) == []
    assert "paid by p" in told(check_returned([*paid, back, returned("b", 334, "p", sale="another")]))


def test_numbers_have_no_gap_and_no_double() -> None:
    assert check_numbers("d", [3, 1, 2]) == []
    assert check_numbers("d", []) == []
    assert told(check_numbers("d", [1, 2, 2, 4])) == (
        "Desk d: number 2 stands twice. Desk d: number 3 is missing before 4."
    )
    assert "number 1 is missing" in told(check_numbers("d", [2]))


def test_a_payment_begins_and_ends_once() -> None:
    start, end = fact(Kind.PAYMENT_STARTED, 1), fact(Kind.PAYMENT_TAKEN, 2)
    assert check_payment("p", [start, end]) == []
    assert check_payment("p", [start]) == []
    assert "started twice" in told(check_payment("p", [start, start, end]))
    assert "ended twice" in told(check_payment("p", [start, end, fact(Kind.PAYMENT_FAILED, 3)]))
