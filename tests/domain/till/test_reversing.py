"""The facts of one reversal: what was sold is undone, and no more than was paid goes back."""

from dataclasses import replace
from typing import Any

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.readable import check
from eventdesk.domain.till.cart import CartLine
from eventdesk.domain.till.checks import check_reversals
from eventdesk.domain.till.folds import fold_sale
from eventdesk.domain.till.refunding import give_back
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.reversing import HeldCard, HeldTicket, Reversing, check_cards, reverse
from eventdesk.domain.till.sales import PaymentState, ReversalWay, ReversedLine, Sale
from tests.domain.till.hall import NOON, cart, given_back, payment, returned
from tests.domain.till.test_selling import facts_of, made

DRAFTS = made(cart(CartLine("a", "adult", quantity=3), CartLine("c", "cup", quantity=2), discounts=("pot",)))
SALE = fold_sale("sale", facts_of(DRAFTS))
TICKETS = {f"a-{n}": HeldTicket(f"CODE-{n}", (f"hall/s/1/{n}",), ("hall",)) for n in range(3)}


def told(amount: int, **members: Any) -> Reversing:
    plain = Reversing(
        8,
        "shift",
        NOON,
        ReversalWay.REFUND,
        "ill",
        (returned("q", amount, "p"),) if amount else (),
        tickets=TICKETS,
        quotas={("cup", None): ["cups"]},
        used={"pot": 1000},
    )
    return replace(plain, **members)


def undone(sale: Sale, lines: list[tuple[str, int]], **members: Any) -> list[Draft]:
    parts = give_back(sale, lines)
    drafts = reverse(sale, parts, told(sum(part.gross for part in parts), **members))
    for draft in drafts:
        check(draft.kind, draft.subject, dict(draft.payload))
    return drafts


def test_a_ticket_that_is_given_back_opens_no_door_and_frees_its_seat() -> None:
    drafts = undone(SALE, [("a", 1)])
    assert [(one.kind, one.subject, dict(one.payload)) for one in drafts[1:]] == [
        (Kind.TICKET_CHANGED, "a-2", {"canceled": True}),
        (Kind.SECRET_REVOKED, "a-2", {"secret": "CODE-2"}),
        (Kind.SEAT_FREED, "hall/s/1/2", {"ticket": "a-2"}),
        (Kind.QUOTA_FREED, "hall", {"number": 1, "ticket": "a-2"}),
    ]
    assert (drafts[0].kind, drafts[0].subject) == (Kind.SALE_REVERSED, "sale")
    sale = fold_sale("sale", facts_of([*DRAFTS, *drafts]))
    assert sale.reversals[0].payments == ("q",)
    assert (
        check_reversals(sale, [payment("p", sale.total), returned("q", sale.reversals[0].amount, "p")]) == []
    )


def test_those_that_were_chosen_are_given_back_and_none_twice() -> None:
    drafts = undone(SALE, [("a", 1)], chosen=frozenset({"a-0"}))
    assert [one.subject for one in drafts if one.kind is Kind.TICKET_CHANGED] == ["a-0"]
    held = {**TICKETS, "a-2": replace(TICKETS["a-2"], canceled=True)}
    drafts = undone(SALE, [("a", 2)], tickets=held)
    assert [one.subject for one in drafts if one.kind is Kind.TICKET_CHANGED] == ["a-1", "a-0"]


def test_goods_free_their_quota_and_the_last_part_returns_the_voucher() -> None:
    drafts = undone(SALE, [("c", 2)])
    assert [(one.kind, one.subject, dict(one.payload)) for one in drafts[1:]] == [
        (Kind.QUOTA_FREED, "cups", {"number": 2})
    ]
    rest = given_back(SALE, give_back(SALE, [("c", 2)]))
    drafts = undone(rest, [], way=ReversalWay.VOID)
    assert (drafts[-1].kind, drafts[-1].subject, drafts[-1].payload) == (
        Kind.DISCOUNT_RETURNED,
        "pot",
        {"number": 1000, "sale": "sale"},
    )


def test_an_exchange_pays_out_the_difference_alone() -> None:
    parts = give_back(SALE, [("c", 2)])
    amount = sum(part.gross for part in parts)
    drafts = reverse(
        SALE,
        parts,
        told(0, way=ReversalWay.EXCHANGE, credited=amount, exchanged_for="next"),
    )
    sale = fold_sale("sale", facts_of([*DRAFTS, *drafts]))
    assert sale.reversals[0].exchanged_for == "next"
    assert check_reversals(sale, [payment("p", sale.total)], {"next": 10_000}) == []
    assert check_reversals(sale, [payment("p", sale.total)], {"next": amount - 1}) != []


@pytest.mark.parametrize(
    "members",
    [
        {"reason": " "},
        {"payments": ()},
        {"payments": (returned("q", 1, "p"),)},
        {"payments": (returned("q", 1190, "p", state=PaymentState.STARTED),)},
        {"credited": 5},
    ],
)
def test_half_a_reversal_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        undone(SALE, [("a", 1)], **members)


def test_what_was_given_back_meanwhile_is_refused() -> None:
    parts = give_back(SALE, [("a", 3)])
    with pytest.raises(Refused, match="So much of this line"):
        reverse(given_back(SALE, give_back(SALE, [("a", 1)])), parts, told(sum(one.gross for one in parts)))
    with pytest.raises(Refused, match="So much of this line"):
        reverse(SALE, [ReversedLine("x", 1, 1, 1, 0)], told(1))


def test_a_gift_card_goes_back_while_nobody_has_used_it() -> None:
    drafts = made(cart(CartLine("g", "card", quantity=2)))
    sale = fold_sale("sale", facts_of(drafts))
    cards = {"g": [HeldCard("one", 5000, 4000), HeldCard("two", 5000, 5000)]}
    back = undone(sale, [("g", 1)], cards=cards)
    assert [(one.kind, one.subject, dict(one.payload)) for one in back[1:]] == [
        (Kind.GIFT_CARD_CHARGED, "two", {"amount": 5000, "payment": "q"})
    ]
    with pytest.raises(Refused, match="was spent"):
        check_cards(give_back(sale), cards)
