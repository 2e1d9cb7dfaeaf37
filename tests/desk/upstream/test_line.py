"""The line by itself: what it survives, what it says of it, and that it ends when it is told to."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from eventdesk.desk.demo import LOG
from eventdesk.desk.upstream.commands import ListOutbox, ShowLine, Unpair
from eventdesk.desk.upstream.values import Delivery, Reach
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Store
from sync.backoff import LONGEST_S, Backoff
from sync.errors import ServerFault, TooMany, Unreachable
from sync.wire import Allotment, HubKnown
from tests.desk.upstream.conftest import PATIENCE_S, LinedDesk, until
from tests.replication.fleet.node import Node
from tests.replication.fleet.wire import Line

Two = tuple[LinedDesk, LinedDesk]
ADA, BO, CY = "hl-ada-7QX4M2", "hl-bo-9TR3K8", "hl-cy-4WE6N1"
GATE = Draft(Kind.GATE_DEFINED, "new-gate", {"name": "New gate"})


def write(desk: LinedDesk, *drafts: Draft) -> None:
    with desk.store.transaction() as tx:
        tx.append(LOG, drafts)


def has_gate(desk: LinedDesk, gate: str = "new-gate") -> bool:
    return desk.reads(lambda reader: gate in reader.catalogue(LOG).gates)


def test_what_one_desk_writes_shows_at_the_other(two: Two) -> None:
    first, second = two
    write(first, GATE)
    until(lambda: has_gate(second))
    recorded = second.heard.next(second.hooks.facts_recorded)
    assert recorded.log == LOG
    first.scan(ADA)
    figures = second.heard.next(second.hooks.figures_changed)
    assert figures.inside == 1


def test_the_state_tells_where_we_are(two: Two) -> None:
    first, _ = two
    state = until(lambda: first.state if first.state.reach is Reach.CENTRE else None)
    assert (state.paired, state.node, state.trouble) == (True, "node-1", "")
    until(lambda: first.state.waiting == 0)
    assert state.heard_at is not None
    first.wires["node-1"].sever()
    state = until(lambda: first.state if first.state.reach is Reach.ALONE else None)
    until(lambda: first.state.trouble)
    assert first.state.trouble == "The server does not answer."
    write(first, GATE)
    assert first.state.waiting == 1
    until(lambda: first.states[-1].waiting == 1, 1.5)
    (item,) = first.ask(ListOutbox(), lambda hooks: hooks.outbox_listed).items
    assert (item.state, item.kind) == (Delivery.WAITING, "gate_defined")


def test_coming_back_needs_no_click(two: Two) -> None:
    first, second = two
    for number in range(3):
        first.wires["node-1"].sever()
        until(lambda: first.line.reach.current is None)
        write(first, Draft(Kind.GATE_DEFINED, f"gate-{number}", {"name": "Gate"}))
        first.wires["node-1"].heal()
        until(lambda: first.state.waiting == 0)
    until(lambda: has_gate(second, "gate-2"))
    until(lambda: not first.state.trouble)


def test_lost_requests_lost_answers_and_repeats_do_no_harm(two: Two, node: Node) -> None:
    first, second = two
    at = first.wires["node-1"]
    at.repeat = True
    for number in range(6):
        at.lose_answers, at.lose_requests = number % 2, (number + 1) % 2
        write(first, Draft(Kind.GATE_DEFINED, f"gate-{number}", {"name": "Gate"}))
    at.heal()
    until(lambda: all(has_gate(second, f"gate-{number}") for number in range(6)))
    seqs = [one.seq for one in node.logs[LOG].facts if one.desk == first.id]
    assert seqs == sorted(set(seqs))


def test_a_log_in_page_is_explained(two: Two) -> None:
    first, _ = two
    first.wires["node-1"].portal = True
    write(first, GATE)
    until(lambda: first.state.trouble)
    assert "log-in page" in first.state.trouble
    assert "web browser" in first.state.remedy
    first.wires["node-1"].heal()
    until(lambda: first.state.waiting == 0 and not first.state.trouble)


def test_a_node_with_a_fault_is_survived(two: Two) -> None:
    first, _ = two
    first.wires["node-1"].fault = ServerFault("500", status=500)
    write(first, GATE)
    until(lambda: "fault of its own" in first.state.trouble)
    first.wires["node-1"].fault = TooMany("429", status=429, retry_after=0.2)
    until(lambda: "wait" in first.state.trouble)
    first.wires["node-1"].heal()
    until(lambda: first.state.waiting == 0)


def test_a_token_that_ran_out_is_replaced_by_the_key(two: Two, node: Node) -> None:
    first, second = two
    node.tokens.clear()
    write(first, GATE)
    until(lambda: has_gate(second))
    assert first.id in node.tokens.values()


def test_a_token_is_renewed_before_it_runs_out(make_desk: Callable[..., LinedDesk], node: Node) -> None:
    node.token_good_ms = 60_000  # all of it is within the time to renew
    desk = make_desk("d001")
    desk.reach(node)
    desk.pair(node)
    until(lambda: len(node.tokens) > 1)


def test_a_desk_that_the_node_forgot_is_told_to_pair_anew(two: Two, node: Node) -> None:
    first, _ = two
    node.tokens.clear()
    node.desks.pop(first.id)
    write(first, GATE)
    until(lambda: "does not know this desk" in first.state.trouble)
    assert first.state.waiting == 1


def test_a_clock_that_is_minutes_off_is_told_and_corrected(
    make_desk: Callable[..., LinedDesk], node: Node
) -> None:
    desk = make_desk("d001", error_s=20 * 60)
    desk.reach(node)
    desk.pair(node)
    until(lambda: desk.state.reach is Reach.CENTRE)
    assert abs(desk.state.clock_error_ms - 20 * 60_000) < 1000
    assert not desk.state.trouble, "screens tell of it by the error"
    assert abs((desk.clock.now() - datetime.now(UTC)).total_seconds()) < 1
    write(desk, GATE)
    stamp = desk.reads(lambda reader: reader.facts(LOG, "new-gate", Kind.GATE_DEFINED))[0].stamp
    assert abs(stamp.wall / 1000 - time.time()) < 2
    desk.stop()
    desk.open()  # after a restart the error is known before anybody is asked
    assert abs((desk.clock.now() - datetime.now(UTC)).total_seconds()) < 1
    desk.start()


def test_a_restored_node_is_sent_again_what_it_lost(two: Two, node: Node) -> None:
    first, second = two
    write(first, GATE)
    until(lambda: has_gate(second))
    node.restore({LOG: 5})
    until(lambda: "new-gate" in {one.subject for one in node.logs[LOG].facts})
    write(second, Draft(Kind.GATE_DEFINED, "later", {"name": "Later"}))
    until(lambda: has_gate(first, "later"))


def test_what_a_crash_left_to_be_sent_again_is_sent_at_the_next_start(two: Two, node: Node) -> None:
    """The plug was pulled when another desk's facts, which is gone, were to be sent."""
    first, second = two
    write(first, GATE)
    until(lambda: has_gate(second))
    first.stop()
    second.stop()
    node.restore({LOG: 5})
    with Store.open(second.path, second.key, second.id) as store, store.transaction() as tx:
        tx.put_cursor(LOG, node.id, node.epoch, 5, 1)  # it had heard of that, and got no further
    second.open()
    second.start()
    until(lambda: "new-gate" in {one.subject for one in node.logs[LOG].facts})


