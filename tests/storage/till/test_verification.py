"""`verify` adds the tills up: nothing is said of an honest evening, and every fault put in is found."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till import closing
from eventdesk.storage.schema import PROJECTIONS
from eventdesk.storage.store import Store, Transaction
from eventdesk.storage.verification import verify
from tests.storage.made import LOG
from tests.storage.till.made import (
    BEGIN,
    SHIFT,
    at,
    completed,
    evening,
    line,
    moved,
    opened,
    returned,
    reversed_,
    seat_taken,
    started,
    taken,
)

Change = Callable[[Draft], Draft]

COUNTED = 61_90
THREE = {"line": "l1", "quantity": 3, "gross": 1, "net": 1, "tax": 0}


def honest() -> list[Draft]:
    """Two sales, one half refunded in cash, a drop and a count."""
    return [
        opened(),
        started("p-s1", "s1", 11_90),
        taken("p-s1", "s1", 11_90, tender="card"),
        completed("s1", 1),
        taken("p-s2", "s2", 23_80, given=24_00, change=20),
        completed("s2", 2, [line(quantity=2)]),
        returned("r-s2", "s2", 11_90, of="p-s2"),
        reversed_("s2", 3, payments=["r-s2"]),
        moved(),
        Draft(Kind.CASH_COUNTED, SHIFT, {"at": at(60), "amount": COUNTED}),
    ]


def close(tx: Transaction) -> Draft:
    shift, found = tx.shift(LOG, SHIFT), tx.shift_figures(LOG, SHIFT)
    assert shift is not None
    assert found is not None
    return closing.close(shift, found, tx.shift_facts(LOG, SHIFT), BEGIN + timedelta(minutes=61))


def evening_of(store: Store, drafts: Sequence[Draft], change: Change = lambda one: one) -> list[str]:
    """What `verify` says after these facts and a close; `change` may change each draft, the close too."""
    with store.transaction() as tx:
        tx.append(LOG, [change(one) for one in drafts])
        tx.append(LOG, [change(close(tx))])
    return verify(store)


def test_an_honest_evening_adds_up(event: Store) -> None:
    assert evening_of(event, honest()) == []
    with event.reader() as reader:
        shift = reader.shift(LOG, SHIFT)
        assert shift is not None
        assert (shift.expected, shift.counted, shift.difference) == (61_90, 61_90, 0)


def changed(kind: Kind, subject: str, **members: Any) -> Change:
    def change(draft: Draft) -> Draft:
        if (draft.kind, draft.subject) != (kind, subject):
            return draft
        return replace(draft, payload={**draft.payload, **members})

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed(Kind.SALE_COMPLETED, "s1", total=11_91), "its lines are not its total"),
        (changed(Kind.SALE_COMPLETED, "s1", payments=["p-s1", "p9"]), "a payment is not there"),
        (changed(Kind.SALE_COMPLETED, "s1", rounding=1), "its rounding is not that of its payments"),
        (changed(Kind.SALE_COMPLETED, "s1", tax=[]), "its taxes are not those of its lines"),
        (changed(Kind.SALE_COMPLETED, "s1", currency="CHF"), "it is paid in another currency"),
        (changed(Kind.SALE_COMPLETED, "s1", lines=[line(tax=1_89, net=10_01)]), "the tax of Adult is wrong"),
        (changed(Kind.SALE_COMPLETED, "s1", number=2), "number 2 stands twice"),
        (changed(Kind.SALE_REVERSED, "s2", number=4), "number 3 is missing before 4"),
        (changed(Kind.PAYMENT_TAKEN, "p-s2", amount=23_79), "its payments are not its total"),
        (changed(Kind.PAYMENT_RETURNED, "r-s2", amount=30_00), "More went back than was paid by p-s2"),
        (
            changed(
                Kind.SALE_REVERSED,
                "s2",
                lines=[{"line": "l1", "quantity": 3, "gross": 1, "net": 1, "tax": 0}],
            ),
            "more was given back than was sold",
        ),
        (changed(Kind.SHIFT_OPENED, SHIFT, number=2), "number 1 is missing before 2"),
        (changed(Kind.SHIFT_CLOSED, SHIFT, digest="00"), "what it closed is not what is there"),
        (changed(Kind.SHIFT_CLOSED, SHIFT, facts=3), "what it closed is not what is there"),
        (changed(Kind.SHIFT_CLOSED, SHIFT, figures={}), "its figures do not add up"),
        (changed(Kind.SHIFT_CLOSED, SHIFT, expected=1), "its cash does not add up"),
        (changed(Kind.SHIFT_CLOSED, SHIFT, difference=1), "its cash does not add up"),
    ],
)
def test_a_fault_in_what_was_written_is_found(event: Store, change: Change, words: str) -> None:
    found = evening_of(event, honest(), change)
    assert any(words in one for one in found), found


@pytest.mark.parametrize(
    ("drafts", "words"),
    [
        ([taken("p9", "s9", 1)], "something was added after its close"),
        ([moved(number=2)], "something was added after its close"),
        ([taken("p-s2", "s2", 23_80, shift="shift-2")], "Payment p-s2 ended twice"),
        ([started("p-s1", "s1", 11_90, shift="shift-2")], "Payment p-s1 was started twice"),
    ],
)
def test_what_comes_after_the_close_is_found(event: Store, drafts: list[Draft], words: str) -> None:
    assert evening_of(event, honest()) == []
    with event.transaction() as tx:
        tx.append(LOG, drafts)
    found = verify(event)
    assert any(words in one for one in found), found


def test_a_shift_that_is_closed_twice_is_found(event: Store) -> None:
    assert evening_of(event, honest()) == []
    with event.transaction() as tx:
        [fact] = tx.facts(LOG, SHIFT, Kind.SHIFT_CLOSED)
        tx.append(LOG, [Draft(Kind.SHIFT_CLOSED, SHIFT, fact.payload)])
    assert any("was closed twice" in one for one in verify(event))


TABLES = (
    "receipts",
    "receipt_lines",
    "sales",
    "sold_tickets",
    "payments",
    "shifts",
    "shift_facts",
    "seats",
    "gift_cards",
    "discount_codes",
    "counter_uses",
    "conflicts",
)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found(event: Store, table: str) -> None:
    assert table in {one.name for one in PROJECTIONS}
    with event.transaction() as tx:
        tx.append(LOG, [*evening(), seat_taken("t2")])
    assert not [one for one in verify(event) if one.startswith("Table")]
    with event.transaction() as tx:
        tx._execute(f"DELETE FROM {table}")
    assert any(one.startswith(f"Table {table}, row") for one in verify(event))


@pytest.mark.parametrize(
    ("table", "column"),
    [("receipts", "amount"), ("receipt_lines", "tax"), ("payments", "rounding"), ("seats", "ticket")],
)
def test_a_row_that_was_changed_is_found(event: Store, table: str, column: str) -> None:
    with event.transaction() as tx:
        tx.append(LOG, [*evening(), seat_taken("t2")])
        tx._execute(f"UPDATE {table} SET {column} = {column} || '1'")
    assert any(one.startswith(f"Table {table}, row") for one in verify(event))
