"""What a till sold stands in a real pretix afterwards: once, to the cent, and comes back as itself."""

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eventdesk.bridges.pretix.outgoing.known import SALE_REFUSED
from eventdesk.bridges.pretix.outgoing.sending import Sending
from eventdesk.bridges.pretix.outgoing.target import Target
from eventdesk.desk.commands import AddWalkIn
from eventdesk.desk.walk_ins import walk_in_drafts
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.till.cart import CartLine, Customer, Exchange
from eventdesk.domain.till.sales import Sale
from eventdesk.storage.bridge_calls import CallState
from eventdesk.storage.store import Store
from tests.bridges.pretix.sold import MadeTill
from tests.bridges.pretix.test_outgoing import LOG, NOW, Bridge
from tests.rigs.pretix_server.server import PretixServer
from tests.storage.made import KEY

pytestmark = pytest.mark.long
FULL, STUDENT = "px-v1", "px-v2"
ENTRY, DAY, TALK = "px-i1", "px-i2", "px-i4"


@pytest.fixture
def bridge(pretix: PretixServer, tmp_path: Path) -> Iterator[Bridge]:
    with Store.open(tmp_path / "desk.db", KEY, "bridge1") as store:
        bridge = Bridge(pretix, store)
        bridge.fetch()
        yield bridge


@pytest.fixture
def till(bridge: Bridge) -> MadeTill:
    return MadeTill(bridge.store, LOG)


def orders(bridge: Bridge) -> list[dict[str, Any]]:
    """Those that a till made."""
    wanted = {"ordering": "datetime", "include_canceled_positions": "true"}
    found, page = [], 1
    while True:
        answer = bridge.pretix.api("GET", "events/fair/orders/", params={**wanted, "page": page})
        found += [one for one in answer["results"] if one["api_meta"].get("eventdesk")]
        if not answer["next"]:
            return found
        page += 1


def order_of(bridge: Bridge, code: str, path: str = "") -> Any:
    wanted = {"include_canceled_positions": "true"}
    return bridge.pretix.api("GET", f"events/fair/orders/{code}/{path}", params=wanted)


def cents(amount: str) -> int:
    return round(float(amount) * 100)


def balance(order: dict[str, Any]) -> int:
    """What was paid for it, less what was given back."""
    paid = sum(cents(one["amount"]) for one in order["payments"] if one["state"] == "confirmed")
    return paid - sum(cents(one["amount"]) for one in order["refunds"] if one["state"] == "done")


def come_back(bridge: Bridge) -> int:
    return sum(one.facts for one in bridge.incoming.changes())


def tickets(bridge: Bridge, sale: Sale) -> list[str]:
    with bridge.store.reader() as reader:
        return [one.id for one in reader.order_tickets(LOG, sale.order)]


def states(bridge: Bridge) -> list[tuple[CallState, str]]:
    return [(one.state, one.answer) for one in bridge.calls()]


def test_a_sale_is_one_order_and_comes_back_as_itself(bridge: Bridge, till: MadeTill) -> None:
    guest = Customer("Zoë Ångström", "zoe@example.org", "Ångström AB", "Lilla Torg 1")
    lines = [
        CartLine("a", ENTRY, FULL, names=("Zoë Ångström",)),
        CartLine("b", TALK, parent="a"),
        CartLine("c", DAY, quantity=3, names=("A", "B", "C")),
    ]
    sale = till.sell(lines, percent=333_333, card=40, customer=guest)
    before = tickets(bridge, sale)
    bridge.send()
    assert states(bridge) == [(CallState.DONE, "")]
    [order] = orders(bridge)
    assert round(float(order["total"]) * 100) == sale.total
    assert [one["amount"] for one in order["payments"]] == [order["total"]]
    [payment] = order["payments"]
    assert (payment["provider"], payment["state"]) == ("boxoffice", "confirmed")
    assert payment["details"]["payment_type"] == "mixed"
    assert order["email"] == "zoe@example.org"
    assert order["invoice_address"]["company"] == "Ångström AB"
    assert [(one["item"], bool(one["addon_to"])) for one in order["positions"]] == [
        (1, False),
        (4, True),
        (2, False),
        (2, False),
        (2, False),
    ]
    assert [one["attendee_name"] for one in order["positions"] if not one["addon_to"]] == [
        "Zoë Ångström",
        "A",
        "B",
        "C",
    ]
    come_back(bridge)
    assert come_back(bridge) == 0
    assert tickets(bridge, sale) == before
    with bridge.store.reader() as reader:
        assert reader.orders_by_code(LOG, [order["code"]])[order["code"]].id == sale.order
        for one in reader.order_tickets(LOG, sale.order):
            assert reader.presented(LOG, one.secret).ticket == one
    bridge.send()
    assert len(bridge.calls()) == 1


