"""Facts go up and come down whatever is lost, repeated or restored on the way."""

from typing import cast

import pytest

from sync import wire
from sync.chain import head_of, seal
from sync.client.exchange import pull_some, push_all
from sync.client.port import Upstream
from sync.errors import Refused, Unreachable
from tests.replication.client.memory import DeskStore, MemoryNode

LOG = "log1"


class Lossy:
    """Loses each second request, or each second answer after the work was done."""

    def __init__(self, node: MemoryNode, *, answers: bool) -> None:
        self._node = node
        self._answers = answers
        self._count = 0

    def __getattr__(self, name: str) -> object:
        def call(*words: object) -> object:
            self._count += 1
            lost = self._count % 2 == 1
            if lost and not self._answers:
                raise Unreachable("lost")
            told = getattr(self._node, name)(*words)
            if lost:
                raise Unreachable("lost")
            return told

        return call


def upstream(node: object) -> Upstream:
    return cast(Upstream, node)


def total(node: MemoryNode) -> int:
    return len(node.arrived.get(LOG, []))


def test_a_chain_goes_up_in_batches_and_only_once() -> None:
    desk, node = DeskStore(), MemoryNode()
    desk.write(LOG, 2500)
    sent = push_all(desk, upstream(node), LOG, desks=["d1"], since={})
    assert (sent.taken, sent.heads, sent.stopped) == (2500, {"d1": 2500}, {})
    assert [len(push.facts) for push in node.pushes] == [1000, 1000, 500]
    assert desk.known == {LOG: {"d1": 2500}}
    again = push_all(desk, upstream(node), LOG, desks=["d1"], since=sent.heads)
    assert again.taken == 0
    assert len(node.pushes) == 3


def test_each_batch_is_signed_at_its_end() -> None:
    desk, node = DeskStore(), MemoryNode()
    desk.write(LOG, 1500)
    push_all(desk, upstream(node), LOG)
    assert [push.heads[0].seq for push in node.pushes] == [1000, 1500]


def test_batches_keep_to_their_bytes() -> None:
    desk, node = DeskStore(), MemoryNode()
    desk.write(LOG, 30, b"x" * (1 << 20))
    push_all(desk, upstream(node), LOG)
    assert total(node) == 30
    assert all(sum(len(fact.payload) for fact in push.facts) < wire.MOST_BYTES for push in node.pushes)


@pytest.mark.parametrize("answers", [True, False])
def test_lost_requests_and_lost_answers_do_no_harm(answers: bool) -> None:
    desk, node = DeskStore(), MemoryNode()
    desk.write(LOG, 4500)
    lossy = upstream(Lossy(node, answers=answers))
    for _ in range(20):
        try:
            push_all(desk, lossy, LOG, since=desk.known.get(LOG, {}))
        except Unreachable:
            continue
        break
    assert [record.seq for record in node.arrived[LOG]] == list(range(1, 4501))


def test_a_gap_is_filled_from_where_the_upstream_says() -> None:
    desk, node = DeskStore(), MemoryNode()
    desk.write(LOG, 10)
    sent = push_all(desk, upstream(node), LOG, since={"d1": 7})
    assert sent.heads == {"d1": 10}
    assert not sent.stopped
    assert total(node) == 10


def test_a_refused_fact_keeps_its_place_and_the_rest_goes_up() -> None:
    desk, node = DeskStore(), MemoryNode(bad={f"{LOG}-d1-3"})
    desk.write(LOG, 10)
    sent = push_all(desk, upstream(node), LOG)
    assert [(refusal.seq, refusal.why) for refusal in sent.refused] == [(3, "right")]
    assert sent.heads == {"d1": 10}
    assert not sent.stopped


def test_a_fork_stops_that_chain_alone() -> None:
    desk, node = DeskStore(), MemoryNode()
    twin, other = DeskStore(), DeskStore("d2")
    for store in (desk, twin, other):
        store.write(LOG, 5)
    push_all(twin, upstream(node), LOG)
    desk.logs[LOG]["d2"] = other.logs[LOG]["d2"]
    desk.write(LOG, 1)
    sent = push_all(desk, upstream(node), LOG, since={}, hub=True)
    assert sent.stopped == {"d1": "fork"}
    assert node.heads(LOG).heads == {"d1": 5, "d2": 5}


def test_an_upstream_that_never_goes_on_is_left_in_peace() -> None:
    class Stubborn(MemoryNode):
        def push(self, log: str, push: wire.Push) -> wire.Pushed:
            self.pushes.append(push)
            return wire.Pushed("e1", 0, 0, [], {"d1": len(self.pushes) % 2}, 1)

    desk, node = DeskStore(), Stubborn()
    desk.write(LOG, 10)
    sent = push_all(desk, upstream(node), LOG, since={"d1": 5})
    assert "d1" in sent.stopped
    assert len(node.pushes) < 20


def test_too_large_for_a_proxy_means_smaller_batches() -> None:
    class Narrow(MemoryNode):
        def push(self, log: str, push: wire.Push) -> wire.Pushed:
            if len(push.facts) > 100:
                raise Refused("too large", status=413)
            return super().push(log, push)

    desk, node = DeskStore(), Narrow()
    desk.write(LOG, 1000)
    assert push_all(desk, upstream(node), LOG).heads == {"d1": 1000}
    assert max(len(push.facts) for push in node.pushes) <= 100


