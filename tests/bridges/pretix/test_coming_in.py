"""What comes from a real pretix beside orders: codes that were taken back, signed ones, wristbands, dates,
what is deleted; and what desks have changed meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.bridges.pretix.outgoing.sending import Sending
from eventdesk.bridges.pretix.outgoing.taking_up import TakingUp
from eventdesk.bridges.pretix.outgoing.target import Target
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.bridges.pretix.pairing import Invitation, pair
from eventdesk.desk.pretix import unseen
from eventdesk.domain.decision import Reason, Scan, decide
from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.tickets import OrderStatus, Presented, Via
from eventdesk.domain.verdicts import Verdict
from eventdesk.storage.store import Store
from tests.rigs.pretix_server.server import PretixServer
from tests.storage.made import KEY

pytestmark = pytest.mark.long
LOG = log_of("http://127.0.0.1", "rig", "fair")
SIGNED = 'event.settings.ticket_secret_generator = "pretix_sig1"'


class Bridge:
    def __init__(self, pretix: PretixServer, store: Store) -> None:
        self.pretix, self.store = pretix, store
        device, token = pair(Invitation(pretix.url, pretix.state["devices"]["Bridge"]))
        self.api = Api(pretix.url, token, Pacing(most=10_000))
        self.incoming = Incoming(self.api, store, "rig", "fair", lambda: frozenset({device.device}))
        target = Target("rig", "fair")
        self.taking_up, self.sending = TakingUp(store, LOG, target), Sending(self.api, store, LOG, target)

    def fetch(self) -> None:
        self.incoming.catalogue()
        for _ in self.incoming.first():
            pass

    def changes(self) -> int:
        return sum(one.facts for one in self.incoming.changes())

    def write(self, kind: Kind, subject: str, **members: Any) -> Fact:
        with self.store.transaction() as tx:
            return tx.append(LOG, [Draft(kind, subject, members)])[0]

    def send(self) -> None:
        self.taking_up.all()
        while self.sending.round():
            pass

    def presented(self, code: str) -> Presented:
        with self.store.reader() as reader:
            found = reader.presented(LOG, code)
            return (found.via is Via.NOTHING and unseen.presented(reader, LOG, code)) or found

    def verdict(self, code: str, list_: str = "px-l1") -> Verdict:
        with self.store.reader() as reader:
            catalogue = reader.catalogue(LOG)
        return decide(self.presented(code), catalogue.lists[list_], Scan(datetime.now(UTC)), catalogue)

    def theirs(self, code: str, list_: int = 1) -> str:
        """What pretix itself says, without noting it."""
        body = {"lists": [list_], "secret": code, "simulate": True}
        answer = self.pretix.ask("POST", "checkinrpc/redeem/", json=body)
        return str(answer.json().get("reason") or answer.json()["status"])

    def same(self, code: str, expected: str, words: str = "") -> None:
        """`words`: where ours say more than pretix' own "invalid"."""
        verdict = self.verdict(code)
        ours = verdict.reason.value if verdict.reason else verdict.outcome.value
        assert {"unknown": "invalid"}.get(ours, ours) == (words or expected)
        assert self.theirs(code) == expected


@pytest.fixture
def bridge(pretix: PretixServer, tmp_path: Path) -> Iterator[Bridge]:
    with Store.open(tmp_path / "desk.db", KEY, "bridge1") as store:
        yield Bridge(pretix, store)


@pytest.fixture
def signing(pretix: PretixServer) -> Iterator[PretixServer]:
    """The event signs its codes from now on."""
    pretix.within(SIGNED)
    pretix.stop()
    pretix.start()
    yield pretix
    pretix.within('event.settings.ticket_secret_generator = "random"')
    pretix.stop()
    pretix.start()


