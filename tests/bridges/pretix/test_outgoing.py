"""What desks did stands in a real pretix afterwards: once, with its time, whatever came between."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixRevoked, PretixSilent
from eventdesk.bridges.pretix.incoming import Incoming
from eventdesk.bridges.pretix.mapping.ids import log_of
from eventdesk.bridges.pretix.outgoing.sending import Sending
from eventdesk.bridges.pretix.outgoing.taking_up import TakingUp
from eventdesk.bridges.pretix.outgoing.target import Target
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.bridges.pretix.pairing import Invitation, pair, revoke
from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.storage.bridge_calls import BridgeCall, CallState
from eventdesk.storage.store import Store
from tests.rigs.pretix_server.server import PretixServer
from tests.storage.made import KEY

pytestmark = pytest.mark.long
LOG = log_of("http://127.0.0.1", "rig", "fair")
NOW = datetime.now(UTC).replace(microsecond=0)


class Bridge:
    def __init__(self, pretix: PretixServer, store: Store, name: str = "Bridge") -> None:
        self.pretix, self.store = pretix, store
        device, token = pair(Invitation(pretix.url, pretix.state["devices"][name]))
        self.token = token
        self.device = device.device
        self.api = Api(pretix.url, token, Pacing(most=10_000))
        self.incoming = Incoming(self.api, store, "rig", "fair", lambda: frozenset({self.device}))
        self.taking_up = TakingUp(store, LOG, Target("rig", "fair"))
        self.sending = Sending(self.api, store, LOG, Target("rig", "fair"))

    def fetch(self) -> None:
        self.incoming.catalogue()
        for _ in self.incoming.first():
            pass

    def write(self, kind: Kind, subject: str, **members: Any) -> Fact:
        with self.store.transaction() as tx:
            return tx.append(LOG, [Draft(kind, subject, members)])[0]

    def send(self) -> None:
        self.taking_up.all()
        while self.sending.round():
            pass

    def ticket(self, example: str) -> str:
        with self.store.reader() as reader:
            found = reader.presented(LOG, self.pretix.state["examples"][example]["secret"]).ticket
        assert found is not None
        return found.id

    def admit(self, ticket: str, minute: int = 0, kind: Kind = Kind.ADMITTED, list_: str = "px-l1") -> Fact:
        at = moment_text(NOW - timedelta(minutes=30 - minute))
        return self.write(kind, ticket, list=list_, at=at)

    def calls(self, *states: CallState) -> list[BridgeCall]:
        with self.store.reader() as reader:
            return reader.bridge_calls.listed(LOG, states or tuple(CallState), 10_000)

    def checkins(self) -> list[dict[str, Any]]:
        found = self.pretix.api("GET", "events/fair/checkins/", params={"ordering": "datetime"})["results"]
        assert isinstance(found, list)
        return found


@pytest.fixture
def bridge(pretix: PretixServer, tmp_path: Path) -> Iterator[Bridge]:
    with Store.open(tmp_path / "desk.db", KEY, "bridge1") as store:
        bridge = Bridge(pretix, store)
        bridge.fetch()
        yield bridge


def test_passes_arrive_once_and_with_their_time(bridge: Bridge) -> None:
    ticket = bridge.ticket("paid")
    bridge.admit(ticket)
    bridge.admit(ticket, minute=5, kind=Kind.LEFT)
    bridge.admit(ticket, minute=10)
    bridge.admit(bridge.ticket("pending"), minute=11)
    bridge.send()
    assert [one.state for one in bridge.calls()] == [CallState.DONE] * 4
    told = [(one["type"], one["datetime"], one["successful"]) for one in bridge.checkins()]
    begun = NOW - timedelta(minutes=30)
    assert [(way, datetime.fromisoformat(at) - begun, good) for way, at, good in told] == [
        ("entry", timedelta(0), True),
        ("exit", timedelta(minutes=5), True),
        ("entry", timedelta(minutes=10), True),
        ("entry", timedelta(minutes=11), True),
    ]
    # They come back with the next changes, and are known to be our own.
    assert sum(one.facts for one in bridge.incoming.changes()) == 0
    bridge.send()
    assert len(bridge.checkins()) == 4


def test_a_call_whose_answer_was_lost_is_told_again_and_counts_once(bridge: Bridge) -> None:
    bridge.admit(bridge.ticket("paid"))
    bridge.send()
    [call] = bridge.calls()
    with bridge.store.transaction() as tx:
        tx.bridge_calls.settle(call.n, CallState.WAITING)
    bridge.send()
    assert len(bridge.checkins()) == 1
    assert [one.tries for one in bridge.calls()] == [3]


def test_an_undone_pass_is_annulled(bridge: Bridge) -> None:
    admitted = bridge.admit(bridge.ticket("paid"), minute=29)
    bridge.send()
    bridge.write(Kind.ADMISSION_UNDONE, admitted.subject, admission=admitted.id, reason="wrong guest")
    bridge.send()
    assert [one.state for one in bridge.calls()] == [CallState.DONE, CallState.DONE]
    [told] = bridge.checkins()
    assert (told["successful"], told["error_reason"], told["error_explanation"]) == (
        False,
        "annulled",
        "wrong guest",
    )


def test_refused_scans_badges_answers_and_names_arrive(bridge: Bridge) -> None:
    blocked, asks = bridge.ticket("blocked"), bridge.ticket("asks")
    at = moment_text(NOW)
    bridge.write(Kind.ADMISSION_REFUSED, blocked, list="px-l1", at=at, direction="entry", reason="blocked")
    bridge.write(
        Kind.ADMISSION_REFUSED, "code:00ff", list="px-l1", at=at, direction="entry", reason="unknown"
    )
    bridge.write(Kind.BADGE_PRINTED, asks, job="j1", printer="p1", copy=0)
    bridge.write(Kind.QUESTION_ANSWERED, asks, question="px-q1", answer="The Daily")
    bridge.write(Kind.QUESTION_ANSWERED, asks, question="px-q2", answer="True")
    bridge.write(Kind.TICKET_CHANGED, asks, name="Zoë Ångström")
    bridge.send()
    assert [one.state for one in bridge.calls()] == [CallState.DONE] * 6
    assert sorted(one["error_reason"] for one in bridge.checkins()) == ["blocked", "invalid"]
    number = asks.removeprefix("px-p")
    position = bridge.pretix.api("GET", f"events/fair/orderpositions/{number}/")
    assert position["attendee_name"] == "Zoë Ångström"
    assert {one["question"]: one["answer"] for one in position["answers"]} == {1: "The Daily", 2: "True"}
    assert [one["type"] for one in position["print_logs"]] == ["badge"]


def test_one_refusal_stops_no_other_and_loses_nothing(bridge: Bridge) -> None:
    paid = bridge.ticket("paid")
    bridge.admit(paid, list_="px-l999")
    bridge.admit(paid, minute=2, list_="own-list")
    bridge.admit(paid, minute=3)
    bridge.admit(bridge.ticket("with_addon"), minute=4)
    bridge.send()
    states = [one.state for one in bridge.calls()]
    assert states == [CallState.REFUSED, CallState.UNTOLD, CallState.DONE, CallState.DONE]
    [refused] = bridge.calls(CallState.REFUSED)
    assert refused.answer
    assert len(bridge.checkins()) == 2


def test_while_pretix_is_away_everything_waits_in_order(bridge: Bridge) -> None:
    ticket = bridge.ticket("paid")
    bridge.admit(ticket)
    bridge.pretix.stop()
    try:
        with pytest.raises(PretixSilent):
            bridge.send()
        bridge.admit(ticket, minute=5, kind=Kind.LEFT)
        with pytest.raises(PretixSilent):
            bridge.send()
    finally:
        bridge.pretix.start()
    assert {one.state for one in bridge.calls()} == {CallState.WAITING}
    bridge.send()
    assert [one["type"] for one in bridge.checkins()] == ["entry", "exit"]


def test_a_revoked_device_is_told_and_keeps_what_waits(bridge: Bridge) -> None:
    bridge.admit(bridge.ticket("paid"))
    revoke(bridge.api)
    with pytest.raises(PretixRevoked):
        bridge.send()
    assert [one.state for one in bridge.calls()] == [CallState.WAITING]


def test_a_device_that_may_not_see_the_event_any_more_keeps_what_waits(bridge: Bridge) -> None:
    bridge.admit(bridge.ticket("paid"))
    with bridge.store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.ADMITTED, "px-xnobody", {"list": "px-l1", "at": moment_text(NOW)})])
    device = f"devices/{bridge.device}/"
    bridge.pretix.api("PATCH", device, json={"all_events": False, "limit_events": ["expo"]})
    for carry in (bridge.send, bridge.incoming.catalogue):
        with pytest.raises(PretixRevoked, match="see the event"):
            carry()
    assert [one.state for one in bridge.calls()] == [CallState.WAITING] * 2
    bridge.pretix.api("PATCH", device, json={"limit_events": ["fair", "expo"]})
    bridge.send()
    assert bridge.calls()[0].state is CallState.DONE


def test_what_pretix_itself_told_is_not_told_back(bridge: Bridge) -> None:
    example = bridge.pretix.state["examples"]["paid"]
    lists = [bridge.pretix.state["lists"]["Main"]]
    bridge.pretix.api("POST", "checkinrpc/redeem/", json={"secret": example["secret"], "lists": lists})
    assert sum(one.facts for one in bridge.incoming.changes()) == 1
    bridge.send()
    assert bridge.calls() == []
    assert replace(bridge.incoming.cursor, since="") != bridge.incoming.cursor
