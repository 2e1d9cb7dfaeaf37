"""The facts of one sale: readable, complete, and folded to what was in the cart."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.readable import check
from eventdesk.domain.stamps import Stamp
from eventdesk.domain.till.cart import Cart, CartLine, Customer, Exchange
from eventdesk.domain.till.checks import check_sale
from eventdesk.domain.till.folds import fold_sale
from eventdesk.domain.till.limits import quotas_of
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, PaymentState, Sale
from eventdesk.domain.till.seats import seat_id
from eventdesk.domain.till.selling import Issued, Making, makes, paid, sell
from eventdesk.domain.till.setup import Tender
from tests.domain.till.hall import CATALOGUE, NET, NOON, SETUP, cart, payment, priced, returned, sold

SEATS = (seat_id("hall", "s", "1", "4"), seat_id("hall", "s", "1", "5"))


def making(cart: Cart, **members: Any) -> Making:
    issued = {
        line: [Issued(f"{line}-{n}", f"CODE-{line}-{n}") for n in range(number)]
        for line, number in makes(cart, CATALOGUE).items()
    }
    plain = Making(7, "shift", "EUR", NOON, "order", "ABC12", issued)
    return replace(plain, **members)


def facts_of(drafts: list[Draft]) -> list[Fact]:
    return [
        Fact(draft.id, "e", draft.kind, draft.subject, Stamp(1, n, "desk"), n + 1, draft.payload)
        for n, draft in enumerate(drafts)
    ]


def made(cart: Cart, *payments: Payment, setup: Any = SETUP, credit: int = 0, **members: Any) -> list[Draft]:
    cost = priced(cart, setup, credit=credit)
    payments = payments or ((payment("p", cost.due),) if cost.due > 0 else ())
    drafts = sell(cart, cost, payments, making(cart, **members), CATALOGUE, setup)
    for draft in drafts:
        check(draft.kind, draft.subject, dict(draft.payload))
    return drafts


def sale_of(drafts: list[Draft]) -> Sale:
    return fold_sale("sale", facts_of(drafts))


def test_a_sale_of_tickets_goods_and_add_ons() -> None:
    adults = CartLine("a", "adult", quantity=2, names=("Ada", "Grace"), session="day1")
    cups = CartLine("c", "cup", quantity=3, parent="a")
    wanted = cart(
        adults,
        cups,
        customer=Customer("Ada", "ada@example.org", address="Street 1"),
        discounts=("ten",),
    )
    drafts = made(
        wanted,
        quotas={("adult", None): ["hall", "fire"], ("adult", "monday"): ["monday"], ("cup", None): ["cups"]},
        locale="de",
    )
    assert Counter(draft.kind for draft in drafts) == {
        Kind.ORDER_PLACED: 1,
        Kind.TICKET_ISSUED: 2,
        Kind.QUOTA_USED: 5,
        Kind.SALE_COMPLETED: 1,
    }
    assert (drafts[0].kind, drafts[-1].kind) == (Kind.ORDER_PLACED, Kind.SALE_COMPLETED)
    assert drafts[0].payload["email"] == "ada@example.org"
    tickets = [draft.payload for draft in drafts if draft.kind is Kind.TICKET_ISSUED]
    assert [(one["order"], one["name"], one["secret"], one["session"]) for one in tickets] == [
        ("order", "Ada", "CODE-a-0", "day1"),
        ("order", "Grace", "CODE-a-1", "day1"),
    ]
    used = [(one.subject, one.payload) for one in drafts if one.kind is Kind.QUOTA_USED]
    assert used[0] == ("hall", {"number": 1, "ticket": "a-0"})
    assert used[-1] == ("cups", {"number": 3})
    sale = sale_of(drafts)
    assert [(line.id, line.tickets, line.parent) for line in sale.lines] == [
        ("a", ("a-0", "a-1"), ""),
        ("a/fee", (), ""),
        ("c/included", (), "a"),
        ("c", (), "a"),
    ]
    assert (sale.number, sale.order, sale.customer, sale.address) == (7, "order", "Ada", "Street 1")
    assert sale.total == priced(wanted).total
    assert check_sale(sale, [payment("p", sale.total)]) == []


def test_tickets_of_add_ons_belong_to_their_parents() -> None:
    workshops = CartLine("w", "workshop", quantity=3, parent="a")
    drafts = made(cart(CartLine("a", "adult", quantity=2), workshops))
    issued = {one.subject: one.payload for one in drafts if one.kind is Kind.TICKET_ISSUED}
    assert {id_: one.get("addon_to") for id_, one in issued.items()} == {
        "a-0": None,
        "a-1": None,
        "w-0": "a-0",
        "w-1": "a-1",
        "w-2": "a-0",
    }
    lines = {line.id: line.tickets for line in sale_of(drafts).lines}
    assert (lines["w/included"], lines["w"]) == (("w-0", "w-1"), ("w-2",))


def test_seats_are_taken_and_told_on_tickets() -> None:
    wanted = cart(CartLine("s", "seat", quantity=2, seats=SEATS, session="day 1"))
    drafts = made(wanted, unconfirmed=frozenset({SEATS[1]}))
    taken = [(one.subject, dict(one.payload)) for one in drafts if one.kind is Kind.SEAT_TAKEN]
    assert taken == [
        ("hall/s/1/4@day 1", {"ticket": "s-0", "sale": "sale"}),
        ("hall/s/1/5@day 1", {"ticket": "s-1", "sale": "sale", "confirmed": False}),
    ]
    assert [one.payload["seat"] for one in drafts if one.kind is Kind.TICKET_ISSUED] == [
        "Stalls 1/4",
        "Stalls 1/5",
    ]
    assert sale_of(drafts).lines[0].seat == "Stalls 1/4, Stalls 1/5"


def test_gift_cards_are_worth_what_they_cost_before_discounts() -> None:
    wanted = cart(CartLine("g", "card", quantity=2), CartLine("v", "value", "big"), discounts=("cards",))
    drafts = made(wanted)
    cards = [(one.subject, dict(one.payload)) for one in drafts if one.kind is Kind.GIFT_CARD_ISSUED]
    assert cards[0] == ("g-0", {"code": "CODE-g-0", "amount": 5000, "currency": "EUR", "sale": "sale"})
    assert [card["amount"] for _, card in cards] == [5000, 5000, 10_000]
    assert not [one for one in drafts if one.kind in (Kind.ORDER_PLACED, Kind.TICKET_ISSUED)]
    assert sale_of(drafts).total == 19_000


def test_vouchers_are_used_up() -> None:
    drafts = made(cart("adult", discounts=("pot", "once")))
    assert [(one.subject, one.payload) for one in drafts if one.kind is Kind.DISCOUNT_USED] == [
        ("pot", {"number": 595, "sale": "sale"}),
        ("once", {"number": 1, "sale": "sale"}),
    ]


def test_tickets_join_an_order_that_is_there() -> None:
    drafts = made(cart("adult", customer=Customer(order="old")), order="old", order_code="")
    assert [one.kind for one in drafts] == [Kind.TICKET_ISSUED, Kind.SALE_COMPLETED]
    assert drafts[0].payload["order"] == "old"


def test_what_is_given_away_says_why_and_needs_no_payment() -> None:
    drafts = made(cart(CartLine("a", "adult", comp=True, reason="press")))
    (line,) = sale_of(drafts).lines
    assert (line.comp, line.reason, line.gross, line.discount) == (True, "press", 0, 1190)
    assert sale_of(drafts).payments == ()


def test_net_prices_and_rounding_are_told() -> None:
    drafts = made(
        cart("hat"), payment("p", 356, rounding=-1), payment("f", 9, state=PaymentState.FAILED), setup=NET
    )
    sale = sale_of(drafts)
    assert (sale.total, sale.rounding, sale.net_prices, sale.payments) == (356, -1, True, ("p",))
    assert check_sale(sale, [payment("p", 356, rounding=-1)]) == []


def test_an_exchange_pays_the_difference_alone() -> None:
    wanted = cart("adult", exchange=Exchange("old", (("h", 1),)))
    sale = sale_of(made(wanted, payment("p", 907), credit=333))
    assert (sale.exchange_of, sale.total) == ("old", 1240)
    assert check_sale(sale, [payment("p", 907)], credit=333) == []
    cheaper = sale_of(made(cart("hat", exchange=Exchange("old", (("a", 1),))), credit=1240))
    assert (cheaper.total, cheaper.payments) == (333, ())


def test_what_is_not_wholly_paid_is_no_sale() -> None:
    for payments in (
        [payment("p", 332)],
        [payment("p", 334)],
        [payment("p", 333, Tender.CARD, state=PaymentState.STARTED)],
        [payment("p", 333), returned("b", 333, "p")],
        [payment("p", 333), returned("b", 3, "p")],
    ):
        with pytest.raises(Refused, match="not wholly paid"):
            made(cart("hat"), *payments)
    assert paid([payment("p", 333), payment("q", 10), returned("b", 10, "q")]) == 333


def test_whoever_makes_too_few_tickets_is_told() -> None:
    with pytest.raises(ValueError, match="as many ids"):
        made(cart(CartLine("a", "adult", quantity=2)), issued={"a": [Issued("t", "c")]})


def test_a_sale_made_by_hand_is_the_one_that_is_written() -> None:
    wanted = cart(CartLine("h", "hat", quantity=3, percent=50_000, reason="late"), "cup")
    assert sold(wanted).lines == sale_of(made(wanted)).lines


def test_a_quota_of_a_date_counts_that_date_alone() -> None:
    quotas = {("adult", None): ["hall"], ("adult", "monday"): ["mondays"]}
    assert quotas_of(quotas, "adult", None) == ["hall"]
    assert quotas_of(quotas, "adult", "tuesday") == ["hall"]
    assert quotas_of(quotas, "adult", "monday") == ["hall", "mondays"]
    assert quotas_of(quotas, "child", "monday") == []