def test_parts_are_given_back_and_what_is_left_stays_to_the_cent(bridge: Bridge, till: MadeTill) -> None:
    sale = till.sell([CartLine("a", DAY, quantity=3), CartLine("b", ENTRY, STUDENT)], percent=333_333)
    bridge.send()
    [first, *_] = tickets_of_line(sale, "a")
    back = till.give_back(sale.id, [("a", 1)], frozenset({first}))
    bridge.send()
    assert {one.state for one in bridge.calls()} == {CallState.DONE}
    [order] = orders(bridge)
    left = sale.total - back.payload["amount"]
    assert (order["status"], cents(order["total"]), balance(order)) == ("p", left, left)
    assert [one["canceled"] for one in order["positions"]].count(True) == 1
    assert order["api_meta"]["eventdesk"]["tickets"]["1"] == first
    assert order["positions"][0]["canceled"]
    come_back(bridge)
    assert come_back(bridge) == 0
    till.give_back(sale.id)
    bridge.send()
    [order] = orders(bridge)
    assert (order["status"], balance(order)) == ("c", 0)
    assert len(order["refunds"]) == 2
    come_back(bridge)
    assert come_back(bridge) == 0
    with bridge.store.reader() as reader:
        assert all(one.canceled for one in reader.order_tickets(LOG, sale.order))


def tickets_of_line(sale: Sale, line: str) -> list[str]:
    return [id_ for one in sale.lines if one.id == line for id_ in one.tickets]


@pytest.mark.parametrize(("currency", "digits"), [("JPY", 0), ("KWD", 3)])
def test_a_currency_without_cents_or_with_thousandths(bridge: Bridge, currency: str, digits: int) -> None:
    bridge.pretix.api("PATCH", "events/fair/", json={"currency": currency})
    bridge.incoming.catalogue()
    with bridge.store.reader() as reader:
        price = reader.catalogue(LOG).products[DAY].price
    assert price == 25 * 10**digits
    till = MadeTill(bridge.store, LOG, currency)
    sale = till.sell([CartLine("a", DAY, quantity=3)], percent=200_000)
    bridge.send()
    [order] = orders(bridge)
    assert Decimal(order["total"]) * 10**digits == sale.total == 60 * 10**digits
    till.give_back(sale.id, [("a", 1)])
    bridge.send()
    assert {one.state for one in bridge.calls()} == {CallState.DONE}
    [order] = orders(bridge)
    assert (cents(order["total"]), cents(order["refunds"][0]["amount"])) == (4000, 2000)
    assert [one["price"] for one in order["positions"] if not one["canceled"]] == ["20.00", "20.00"]
    come_back(bridge)
    assert come_back(bridge) == 0
    if digits == 3:
        with bridge.store.transaction() as tx:
            tx.append(LOG, [Draft(Kind.PRODUCT_DEFINED, DAY, {"price": 25_005})])
        till.sell([CartLine("a", DAY)])
        bridge.send()
        assert states(bridge)[-1][0] is CallState.UNTOLD


def test_sold_and_given_back_while_pretix_was_away(bridge: Bridge, till: MadeTill) -> None:
    sale = till.sell([CartLine("a", DAY, quantity=2)], card=100)
    bridge.admit(tickets_of_line(sale, "a")[0])
    till.give_back(sale.id, [("a", 1)])
    bridge.send()
    until_settled(bridge)
    assert {one.state for one in bridge.calls()} == {CallState.DONE}
    [order] = orders(bridge)
    assert (cents(order["total"]), balance(order)) == (2500, 2500)
    assert [one["type"] for one in bridge.checkins()] == ["entry"]


def until_settled(bridge: Bridge) -> None:
    """Single calls wait for others of their own accord."""
    end = time.monotonic() + 60
    while bridge.calls(CallState.WAITING) and time.monotonic() < end:
        bridge.send()
        time.sleep(0.1)


def test_an_exchange_is_a_refund_there_and_an_order_here(bridge: Bridge, till: MadeTill) -> None:
    sale = till.sell([CartLine("a", DAY)])
    later = till.sell([CartLine("b", ENTRY, FULL)], exchange=Exchange(sale.id))
    bridge.send()
    until_settled(bridge)
    [before] = [one for one in orders(bridge) if one["api_meta"]["eventdesk"]["sale"] == sale.id]
    [after] = [one for one in orders(bridge) if one["api_meta"]["eventdesk"]["sale"] == later.id]
    assert (before["status"], balance(before)) == ("c", 0)
    assert (after["status"], balance(after)) == ("p", later.total)
    assert sum(map(balance, (before, after))) == till.turnover()


