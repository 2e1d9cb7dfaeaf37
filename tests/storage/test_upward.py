"""The outbox and the line upward: what waits follows from numbers, and no answer takes anything away."""

import pytest

from eventdesk.domain.facts import Kind
from eventdesk.storage import upward
from eventdesk.storage.received import chunks
from eventdesk.storage.store import Store
from eventdesk.storage.upward import Backlog, Line
from sync.chain import Head, head_of
from sync.wire import Refusal, SignedHead, Why
from tests.storage.conftest import OpenStore
from tests.storage.made import LOG, entry, guests, setup

NODE = "centre"
OWN = len(setup()) + 4


@pytest.fixture
def desk(event: Store) -> Store:
    with event.transaction() as tx:
        tx.append(LOG, list(guests(2)))
    return event


def refusal(desk: Store, seq: int) -> Refusal:
    with desk.reader() as reader:
        [record] = reader.unsent(LOG, "desk1", seq - 1, 1)
    return Refusal(record.id, "desk1", seq, Why.RIGHT, "this desk may not")


def test_what_follows_the_acknowledged_number_waits(desk: Store) -> None:
    with desk.transaction() as tx:
        assert tx.backlog("") == tx.backlog(NODE) == Backlog(OWN, 0)
        tx.put_acked(LOG, NODE, OWN - 3)
        assert tx.backlog(NODE) == Backlog(3, 0)
        assert [one.seq for one in tx.unsent(LOG, "desk1", OWN - 3, 2)] == [OWN - 2, OWN - 1]
        tx.put_acked(LOG, NODE, OWN)
        assert tx.outbox(NODE) == upward.Outbox([], 0)
        tx.put_acked(LOG, NODE, 1)  # the node was restored from an older backup
        assert tx.backlog(NODE) == Backlog(OWN - 1, 0)


def test_the_facts_of_others_do_not_wait(desk: Store, open_store: OpenStore) -> None:
    with open_store("other.db", "desk2").transaction() as tx:
        tx.append(LOG, [entry("t0")])
        theirs = tx.unsent(LOG, "desk2", 0, 10)
    with desk.transaction() as tx:
        tx.receive(theirs)
        assert tx.backlog(NODE).waiting == OWN
        assert tx.heads(LOG) == {"desk1": tx.heads(LOG)["desk1"], "desk2": head_of(theirs[0])}
        assert tx.logs() == [LOG]


def test_a_refused_fact_stays_with_its_reason_its_tries_and_since_when(desk: Store) -> None:
    refused = refusal(desk, OWN)
    with desk.transaction() as tx:
        tx.put_acked(LOG, NODE, OWN)
        tx.put_refusals(LOG, [refused], 1_000)
        tx.put_refusals(LOG, [refused], 9_000)
        assert tx.backlog(NODE) == Backlog(0, 1)
        [item] = tx.outbox(NODE).items
    assert (item.fact, item.kind, item.subject) == (refused.id, Kind.TICKET_ISSUED, "t1")
    assert (item.why, item.answer, item.tries) == (Why.RIGHT, "this desk may not", 2)
    assert item.tried_at == upward.at_ms(9_000)
    assert item.since.year == 2027


def test_a_refused_fact_of_a_node_that_lost_it_is_one_item(desk: Store) -> None:
    with desk.transaction() as tx:
        tx.put_refusals(LOG, [refusal(desk, OWN)], 1_000)
        outbox = tx.outbox(NODE, limit=3)
        assert (len(outbox.items), outbox.total) == (3, OWN)
        assert [one.seq for one in tx.outbox(NODE).items] == list(range(1, OWN + 1))


def test_a_refusal_ends_when_the_fact_comes_back_whole(desk: Store) -> None:
    with desk.transaction() as tx:
        [own] = tx.unsent(LOG, "desk1", OWN - 1, 1)
        tx.put_refusals(LOG, [refusal(desk, OWN), refusal(desk, OWN - 1)], 1_000)
        assert tx.receive([own._replace(payload=b"", salt=b"", redacted=2)]).known == 1
        assert tx.backlog(NODE).refused == 2
        assert tx.receive([own]).known == 1
        assert tx.backlog(NODE).refused == 1
        assert tx.clear_refusals([refusal(desk, OWN - 1).id]) == 1
        assert tx.backlog(NODE).refused == 0
        assert tx.unsent(LOG, "desk1", OWN - 1, 1) == [own]


def test_tries_are_counted_until_one_succeeds(desk: Store) -> None:
    with desk.transaction() as tx:
        tx.note_attempt(LOG, 5_000, "no answer")
        tx.note_attempt(LOG, 7_000, "the node failed")
        first = tx.outbox(NODE).items[0]
        assert (first.tries, first.answer, first.tried_at) == (2, "the node failed", upward.at_ms(7_000))
        tx.put_acked(LOG, NODE, 1)
        assert {(one.tries, one.tried_at) for one in tx.outbox(NODE).items} == {(0, None)}


def test_each_node_has_a_line_of_its_own(desk: Store) -> None:
    with desk.transaction() as tx:
        tx.put_cursor(LOG, NODE, "e1", 17, 1_000)
        tx.put_acked(LOG, NODE, 3)
        tx.put_acked(LOG, "hub", 5)
        tx.put_cursor(LOG, "hub", "h1", 4, 2_000)
    with desk.reader() as reader:
        assert reader.line(LOG, NODE) == Line(LOG, NODE, "e1", 17, 3, 1_000)
        assert reader.lines("hub") == [Line(LOG, "hub", "h1", 4, 5, 2_000)]
        assert reader.line(LOG, "elsewhere") is None


def test_received_facts_and_their_cursor_are_kept_together_or_not_at_all(
    desk: Store, open_store: OpenStore
) -> None:
    with open_store("other.db", "desk2").transaction() as tx:
        tx.append(LOG, [entry("t0")])
        theirs = tx.unsent(LOG, "desk2", 0, 10)

    def cut_off() -> None:
        with desk.transaction() as tx:
            tx.receive(theirs)
            tx.put_cursor(LOG, NODE, "e1", 1, 1_000)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cut_off()
    with desk.reader() as reader:
        assert reader.line(LOG, NODE) is None
        assert "desk2" not in reader.heads(LOG)


def test_signed_heads_are_thinned_out_but_one_lies_in_every_batch(desk: Store) -> None:
    with desk.transaction() as tx:
        for seq in range(1, 5_001, 7):
            tx.put_signed_heads(LOG, [SignedHead("x", seq, seq.to_bytes(32, "big"), b"s" * 64)])
        number = tx._execute("SELECT count(*) FROM signed_heads").fetchone()[0]
        assert number < 30
        for after in range(0, 4_000, 13):
            head = tx.signed_head(LOG, "x", after + 1_000)
            assert head is not None
            assert after < head.seq <= after + 1_000
            assert head.chain == head.seq.to_bytes(32, "big")
        last = tx.signed_head(LOG, "x")
        assert last is not None
        assert last.seq == 4_999
        assert tx.signed_head(LOG, "y") is None


def test_a_delivery_in_parts_is_the_whole_delivery(desk: Store, open_store: OpenStore) -> None:
    with desk.reader() as reader:
        records = reader.unsent(LOG, "desk1", 0, 100)
    other = open_store("other.db", "desk2")
    for part in chunks(records, 4):
        with other.transaction() as tx:
            assert tx.receive(part).new == len(part)
    with other.reader() as reader:
        assert reader.unsent(LOG, "desk1", 0, 100) == records
        assert reader.heads(LOG) == {"desk1": Head(OWN, records[-1].chain)}
