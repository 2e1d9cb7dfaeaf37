"""The index keeps step with what is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.bench.filling import LOG, fill
from eventdesk.bench.guests import made_guests
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.search import index
from eventdesk.storage.store import Store
from tests.storage.searching import KEY, names, order, store_of_people, ticket


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_of_people(tmp_path) as store:
        yield store


def test_a_walk_in_is_found_at_once_with_a_typing_error_too(store: Store) -> None:
    assert names(store, "xylander") == []
    with store.transaction() as tx:
        tx.append(LOG, [order(90), ticket(90, "Quirin Xylander")])
    assert names(store, "xylander") == ["Quirin Xylander"]
    assert names(store, "xylandre") == ["Quirin Xylander"]
    assert names(store, "lander") == ["Quirin Xylander"]


def test_a_changed_name_is_found_and_the_old_one_is_not(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.TICKET_CHANGED, "t16", {"name": "Thomas Quitzow"})])
    assert names(store, "quitzow") == ["Thomas Quitzow"]
    assert "Thomas Quitzow" not in names(store, "thomas becker")


def test_a_ticket_without_a_name_is_found_by_its_order(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(LOG, [order(91, name="Berta Vischer", email="b@vischer.example"), ticket(91, "")])
    assert names(store, "vischer berta") == ["Berta Vischer"]
    with store.transaction() as tx:
        tx.append(LOG, [Draft(Kind.ORDER_CHANGED, "o91", {"name": "Berta Wyss"})])
    assert names(store, "wyss") == ["Berta Wyss"]


def test_an_import_is_found_by_a_reader_that_has_searched_before(tmp_path: Path) -> None:
    with Store.open(tmp_path / "desk.db", KEY, "desk") as store:
        fill(store, made_guests(500, seed=1))
        assert names(store, "wolkenstein") == []
        with store.transaction() as tx:
            many = [draft for n in range(3000) for draft in (order(n), ticket(n, f"Oskar Wolken{n:04}stein"))]
            tx.append_bulk(LOG, many, lambda done: None)
        assert names(store, "wolken0077stein")[0] == "Oskar Wolken0077stein"
        assert names(store, "oskar wolkne0077stein")[0] == "Oskar Wolken0077stein"


def add_and_give_up(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(LOG, [order(92), ticket(92, "Ottokar Nimmerda")])
        raise InterruptedError


def test_what_was_undone_is_not_found(store: Store) -> None:
    with pytest.raises(InterruptedError):
        add_and_give_up(store)
    assert names(store, "nimmerda") == []


def test_the_index_can_be_made_anew(store: Store) -> None:
    before = names(store, "mu")
    with store.transaction() as tx:
        index.rebuild(tx._connection)
    assert names(store, "mu") == before
    assert names(store, "settled") == []
    assert names(store, "Mikkel Soresnen") == ["Mikkel Sørensen"]


def test_a_removed_guest_is_not_found(store: Store) -> None:
    with store.transaction() as tx:
        index.remove(tx._connection.cursor(), [1])
    assert "Anna Müller" not in names(store, "anna muller")


def test_the_words_of_a_removed_guest_leave_the_file(store: Store) -> None:
    with store.transaction() as tx:
        cursor = tx._connection.cursor()
        index.put(cursor, [index.GuestText(5000, LOG, "Quirin Xylander")])
        index.remove(cursor, [5000])
        index.settle(cursor)
        for table, column in (("search_vocabulary", "term"), ("search_fresh", "word")):
            held = f"SELECT count(*) FROM {table} WHERE {column} LIKE '%xylander'"
            assert cursor.execute(held).fetchone() == (0,), table
    assert "Anna Müller" in names(store, "anna müller")
