"""An event's first guests are loaded without some indexes, and nobody can tell afterwards."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.fold import fold_ticket
from eventdesk.domain.payloads import BadPayload, order_from
from eventdesk.domain.stamps import Stamp
from eventdesk.errors import OperationCanceled
from eventdesk.storage import loading, transaction
from eventdesk.storage.projections import orders, tickets
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from tests.storage.conftest import OpenStore
from tests.storage.made import LIST, LOG, entry, guests, leaving, order, setup, ticket
from tests.storage.test_bulk import rows

DROPPED = {"facts_subject", "orders_code", "tickets_secret", "tickets_order", "tickets_addon"}


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "BULK", 9)


def indexes(store: Store) -> dict[str, str]:
    """As the writer sees them, within its transaction too."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    return dict(store._writer.execute(query).fetchall())


def awkward() -> list[Draft]:
    """Facts of every sort that a plain list of new guests does not hold."""
    return [
        *setup(),
        *guests(15),
        ticket("t3", "o4", secret="other", seat="A1"),
        order("o5", status="pending", name="Somebody Else"),
        Draft(Kind.TICKET_CHANGED, "t1", {"name": "Changed", "product": "dinner"}),
        Draft(Kind.TICKET_CHANGED, "unknown", {"name": "Not issued"}),
        Draft(Kind.ORDER_CHANGED, "o2", {"status": "canceled", "company": "ACME"}),
        Draft(Kind.SECRET_REVOKED, "t3", {"secret": "secret-t3"}),
        Draft(Kind.QUESTION_ANSWERED, "t4", {"question": "q", "answer": "a"}),
        ticket("a1", "o1", addon_to="t1", product="dinner", answers={"q": "", "r": "b"}),
        ticket("lonely", "no-such-order"),
        entry("t5"),
        leaving("t6"),
        Draft(Kind.GUESTS_IMPORTED, LOG, {"file": "a.csv"}),
    ]


@pytest.mark.parametrize("waiting", [3, 5000])
@pytest.mark.parametrize("seed", range(5))
def test_facts_in_any_order_come_to_the_same_as_single_ones(
    open_store: OpenStore, monkeypatch: pytest.MonkeyPatch, seed: int, waiting: int
) -> None:
    monkeypatch.setattr(loading, "FEW", waiting)
    drafts = awkward()
    random.Random(seed).shuffle(drafts)
    single, bulk = open_store("single.db"), open_store("bulk.db")
    with single.transaction() as tx:
        for draft in drafts:
            tx.append(LOG, [draft])
    before = indexes(bulk)
    with bulk.transaction() as tx:
        tx.append_bulk(LOG, drafts, lambda _done: None)
    assert rows(bulk) == rows(single)
    assert indexes(bulk) == before
    assert verify(bulk) == []


def dropped_while_writing(store: Store, drafts: list[Draft], log: str = LOG) -> set[str]:
    before, seen = set(indexes(store)), set[str]()
    with store.transaction() as tx:
        tx.append_bulk(log, drafts, lambda _done: seen.update(before - set(indexes(store))))
    return seen


def test_only_an_events_first_guests_are_loaded_without_indexes(event: Store) -> None:
    assert dropped_while_writing(event, list(guests(9))) == DROPPED
    assert dropped_while_writing(event, list(guests(9, 50))) == set()
    assert verify(event) == []


def test_a_few_guests_leave_the_indexes_alone(event: Store) -> None:
    assert dropped_while_writing(event, list(guests(4))) == set()


def test_the_indexes_stay_where_other_events_have_many_facts(
    event: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "FEW", len(setup()))
    assert dropped_while_writing(event, list(guests(20))) == set()


def test_the_indexes_come_back_as_soon_as_a_ticket_comes_before_its_order(event: Store) -> None:
    drafts = [ticket("early", "late"), *guests(20), order("late")]
    assert dropped_while_writing(event, drafts) == set()
    with event.reader() as reader:
        assert reader.figures(LOG, LIST).expected == 21
    assert verify(event) == []


def test_what_a_cancel_undoes_leaves_the_indexes(event: Store) -> None:
    before = indexes(event)

    def stop(done: int) -> None:
        if done > 20:
            assert indexes(event) != before
            raise OperationCanceled

    with pytest.raises(OperationCanceled), event.transaction() as tx:
        tx.append_bulk(LOG, guests(100), stop)
    assert indexes(event) == before
    assert verify(event) == []


def swallow(store: Store) -> None:
    with store.transaction() as tx, pytest.raises(OperationCanceled):
        tx.append_bulk(LOG, guests(100), cancel)


def cancel(_done: int) -> None:
    raise OperationCanceled


def test_a_failed_bulk_is_never_committed(event: Store) -> None:
    before = indexes(event)
    with pytest.raises(RuntimeError, match="leave its transaction"):
        swallow(event)
    assert indexes(event) == before
    with event.reader() as reader:
        assert reader.guest_count(LOG) == 0


FACTS = [
    (Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "p"}),
    (Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "p", "session": "d", "canceled": True}),
    (Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "p", "name": None, "addon_to": "t"}),
    (Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "p", "valid_from": "2026-06-10T10:00:00Z"}),
    (Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "p", "answers": {"q": "", "r": "a"}}),
    (Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "p", "future": [1]}),
    (Kind.TICKET_ISSUED, {"order": "o", "secret": "s", "product": "p", "blocked": 1}),
    (Kind.TICKET_ISSUED, {"order": "o", "secret": 7, "product": "p"}),
    (Kind.TICKET_ISSUED, {"order": "o", "product": "p"}),
    (Kind.ORDER_PLACED, {"code": "A"}),
    (Kind.ORDER_PLACED, {"code": "A", "status": "pending", "valid_if_pending": True, "source": "file"}),
    (Kind.ORDER_PLACED, {"code": "A", "status": None, "email": None, "attention": False}),
    (Kind.ORDER_PLACED, {"code": "A", "status": "lost"}),
    (Kind.ORDER_PLACED, {"code": "A", "attention": "yes"}),
    (Kind.ORDER_PLACED, {"status": "paid"}),
]


@pytest.mark.parametrize(("kind", "payload"), FACTS)
def test_one_plain_fact_makes_the_row_that_its_fold_makes(kind: Kind, payload: dict[str, Any]) -> None:
    fact = Fact("f", LOG, kind, "subject", Stamp(1, 0, "desk"), 1, payload)
    if kind is Kind.TICKET_ISSUED:
        assert told(lambda: tickets.row_of_issued(fact)) == told(
            lambda: tickets.row_of(LOG, "subject", fold_ticket([fact]).members)
        )
    else:
        assert told(lambda: orders.row_of_placed(fact)) == told(
            lambda: orders.row_of(LOG, order_from("subject", payload))
        )


def told(make: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...] | str:
    try:
        return make()
    except BadPayload as error:
        return str(error)