def test_one_fact_that_is_too_large_is_said_and_not_tried_for_ever() -> None:
    class Closed(MemoryNode):
        def push(self, log: str, push: wire.Push) -> wire.Pushed:
            self.pushes.append(push)
            raise Refused("too large", status=413)

    desk, node = DeskStore(), Closed()
    desk.write(LOG, 3)
    with pytest.raises(Refused):
        push_all(desk, upstream(node), LOG)
    assert len(node.pushes) <= 3


def test_what_comes_down_goes_on_from_its_cursor() -> None:
    writer, node, reader = DeskStore("d2"), MemoryNode(), DeskStore()
    writer.write(LOG, 2500)
    push_all(writer, upstream(node), LOG)
    sizes = []
    while (took := pull_some(reader, upstream(node), logs=[LOG])).facts:
        sizes.append(took.facts)
    assert sizes == [1000, 1000, 500]
    assert reader.logs == writer.logs
    assert reader.kept == {LOG: 2500}


def test_a_restored_upstream_is_given_again_what_it_lost_of_every_desk() -> None:
    """The desk that wrote the facts is gone; who holds them with its signed head hands them on."""
    gone, node, desk = DeskStore("d2"), MemoryNode(), DeskStore()
    gone.write(LOG, 5)
    push_all(gone, upstream(node), LOG)
    gone.write(LOG, 5)
    push_all(gone, upstream(node), LOG)
    desk.write(LOG, 3)
    push_all(desk, upstream(node), LOG)
    pull_some(desk, upstream(node), logs=[LOG])
    node.restore("e2", LOG, 6)
    took = pull_some(desk, upstream(node))
    assert took.renewed
    assert push_all(desk, upstream(node), LOG).stopped == {}
    assert node.heads(LOG).heads == {"d1": 3, "d2": 10}
    while pull_some(desk, upstream(node)).facts:
        pass
    assert not pull_some(desk, upstream(node)).renewed
    assert desk.kept == {LOG: 13}


def test_another_desks_facts_go_up_to_its_signed_head_and_no_further() -> None:
    other, node, desk = DeskStore("d2"), MemoryNode(), DeskStore()
    other.write(LOG, 8)
    desk.logs[LOG] = {"d2": other.logs[LOG]["d2"]}
    assert push_all(desk, upstream(node), LOG).stopped == {"d2": "unsigned"}
    head = other.logs[LOG]["d2"][4]
    desk.signed[(LOG, "d2")] = other.pair.signed_head(LOG, "d2", head_of(head))
    push_all(desk, upstream(node), LOG)
    assert node.heads(LOG).heads == {"d2": 5}


def test_a_desk_that_was_restored_is_told_that_its_upstream_knows_more() -> None:
    desk, node = DeskStore(), MemoryNode()
    desk.write(LOG, 10)
    push_all(desk, upstream(node), LOG)
    del desk.logs[LOG]["d1"][6:]
    sent = push_all(desk, upstream(node), LOG)
    assert sent.ahead == {"d1": 10}


def test_stopping_ends_between_two_batches() -> None:
    desk, node = DeskStore(), MemoryNode()
    desk.write(LOG, 5000)
    push_all(desk, upstream(node), LOG, stop=lambda: total(node) >= 2000)
    assert total(node) == 2000


def test_a_chain_with_a_tampered_fact_is_not_taken() -> None:
    desk, node = DeskStore(), MemoryNode()
    desk.write(LOG, 5)
    chain = desk.logs[LOG]["d1"]
    forged = seal(head_of(chain[1]), "x", LOG, "noted", "s1", "s", "d1", b"other", bytes(16))
    chain[2] = forged
    sent = push_all(desk, upstream(node), LOG)
    assert sent.heads == {"d1": 3}
    assert sent.stopped == {"d1": "chain"}


def test_a_new_epoch_with_more_logs_than_one_answer_holds_starts_none_of_them_anew() -> None:
    class Tight(MemoryNode):
        """One log an answer."""

        def pull(self, pull: wire.Pull) -> wire.Pulled:
            pulled = super().pull(pull)
            pages = dict(sorted(pulled.pages.items())[:1])
            return wire.Pulled(pulled.epoch, pages, pulled.logs, 1)

    desk, node, logs = DeskStore(), Tight(), ["a", "b", "c"]
    for log in logs:
        desk.write(log, 4)
        push_all(desk, upstream(node), log)
    for _ in logs:
        pull_some(desk, upstream(node), logs=logs)
    assert desk.kept == dict.fromkeys(logs, 4)
    node.restore("e2", "b", 2)
    assert pull_some(desk, upstream(node)).renewed
    assert desk.kept == {"a": 4, "b": 2, "c": 4}


def test_a_crash_in_the_middle_of_a_new_epoch_loses_nothing() -> None:
    """The first page was kept, the second not: its cursor of the old epoch must not be trusted."""

    class Crashing(DeskStore):
        def take(self, log: str, epoch: str, page: wire.Page) -> None:
            if epoch == "e2" and log == "b" and not self.answers:
                raise Unreachable("crashed")
            super().take(log, epoch, page)

    writer, desk, node = DeskStore("d2"), Crashing(), MemoryNode()
    for log in ("a", "b"):
        writer.write(log, 4)
        push_all(writer, upstream(node), log)
    while pull_some(desk, upstream(node), logs=["a", "b"]).facts:
        pass
    node.restore("e2", "b", 2)
    with pytest.raises(Unreachable):
        pull_some(desk, upstream(node))
    assert desk.kept["b"] == 0
