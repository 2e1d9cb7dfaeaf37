"""What a node takes, knows, refuses and withholds (sync/README.md, part 1; docs/decisions/0080-sync.md)."""

import msgspec
import pytest

from sync import wire
from sync.errors import Refused
from sync.server.ports import Principal
from sync.wire import State, Why
from tests.replication.store.given import LOG, Desk, Node

HUB = Principal("hub", frozenset({"hub"}), frozenset())
UPSTREAM = Principal("up", frozenset({"upstream"}), frozenset())


def changed(fact: wire.WireFact, **members: object) -> wire.WireFact:
    return msgspec.structs.replace(fact, **members)


def written(number: int, name: str = "a") -> Desk:
    desk = Desk(name)
    for _ in range(number):
        desk.write()
    return desk


def refusals(pushed: wire.Pushed) -> list[tuple[str, int, str]]:
    return [(refusal.desk, refusal.seq, refusal.why) for refusal in pushed.refused]


def test_facts_are_taken_once(node: Node) -> None:
    desk = written(5)
    first, again = node.push(desk), node.push(desk)
    assert (first.taken, first.known, first.heads) == (5, 0, {"a": 5})
    assert (again.taken, again.known, again.heads) == (0, 5, {"a": 5})
    assert [fact.seq for fact in node.pull(desk).facts] == [1, 2, 3, 4, 5]


def test_what_is_known_and_what_follows_may_come_together(node: Node) -> None:
    desk = written(6)
    node.push(desk, desk.facts[:4])
    pushed = node.push(desk, desk.facts[2:])
    assert (pushed.taken, pushed.known) == (2, 2)


def test_a_gap_a_fork_and_a_broken_chain_stop_their_desk_alone(node: Node) -> None:
    gap, fork, broken, good = (written(3, name) for name in ("gap", "fork", "broken", "good"))
    node.push(fork, fork.facts[:2])
    other = written(3, "fork")
    bent = [broken.facts[0], changed(broken.facts[1], chain=bytes(32)), broken.facts[2]]
    facts = [*gap.facts[1:], *other.facts, *bent, *good.facts]
    pushed = node.push(good, facts, by=HUB)
    assert refusals(pushed) == [("gap", 2, Why.GAP), ("fork", 1, Why.FORK), ("broken", 2, Why.CHAIN)]
    assert pushed.taken == 4
    assert pushed.heads == {"gap": 0, "fork": 2, "broken": 1, "good": 3}


def test_a_first_fact_that_follows_another_chain_is_refused(node: Node) -> None:
    desk, other = written(2), written(2)
    node.push(desk, desk.facts[:1])
    assert refusals(node.push(desk, other.facts[1:])) == [("a", 2, Why.CHAIN)]


@pytest.mark.parametrize(
    "malformed",
    [
        {"stamp": "now"},
        {"stamp": "0190b6c3f000-0000-b"},
        {"stamp": "0190B6C3F000-0000-a"},
        {"id": ""},
        {"subject": "a\nb"},
        {"subject": "a\0b"},
        {"payload_digest": b"short"},
        {"state": 7},
        {"seq": 0},
        {"seq": -3},
        {"seq": 2**70},
    ],
)
def test_a_malformed_fact_is_refused_and_told(node: Node, malformed: dict[str, object]) -> None:
    desk = written(1)
    pushed = node.push(desk, [changed(desk.facts[0], **malformed)])
    assert [refusal.why for refusal in pushed.refused] in ([Why.CHAIN], [Why.GAP])
    assert pushed.taken == 0
    assert node.push(desk).taken == 1


@pytest.mark.parametrize("log", ["", "a\nb", "a\0b", "x" * 300])
def test_a_log_must_have_a_name(node: Node, log: str) -> None:
    desk = written(1)
    with pytest.raises(Refused):
        node.do(node.logs.push(log, desk.by, wire.Push(desk.facts)))


def test_the_id_of_another_fact_stops_the_chain(node: Node) -> None:
    first, second = written(1, "a"), Desk("b")
    second.write()
    second.write(id_=first.facts[0].id)
    second.write()
    node.push(first)
    pushed = node.push(second)
    assert (pushed.taken, pushed.heads) == (1, {"b": 1})
    assert refusals(pushed) == [("b", 2, Why.CHAIN)]
    numbers = [fact.id for fact in node.pull(first).facts]
    assert numbers == [first.facts[0].id, second.facts[0].id]


