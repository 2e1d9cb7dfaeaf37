"""One seat, two tickets: a conflict that every desk sees, until one is freed or a person has said a word."""

import json
from argparse import Namespace
from contextlib import nullcontext, redirect_stdout
from io import StringIO

import pytest

from eventdesk.cli import conflicts
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.received import FoundSeat
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync.chain import Record
from tests.storage.conftest import OpenStore
from tests.storage.made import LOG, setup
from tests.storage.till.made import PLAN, SEAT, seat_freed, seat_taken


def sent(store: Store) -> list[Record]:
    with store.reader() as reader:
        return reader.unsent(LOG, store.desk, 0, 100)


@pytest.fixture
def both(open_store: OpenStore) -> tuple[Store, Store]:
    """Two desks that sold one seat while they could not talk."""
    one, other = open_store("a.db", "a"), open_store("b.db", "b")
    with one.transaction() as tx:
        tx.append(LOG, [*setup(), seat_taken("t1", confirmed=False)])
    with other.transaction() as tx:
        tx.append(LOG, [seat_taken("t2", sale="s2", confirmed=False)])
    return one, other


def test_a_seat_that_was_sold_twice_is_told_once_and_seen_everywhere(both: tuple[Store, Store]) -> None:
    one, other = both
    with one.transaction() as tx:
        received = tx.receive(sent(other))
        [conflict] = tx.seat_conflicts(LOG)
        assert received.seat_conflicts == [FoundSeat(LOG, conflict)]
        assert (received.conflicts, tx.conflicts(LOG), tx.conflict_count(LOG)) == ([], [], 1)
        assert tx.receive(sent(other)).seat_conflicts == []
        assert (conflict.first.ticket, conflict.second.ticket) == ("t1", "t2")
        assert (conflict.second.desk, conflict.second.sale, conflict.second.confirmed) == ("b", "s2", False)
        assert tx.seats_taken(LOG, PLAN)[SEAT].ticket == "t1"
    with other.transaction() as tx:
        tx.receive(sent(one))
        assert tx.seat_conflicts(LOG) == [conflict]
    assert verify(one) == verify(other) == []


def test_it_is_gone_where_a_seat_is_freed(both: tuple[Store, Store]) -> None:
    one, other = both
    with other.transaction() as tx:
        tx.append(LOG, [seat_freed("t2")])
    with one.transaction() as tx:
        assert tx.receive(sent(other)).seat_conflicts == []
        assert tx.seat_conflicts(LOG) == []
        assert tx.seats_of_ticket(LOG, "t2") == []
    assert verify(one) == []


def test_a_word_settles_it_whichever_comes_first(both: tuple[Store, Store]) -> None:
    one, other = both
    with one.transaction() as tx:
        tx.receive(sent(other))
        [conflict] = tx.seat_conflicts(LOG)
        word = {"conflict": conflict.id, "word": "moved to row 2", "by": "eve"}
        tx.append(LOG, [Draft(Kind.CONFLICT_SETTLED, SEAT, word)])
        assert tx.seat_conflicts(LOG) == []
        [settled] = tx.seat_conflicts(LOG, settled=True)
        assert (settled.word, settled.settled_by) == ("moved to row 2", "eve")
    with other.transaction() as tx:
        assert tx.receive(sent(one)).seat_conflicts[0].conflict == settled
        assert tx.seat_conflicts(LOG, settled=True) == [settled]
    assert verify(other) == []


def test_a_ticket_that_takes_its_seat_again_is_no_conflict(event: Store) -> None:
    with event.transaction() as tx:
        tx.append(LOG, [seat_taken("t1"), seat_taken("t1")])
        assert tx.seat_conflicts(LOG) == []
        tx.append(LOG, [seat_taken("t2"), seat_taken("t3")])
        assert [(one.first.ticket, one.second.ticket) for one in tx.seat_conflicts(LOG)] == [
            ("t1", "t2"),
            ("t2", "t3"),
        ]
    assert verify(event) == []


def test_the_command_line_lists_it(both: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = both
    with one.transaction() as tx:
        tx.receive(sent(other))
    monkeypatch.setattr(conflicts, "opened", lambda _args: nullcontext(one))
    lines = StringIO()
    with redirect_stdout(lines):
        assert conflicts.run(Namespace(settled=False, json=True)) == 1
    [row] = json.loads(lines.getvalue())
    assert (row["seat"], row["tickets"]) == (SEAT, ["t1", "t2"])
    with redirect_stdout(lines):
        assert conflicts.run(Namespace(settled=False, json=False)) == 1
    assert f"seat {SEAT}" in lines.getvalue()
