"""What is owed for an order: what its tickets cost at the till, or nobody says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from eventdesk.domain.catalogue import Addon, Catalogue, Event, Product
from eventdesk.domain.tickets import Order, OrderStatus, Ticket
from eventdesk.domain.till import editing, owing, pricing, selling
from eventdesk.domain.till.cart import Cart
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Payment, PaymentState, Way
from eventdesk.domain.till.setup import Tender, TillSetup

AT = datetime(2026, 6, 10, 10, tzinfo=UTC)
PASS = Product("pass", "Pass", price=5000, fee=150, asks_name=True, addons=(Addon("meal", included=1),))
CATALOGUE = Catalogue(
    Event("e", "Event", "Europe/Berlin", AT),
    products={
        "pass": PASS,
        "meal": Product("meal", "Meal", price=1200),
        "gift": Product("gift", "Gift", free_price=True),
    },
)
ORDER = Order("o", "CODE", OrderStatus.PENDING)
TICKETS = (Ticket("t1", ORDER, "s1", "pass"), Ticket("t2", ORDER, "s2", "meal", addon_to="t1"))


def cart_for(*tickets: Ticket) -> Cart:
    cart = owing.cart_for("sale", tickets, CATALOGUE)
    assert cart is not None
    return cart


def due(cart: Cart) -> int:
    return pricing.price(cart, CATALOGUE, TillSetup(), AT).due


def test_it_is_what_the_till_asks_with_its_fee_and_what_is_included() -> None:
    assert due(cart_for(*TICKETS)) == 5150
    assert due(cart_for(TICKETS[0], TICKETS[1], replace(TICKETS[1], id="t3"))) == 5150 + 1200


def test_what_was_canceled_is_not_owed() -> None:
    assert due(cart_for(*TICKETS, replace(TICKETS[0], id="t4", canceled=True))) == 5150


@pytest.mark.parametrize(
    "tickets",
    [
        (),
        (replace(TICKETS[0], canceled=True),),
        (replace(TICKETS[0], product="gone"),),
        (replace(TICKETS[0], product="gift"),),
        (TICKETS[1],),
        (replace(TICKETS[0], order=replace(ORDER, status=OrderStatus.PAID)),),
        (replace(TICKETS[0], order=replace(ORDER, requires_approval=True)),),
    ],
    ids=["none", "canceled", "gone", "free price", "without its parent", "paid", "to be approved"],
)
def test_where_it_is_not_certain_there_is_no_cart(tickets: tuple[Ticket, ...]) -> None:
    assert owing.cart_for("sale", tickets, CATALOGUE) is None


def test_nothing_is_asked_for_tickets_that_are_there() -> None:
    cart = cart_for(*TICKETS)
    assert editing.missing(cart, CATALOGUE, TillSetup()) is None
    assert selling.makes(cart, CATALOGUE) == {}


def test_two_pieces_of_one_ticket_are_refused() -> None:
    with pytest.raises(Refused):
        due(editing.change(cart_for(*TICKETS), "t1", quantity=2))


def test_its_facts_pay_for_the_order_and_make_nothing() -> None:
    cart = cart_for(*TICKETS)
    priced = pricing.price(cart, CATALOGUE, TillSetup(), AT)
    payment = Payment("p", "sale", "shift", "d", Way.IN, Tender.CARD, 5150, "EUR", AT, PaymentState.TAKEN)
    making = selling.Making(
        1, "shift", "EUR", AT, order="o", quotas={("pass", None): ["q"]}, settles="f" * 32
    )
    changed, sold = selling.sell(cart, priced, [payment], making, CATALOGUE, TillSetup())
    assert (changed.kind, changed.subject, changed.id) == ("order_changed", "o", "f" * 32)
    assert changed.payload == {"status": "paid"}
    assert (sold.kind, sold.payload["order"]) == ("sale_completed", "o")
    assert [(one["tickets"], one["owed"]) for one in sold.payload["lines"] if one.get("tickets")] == [
        (["t1"], True),
        (["t2"], True),
    ]
