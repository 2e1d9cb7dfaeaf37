"""What the index writes, on a database of its own."""

from typing import Any

import pytest

from eventdesk.bench.guests import made_guests
from eventdesk.storage import connecting
from eventdesk.storage.search import index, schema, vocabulary

LOG = "event"


def bulk_loaded(settled: bool) -> Any:
    """A database with the index of 4,000 guests."""
    connection = connecting.connect(":memory:", bytes(32))
    for statement in schema.DDL:
        connection.execute(statement)
    guests = enumerate(made_guests(4000), start=1)
    connection.execute("BEGIN")
    index.put(connection.cursor(), (index.GuestText(n, LOG, one.name, one.email) for n, one in guests))
    if settled:
        index.settle(connection.cursor())
    connection.execute("COMMIT")
    return connection


def most_rows_written(connection: Any, walk_ins: int) -> int:
    """By the dearest of so many walk-ins, each in a transaction of its own."""
    most = 0
    for n in range(walk_ins):
        before = connection.total_changes
        connection.execute("BEGIN")
        index.put(connection.cursor(), [index.GuestText(9000 + n, LOG, f"Walkin Number{n}")])
        connection.execute("COMMIT")
        most = max(most, connection.total_changes - before)
    return most


def test_no_walk_in_waits_for_a_merge_with_a_bulk_load() -> None:
    assert most_rows_written(bulk_loaded(settled=False), 200) > 200
    assert most_rows_written(bulk_loaded(settled=True), 200) < 100


def holds(connection: Any, letters: bytes) -> bool:
    """What was deleted is found no more, and lies on in the index's pages."""
    blocks = connection.execute("SELECT block FROM search_words_data").fetchall()
    return any(letters in bytes(block) for (block,) in blocks)


def test_words_are_forgotten_step_by_step_and_no_walk_in_waits_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index, "MERGED_PAGES", 8)
    connection, rows = bulk_loaded(settled=False), list[int]()
    index.put(connection.cursor(), [index.GuestText(9000, LOG, "Quirin Xylander")])
    index.settle(connection.cursor())
    index.remove(connection.cursor(), [9000])
    assert holds(connection, b"ylander")
    goes_on = True
    while goes_on:
        before = connection.total_changes
        goes_on = index.forget_some_words(connection.cursor(), LOG)
        rows.append(connection.total_changes - before)
        if len(rows) == 5:  # somebody comes in between
            index.put(connection.cursor(), [index.GuestText(9001, LOG, "Wim Ypsilon")])
    assert not holds(connection, b"ylander")
    assert len(rows) > 10
    assert sum(number > 50 for number in rows) <= 1, "but for the one that lets the old pages go"
    assert connection.execute("SELECT generation FROM search_logs").fetchone() == (3,)
    assert most_rows_written(connection, 200) < 100


def test_a_few_guests_tell_their_words_and_many_have_all_read_anew() -> None:
    connection = bulk_loaded(settled=False)
    generation = "SELECT generation FROM search_logs"
    fresh = "SELECT count(*) FROM search_fresh"
    assert connection.execute(generation).fetchone() == (1,)
    assert connection.execute(fresh).fetchone() == (0,)
    index.put(connection.cursor(), [index.GuestText(9000, LOG, "Quirin Xylander")])
    assert connection.execute(generation).fetchone() == (1,)
    assert connection.execute(fresh).fetchone() == (2,)


def test_the_vocabulary_comes_sorted_and_holds_names_alone() -> None:
    connection = bulk_loaded(settled=True)
    words = vocabulary.load(connection, index.marks_of(1)).beginning("", 100_000)
    assert words == sorted(set(words))
    assert "anna" in words
    assert "gmail" not in words


def test_events_beyond_what_the_marks_can_tell_apart_are_refused() -> None:
    assert len(set(index.marks_of(30_000)) | set(index.marks_of(30_001))) == 4
    with pytest.raises(ValueError, match="40000"):
        index.marks_of(40_000)
