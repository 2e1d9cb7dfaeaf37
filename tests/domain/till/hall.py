"""A small hall's till for tests: say what matters, the rest is plain."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from eventdesk.domain.catalogue import Addon, Catalogue, Event, Product, Variation
from eventdesk.domain.till.cart import Cart, CartLine, Priced
from eventdesk.domain.till.pricing import price
from eventdesk.domain.till.sales import Payment, PaymentState, Reversal, ReversalWay, ReversedLine, Sale, Way
from eventdesk.domain.till.selling import sale_line
from eventdesk.domain.till.setup import (
    Discount,
    Row,
    SeatingPlan,
    Section,
    TaxRate,
    Tender,
    TillRules,
    TillSetup,
)

NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
PLAN = SeatingPlan(
    "hall",
    "Hall",
    (
        Section("s", "Stalls", tuple(Row(str(row), tuple(map(str, range(1, 9)))) for row in (1, 2, 3))),
        Section("b", "Balcony", (Row("1", ("1", "2", "3")),)),
    ),
)
CATALOGUE = Catalogue(
    Event("event", "Fair", "Europe/Berlin", NOON - timedelta(hours=1)),
    products={
        one.id: one
        for one in (
            Product(
                "adult",
                "Adult",
                price=1190,
                tax="full",
                fee=50,
                addons=(Addon("cup", most=2, included=1), Addon("hat"), Addon("workshop", included=1)),
            ),
            Product(
                "day",
                "Day",
                (Variation("one", "One day", price=1000), Variation("two", "Two days")),
                price=1800,
                tax="low",
            ),
            Product("cup", "Cup", price=300, tax="full", ticket=False),
            Product("hat", "Hat", price=333, tax="low", ticket=False),
            Product(
                "gift", "Gift", price=0, free_price=True, lowest=500, highest=20_000, ticket=False, addons=()
            ),
            Product("card", "Gift card", price=5000, ticket=False, gift_card=True),
            Product("workshop", "Workshop", price=700, tax="full"),
            Product("value", "Value", (Variation("big", "Big", price=10_000),), gift_card=True),
            Product("seat", "Seat", price=2000, tax="low", seating="hall", asks_name=True),
            Product("staff", "Staff", price=100, at_till=False),
            Product("odd", "Odd", price=100, tax="gone"),
        )
    },
)
TAXES = {one.id: one for one in (TaxRate("full", "Full", 190_000, "A"), TaxRate("low", "Low", 70_000, "B"))}
DISCOUNTS = {
    one.id: one
    for one in (
        Discount("ten", "Ten percent", percent=100_000, free=True),
        Discount("five", "Five off", amount=500),
        Discount("flat", "Friends", price=800, products=frozenset({"adult"})),
        Discount("once", "Guest of honour", code="HONOUR", percent=1_000_000, uses=1),
        Discount("pot", "Sponsor", code="Pot", percent=500_000, budget=1000),
        Discount("cards", "Cheap cards", percent=100_000, products=frozenset({"card"})),
        Discount("early", "Early", percent=100_000, ends=NOON),
        Discount("late", "Late", percent=100_000, begins=NOON + timedelta(seconds=1)),
    )
}
SETUP = TillSetup(TillRules(), taxes=TAXES, discounts=DISCOUNTS, seatings={"hall": PLAN})
NET = replace(SETUP, rules=TillRules(net_prices=True))


def cart(*lines: CartLine | str, **members: Any) -> Cart:
    """Of lines, or of product ids (one line each, named after it)."""
    made = tuple(CartLine(line, line) if isinstance(line, str) else line for line in lines)
    return Cart("sale", made, **members)


def priced(cart: Cart, setup: TillSetup = SETUP, **members: Any) -> Priced:
    return price(cart, CATALOGUE, setup, NOON, **members)


def payment(id_: str, amount: int, tender: Tender = Tender.CASH, **members: Any) -> Payment:
    plain = Payment(
        id_, "sale", "shift", "desk", Way.IN, tender, amount, "EUR", NOON, PaymentState.TAKEN, given=amount
    )
    return replace(plain, **members)


def returned(id_: str, amount: int, of: str, tender: Tender = Tender.CASH, **members: Any) -> Payment:
    changed = {"way": Way.OUT, "state": PaymentState.RETURNED, "of": of, **members}
    return payment(id_, amount, tender, **changed)


def sold(cart: Cart, setup: TillSetup = SETUP, **members: Any) -> Sale:
    """The sale of a cart, paid by one payment `p`."""
    cost = priced(cart, setup)
    lines = tuple(sale_line(line, cart) for line in cost.lines)
    plain = Sale("sale", 1, "desk", "shift", NOON, "EUR", lines, cost.total, cost.taxes, ("p",))
    return replace(plain, net_prices=setup.rules.net_prices, **members)


def given_back(sale: Sale, lines: tuple[ReversedLine, ...], **members: Any) -> Sale:
    """The sale after those lines were given back."""
    number = 2 + len(sale.reversals)
    amount = sum(line.gross for line in lines)
    reversal = Reversal(
        f"r{number}", number, "desk", "shift", NOON, ReversalWay.REFUND, lines, amount, (f"q{number}",)
    )
    return replace(sale, reversals=(*sale.reversals, replace(reversal, **members)))
