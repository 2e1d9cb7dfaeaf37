"""What doors and tills did is in a real pretix once, whatever the line and the server do to its calls."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixBusy, PretixError, PretixRevoked
from eventdesk.bridges.pretix.outgoing import sending as sending_room
from eventdesk.bridges.pretix.outgoing.sending import Sending
from eventdesk.bridges.pretix.outgoing.target import Target
from eventdesk.bridges.pretix.pacing import Pacing
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.tickets import OrderStatus, Ticket
from eventdesk.domain.till.cart import CartLine
from eventdesk.storage.bridge_calls import CallState
from eventdesk.storage.store import Store
from tests.bridges.pretix.sold import MadeTill
from tests.bridges.pretix.test_outgoing import LOG, NOW, Bridge
from tests.bridges.pretix.test_outgoing_sales import DAY, balance, cents, orders, tickets
from tests.rigs.pretix_server.cutting import Answer, Choose, Fate, Line
from tests.rigs.pretix_server.server import PretixServer
from tests.storage.made import KEY

pytestmark = pytest.mark.long
PATIENCE_S = 240.0
WAITED = 600


@pytest.fixture
def bridge(pretix: PretixServer, tmp_path: Path) -> Iterator[Bridge]:
    with Store.open(tmp_path / "desk.db", KEY, "bridge1") as store:
        bridge = Bridge(pretix, store)
        bridge.fetch()
        yield bridge


def over(bridge: Bridge, choose: Choose) -> tuple[Line, Sending]:
    """The bridge's calls go over this line from now on."""
    line = Line(bridge.pretix.url, choose)
    api = Api(line.url, bridge.token, Pacing(most=10_000))
    return line, Sending(api, bridge.store, LOG, Target("rig", "fair"))


def told(bridge: Bridge, sending: Sending, line: Line) -> int:
    """Until nothing waits; how many rounds failed meanwhile."""
    bridge.taking_up.all()
    failed, end = 0, time.monotonic() + PATIENCE_S
    with line.running():
        while bridge.calls(CallState.WAITING):
            assert time.monotonic() < end, bridge.calls(CallState.WAITING)
            try:
                if not sending.round():
                    time.sleep(0.05)
            except PretixError:
                failed += 1
    return failed


def send_all(sending: Sending) -> None:
    while True:
        sending.round()


def evening(bridge: Bridge) -> MadeTill:
    """Two tickets of pretix go in and out; two sales, one given back in parts; badges and a refusal."""
    till = MadeTill(bridge.store, LOG)
    for number, example in enumerate(("paid", "with_addon")):
        ticket = bridge.ticket(example)
        bridge.admit(ticket, minute=number)
        bridge.admit(ticket, minute=10 + number, kind=Kind.LEFT)
        bridge.write(Kind.BADGE_PRINTED, ticket, job="j1", printer="p1", copy=0)
    bridge.write(
        Kind.ADMISSION_REFUSED,
        bridge.ticket("blocked"),
        list="px-l1",
        at=moment_text(NOW),
        direction="entry",
        reason="blocked",
    )
    first = till.sell([CartLine("a", DAY, quantity=3)])
    till.sell([CartLine("a", DAY)], card=100)
    bridge.admit(tickets(bridge, first)[0], minute=20)
    till.give_back(first.id, [("a", 1)], frozenset({tickets(bridge, first)[1]}))
    till.give_back(first.id, [("a", 1)], frozenset({tickets(bridge, first)[2]}))
    return till


def check_evening(bridge: Bridge, till: MadeTill) -> None:
    assert {one.state for one in bridge.calls()} == {CallState.DONE}
    assert sorted(one["type"] for one in bridge.checkins()) == ["entry"] * 4 + ["exit"] * 2
    for example in ("paid", "with_addon"):
        number = bridge.ticket(example).removeprefix("px-p")
        position = bridge.pretix.api("GET", f"events/fair/orderpositions/{number}/")
        assert len(position["print_logs"]) == 1
    found = orders(bridge)
    assert sorted(len(one["refunds"]) for one in found) == [0, 2]
    assert sum(map(balance, found)) == sum(cents(one["total"]) for one in found) == till.turnover()


@pytest.mark.parametrize("fate", [Fate.LOSE_ANSWER, Fate.LOSE_CALL])
def test_each_call_is_lost_once_and_counts_once(bridge: Bridge, fate: Fate) -> None:
    till = evening(bridge)
    line, sending = over(
        bridge, lambda method, _path, tries: fate if method != "GET" and tries < 1 else Fate.PASS
    )
    told(bridge, sending, line)
    check_evening(bridge, till)


