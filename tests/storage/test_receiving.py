"""Facts of other desks: in their order, once, and only as their desk wrote them."""

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.guests import Figures
from eventdesk.storage import log
from eventdesk.storage.received import Received
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync.chain import Head, Record, new_salt, seal
from sync.wire import State, Why
from tests.storage.conftest import OpenStore
from tests.storage.made import LOG, entry, guests, setup, undoing


def written(store: Store) -> list[Record]:
    with store.reader() as reader:
        return list(log.records(reader._execute))


@pytest.fixture
def facts(open_store: OpenStore) -> list[Record]:
    """What another desk has written: guests, a pass and its undoing."""
    other = open_store("other.db", "desk2")
    with other.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(3)])
        [one, *_] = tx.append(LOG, [entry("t0"), entry("t1")])
        tx.append(LOG, [undoing("t0", one.id)])
    return written(other)


def test_what_another_desk_wrote_is_taken_in_once(store: Store, facts: list[Record]) -> None:
    with store.transaction() as tx:
        assert tx.receive(facts[:9]).new == 9
        assert tx.receive(facts)[:2] == (len(facts) - 9, 9)
        assert tx.receive(facts)[:2] == (0, len(facts))
        assert tx.figures(LOG, "main").inside == 1
        [own] = tx.append(LOG, [entry("t2")])
    assert [one for one in written(store) if one.desk == "desk2"] == facts
    assert own.stamp.text() > max(record.stamp for record in facts)
    assert verify(store) == []


def refusals(received: Received) -> list[tuple[int, Why]]:
    return [(one.record.seq, one.why) for one in received.refused]


def test_a_fact_before_which_one_is_missing_is_refused_and_stops_no_other_desk(
    open_store: OpenStore, store: Store, facts: list[Record]
) -> None:
    with open_store("third.db", "desk3").transaction() as tx:
        tx.append("other", setup("other"))
    others = written(open_store("third.db", "desk3"))
    with store.transaction() as tx:
        received = tx.receive([facts[0], facts[2], *others, facts[3]])
    assert refusals(received) == [(3, Why.GAP), (4, Why.GAP)]
    assert received.new == 1 + len(others)
    with store.transaction() as tx:
        assert tx.receive(facts).new == len(facts) - 1
    assert verify(store) == []


def test_a_payload_that_was_changed_on_the_way_keeps_its_place_until_it_comes_whole(
    store: Store, facts: list[Record]
) -> None:
    order = next(one for one in facts if one.kind == "order_placed")
    damaged = [one._replace(payload=b"{}") if one is order else one for one in facts]
    with store.transaction() as tx:
        received = tx.receive(damaged)
        assert refusals(received) == [(order.seq, Why.PAYLOAD)]
        assert received.new == len(facts)
        assert tx.orders_by_code(LOG, [order.subject.upper()]) == {}
    assert verify(store) == []
    with store.transaction() as tx:
        assert refusals(tx.receive([order._replace(payload=b"{}")])) == [(order.seq, Why.PAYLOAD)]
        assert tx.receive([order]).amended == 1
        assert tx.orders_by_code(LOG, [order.subject.upper()]) != {}
    assert written(store) == facts
    assert verify(store) == []


def test_an_envelope_that_was_changed_on_the_way_is_refused(store: Store, facts: list[Record]) -> None:
    with store.transaction() as tx:
        received = tx.receive([facts[0], facts[1]._replace(subject="day2"), facts[2]])
    assert refusals(received) == [(2, Why.CHAIN), (3, Why.GAP)]
    assert written(store) == [facts[0]]


def test_another_fact_under_a_known_number_or_id_is_refused(store: Store, facts: list[Record]) -> None:
    forged = seal(Head(), "x", LOG, "left", "t1", facts[0].stamp, "desk2", b"{}", new_salt())
    double = seal(Head(), facts[0].id, LOG, "left", "t1", f"{facts[0].stamp[:17]}-d", "d", b"{}", new_salt())
    with store.transaction() as tx:
        tx.receive(facts)
        assert refusals(tx.receive([forged])) == [(1, Why.FORK)]
        assert refusals(tx.receive([double])) == [(1, Why.FORK)]
    assert written(store) == facts


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        "x",
        "0190b6c3f000-0000",
        "0190B6C3F000-0000-d",
        "0x90b6c3f000-0000-d",
        "0190b6c3f000-0000-e",
        "ffffffffffff-ffff-d",
    ],
)
def test_a_malformed_or_absurd_stamp_is_refused_and_moves_no_clock(store: Store, stamp: str) -> None:
    record = seal(Head(), "x", LOG, "left", "t1", stamp, "d", b"{}", new_salt())
    with store.transaction() as tx:
        assert refusals(tx.receive([record])) == [(1, Why.CHAIN)]
        [own] = tx.append(LOG, [undoing("t1", "x")])
    assert own.stamp.wall < 1_900_000_000_000


