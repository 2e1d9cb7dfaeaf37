"""Entries by desk and time: the right ones, and quickly."""

from datetime import UTC, datetime, timedelta

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.stamps import Stamp
from eventdesk.storage.reading.flow import SELECT_STAMPS
from eventdesk.storage.store import Store

NOW = datetime(2026, 6, 10, 18, 0, tzinfo=UTC)
INSERT = """
    INSERT INTO admissions (
        log, ticket, stamp, id, desk, direction, list, at, gate, nonce, forced, confirmed
    ) VALUES ('gala', ?, ?, ?, ?, ?, ?, '', '', '', 0, 1)
"""
BEGIN, END = datetime.fromtimestamp(0, UTC), datetime(2100, 1, 1, tzinfo=UTC)


def put(store: Store, ticket: str, at: datetime, desk: str, to: str = "main", way: str = "entry") -> None:
    stamp = Stamp(round(at.timestamp() * 1000), 0, desk).text()
    with store.transaction() as tx:
        tx._execute(INSERT, (ticket, stamp, f"{ticket}{at}", desk, way, to))


def test_entries_of_the_list_by_desk(store: Store) -> None:
    for place in range(3):
        put(store, f"t{place}", NOW + timedelta(seconds=4 * place), "desk-a")
    put(store, "t9", NOW + timedelta(seconds=5), "b")
    put(store, "t1", NOW + timedelta(seconds=60), "b", way="exit")
    put(store, "t8", NOW, "b", "back")
    put(store, "t7", NOW - timedelta(seconds=1), "b")
    put(store, "t6", NOW + timedelta(minutes=5), "b")
    with store.reader() as reader:
        found = reader.entry_times("gala", "main", NOW, NOW + timedelta(minutes=5))
    begin = NOW.timestamp()
    assert found == {"desk-a": [begin, begin + 4, begin + 8], "b": [begin + 5]}


def test_an_admission_that_is_undone_is_none(store: Store) -> None:
    admitted = Draft(Kind.ADMITTED, "t1", {"list": "main", "at": "2026-06-10T18:00:00Z"})
    with store.transaction() as tx:
        tx.append("gala", [admitted])
    with store.reader() as reader:
        assert len(reader.entry_times("gala", "main", BEGIN, END)["desk1"]) == 1
    undone = Draft(Kind.ADMISSION_UNDONE, "t1", {"admission": admitted.id, "reason": "slip"})
    with store.transaction() as tx:
        tx.append("gala", [undone])
    with store.reader() as reader:
        assert reader.entry_times("gala", "main", BEGIN, END) == {}


def test_the_index_alone_answers(store: Store) -> None:
    with store.reader() as reader:
        plan = reader._execute("EXPLAIN QUERY PLAN " + SELECT_STAMPS, ("gala", "main", "0", "f")).fetchall()
    assert "COVERING INDEX admissions_recent" in str(plan)
    assert "TEMP B-TREE" not in str(plan)