def test_a_server_that_fails_and_asks_for_patience_loses_nothing(bridge: Bridge) -> None:
    till = evening(bridge)
    answers = [Answer(503), Answer(429, "0.2"), Answer(502), Answer(500)]

    def choose(_method: str, path: str, tries: int) -> Fate | Answer:
        return answers[(len(path) + tries) % 4] if tries < 2 else Fate.PASS

    line, sending = over(bridge, choose)
    told(bridge, sending, line)
    check_evening(bridge, till)


def test_a_call_at_which_pretix_breaks_keeps_no_other(
    bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending_room, "MOST_BREAKS", 2)
    bad, good = bridge.ticket("paid"), bridge.ticket("with_addon")
    number = bad.removeprefix("px-p")
    bridge.admit(bad)
    bridge.admit(good, minute=5)
    line, sending = over(
        bridge, lambda _method, path, _tries: Answer(500) if f"/positions/{number}/" in path else Fate.PASS
    )
    told(bridge, sending, line)
    assert [one.state for one in bridge.calls()] == [CallState.REFUSED, CallState.DONE]
    assert "(500)" in bridge.calls()[0].answer
    assert len(bridge.checkins()) == 1


def test_patience_without_an_end_is_a_pause(bridge: Bridge) -> None:
    bridge.admit(bridge.ticket("paid"))
    bridge.taking_up.all()
    line, sending = over(bridge, lambda _method, _path, _tries: Answer(429))
    with line.running(), pytest.raises(PretixBusy) as busy:
        sending.round()
    assert busy.value.wait_s > 0
    assert [one.state for one in bridge.calls()] == [CallState.WAITING]


def test_a_token_that_ends_amid_the_evening_keeps_the_rest(bridge: Bridge) -> None:
    till = evening(bridge)
    ended = 0

    def choose(_method: str, _path: str, _tries: int) -> Fate | Answer:
        nonlocal ended
        ended += 1
        return Answer(401) if ended > 6 else Fate.PASS

    line, sending = over(bridge, choose)
    bridge.taking_up.all()
    with line.running(), pytest.raises(PretixRevoked):
        send_all(sending)
    waiting = len(bridge.calls(CallState.WAITING))
    assert 0 < waiting < len(bridge.calls())
    line, sending = over(bridge, lambda _method, _path, _tries: Fate.PASS)
    told(bridge, sending, line)
    check_evening(bridge, till)


def is_plain(ticket: Ticket) -> bool:
    """pretix takes a pass of it whatever came before."""
    odd = ticket.canceled or ticket.blocked or ticket.valid_from or ticket.valid_until or ticket.addon_to
    return ticket.order.status is OrderStatus.PAID and not odd


def test_all_that_waited_is_told_once_and_by_age(bridge: Bridge) -> None:
    with bridge.store.reader() as reader:
        tickets = [reader.ticket(LOG, one.ticket) for one in reader.guests(LOG)]
    guests = [one.id for one in tickets if one is not None and is_plain(one)][:100]
    with bridge.store.transaction() as tx:
        drafts = []
        for number in range(WAITED):
            kind = Kind.LEFT if number // len(guests) % 2 else Kind.ADMITTED
            at = moment_text(NOW)
            drafts.append(Draft(kind, guests[number % len(guests)], {"list": "px-l3", "at": at}))
        tx.append(LOG, drafts)
    bridge.taking_up.all()
    order: list[str] = []
    while bridge.calls(CallState.WAITING):
        with bridge.store.reader() as reader:
            order += [one.fact for one in reader.bridge_calls.due(LOG, 40)]
        bridge.sending.round()
    assert {one.state for one in bridge.calls()} == {CallState.DONE}
    calls = [one.fact for one in bridge.calls()]
    # A round may end before all that were due: they are the first of the next one.
    assert list(dict.fromkeys(order)) == calls
    count = bridge.pretix.api("GET", "events/fair/checkins/", params={"list": 3})["count"]
    assert count == WAITED


def test_another_bridge_tells_again_what_was_open_and_it_counts_once(bridge: Bridge, tmp_path: Path) -> None:
    """The first dies after pretix did the work; the second has another token, whose keys are others."""
    till = evening(bridge)
    line, sending = over(
        bridge, lambda method, _path, _tries: Fate.PASS if method == "GET" else Fate.LOSE_ANSWER
    )
    bridge.taking_up.all()
    with line.running():
        for _ in range(4):
            with pytest.raises(PretixError):
                sending.round()
    assert bridge.calls(CallState.DONE) == []
    with Store.open(tmp_path / "other.db", KEY, "bridge2") as store:
        with bridge.store.reader() as reader, store.transaction() as tx:
            tx.receive(reader.unsent(LOG, "bridge1", 0, 10_000))
        other = Bridge(bridge.pretix, store, "Other bridge")
        other.taking_up.begin()
        end = time.monotonic() + PATIENCE_S
        other.send()
        while other.calls(CallState.WAITING):
            assert time.monotonic() < end
            other.send()
            time.sleep(0.05)
        check_evening(other, till)