def test_a_fact_that_comes_whole_twice_after_it_was_withheld_counts_once(
    open_store: OpenStore, store: Store
) -> None:
    with open_store("other.db", "desk2").transaction() as tx:
        tx.append(LOG, [Draft(Kind.QUOTA_DEFINED, "q", {"name": "Seats"})])
        tx.append(LOG, [Draft(Kind.QUOTA_USED, "q", {"number": 3})])
        first, used = tx.unsent(LOG, "desk2", 0, 2)
    with store.transaction() as tx:
        tx.receive([first, used._replace(payload=b"", salt=b"", redacted=State.WITHHELD)])
        assert tx.quotas(LOG)[0].used == 0
        assert tx.receive([used, used, used])[:3] == (0, 2, 1)
        assert tx.quotas(LOG)[0].used == 3
    assert verify(store) == []


def test_a_redaction_from_elsewhere_can_not_change_what_a_fact_has_told(
    store: Store, facts: list[Record]
) -> None:
    passed = next(one for one in facts if one.kind == "admitted" and one.subject == "t1")
    forged = passed._replace(
        payload=b'{"list":"dinner-door","at":"2026-06-10T10:00:00Z"}', salt=b"", redacted=1
    )
    with store.transaction() as tx:
        tx.receive(facts)
        assert tx.receive([forged]).amended == 1
        assert tx.figures(LOG, "main").inside == 1
        assert tx.unsent(LOG, "desk2", passed.seq - 1, 1)[0].payload == passed.payload
    assert verify(store) == []


def test_a_line_break_in_an_envelope_is_refused(store: Store, facts: list[Record]) -> None:
    with store.transaction() as tx:
        assert refusals(tx.receive([facts[0]._replace(id="a\nb")])) == [(1, Why.CHAIN)]


def test_a_kind_from_a_newer_program_is_kept_and_means_nothing(store: Store, facts: list[Record]) -> None:
    head = Head(facts[-1].seq, facts[-1].chain)
    newer = seal(head, "new", LOG, "hologram_shown", "t1", facts[-1].stamp, "desk2", b"[1]", new_salt())
    with store.transaction() as tx:
        assert tx.receive([*facts, newer]).new == len(facts) + 1
        assert tx.figures(LOG, "main").inside == 1
    assert verify(store) == []


def test_an_undo_that_arrives_before_its_pass_annuls_it(open_store: OpenStore, store: Store) -> None:
    door, office = open_store("door.db", "door"), open_store("office.db", "office")
    with door.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(1)])
        [passed] = tx.append(LOG, [entry("t0")])
    with office.transaction() as tx:
        tx.append(LOG, [undoing("t0", passed.id)])
    with store.transaction() as tx:
        assert tx.receive(written(office)).new == 1
        tx.receive(written(door))
        assert tx.admission(LOG, passed.id) is None
        assert tx.figures(LOG, "main") == Figures(0, 0, 1)
    assert verify(store) == []


def test_an_older_change_that_arrives_late_does_not_win(open_store: OpenStore, store: Store) -> None:
    early, late = open_store("early.db", "early"), open_store("late.db", "late")
    with early.transaction() as tx:
        tx.append(LOG, [Draft(Kind.TICKET_CHANGED, "t0", {"name": "Older", "seat": "A1"})])
    with late.transaction() as tx:
        tx.receive(written(early))
        tx.append(LOG, [*setup(), *guests(1), Draft(Kind.TICKET_CHANGED, "t0", {"name": "Newer"})])
    with store.transaction() as tx:
        tx.receive(record for record in written(late) if record.desk == "late")
        tx.receive(written(early))
        found = tx.ticket(LOG, "t0")
    assert found is not None
    assert (found.name, found.seat) == ("Newer", "A1")
    assert verify(store) == []
