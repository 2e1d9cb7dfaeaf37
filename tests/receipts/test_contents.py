"""What a receipt says of a sale and of what is given back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.till.cart import Customer, TaxSum
from eventdesk.domain.till.receipt import (
    Extras,
    ReceiptContents,
    ReceiptKind,
    receipt_of_reversal,
    receipt_of_sale,
)
from eventdesk.domain.till.sales import PaymentState, Reversal, ReversalWay, ReversedLine, SaleLine, Way
from eventdesk.domain.till.setup import Tender
from tests.receipts.samples import (
    AT,
    EVENT,
    LINES,
    SETUP,
    SPLIT,
    cash_sale,
    line,
    payment,
    refund,
    sale,
    split_sale,
)


def handed_over(contents: ReceiptContents) -> int:
    return sum(one.amount for one in contents.payments)


def adds_up(contents: ReceiptContents) -> None:
    """As a guest checks it: lines, taxes and payments all come to the total."""
    assert sum(one.amount for one in contents.lines) == contents.total
    assert sum(one.gross for one in contents.taxes) == contents.total
    assert handed_over(contents) == contents.total - contents.credit + contents.rounding


@pytest.mark.parametrize("contents", [cash_sale(), split_sale(), refund()])
def test_the_samples_add_up(contents: ReceiptContents) -> None:
    adds_up(contents)


sold = st.lists(
    st.builds(
        lambda number, quantity, price, rate, off: line(
            number, "x", quantity, price, rate, off * quantity * price // 100
        ),
        st.integers(1, 10**6),
        st.integers(1, 20),
        st.integers(0, 100_000),
        st.sampled_from([0, 100_000, 200_000]),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.id,
)


@given(sold)
def test_any_sale_adds_up(lines: list[SaleLine]) -> None:
    due = sum(one.gross for one in lines)
    paid = (payment(1, Tender.CARD, due),)
    contents = receipt_of_sale(sale(tuple(lines), paid), paid, SETUP, EVENT, "d")
    adds_up(contents)
    for one in contents.lines:
        assert one.amount + one.off == one.quantity * one.price


@given(sold)
def test_any_refund_adds_up_and_is_below_zero(lines: list[SaleLine]) -> None:
    backs = tuple(ReversedLine(one.id, one.quantity, one.gross, one.net, one.tax) for one in lines)
    amount = sum(one.gross for one in lines)
    out = payment(2, Tender.CASH, amount, way=Way.OUT, state=PaymentState.RETURNED)
    back = Reversal("r", 2, "d1", "sh1", AT, ReversalWay.REFUND, backs, amount, (out.id,))
    contents = receipt_of_reversal(sale(tuple(lines), ()), back, (out,), SETUP, EVENT, "d")
    adds_up(contents)
    assert contents.total == -amount
    whole = receipt_of_sale(sale(tuple(lines), ()), (), SETUP, EVENT, "d")
    assert sorted(map(negative, contents.taxes)) == sorted(map(tuple_of, whole.taxes))


def tuple_of(tax: TaxSum) -> tuple[int, int, int, int]:
    return tax.rate, tax.net, tax.tax, tax.gross


def negative(tax: TaxSum) -> tuple[int, int, int, int]:
    return tax.rate, -tax.net, -tax.tax, -tax.gross


def test_only_money_that_moved_is_on_it() -> None:
    tried = (
        payment(1, Tender.CARD, 30_019, state=PaymentState.FAILED),
        payment(2, Tender.CARD, 30_019, state=PaymentState.STARTED),
        payment(3, Tender.CASH, 30_019, given=30_019),
    )
    bought = sale(LINES, tried)
    assert handed_over(receipt_of_sale(bought, tried, SETUP, EVENT, "d")) == 30_019
    of_another = payment(9, Tender.CASH, 5)
    assert handed_over(receipt_of_sale(bought, (*tried, of_another), SETUP, EVENT, "d")) == 30_019


def test_the_moment_is_the_event_s() -> None:
    assert f"{cash_sale().moment:%H:%M %Z}" == "20:15 CEST"


def test_what_came_back_in_exchange_is_its_credit() -> None:
    paid = (payment(1, Tender.CASH, 10_019),)
    contents = receipt_of_sale(replace(sale(LINES, paid), exchange_of="s0"), paid, SETUP, EVENT, "d")
    assert contents.credit == 20_000
    adds_up(contents)
    out = (payment(1, Tender.CASH, 500, way=Way.OUT, state=PaymentState.RETURNED, rounding=-1),)
    cheaper = replace(sale(LINES, out), exchange_of="s0")
    contents = receipt_of_sale(cheaper, out, SETUP, EVENT, "d")
    assert (contents.credit, handed_over(contents)) == (30_519, -499)


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        (ReversalWay.VOID, ReceiptKind.VOID),
        (ReversalWay.REFUND, ReceiptKind.REFUND),
        (ReversalWay.EXCHANGE, ReceiptKind.EXCHANGE),
    ],
)
def test_a_reversal_names_its_kind_and_what_it_gives_back(way: ReversalWay, kind: ReceiptKind) -> None:
    back = Reversal("r", 7, "d1", "sh1", AT, way, (ReversedLine("l3", 2, 300, 250, 50),), 300)
    contents = receipt_of_reversal(sale(LINES, SPLIT), back, SPLIT, SETUP, EVENT, "d")
    assert (contents.kind, contents.number, contents.original) == (kind, 7, 1042)


def test_net_prices_are_shown_net() -> None:
    one = SaleLine("l1", "Stand", 1, 10_000, 11_900, 10_000, 1_900, 190_000, "A")
    made = replace(sale((), ()), lines=(one,), total=11_900, net_prices=True)
    contents = receipt_of_sale(made, (), SETUP, EVENT, "d")
    assert [(line.amount, line.off) for line in contents.lines] == [(10_000, 0)]
    assert (contents.total, contents.net_prices) == (11_900, True)


def test_it_is_made_out_to_whom_the_sale_was() -> None:
    made = replace(sale(LINES, SPLIT), customer="Müller GmbH", address="Am Markt 1")
    contents = receipt_of_sale(made, SPLIT, SETUP, EVENT, "d")
    assert contents.extras.customer == Customer("Müller GmbH", address="Am Markt 1")
    other = Extras(customer=Customer("Huber"))
    assert receipt_of_sale(made, SPLIT, SETUP, EVENT, "d", other).extras == other