def test_an_id_twice_in_one_push_stops_the_second(node: Node) -> None:
    desk = Desk("a")
    desk.write(id_="x")
    desk.write(id_="x")
    pushed = node.push(desk)
    assert (pushed.taken, refusals(pushed)) == (1, [("a", 2, Why.CHAIN)])


def test_facts_of_others_need_their_signature(node: Node) -> None:
    gone, helper = written(3, "gone"), Desk("helper")
    assert refusals(node.push(helper, gone.facts)) == [("gone", 1, Why.UNSIGNED)]
    forged = wire.SignedHead("gone", 3, gone.head.chain, helper.signed().signature)
    node.know(gone)
    assert refusals(node.push(helper, gone.facts, heads=[forged])) == [("gone", 1, Why.UNSIGNED)]
    signed = gone.signed()
    gone.write()
    pushed = node.push(helper, gone.facts, heads=[signed])
    assert (pushed.taken, refusals(pushed)) == (3, [("gone", 4, Why.UNSIGNED)])


def test_a_hub_needs_no_signature(node: Node) -> None:
    assert node.push(written(2), by=HUB).taken == 2


def test_signed_heads_are_handed_on_where_they_can_be_checked(node: Node) -> None:
    desk = written(4)
    node.know(desk)
    node.push(desk, heads=[desk.signed()])
    assert node.pull(desk, limit=2).heads == []
    assert node.pull(desk, 2).heads == [desk.signed()]


def test_a_wrong_payload_is_withheld_until_it_comes_right(node: Node) -> None:
    desk = written(3)
    bent = [desk.facts[0], changed(desk.facts[1], payload=b'{"x":1}'), desk.facts[2]]
    pushed = node.push(desk, bent)
    assert (pushed.taken, pushed.heads, refusals(pushed)) == (2, {"a": 3}, [("a", 2, Why.PAYLOAD)])
    page = node.pull(desk)
    assert [(fact.seq, fact.state) for fact in page.facts] == [(1, 0), (2, State.WITHHELD), (3, 0)]
    assert page.facts[1].payload == b""
    # An answer may have been lost: the refusal is told again.
    assert refusals(node.push(desk, bent)) == [("a", 2, Why.PAYLOAD)]
    assert node.push(desk).taken == 1
    more = node.pull(desk, page.cursor)
    assert [(fact.seq, fact.state, fact.payload) for fact in more.facts] == [(2, 0, b"{}")]
    assert more.cursor == page.cursor + 1
    assert node.push(desk).known == 3


def test_what_can_not_be_read_is_withheld(node: Node) -> None:
    desk = Desk("a")
    desk.write_bytes(b"\xff")
    desk.write()
    pushed = node.push(desk)
    assert (pushed.taken, refusals(pushed)) == (1, [("a", 1, Why.UNREADABLE)])
    (waiting,) = node.do(node.logs.quarantine(LOG, 0, 10))
    assert (waiting.why, waiting.words, waiting.fact.payload) == (Why.UNREADABLE, "this is no JSON", b"\xff")
    assert not node.do(node.logs.review(LOG, waiting.fact.id, UPSTREAM))


def test_rights_are_those_of_the_desk_and_of_the_person_named(node: Node) -> None:
    desk = Desk("a")
    desk.write("boss")
    desk.write("boss", by="eve")
    desk.write("member", "eve", roles=["boss"])
    desk.write("boss", by="eve")
    pushed = node.push(desk)
    assert refusals(pushed) == [("a", 1, Why.RIGHT), ("a", 2, Why.RIGHT)]
    assert node.push(Desk("b", ["boss"]), []).taken == 0
    # Judged again by today's rights, the second one is let in.
    again = node.push(desk)
    assert (again.taken, refusals(again)) == (1, [("a", 1, Why.RIGHT)])


def test_who_approved_counts_beside_who_wrote(node: Node) -> None:
    desk = Desk("a")
    desk.write("member", "ann", roles=["clerk"])
    desk.write("member", "eve", roles=["boss"])
    desk.write("boss", by="ann")
    desk.write("boss", by="ann", approved="nobody")
    desk.write("boss", by="ann", approved="eve")
    assert refusals(node.push(desk)) == [("a", 3, Why.RIGHT), ("a", 4, Why.RIGHT)]


