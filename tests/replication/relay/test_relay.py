"""A hub on real sockets: facts both ways, claims, desks; the line cut, healed, slow, and losing answers."""

import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from sync import wire
from sync.chain import Head, head_of, new_salt, seal
from sync.client.exchange import pull_some, push_all
from sync.errors import Revoked, SyncError
from sync.server import schema
from tests.replication.relay.conftest import Join
from tests.replication.relay.nodes import Desk, Node, eventually
from tests.rigs.wires import Wire

LOG = "log1"


def push(desk: Desk) -> None:
    push_all(desk, desk.upstream, LOG, desks=[desk.desk])


def pull(desk: Desk) -> None:
    while pull_some(desk, desk.upstream, logs=[LOG]).facts:
        pass


def has(desk: Desk, other: str, count: int) -> bool:
    pull(desk)
    return len(desk.logs.get(LOG, {}).get(other, [])) == count


def note(desk: Desk, kind: str, subject: str, payload: bytes = b"{}") -> None:
    chain = desk.logs.setdefault(LOG, {}).setdefault(desk.desk, [])
    head = head_of(chain[-1]) if chain else Head()
    stamp = f"{head.seq:012x}-0000-{desk.desk}"
    name = f"{desk.desk}-{head.seq + 1}"
    chain.append(seal(head, name, LOG, kind, subject, stamp, desk.desk, payload, new_salt()))


def stamped(desk: Desk, count: int) -> None:
    for _ in range(count):
        note(desk, "noted", "s1")


def ask(key: str, fact: str) -> wire.ClaimAsked:
    return wire.ClaimAsked(key, "s1", fact)


def test_facts_go_through_a_hub_both_ways(centre: Node, hub: Node, join: Join) -> None:
    below, above = join(hub, "below"), join(centre, "above")
    stamped(below, 1500)
    stamped(above, 1200)
    push(below)
    push(above)
    eventually(lambda: has(above, "below", 1500))
    eventually(lambda: has(below, "above", 1200))
    assert above.logs == below.logs


def test_a_cut_line_costs_nothing_but_time(centre: Node, hub: Node, line: Wire, join: Join) -> None:
    below, above = join(hub, "below"), join(centre, "above")
    stamped(below, 10)
    push(below)
    eventually(lambda: has(above, "below", 10))
    line.cut()
    stamped(below, 10)
    push(below)
    stamped(above, 5)
    push(above)
    pull(below)
    assert "above" not in below.logs[LOG]
    assert hub.relay is not None
    relay = hub.relay
    eventually(lambda: relay.standing().trouble)
    line.heal()
    eventually(lambda: has(above, "below", 20), 30)
    eventually(lambda: has(below, "above", 5), 30)
    eventually(lambda: not relay.standing().trouble)


@pytest.mark.long
def test_lost_answers_do_no_harm(centre: Node, hub: Node, line: Wire, join: Join) -> None:
    below, above = join(hub, "below"), join(centre, "above")
    for _ in range(3):
        line.lose_answers = True
        line.reset()
        stamped(below, 50)
        push(below)
        eventually(lambda: line.connections)
        time.sleep(0.3)
        line.heal()
    eventually(lambda: has(above, "below", 150), 30)


def test_a_claim_reaches_as_far_as_the_line(centre: Node, hub: Node, line: Wire, join: Join) -> None:
    below, beside, above = join(hub, "below"), join(hub, "beside"), join(centre, "above")
    eventually(lambda: below.upstream.claim(LOG, ask("k0", "f0"), 1.0).level == "centre")
    assert below.upstream.claim(LOG, ask("k1", "f1"), 1.0).granted
    for other in (beside, above):
        refused = other.upstream.claim(LOG, ask("k1", "f2"), 1.0)
        assert not refused.granted
    assert above.upstream.claim(LOG, ask("k2", "f3"), 1.0).granted
    assert not below.upstream.claim(LOG, ask("k2", "f4"), 1.0).granted


@pytest.mark.parametrize("fault", ["black_hole", "cut"])
def test_without_the_centre_the_hub_decides_in_time(
    centre: Node, hub: Node, line: Wire, join: Join, fault: str
) -> None:
    below, beside = join(hub, "below"), join(hub, "beside")
    eventually(lambda: below.upstream.claim(LOG, ask("k0", "f0"), 1.0).level == "centre")
    if fault == "cut":
        line.cut()
    else:
        line.black_hole = True
    for number in range(5):
        begun = time.monotonic()
        answer = below.upstream.claim(LOG, ask(f"k{number + 1}", f"f{number + 1}"), 1.0)
        assert time.monotonic() - begun < 0.4
        assert (answer.granted, answer.level) == (True, "hub")
        assert not beside.upstream.claim(LOG, ask(f"k{number + 1}", "x"), 1.0).granted
    line.heal()
    count = iter(range(1000))
    eventually(
        lambda: below.upstream.claim(LOG, ask(f"k-{(n := next(count))}", f"f-{n}"), 1.0).level == "centre", 30
    )


def test_what_is_given_back_at_the_hub_is_free_at_the_centre(
    centre: Node, hub: Node, line: Wire, join: Join
) -> None:
    below, above = join(hub, "below"), join(centre, "above")
    eventually(lambda: below.upstream.claim(LOG, ask("k1", "f1"), 1.0).level == "centre")
    line.cut()
    assert below.upstream.release(LOG, "k1").released
    line.heal()
    eventually(lambda: above.upstream.claim(LOG, ask("k1", "f2"), 1.0).granted, 30)