def order(pretix: PretixServer, **members: Any) -> Any:
    position = {"item": 1, "variation": 1, "attendee_name_parts": {"full_name": "Ana Late"}, "answers": []}
    body = {
        "email": "late@example.org",
        "locale": "en",
        "sales_channel": "web",
        "status": "p",
        "payment_provider": "manual",
        "positions": [{**position, **members.pop("position", {})}],
        "send_email": False,
    }
    return pretix.api("POST", "events/fair/orders/", json=body | members)


def test_codes_that_were_taken_back_before_anybody_looked(bridge: Bridge) -> None:
    bridge.fetch()
    examples = bridge.pretix.state["examples"]
    bridge.same(examples["revoked"]["secret"], "revoked")
    bridge.same(examples["blocked"]["secret"], "blocked")


def test_a_block_comes_and_goes(bridge: Bridge) -> None:
    bridge.fetch()
    code = bridge.pretix.state["examples"]["paid"]["secret"]
    position = bridge.presented(code).ticket.id.removeprefix("px-p")  # type: ignore[union-attr]
    for action, expected in (("add_block", "blocked"), ("remove_block", "ok")):
        path = f"events/fair/orderpositions/{position}/{action}/"
        bridge.pretix.api("POST", path, json={"name": "api:door"})
        assert bridge.changes() == 1
        bridge.same(code, expected)
        assert bridge.changes() == 0


def test_new_codes_for_an_order_make_the_old_ones_unknown(bridge: Bridge) -> None:
    bridge.fetch()
    example = bridge.pretix.state["examples"]["paid"]
    bridge.pretix.api("POST", f"events/fair/orders/{example['order']}/regenerate_secrets/", json={})
    assert bridge.changes() == 1
    bridge.same(example["secret"], "invalid")


def test_signed_codes_are_known_before_their_orders_are(bridge: Bridge, signing: PretixServer) -> None:
    order(signing)  # by which pretix draws its key
    bridge.fetch()
    made = order(signing)
    code = made["positions"][0]["secret"]
    assert len(code) > 100
    bridge.same(code, "ok")
    assert bridge.verdict(code, "px-l4").reason is Reason.PRODUCT
    for other in (code[1:], code[:-1], "A" + code, code.swapcase(), code + "=", code[::-1]):
        bridge.same(other, "invalid")
    # It passes here, leaves and is told to pretix; then the order comes, and both know it once.
    subject = bridge.presented(code).ticket.id  # type: ignore[union-attr]
    at = moment_text(datetime.now(UTC))
    bridge.write(Kind.ADMITTED, subject, list="px-l1", at=at)
    assert bridge.verdict(code).reason is Reason.ALREADY_REDEEMED
    bridge.send()
    assert len(signing.api("GET", "events/fair/checkins/")["results"]) == 1
    bridge.changes()
    known = bridge.presented(code)
    assert known.via is Via.SECRET
    assert known.ticket is not None
    assert known.ticket.id == f"px-p{made['positions'][0]['id']}"
    assert len(known.ticket.admissions) == 1
    bridge.same(code, "already_redeemed")
    with bridge.store.reader() as reader:
        assert reader.figures(LOG, "px-l1").entered == 1
    bridge.send()
    assert bridge.changes() == 0
    assert len(signing.api("GET", "events/fair/checkins/")["results"]) == 1


def test_lists_of_codes_beat_signatures(bridge: Bridge, signing: PretixServer) -> None:
    order(signing)
    bridge.fetch()
    made = order(signing)
    code, path = made["positions"][0]["secret"], f"events/fair/orderpositions/{made['positions'][0]['id']}/"
    signing.api("POST", f"{path}add_block/", json={"name": "api:door"})
    for _ in bridge.incoming._taken_back():
        pass
    bridge.same(code, "blocked")
    signing.api("POST", f"{path}remove_block/", json={"name": "api:door"})
    for _ in bridge.incoming._taken_back():
        pass
    bridge.same(code, "ok")
    signing.api("POST", f"events/fair/orders/{made['code']}/regenerate_secrets/", json={})
    bridge.changes()
    bridge.same(code, "revoked")
    new = signing.api("GET", f"{path}")["secret"]
    bridge.same(new, "ok")
    signing.api("POST", f"events/fair/orders/{made['code']}/mark_canceled/", json={"send_email": False})
    bridge.changes()
    bridge.same(new, bridge.theirs(new))