def test_the_latest_stamp_says_what_a_member_is(node: Node) -> None:
    desk = Desk("a")
    desk.write("member", "eve", at=100, roles=[])
    desk.write("member", "eve", at=50, roles=["boss"])
    desk.write("boss", by="eve", at=101)
    assert refusals(node.push(desk)) == [("a", 3, Why.RIGHT)]
    node.reopen()
    assert refusals(node.push(desk)) == [("a", 3, Why.RIGHT)]


def test_a_person_lets_a_fact_in(node: Node) -> None:
    desk, boss = Desk("a"), Desk("b", ["boss"])
    fact = desk.write("boss")
    node.push(desk)
    assert not node.do(node.logs.review(LOG, fact.id, desk.by))
    assert node.do(node.logs.review(LOG, fact.id, boss.by, reason="seen it"))
    assert not node.do(node.logs.review(LOG, fact.id, boss.by))
    assert node.do(node.logs.quarantine(LOG, 0, 10)) == []
    assert [found.state for found in node.pull(desk, 1).facts] == [State.WHOLE]


def test_a_revoked_desk_hands_in_what_it_holds(node: Node) -> None:
    desk = written(2)
    pushed = node.push(desk, by=desk.revoked())
    assert (pushed.taken, pushed.heads) == (0, {"a": 2})
    assert {refusal.why for refusal in pushed.refused} == {Why.REVOKED}
    # Only a person lets them in.
    assert len(node.push(desk).refused) == 2
    assert node.do(node.logs.review(LOG, desk.facts[0].id, Desk("b").by))


def test_a_withheld_fact_of_the_node_above_is_released_when_it_comes_whole(node: Node) -> None:
    desk = written(2)
    bare = changed(desk.facts[0], payload=b"", salt=b"", state=int(State.WITHHELD))
    assert node.push(desk, [bare, desk.facts[1]], by=UPSTREAM).taken == 2
    assert node.pull(desk).facts[0].state == State.WITHHELD
    assert node.push(desk, [bare], by=UPSTREAM).known == 1
    assert node.push(desk, desk.facts[:1], by=UPSTREAM).taken == 1
    assert [fact.state for fact in node.pull(desk, 2).facts] == [State.WHOLE]


def test_what_the_node_above_judged_is_not_judged_again(node: Node) -> None:
    desk = Desk("a")
    desk.write("boss")
    assert node.push(desk, by=UPSTREAM).taken == 1


def test_a_redacted_fact_of_another_desk_waits_for_a_person(node: Node) -> None:
    gone, helper = Desk("gone"), Desk("helper")
    gone.write(name="Ann")
    node.know(gone)
    bare = changed(gone.facts[0], payload=b"{}", salt=b"", state=int(State.REDACTED))
    pushed = node.push(helper, [bare], heads=[gone.signed()])
    assert refusals(pushed) == [("gone", 1, Why.PAYLOAD)]
    assert node.do(node.logs.review(LOG, bare.id, helper.by))


@pytest.mark.parametrize("erased_first", [True, False])
def test_a_fact_that_an_erasure_explains_needs_no_person(node: Node, erased_first: bool) -> None:
    """As after a restore, where a desk hands in what a desk that is gone had written."""
    gone, helper = Desk("gone"), Desk("helper", ("organizer",))
    gone.write(subject="guest", name="Ann", seat=1)
    node.know(gone)
    helper.write("erase", whose=["guest"])
    bare = changed(gone.facts[0], payload=b'{"seat": 1}', salt=b"", state=int(State.REDACTED))
    if erased_first:
        node.push(helper)
    pushed = node.push(helper, [bare], heads=[gone.signed()])
    if erased_first:
        assert pushed.refused == []
    else:
        assert refusals(pushed) == [("gone", 1, Why.PAYLOAD)]
        assert node.push(helper).refused == []
    newest = [fact for fact in node.pull(helper).facts if fact.desk == "gone"][-1]
    assert (newest.state, newest.payload) == (State.REDACTED, b'{"seat": 1}')
    assert node.do(node.logs.quarantine(LOG, 0, 10)) == []


def test_records_are_those_of_one_desk(node: Node) -> None:
    desk = Desk("a")
    desk.write("boss")
    desk.write()
    node.push(desk)
    first, second = node.do(node.logs.records(LOG, "a", 0, 10))
    assert (first.payload, first.redacted) == (b"", State.WITHHELD)
    assert (second.seq, second.payload, second.redacted) == (2, b"{}", 0)
    assert [record.seq for record in node.do(node.logs.records(LOG, "a", 1, 10))] == [2]
