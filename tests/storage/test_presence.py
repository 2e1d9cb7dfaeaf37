"""Conflicts and true occupancy: right after each merge, undo and exit, whatever came first."""

import pytest

from eventdesk.domain.conflicts import conflict_id
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.occupancy import Occupancy
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync.chain import Record
from tests.storage.conftest import OpenStore
from tests.storage.made import LIST, LOG, entry, guests, leaving, setup, ticket, undoing


@pytest.fixture
def doors(open_store: OpenStore) -> tuple[Store, Store]:
    """Two doors that know the same guests and can't talk."""
    one, other = open_store("one.db", "one"), open_store("other.db", "other")
    with one.transaction() as tx:
        tx.append(LOG, [*setup(), *guests(3), Draft(Kind.GATE_DEFINED, "north", {"area": "hall"})])
    deliver(one, other)
    return one, other


def written(store: Store) -> list[Record]:
    with store.reader() as reader:
        return [one for desk in reader.heads(LOG) for one in reader.unsent(LOG, desk, 0, 1000)]


def deliver(source: Store, into: Store) -> list[str]:
    """The conflicts that the delivery showed."""
    with into.transaction() as tx:
        return [found.conflict.id for found in tx.receive(written(source)).conflicts]


def write(store: Store, *drafts: Draft) -> list[str]:
    with store.transaction() as tx:
        return [fact.id for fact in tx.append(LOG, drafts)]


def open_conflicts(store: Store) -> list[str]:
    with store.reader() as reader:
        assert reader.conflict_count(LOG) == len(reader.conflicts(LOG))
        return [one.id for one in reader.conflicts(LOG)]


def test_a_double_admission_shows_at_both_doors_once(doors: tuple[Store, Store]) -> None:
    one, other = doors
    [first] = write(one, entry("t0", gate="north"))
    [second] = write(other, entry("t0", gate="south"))
    wanted = [conflict_id(LIST, first, second)]
    assert deliver(one, other) == wanted
    assert deliver(other, one) == wanted
    assert deliver(other, one) == []
    assert open_conflicts(one) == open_conflicts(other) == wanted
    with one.reader() as reader:
        [conflict] = reader.conflicts(LOG)
        assert {conflict.first.gate, conflict.second.gate} == {"north", "south"}
        assert reader.occupancy(LOG).people == 1
    assert verify(one) == []


def test_a_word_settles_it_at_every_door(doors: tuple[Store, Store]) -> None:
    one, other = doors
    write(one, entry("t0"))
    write(other, entry("t0"))
    [conflict] = deliver(one, other)
    write(other, Draft(Kind.CONFLICT_SETTLED, "t0", {"conflict": conflict, "word": "twins", "by": "s1"}))
    deliver(other, one)
    for store in doors:
        assert open_conflicts(store) == []
        with store.reader() as reader:
            [settled] = reader.conflicts(LOG, settled=True)
        assert (settled.id, settled.word, settled.settled_by) == (conflict, "twins", "s1")
        assert verify(store) == []


def test_an_undo_an_exit_between_or_a_list_that_admits_often_end_it(doors: tuple[Store, Store]) -> None:
    one, other = doors
    [first] = write(one, entry("t0"))
    write(one, entry("t1"), entry("t2"))
    write(other, entry("t0"), entry("t1"), entry("t2"))
    deliver(one, other)
    assert len(open_conflicts(other)) == 3
    write(one, undoing("t0", first), leaving("t1"))
    deliver(one, other)
    assert len(open_conflicts(other)) == 2, "an exit after both entries does not stand between them"
    write(one, Draft(Kind.LIST_DEFINED, LIST, {"allow_multiple_entries": True}))
    deliver(one, other)
    assert open_conflicts(other) == []
    write(one, Draft(Kind.LIST_DEFINED, LIST, {"allow_multiple_entries": False}))
    deliver(one, other)
    assert len(open_conflicts(other)) == 2
    assert verify(other) == []


def test_a_forced_entry_conflicts_with_nothing(doors: tuple[Store, Store]) -> None:
    one, other = doors
    write(one, entry("t0"))
    write(other, entry("t0", forced=True))
    assert deliver(one, other) == []


def test_people_are_counted_once_by_gate_area_and_in_all(doors: tuple[Store, Store]) -> None:
    one, _ = doors
    write(one, ticket("dinner", "o1", addon_to="t1", product="dinner"))
    write(one, entry("t0", gate="north"), entry("t1", gate="north"))
    write(one, Draft(Kind.ADMITTED, "dinner", {"list": "dinner-door", "at": "2026-06-10T20:00:00Z"}))
    with one.reader() as reader:
        found = reader.occupancy(LOG)
        assert reader.figures(LOG, LIST).inside == 2
    assert found == Occupancy(2, {LIST: 2, "dinner-door": 1}, {"": 1, "north": 1}, {"": 1, "hall": 1})
    write(one, leaving("t0"))
    with one.reader() as reader:
        assert reader.occupancy(LOG) == Occupancy(1, {LIST: 1, "dinner-door": 1}, {"": 1}, {"": 1})
    assert verify(one) == []


def test_passes_that_come_before_their_ticket_move_to_the_person(doors: tuple[Store, Store]) -> None:
    one, other = doors
    write(one, entry("addon"), entry("t1", gate="north"))
    with one.reader() as reader:
        assert reader.occupancy(LOG).people == 2
    write(one, ticket("addon", "o1", addon_to="t1"))
    with one.reader() as reader:
        assert reader.occupancy(LOG) == Occupancy(1, {LIST: 1}, {"north": 1}, {"hall": 1})
    deliver(one, other)
    assert verify(one) == verify(other) == []


def test_what_was_taken_from_a_quota_is_told_by_desk(doors: tuple[Store, Store]) -> None:
    one, other = doors
    write(one, Draft(Kind.QUOTA_DEFINED, "q", {"name": "Seats", "size": 10}))
    write(one, Draft(Kind.QUOTA_USED, "q", {"number": 4}), Draft(Kind.QUOTA_FREED, "q", {"number": 1}))
    write(other, Draft(Kind.QUOTA_USED, "q", {"number": 2}))
    deliver(one, other)
    deliver(one, other)
    with other.reader() as reader:
        [state] = reader.quotas(LOG)
    assert (state.quota.size, state.used, state.by_desk) == (10, 5, {"one": 3, "other": 2})
    assert verify(other) == []