def test_goods_fees_and_other_products_are_not_missing(bridge: Bridge, till: MadeTill) -> None:
    with bridge.store.transaction() as tx:
        tx.append(
            LOG,
            [
                Draft(Kind.PRODUCT_DEFINED, DAY, {"fee": 150}),
                Draft(Kind.PRODUCT_DEFINED, TALK, {"ticket": False}),
                Draft(Kind.PRODUCT_DEFINED, "cup", {"name": "Cup", "price": 333, "ticket": False}),
                Draft(Kind.PRODUCT_DEFINED, "party", {"name": "Party", "price": 700}),
            ],
        )
    lines = [CartLine("d", DAY, quantity=2), CartLine("t", TALK), CartLine("c", "cup", quantity=3)]
    sale = till.sell([*lines, CartLine("p", "party")])
    alone = till.sell([CartLine("c", "cup")])
    bridge.send()
    until_settled(bridge)
    [order] = orders(bridge)
    assert cents(order["total"]) == sale.total == 2 * 2650 + 1500 + 999 + 700
    assert [(one["fee_type"], one["value"], one["tax_rate"]) for one in order["fees"]] == [
        ("service", "3.00", "19.00"),
        ("other", "9.99", "0.00"),
        ("other", "7.00", "0.00"),
    ]
    assert [one.state for one in bridge.calls()] == [CallState.DONE, CallState.UNTOLD]
    assert "till's figures" in bridge.calls()[1].answer
    before = set(tickets(bridge, sale))
    come_back(bridge)
    assert set(tickets(bridge, sale)) == before
    assert len(before) == 3
    # What is no ticket there stays; the fee of what went back does too, until it goes back itself.
    till.give_back(sale.id, [("d", 2), ("t", 1), ("c", 1)])
    bridge.send()
    until_settled(bridge)
    [order] = orders(bridge)
    left = 300 + 666 + 700
    assert (order["status"], cents(order["total"]), balance(order)) == ("p", left, left)
    till.give_back(sale.id)
    bridge.send()
    until_settled(bridge)
    [order] = orders(bridge)
    # pretix calls an order without anything paid.
    assert (balance(order), cents(order["total"])) == (0, 0)
    assert bridge.calls(CallState.REFUSED) == []
    assert alone.total == 333


def test_a_ticket_sold_here_is_scanned_printed_asked_and_renamed(bridge: Bridge, till: MadeTill) -> None:
    sale = till.sell([CartLine("a", "px-i3", names=("Zoe",))])
    [ticket] = tickets(bridge, sale)
    bridge.admit(ticket, minute=29)
    bridge.write(Kind.BADGE_PRINTED, ticket, job="j1", printer="p1", copy=0)
    bridge.write(Kind.QUESTION_ANSWERED, ticket, question="px-q1", answer="The Daily")
    bridge.write(Kind.TICKET_CHANGED, ticket, name="Zoë")
    bridge.send()
    until_settled(bridge)
    assert {one.state for one in bridge.calls()} == {CallState.DONE}
    [order] = orders(bridge)
    [position] = order["positions"]
    assert position["attendee_name"] == "Zoë"
    assert [one["type"] for one in position["print_logs"]] == ["badge"]
    assert [one["answer"] for one in position["answers"]] == ["The Daily"]
    assert [one["type"] for one in position["checkins"]] == ["entry"]
    come_back(bridge)
    assert come_back(bridge) == 0
    assert tickets(bridge, sale) == [ticket]
    # Another bridge knows nothing of the position, and asks.
    other = Sending(bridge.api, bridge.store, LOG, Target("rig", "fair"))
    bridge.write(Kind.TICKET_CHANGED, ticket, name="Zoë Ångström")
    bridge.taking_up.all()
    assert other.round() == 1
    assert orders(bridge)[0]["positions"][0]["attendee_name"] == "Zoë Ångström"


def test_a_guest_added_at_a_door_is_a_free_order(bridge: Bridge) -> None:
    drafts = walk_in_drafts(AddWalkIn("Ida Ek", product=DAY), "walk-in-secret-1")
    with bridge.store.transaction() as tx:
        facts = tx.append(LOG, drafts)
    bridge.admit(facts[1].subject)
    bridge.send()
    until_settled(bridge)
    assert {one.state for one in bridge.calls()} == {CallState.DONE}
    [order] = orders(bridge)
    assert (order["total"], order["status"], order["positions"][0]["attendee_name"]) == (
        "0.00",
        "p",
        "Ida Ek",
    )
    come_back(bridge)
    with bridge.store.reader() as reader:
        found = reader.order_tickets(LOG, facts[0].subject)
    assert [one.id for one in found] == [facts[1].subject]


