"""Pages of receipts, payments and closings, turnover by the minute, and who did what."""

from datetime import timedelta

import pytest

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.accounts import EVER
from eventdesk.domain.till.audit import Deed
from eventdesk.domain.till.sums import Span
from eventdesk.storage.store import Store
from tests.storage.made import LOG
from tests.storage.till.made import (
    BEGIN,
    SHIFT,
    at,
    closed,
    completed,
    evening,
    line,
    reversed_,
    taken,
)


def written(store: Store, *drafts: Draft) -> None:
    with store.transaction() as tx:
        tx.append(LOG, drafts)


@pytest.mark.parametrize("size", [1, 2, 500])
def test_pages_hold_every_line_once(store: Store, size: int) -> None:
    two = [line("l1"), line("l2", price=500)]
    written(store, *evening(), taken("p-s4", "s4", 16_90), completed("s4", 4, two, minute=70))
    found, after = [], None
    with store.reader() as reader:
        while page := reader.sold_lines(LOG, after=after, receipts=size):
            found += page
            after = page[-1].key
        turnover = reader.turnover(LOG, EVER)
    told = [(one.number, one.way, one.n, one.gross) for one in found]
    assert told == [
        (1, "sale", 0, 11_90),
        (2, "sale", 0, 23_80),
        (3, "refund", 0, -11_90),
        (4, "sale", 0, 11_90),
        (4, "sale", 1, 5_00),
    ]
    assert sum(one.gross for one in found) == sum(one.gross for one in turnover)
    assert {one.z for one in found} == {1}


def test_payments_and_receipts_come_within_a_time(store: Store) -> None:
    written(store, *evening())
    until = Span(ends=BEGIN + timedelta(minutes=3))
    with store.reader() as reader:
        ids = [id_ for _at, id_ in reader.payment_keys(LOG, until)]
        assert reader.payment_count(LOG, until) == len(ids)
        assert reader.payment_count(LOG) == len(ids) + 1  # the one that failed did so later
        assert [one.number for one in reader.sold_lines(LOG, until)] == [1]
        assert reader.receipt_count(LOG) == 3
        assert reader.receipt_number(LOG, SHIFT, "s2") == 2
        assert not reader.receipt_number(LOG, "another", "s2")
    assert {"p-s1", "p-s2", "r-s2", "p2-s3"} == set(ids)


def test_minutes_add_up_to_turnover(store: Store) -> None:
    written(store, *evening())
    with store.reader() as reader:
        sums = sorted(reader.minute_sums(LOG), key=lambda one: one.minute)
    assert [(one.minute - BEGIN, one.sold, one.back) for one in sums] == [
        (timedelta(minutes=2), 11_90, 0),
        (timedelta(minutes=5), 23_80, 0),
        (timedelta(minutes=20), 0, -11_90),
    ]
    assert all(one.net + one.tax == one.sold + one.back for one in sums)


def test_a_closing_is_as_its_close_says(store: Store) -> None:
    written(store, *evening())
    with store.reader() as reader:
        assert reader.closing(LOG, SHIFT) is None
        assert not reader.closed_shifts(LOG)
    written(store, closed(difference=-80, by="staff1", approved="staff2"))
    with store.reader() as reader:
        ((_desk, number, id_),) = reader.closed_shifts(LOG)
        found = reader.closing(LOG, id_)
        assert not reader.closed_shifts(LOG, Span(ends=BEGIN))
    assert found is not None
    assert (number, found.shift.difference, found.by, found.approved) == (1, -80, "staff1", "staff2")


def test_reversals_name_the_receipt_that_they_give_back(store: Store) -> None:
    written(store, *evening())
    with store.reader() as reader:
        (found,) = reader.given_back(LOG)
    assert (found.reversal.number, found.original, found.reversal.amount) == (3, 2, 11_90)


def test_the_audit_tells_what_is_to_be_asked_about_and_no_plain_sale(store: Store) -> None:
    comp = line("l1", price=0, comp=True, discount=11_90, reason="crew")
    cheap = line("l2", price=5_00, changed_price=True, reason="last ones")
    off = line("l3", price=10_00, discount=1_90, manual=True)
    written(
        store,
        *evening(),
        taken("p-s4", "s4", 15_00, tender="card", settled_by="person", reference="slip 7"),
        completed("s4", 4, [comp, cheap, off], minute=40, by="ada", approved="bea"),
        Draft(Kind.DRAWER_OPENED, SHIFT, {"at": at(50), "reason": "change", "by": "ada"}),
        Draft(Kind.CASH_COUNTED, SHIFT, {"at": at(55), "amount": 99_20}),
        reversed_("s1", 5, reason="mistyped", way="void"),
        closed(difference=-80),
    )
    with store.reader() as reader:
        found = reader.audit(LOG, SHIFT)
    told = [(one.deed, one.amount, one.number) for one in found]
    assert told == [
        (Deed.OPENED, 100_00, 1),
        (Deed.REFUND, 11_90, 3),
        (Deed.DROP, 50_00, 1),
        (Deed.SETTLED, 15_00, 0),
        (Deed.COMP, 11_90, 4),
        (Deed.PRICE_CHANGE, 5_00, 4),
        (Deed.DISCOUNT, 1_90, 4),
        (Deed.NO_SALE, 0, 0),
        (Deed.COUNTED, 99_20, 0),
        (Deed.VOID, 11_90, 5),
        (Deed.CLOSED, -80, 1),
    ]
    deed = found[4]
    assert (deed.by, deed.approved, deed.reason, deed.what, deed.sale) == (
        "ada",
        "bea",
        "crew",
        "Adult",
        "s4",
    )
