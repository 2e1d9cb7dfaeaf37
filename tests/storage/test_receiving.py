"""Facts of other desks: in their order, once, and only as their desk wrote them."""

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.guests import Figures
from eventdesk.errors import BadInput
from eventdesk.storage import log
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync.chain import Head, Record, new_salt, seal
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
        assert tx.receive(facts[:9]) == 9
        assert tx.receive(facts) == len(facts) - 9
        assert tx.receive(facts) == 0
        assert tx.figures(LOG, "main").inside == 1
        [own] = tx.append(LOG, [entry("t2")])
    assert [one for one in written(store) if one.desk == "desk2"] == facts
    assert own.stamp.text() > max(record.stamp for record in facts)
    assert verify(store) == []


def refused(store: Store, facts: list[Record], words: str) -> None:
    with pytest.raises(BadInput, match=words), store.transaction() as tx:
        tx.receive(facts)
    assert written(store) == []


def test_a_fact_before_which_one_is_missing_is_refused(store: Store, facts: list[Record]) -> None:
    refused(store, [facts[0], facts[2]], "missing")


def test_a_fact_that_was_changed_on_the_way_is_refused(store: Store, facts: list[Record]) -> None:
    refused(store, [facts[0], facts[1]._replace(payload=b"{}")], "tampered")


def test_another_fact_under_a_known_number_is_refused(store: Store, facts: list[Record]) -> None:
    with store.transaction() as tx:
        tx.receive(facts)
    forged = seal(Head(), "x", LOG, "left", "t1", facts[0].stamp, "desk2", b"{}", new_salt())
    with pytest.raises(BadInput, match="another fact"), store.transaction() as tx:
        tx.receive([forged])


def test_a_kind_from_a_newer_program_is_kept_and_means_nothing(store: Store, facts: list[Record]) -> None:
    head = Head(facts[-1].seq, facts[-1].chain)
    newer = seal(head, "new", LOG, "hologram_shown", "t1", facts[-1].stamp, "desk2", b"[1]", new_salt())
    with store.transaction() as tx:
        assert tx.receive([*facts, newer]) == len(facts) + 1
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
        assert tx.receive(written(office)) == 1
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