def test_an_order_whose_answer_was_lost_is_there_once(bridge: Bridge, till: MadeTill) -> None:
    sale = till.sell([CartLine("a", DAY)])
    back = till.give_back(sale.id)
    bridge.send()
    until_settled(bridge)
    with bridge.store.transaction() as tx:
        for call in tx.bridge_calls.listed(LOG, tuple(CallState)):
            tx.bridge_calls.settle(call.n, CallState.WAITING)
    # After two attempts each key is another one, as after a day or with another device's token.
    bridge.send()
    until_settled(bridge)
    assert {one.state for one in bridge.calls()} == {CallState.DONE}
    [order] = orders(bridge)
    assert [cents(one["amount"]) for one in order["refunds"]] == [back.payload["amount"]]
    assert balance(order) == 0


def test_what_pretix_does_not_take_and_is_not_needed_is_left_out(bridge: Bridge, till: MadeTill) -> None:
    wrong = Customer("Zoë", "no address at all")
    sale = till.sell([CartLine("a", DAY)], customer=wrong)
    code = bridge.pretix.state["examples"]["paid"]["order"]
    with bridge.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.ORDER_CHANGED, sale.order, {"code": code, "locale": "xx"})])
    bridge.send()
    [call] = bridge.calls()
    assert call.state is CallState.DONE
    assert [one in call.answer for one in ("email", "locale", "code")] == [True, True, True]
    [order] = orders(bridge)
    assert order["code"] != code
    come_back(bridge)
    with bridge.store.reader() as reader:
        assert {one.order.code for one in reader.order_tickets(LOG, sale.order)} == {order["code"]}
    till.give_back(sale.id)
    bridge.send()
    assert balance(orders(bridge)[0]) == 0


def test_a_sale_that_pretix_refuses_keeps_what_hangs_on_it(bridge: Bridge, till: MadeTill) -> None:
    with bridge.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.PRODUCT_DEFINED, "px-i999", {"name": "Gone", "price": 100})])
    sale = till.sell([CartLine("a", "px-i999")])
    bridge.admit(tickets(bridge, sale)[0])
    till.give_back(sale.id)
    bridge.admit(bridge.ticket("paid"))
    bridge.send()
    assert [one.state for one in bridge.calls()] == [
        CallState.REFUSED,
        CallState.WAITING,
        CallState.WAITING,
        CallState.WAITING,
        CallState.DONE,
    ]
    end = time.monotonic() + 60
    while SALE_REFUSED not in {one.answer for one in bridge.calls(CallState.WAITING)}:
        assert time.monotonic() < end
        bridge.send()
        time.sleep(0.1)
    with bridge.store.transaction() as tx:
        tx.bridge_calls.settle(bridge.calls(CallState.REFUSED)[0].n, CallState.GIVEN_UP)
    until_settled(bridge)
    assert bridge.calls(CallState.WAITING) == []
    assert len(bridge.calls(CallState.UNTOLD)) == 3


def test_what_a_guest_owed_is_paid_there_and_goes_back_from_there(bridge: Bridge, till: MadeTill) -> None:
    ticket = bridge.ticket("pending")
    with bridge.store.reader() as reader:
        found = reader.ticket(LOG, ticket)
    assert found is not None
    at = moment_text(NOW)
    line = {"id": "a", "name": "Entry", "quantity": 1, "price": 4900, "gross": 4900, "net": 4118, "tax": 782}
    line |= {"rate": 190_000, "product": found.product, "tickets": [ticket], "owed": True}
    shift = {"number": 1, "shift": till.shift, "at": at, "currency": "EUR"}
    paid = {"sale": "s1", "shift": till.shift, "tender": "card", "amount": 4900, "currency": "EUR", "at": at}
    tax = [{"rate": 190_000, "net": 4118, "tax": 782, "gross": 4900}]
    with bridge.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.PAYMENT_TAKEN, "pay1", paid)])
        sale = {"lines": [line], "total": 4900, "tax": tax, "payments": ["pay1"], "order": found.order.id}
        tx.append(LOG, [Draft(Kind.SALE_COMPLETED, "s1", {**shift, **sale})])
    for _ in range(2):
        bridge.send()
        [call] = bridge.calls()
        assert call.state is CallState.DONE
        order = order_of(bridge, found.order.code)
        assert (order["status"], balance(order)) == ("p", 4900)
        # Its answer was lost, and the key is another one by now.
        with bridge.store.transaction() as tx:
            tx.bridge_calls.settle(call.n, CallState.WAITING)
    bridge.send()
    till.number = 1
    till.give_back("s1")
    bridge.send()
    until_settled(bridge)
    assert {one.state for one in bridge.calls()} == {CallState.DONE}
    order = order_of(bridge, found.order.code)
    assert (order["status"], balance(order)) == ("c", 0)
    come_back(bridge)
    assert come_back(bridge) == 0