def test_a_desk_from_a_backup_has_another_id_and_pairs_anew(two: Two, node: Node) -> None:
    first, second = two
    write(first, *(Draft(Kind.GATE_DEFINED, f"gate-{number}", {"name": "Gate"}) for number in range(9)))
    until(lambda: has_gate(second, "gate-8") and first.state.waiting == 0)
    first.stop()
    first.id = "d003"
    first.open()
    first.start()
    until(lambda: "does not know this desk" in first.state.trouble)
    first.pair(node)
    write(first, GATE)
    until(lambda: has_gate(second))
    until(lambda: first.state.waiting == 0)


def test_errands_that_hang_keep_no_fact_waiting(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = two
    asked, let_go = threading.Event(), threading.Event()

    def slow(*_: object) -> Allotment:
        asked.set()
        assert let_go.wait(PATIENCE_S)
        raise Unreachable("Nothing came back in time.")

    monkeypatch.setattr(Line, "allot", slow)
    first.line.allotments.want(LOG, "seats", 20)
    first.line.nudge()
    assert asked.wait(PATIENCE_S)
    write(first, GATE)
    until(lambda: has_gate(second))
    let_go.set()


def test_stopping_is_quick_while_everything_hangs(make_desk: Callable[..., LinedDesk], node: Node) -> None:
    desk = make_desk("d001")
    at = desk.reach(node)
    desk.pair(node)
    until(lambda: desk.state.reach is Reach.CENTRE)
    at.hanging = True
    write(desk, GATE)
    begun = time.monotonic()
    desk.line.stop()
    assert time.monotonic() - begun < 2
    names = {thread.name for thread in threading.enumerate()}
    assert names.isdisjoint({"pusher", "puller", "errands", "line state"})


def test_a_hub_is_preferred_and_the_centre_stands_in(make_desk: Callable[..., LinedDesk], node: Node) -> None:
    hub = Node("hub-1", "hub")
    desk = make_desk("d001")
    desk.reach(node)
    to_hub = desk.reach(hub)
    node.hubs.append(HubKnown("hub-1", "Hub", b"", ["hub-1"]))
    hub.desks = node.desks  # the centre tells its hubs of desks
    desk.pair(node)
    until(lambda: desk.state.reach is Reach.HUB)
    to_hub.sever()
    until(lambda: desk.state.reach is Reach.CENTRE)


def test_unpaired_it_is_alone_and_says_no_trouble(two: Two) -> None:
    first, _ = two
    first.engine.post(Unpair())
    until(lambda: not first.state.paired)
    state = first.ask(ShowLine(), lambda hooks: hooks.line_changed)
    assert not state.trouble
    assert first.scan(ADA).confirmed
    (fact,) = first.reads(lambda reader: reader.facts(LOG, f"demo-{ADA}", Kind.ADMITTED))
    assert "confirmed" not in fact.payload


def test_waiting_grows_and_never_beyond_its_limit() -> None:
    backoff = Backoff()
    assert all(backoff.next_s() <= LONGEST_S for _ in range(20))
    assert backoff.next_s(at_least_s=77) == 77
