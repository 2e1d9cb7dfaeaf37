"""A real pretix' event, here: whole, once, and then only what changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixSilent
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.bridges.pretix.pairing import Invitation, pair
from eventdesk.domain.tickets import Direction, OrderStatus, Ticket, Via
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.rigs.pretix_server.server import PretixServer
from tests.storage.made import KEY

pytestmark = pytest.mark.long


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", KEY, "bridge1") as store:
        yield store


@pytest.fixture
def incoming(pretix: PretixServer, store: Store) -> Incoming:
    device, token = pair(Invitation(pretix.url, pretix.state["devices"]["Bridge"]))
    api = Api(pretix.url, token, Pacing(most=10_000))
    return Incoming(api, store, "rig", "fair", lambda: frozenset({device.device}))


def fetch(incoming: Incoming) -> None:
    incoming.catalogue()
    for _ in incoming.first():
        pass


def found(store: Store, pretix: PretixServer, example: str) -> Ticket:
    with store.reader() as reader:
        presented = reader.presented(
            log_of(pretix.url, "rig", "fair"), pretix.state["examples"][example]["secret"]
        )
    assert presented.via is Via.SECRET
    assert presented.ticket is not None
    return presented.ticket


def test_everything_is_here_once(pretix: PretixServer, store: Store, incoming: Incoming) -> None:
    fetch(incoming)
    with store.reader() as reader:
        catalogue = reader.catalogue(incoming.log)
        assert reader.guest_count(incoming.log) == pretix.state["positions"]
    assert {one.name for one in catalogue.lists.values()} == set(pretix.state["lists"])
    assert catalogue.event.name == "Fair"
    statuses = {
        name: found(store, pretix, name).order.status for name in ("paid", "pending", "canceled", "expired")
    }
    assert statuses == {name: OrderStatus(name) for name in statuses}
    assert found(store, pretix, "blocked").blocked
    assert found(store, pretix, "unapproved").order.requires_approval
    assert found(store, pretix, "valid_if_pending").order.valid_if_pending
    assert found(store, pretix, "paid").name == "Aino Árnadóttir"
    assert [one.product for one in found(store, pretix, "with_addon").addons] == ["px-i4"]
    assert verify(store) == []


def test_what_stands_is_not_written_again(pretix: PretixServer, store: Store, incoming: Incoming) -> None:
    fetch(incoming)
    assert incoming.catalogue().facts == 0
    assert list(incoming.first()) == []
    assert sum(one.facts for one in incoming.changes()) == 0
    again = Incoming(incoming._api, store, "rig", "fair", frozenset)
    with store.transaction() as tx:
        tx.settings.put("pretix.cursor", None)
    assert sum(one.facts for one in again.first()) == 0


def test_a_download_that_is_cut_off_goes_on(pretix: PretixServer, store: Store, incoming: Incoming) -> None:
    incoming.catalogue()
    next(incoming.first())
    assert (incoming.cursor.page, incoming.cursor.is_fetched) == (1, False)
    pretix.stop()
    try:
        with pytest.raises(PretixSilent):
            list(incoming.first())
    finally:
        pretix.start()
    rest = list(incoming.first())
    assert sum(one.orders for one in rest) == pretix.state["orders"] - 50
    assert incoming.cursor.is_fetched


def test_what_changes_in_pretix_changes_here(pretix: PretixServer, store: Store, incoming: Incoming) -> None:
    fetch(incoming)
    example = pretix.state["examples"]["paid"]
    scan = {"secret": example["secret"], "lists": [pretix.state["lists"]["Main"]], "nonce": "one"}
    pretix.api("POST", "checkinrpc/redeem/", json=scan)
    position = found(store, pretix, "paid").id.removeprefix("px-p")
    name = {"_scheme": "given_family", "given_name": "Zoë", "family_name": "Ångström"}
    pretix.api("PATCH", f"events/fair/orderpositions/{position}/", json={"attendee_name_parts": name})
    pretix.api(
        "POST", f"events/fair/orders/{pretix.state['examples']['pending']['order']}/mark_paid/", json={}
    )
    assert sum(one.facts for one in incoming.changes()) == 3
    ticket = found(store, pretix, "paid")
    assert ticket.name == "Zoë Ångström"
    assert [(one.list, one.direction) for one in ticket.admissions] == [("px-l1", Direction.ENTRY)]
    assert found(store, pretix, "pending").order.status is OrderStatus.PAID
    pretix.api("POST", "checkinrpc/annul/", json={"lists": scan["lists"], "nonce": "one"})
    assert sum(one.facts for one in incoming.changes()) == 1
    assert found(store, pretix, "paid").admissions == ()


def test_a_list_that_is_gone_is_gone_here(pretix: PretixServer, store: Store, incoming: Incoming) -> None:
    fetch(incoming)
    pretix.api("DELETE", f"events/fair/checkinlists/{pretix.state['lists']['Once']}/")
    assert incoming.catalogue().facts == 1
    with store.reader() as reader:
        assert "Once" not in {one.name for one in reader.catalogue(incoming.log).lists.values()}
