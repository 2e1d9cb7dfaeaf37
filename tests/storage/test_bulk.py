"""Imports: many facts at once come to the same as one by one, or to nothing at all."""

from collections.abc import Iterator
from typing import Any

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.errors import OperationCanceled
from eventdesk.storage import transaction
from eventdesk.storage.schema import PROJECTIONS
from eventdesk.storage.store import Store
from eventdesk.storage.verification import examine, verify
from tests.storage.conftest import OpenStore
from tests.storage.made import LIST, LOG, entry, guests, setup, ticket


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of nine, so that subjects are spread over several of them."""
    monkeypatch.setattr(transaction, "BULK", 9)


def mixed() -> list[Draft]:
    """Fresh guests, guests that change in the same import, tickets before their orders, answers, passes."""
    drafts = [*guests(12), *reversed(list(guests(5, 20)))]
    drafts += [
        Draft(Kind.TICKET_CHANGED, "t1", {"name": "Changed", "product": "dinner"}),
        Draft(Kind.ORDER_CHANGED, "o2", {"status": "canceled", "company": "ACME"}),
        Draft(Kind.SECRET_REVOKED, "t3", {"secret": "secret-t3"}),
        Draft(Kind.QUESTION_ANSWERED, "t4", {"question": "q", "answer": "a"}),
        ticket("a1", "o1", addon_to="t1", product="dinner", answers={"q": "", "r": "b"}),
        Draft(Kind.PRODUCT_DEFINED, "entry", {"name": "Admission"}),
        entry("t5"),
    ]
    return drafts


def rows(store: Store) -> dict[str, list[Any]]:
    """Every projection, but for what differs from file to file: numbers, stamps and fact ids."""
    own = {"n", "stamp", "id"}
    with store.reader() as reader:
        found = {}
        for table in PROJECTIONS:
            names = [c.name for c in table.columns if not (table.name == "admissions" and c.name in own)]
            columns = ", ".join(f'"{name}"' for name in names if name != "n")
            found[table.name] = sorted(
                map(repr, reader._execute(f"SELECT {columns} FROM {table.name}").fetchall())
            )
    return found


def test_a_bulk_of_facts_comes_to_the_same_as_single_ones(open_store: OpenStore) -> None:
    drafts = [*setup(), *mixed()]
    single, bulk = open_store("single.db"), open_store("bulk.db")
    with single.transaction() as tx:
        for draft in drafts:
            tx.append(LOG, [draft])
    with bulk.transaction() as tx:
        assert tx.append_bulk(LOG, drafts, lambda _done: None) == len(drafts)
    assert rows(bulk) == rows(single)
    assert verify(bulk) == []
    with bulk.reader() as reader:
        assert {hit.ticket for hit in reader.search(LOG, "acme").hits} == {"t2"}


def test_progress_tells_how_many_are_written(event: Store) -> None:
    told: list[int] = []
    with event.transaction() as tx:
        tx.append_bulk(LOG, guests(20), told.append)
    assert told == [9, 18, 27, 36, 40]


def test_a_cancel_midway_leaves_nothing(event: Store) -> None:
    def stop(done: int) -> None:
        if done > 20:
            raise OperationCanceled

    with pytest.raises(OperationCanceled), event.transaction() as tx:
        tx.append_bulk(LOG, guests(100), stop)
    assert examine(event).facts == len(setup())
    with event.transaction() as tx:
        tx.append_bulk(LOG, guests(10), lambda _done: None)
        assert tx.figures(LOG, LIST).expected == 10
    assert verify(event) == []


def test_a_row_that_can_not_be_read_leaves_nothing(event: Store) -> None:
    def drafts() -> Iterator[Draft]:
        yield from guests(30)
        raise UnicodeError("row 31")

    with pytest.raises(UnicodeError), event.transaction() as tx:
        tx.append_bulk(LOG, drafts(), lambda _done: None)
    with event.reader() as reader:
        assert reader.guest_count(LOG) == 0
        assert reader.search(LOG, "number1").hits == ()


def test_a_repeated_import_changes_what_it_names_and_doubles_nobody(event: Store) -> None:
    with event.transaction() as tx:
        tx.append_bulk(LOG, guests(20), lambda _done: None)
    changed = (Draft(Kind.TICKET_CHANGED, f"t{one}", {"seat": f"A{one}"}) for one in range(20))
    with event.transaction() as tx:
        tx.append_bulk(LOG, changed, lambda _done: None)
        assert tx.guest_count(LOG) == 20
        assert sorted(row.seat for row in tx.guests(LOG)) == sorted(f"A{one}" for one in range(20))
    assert verify(event) == []