def test_two_desks_at_two_nodes_are_never_both_granted(centre: Node, hub: Node, join: Join) -> None:
    below, above = join(hub, "below"), join(centre, "above")
    eventually(lambda: below.upstream.claim(LOG, ask("k", "f"), 1.0).level == "centre")
    granted: dict[str, list[str]] = {}

    def race(desk: Desk) -> None:
        for number in range(40):
            key = f"key{number}"
            try:
                answer = desk.upstream.claim(LOG, ask(key, f"{desk.desk}{number}"), 2.0)
            except SyncError:
                continue
            if answer.granted and answer.level == "centre":
                granted.setdefault(key, []).append(desk.desk)

    racing = [threading.Thread(target=race, args=(desk,)) for desk in (below, above)]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join(30)
    assert granted
    assert all(len(desks) == 1 for desks in granted.values())


def test_shares_of_a_hub_never_pass_the_size(centre: Node, hub: Node, line: Wire, join: Join) -> None:
    below, beside, above = join(hub, "below"), join(hub, "beside"), join(centre, "above")
    note(above, "quota", "q1", b"10")
    push(above)
    eventually(lambda: has(below, "above", 1))

    def shares() -> int:
        asked = (below, 6), (above, 6), (beside, 6)
        return sum(
            desk.upstream.allot(LOG, wire.AllotmentAsked("q1", wanted)).share for desk, wanted in asked
        )

    assert shares() == 10
    line.cut()
    assert shares() <= 10


def test_desks_and_revocations_are_known_at_both(centre: Node, hub: Node, join: Join) -> None:
    below = join(hub, "below")
    eventually(lambda: "below" in centre.desks())
    assert centre.desks()["below"].via == hub.id
    above = join(centre, "above")
    eventually(lambda: "above" in hub.desks())
    above.upstream.revoke("below", "lost")

    def is_shut_out() -> bool:
        try:
            below.upstream.heads(LOG)
        except Revoked:
            return True
        return False

    eventually(is_shut_out)


def test_a_revocation_at_the_hub_reaches_the_centre(centre: Node, hub: Node, join: Join) -> None:
    join(hub, "below")
    chief = join(hub, "chief")
    eventually(lambda: "below" in centre.desks())
    chief.upstream.revoke("below", "stolen")
    eventually(lambda: centre.desks()["below"].revoked_ms)


def test_a_hub_that_restarts_goes_on(centre: Node, hub: Node, join: Join) -> None:
    below, above = join(hub, "below"), join(centre, "above")
    stamped(below, 20)
    push(below)
    eventually(lambda: has(above, "below", 20))
    hub.stop()
    stamped(above, 20)
    push(above)
    hub.start()
    stamped(below, 20)
    push(below)
    eventually(lambda: has(above, "below", 40), 20)
    eventually(lambda: has(below, "above", 20), 20)


def test_a_token_that_the_centre_forgot_is_replaced(centre: Node, hub: Node, join: Join) -> None:
    assert hub.session is not None
    hub.stop()
    hub.session._token = "forgotten"
    hub.start()
    below, above = join(hub, "below"), join(centre, "above")
    stamped(below, 3)
    push(below)
    eventually(lambda: has(above, "below", 3))
    assert hub.session.token() != "forgotten"


def test_stopping_is_quick_while_all_wait(centre: Node, hub: Node, line: Wire, join: Join) -> None:
    assert hub.relay is not None
    relay = hub.relay
    eventually(lambda: relay.standing().heard_ms)
    line.black_hole = True
    begun = time.monotonic()
    hub.stop()
    assert time.monotonic() - begun < 5


def test_a_full_disk_ends_no_thread(centre: Node, hub: Node, join: Join) -> None:
    """The new token can't be kept: tried again, as for any trouble."""
    failures = list[str]()

    def full(told: wire.SignedIn) -> None:
        failures.append(told.node)
        raise OSError("No space left on device")

    assert hub.session is not None
    assert hub.relay is not None
    hub.session._kept = full
    with closing(centre.open()) as database:
        database.write_now(lambda connection: connection.execute(schema.tokens.delete()).rowcount)
    eventually(lambda: failures)
    below, above = join(hub, "below"), join(centre, "above")
    stamped(below, 5)
    push(below)
    eventually(lambda: has(above, "below", 5), 30)
    assert all(thread.is_alive() for thread in hub.relay._threads)


@pytest.mark.long
def test_a_restored_centre_is_given_back_what_it_lost(
    centre: Node, hub: Node, join: Join, tmp_path: Path
) -> None:
    """Also of a desk that is gone, and that was never at this hub."""
    below, above = join(hub, "below"), join(centre, "above")
    stamped(below, 10)
    stamped(above, 10)
    push(below)
    push(above)
    eventually(lambda: has(below, "above", 10))
    centre.stop()
    centre.back_up(tmp_path / "backup.db")
    centre.start()
    stamped(below, 10)
    stamped(above, 10)
    push(below)
    push(above)
    eventually(lambda: has(below, "above", 20), 20)
    eventually(lambda: has(above, "below", 20), 20)
    centre.stop()
    centre.restore(tmp_path / "backup.db")
    centre.start()
    late = join(centre, "late")
    eventually(lambda: has(late, "below", 20), 30)
    eventually(lambda: has(late, "above", 20), 30)