def test_a_wristband_stands_for_its_ticket(bridge: Bridge) -> None:
    bridge.fetch()
    made = order(bridge.pretix)
    position = made["positions"][0]["id"]
    medium = {"type": "barcode", "identifier": "BAND1", "active": True, "linked_orderpositions": [position]}
    path = "reusablemedia/"
    band = bridge.pretix.api("POST", path, json=medium)
    bridge.changes()
    bridge.same("BAND1", "ok")
    bridge.pretix.api("PATCH", f"{path}{band['id']}/", json={"active": False})
    bridge.changes()
    bridge.same("BAND1", "invalid")
    assert bridge.changes() == 0


def test_an_order_that_was_deleted_admits_nobody(bridge: Bridge) -> None:
    bridge.fetch()
    assert bridge.incoming.is_short()
    assert sum(one.facts for one in bridge.incoming.sweep()) == 0
    assert not bridge.incoming.is_short()
    example = bridge.pretix.state["examples"]["testmode"]
    bridge.pretix.api("DELETE", f"events/fair/orders/{example['order']}/")
    assert bridge.changes() == 0
    assert bridge.incoming.is_short()
    assert sum(one.facts for one in bridge.incoming.sweep()) == 2
    bridge.same(example["secret"], "invalid", "canceled")
    assert not bridge.incoming.is_short()
    assert sum(one.facts for one in bridge.incoming.sweep()) == 0


def test_what_a_door_has_changed_is_not_undone_by_what_pretix_knew_before(bridge: Bridge) -> None:
    bridge.fetch()
    example = bridge.pretix.state["examples"]["asks"]
    ticket = bridge.presented(example["secret"]).ticket
    assert ticket is not None
    bridge.write(Kind.QUESTION_ANSWERED, ticket.id, question="px-q1", answer="The Daily")
    bridge.write(Kind.TICKET_CHANGED, ticket.id, name="Zoë")
    path = f"events/fair/orders/{example['order']}/"
    bridge.pretix.api("PATCH", path, json={"comment": "touched", "email": "new@example.org"})
    assert bridge.changes() == 1
    ticket = bridge.presented(example["secret"]).ticket
    assert ticket is not None
    assert (ticket.name, ticket.answers, ticket.order.email) == (
        "Zoë",
        {"px-q1": "The Daily"},
        "new@example.org",
    )
    bridge.send()
    assert bridge.changes() == 0
    # Once pretix knows it, its word counts again.
    position = f"events/fair/orderpositions/{ticket.id.removeprefix('px-p')}/"
    bridge.pretix.api(
        "PATCH",
        position,
        json={"attendee_name_parts": {"_scheme": "full", "full_name": "Zora"}, "answers": []},
    )
    assert bridge.changes() > 0
    ticket = bridge.presented(example["secret"]).ticket
    assert ticket is not None
    assert (ticket.name, ticket.answers) == ("Zora", {})
    assert bridge.changes() == 0


