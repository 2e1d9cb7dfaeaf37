"""What a till sold stands in a real pretix afterwards: once, to the cent, and comes back as itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eventdesk.domain.till.cart import CartLine, Customer
from eventdesk.domain.till.sales import Sale
from eventdesk.storage.bridge_calls import CallState
from eventdesk.storage.store import Store
from tests.bridges.pretix.sold import MadeTill
from tests.bridges.pretix.test_outgoing import LOG, Bridge
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
