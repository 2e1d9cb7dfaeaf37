"""Sales, payments and shifts are the fold of their facts, whatever order they arrived in."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.members import BadPayload
from eventdesk.domain.readable import check
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.till.folds import fold_payment, fold_sale, fold_shift
from eventdesk.domain.till.sales import Failure, Movement, PaymentState, ReversalWay, Way
from eventdesk.domain.till.setup import Tender
from tests.domain.till.payloads import TILL

WHOLE = dict(TILL)


def fact(kind: Kind, wall: int, desk: str = "d", **changed: Any) -> Fact:
    return Fact(
        f"{kind}{wall}", "e", kind, "ab", Stamp(wall, 0, desk), wall, {**WHOLE[kind], "by": "eve", **changed}
    )


STARTED = fact(Kind.PAYMENT_STARTED, 1, tender="cash", way="in", terminal="")
TAKEN = fact(Kind.PAYMENT_TAKEN, 2, shift="next")
FAILED = fact(Kind.PAYMENT_FAILED, 2)


def test_a_payment_whose_end_is_not_known_stays_open() -> None:
    payment = fold_payment("ab", [STARTED])
    assert (payment.state, payment.way, payment.counts, payment.moved) == (
        PaymentState.STARTED,
        Way.IN,
        False,
        0,
    )
    assert payment.key == "k"


def test_a_payment_ends_in_the_shift_in_which_its_end_is_known() -> None:
    payment = fold_payment("ab", [TAKEN, STARTED, TAKEN])
    assert (payment.state, payment.shift, payment.tender) == (PaymentState.TAKEN, "next", Tender.CASH)
    assert (payment.given, payment.change, payment.moved) == (2500, 120, 2380)
    assert payment == fold_payment("ab", [STARTED, TAKEN])


def test_of_two_ends_the_first_stands() -> None:
    late = fact(Kind.PAYMENT_FAILED, 3)
    for order in permutations([STARTED, TAKEN, late]):
        assert fold_payment("ab", order).state is PaymentState.TAKEN


def test_what_failed_says_why() -> None:
    payment = fold_payment("ab", [STARTED, FAILED])
    assert (payment.state, payment.why, payment.words, payment.moved) == (
        PaymentState.FAILED,
        Failure.DECLINED,
        "No",
        0,
    )


def test_money_that_went_out_counts_against() -> None:
    back = fold_payment("ab", [fact(Kind.PAYMENT_RETURNED, 2, amount=503, rounding=-3)])
    assert (back.way, back.moved, back.of, back.last4) == (Way.OUT, -500, "p", "4242")


def test_nothing_is_known_before_the_beginning() -> None:
    with pytest.raises(BadPayload, match="payment_started"):
        fold_payment("ab", [FAILED])
    with pytest.raises(BadPayload, match="sale_completed"):
        fold_sale("ab", [fact(Kind.SALE_REVERSED, 2)])
    with pytest.raises(BadPayload, match="shift_opened"):
        fold_shift("ab", [fact(Kind.CASH_MOVED, 2)])
    with pytest.raises(BadPayload, match="sale_completed"):
        fold_sale("other", [fact(Kind.SALE_COMPLETED, 1)])


def test_a_sale_with_what_was_given_back() -> None:
    facts = [fact(Kind.SALE_REVERSED, 2), fact(Kind.SALE_COMPLETED, 1)]
    sale = fold_sale("ab", facts + facts)
    assert (sale.number, sale.total, sale.customer, sale.by) == (1, 2380, "Grace", "eve")
    assert [line.gross for line in sale.lines] == [2380]
    (reversal,) = sale.reversals
    assert (reversal.way, reversal.amount, reversal.number) == (ReversalWay.REFUND, 1190, 2)


def test_a_shift_until_it_is_counted_and_closed() -> None:
    opened, moved = fact(Kind.SHIFT_OPENED, 1), fact(Kind.CASH_MOVED, 2)
    shift = fold_shift("ab", [moved, fact(Kind.DRAWER_OPENED, 3), opened])
    assert (shift.float_, shift.no_sales, shift.counted, shift.closed) == (10_000, 1, None, None)
    assert [(move.way, move.amount) for move in shift.moves] == [(Movement.DROP, 5000)]
    first = fact(Kind.CASH_COUNTED, 4, amount=1, count={"1": 1})
    shift = fold_shift("ab", [opened, fact(Kind.CASH_COUNTED, 5), first])
    assert (shift.counted, shift.count) == (12_380, {5000: 2, 20: 119})
    closed = fold_shift("ab", [fact(Kind.SHIFT_CLOSED, 6), fact(Kind.CASH_COUNTED, 5), opened])
    assert closed.closed is not None
    assert (closed.counted, closed.expected, closed.difference) == (12_300, 12_380, -80)


_values = st.one_of(
    st.none(), st.integers(-2, 2), st.floats(), st.sampled_from(["", "x", "cash", "in", "EUR"])
)


@given(st.data())
def test_what_is_readable_breaks_no_fold(data: st.DataObject) -> None:
    facts = []
    for number in range(data.draw(st.integers(1, 4))):
        kind, plain = data.draw(st.sampled_from(TILL))
        name = data.draw(st.sampled_from(sorted(plain)))
        payload = {**plain, name: data.draw(_values)}
        try:
            check(kind, "ab", payload)
        except BadPayload:
            continue
        facts.append(Fact(str(number), "e", kind, "ab", Stamp(number, 0, "d"), number, payload))
    kinds = {one.kind for one in facts}
    if Kind.SALE_COMPLETED in kinds:
        fold_sale("ab", facts)
    if Kind.SHIFT_OPENED in kinds:
        fold_shift("ab", facts)
    if kinds & {Kind.PAYMENT_STARTED, Kind.PAYMENT_TAKEN, Kind.PAYMENT_RETURNED}:
        fold_payment("ab", facts)