def test_dates_of_a_series(bridge: Bridge) -> None:
    pretix = bridge.pretix
    pretix.within("event.has_subevents = True; event.save()")
    begins = "2030-01-01T10:00:00+01:00"
    dates = [
        pretix.api(
            "POST",
            "events/fair/subevents/",
            json={
                "name": {"en": name},
                "active": True,
                "date_from": begins,
                "item_price_overrides": [],
                "variation_price_overrides": [],
                "meta_data": {},
            },
        )["id"]
        for name in ("Monday", "Tuesday")
    ]
    pretix.within(
        "from pretix.base.models.orders import OrderPosition\n"
        f"OrderPosition.all.filter(order__event=event).update(subevent_id={dates[0]})\n"
        f"event.checkin_lists.filter(name='Main').update(subevent_id={dates[0]})\n"
        f"event.checkin_lists.filter(name='Once').update(subevent_id={dates[1]})\n"
        f"event.quotas.update(subevent_id={dates[0]})"
    )
    bridge.fetch()
    code = pretix.state["examples"]["paid"]["secret"]
    bridge.same(code, "ok")
    assert bridge.verdict(code, "px-l5").reason is Reason.PRODUCT
    assert bridge.theirs(code, 5) == "invalid"
    with bridge.store.reader() as reader:
        assert {one.name for one in reader.catalogue(LOG).sessions.values()} == {"Monday", "Tuesday"}
        assert {one.quota.session for one in reader.quotas(LOG)} == {f"px-s{dates[0]}"}


def test_guests_have_the_seats_that_pretix_gave_them(bridge: Bridge) -> None:
    pretix, code = bridge.pretix, bridge.pretix.state["examples"]["paid"]["secret"]
    pretix.within(
        "from pretix.base.models.orders import OrderPosition\n"
        'event.seating_plan = organizer.seating_plans.create(name="Hall", layout="{}")\n'
        "event.save()\n"
        f"one = OrderPosition.all.get(secret={code!r})\n"
        'seats = [event.seats.create(zone_name="Stalls", row_name="A", seat_number=number, seat_guid=number,'
        ' product=one.item) for number in ("7", "8")]\n'
        "one.seat = seats[0]\n"
        "one.save()"
    )
    bridge.fetch()

    def seat() -> str:
        ticket = bridge.presented(code).ticket
        assert ticket is not None
        return ticket.seat

    assert seat() == "Stalls, Row A, Seat 7"
    bridge.same(code, "ok")
    assert any("seating plan" in one for one in bridge.incoming.unmapped)
    position = bridge.presented(code).ticket.id.removeprefix("px-p")  # type: ignore[union-attr]
    pretix.api("PATCH", f"events/fair/orderpositions/{position}/", json={"seat": "8"})
    assert bridge.changes() == 1
    assert seat() == "Stalls, Row A, Seat 8"


def test_a_position_that_was_canceled_is_unknown(bridge: Bridge) -> None:
    bridge.fetch()
    example = bridge.pretix.state["examples"]["with_addon"]
    ticket = bridge.presented(example["second"]).ticket
    assert ticket is not None
    bridge.pretix.api("DELETE", f"events/fair/orderpositions/{ticket.id.removeprefix('px-p')}/")
    bridge.changes()
    bridge.same(example["second"], "invalid", "canceled")
    assert bridge.presented(example["secret"]).ticket.order.status is OrderStatus.PAID  # type: ignore[union-attr]


def test_test_orders_are_marked_and_not_expected(bridge: Bridge) -> None:
    bridge.fetch()
    marked = bridge.presented(bridge.pretix.state["examples"]["testmode"]["secret"]).ticket
    paid = bridge.presented(bridge.pretix.state["examples"]["paid"]["secret"]).ticket
    assert marked is not None
    assert paid is not None
    assert (marked.order.testmode, paid.order.testmode) == (True, False)
    with bridge.store.reader() as reader:
        assert reader.test_orders(LOG) == 1
        before = reader.figures(LOG, "px-l1").expected
    bridge.pretix.api("PATCH", "events/fair/", json={"testmode": True})
    try:
        bridge.incoming.catalogue()
        with bridge.store.reader() as reader:
            tickets = len(reader.order_tickets(LOG, marked.order.id))
            assert reader.figures(LOG, "px-l1").expected == before + tickets
        assert any("test mode" in one for one in bridge.incoming.unmapped)
    finally:
        bridge.pretix.api("PATCH", "events/fair/", json={"testmode": False})
