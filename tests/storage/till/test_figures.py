"""Sums in the database are those of the sales and payments themselves, and as fast as a till needs them."""

import timeit
from datetime import UTC, datetime

from eventdesk.domain.till import drawer
from eventdesk.domain.till.summing import figures
from eventdesk.domain.till.sums import Span
from eventdesk.storage.store import Store
from tests.storage.made import LOG
from tests.storage.till.made import (
    BEGIN,
    SHIFT,
    completed,
    evening,
    failed,
    line,
    moved,
    opened,
    returned,
    reversed_,
    started,
    taken,
)

GIVEN_BACK = [{"line": "l2", "quantity": 1, "gross": 5_00, "net": 4_20, "tax": 80}]


def busy() -> list[object]:
    """Comps, discounts, fees, rounding, persons, a sale of another shift given back, an unknown line."""
    lines = [
        line("l1", 2, by="x", discount=1_00, variation="vip"),
        line("l2", 1, 5_00, product="beer", name="Beer", rate=70_000, code="B"),
        line("l1/fee", 1, 50, product="", name="Fee", fee=True),
        line("l3", 3, 0, comp=True, discount=35_70),
    ]
    return [
        completed("s4", 4, lines, by="ann", minute=9),
        taken("p-s4", "s4", 1_00, rounding=-2, by="ann"),
        taken("p2-s4", "s4", 28_30, tender="card", by="ann"),
        reversed_("s4", 5, GIVEN_BACK, by="eve", way="void"),
        returned("r-s4", "s4", 5_00, rounding=3, by="eve"),
        reversed_("s1", 6, [{"line": "nothing", "quantity": 1, "gross": 1, "net": 1, "tax": 0}]),
        opened("shift-2", 2),
        reversed_("s1", 7, shift="shift-2", way="exchange"),
        completed("s5", 8, shift="shift-2", exchange_of="s1"),
        moved(way="pay_in", amount=3_00),
        moved("shift-2", way="pay_out", amount=1_00),
        started("p-s5", "s5", 7),
        failed("p-s5", "s5", shift="shift-2"),
    ]


def test_figures_of_shifts_are_those_of_the_facts(event: Store) -> None:
    with event.transaction() as tx:
        tx.append(LOG, [*evening(), *busy()])  # type: ignore[list-item]
        for shift_id in (SHIFT, "shift-2"):
            shift = tx.shift(LOG, shift_id)
            assert shift is not None
            sales, payments = tx.sales_of_shift(LOG, shift_id), tx.payments_of_shift(LOG, shift_id)
            assert tx.shift_figures(LOG, shift_id) == figures(shift, sales, payments)
            sums = tx.tender_sums(LOG, Span(shift=shift_id))
            assert drawer.expected_by(shift, sums) == drawer.expected(shift, payments)
        assert tx.shift_figures(LOG, "nothing") is None


def test_sums_of_a_time_end_before_its_end(event: Store) -> None:
    with event.transaction() as tx:
        tx.append(LOG, evening())
        day = Span(begins=BEGIN, ends=datetime(2026, 6, 10, 10, 5, tzinfo=UTC))
        [one] = tx.turnover(LOG, day)
        assert (one.desk, one.product, one.rate, one.quantity, one.gross) == (
            "desk1",
            "entry",
            190_000,
            1,
            11_90,
        )
        [receipt] = tx.receipt_sums(LOG, day)
        assert (receipt.way, receipt.number, receipt.first, receipt.last) == ("sale", 1, 1, 1)
        assert {(one.tender, one.state): one.amount for one in tx.tender_sums(LOG, day)} == {
            ("card", "taken"): 11_90,
            ("card", "started"): 11_90,
            ("card", "failed"): 11_90,
            ("cash", "taken"): 23_80,
            ("cash", "returned"): 11_90,
        }
        assert tx.turnover(LOG, Span(begins=BEGIN, ends=BEGIN)) == []


def test_two_thousand_sales_are_summed_and_not_folded(event: Store) -> None:
    lines = [line("l1"), line("l2", 2, product="beer"), line("l3", product="pin")]
    drafts = [opened()]
    for one in range(2000):
        drafts += [taken(f"p{one}", f"s{one}", 47_60), completed(f"s{one}", one + 1, lines)]
    with event.transaction() as tx:
        tx.append_bulk(LOG, drafts, lambda _done: None)
    with event.reader() as reader:
        found = reader.shift_figures(LOG, SHIFT)
        assert found is not None
        assert (found.sales, found.sold, found.last) == (2000, 2000 * 47_60, 2000)
        summed = min(timeit.repeat(lambda: reader.shift_figures(LOG, SHIFT), number=1, repeat=5))
        folded = min(timeit.repeat(lambda: reader.sales_of_shift(LOG, SHIFT), number=1, repeat=2))
    # Some 25 ms against 500: a margin for a busy machine.
    assert summed < folded / 3, f"{summed * 1000:.0f} ms, folded {folded * 1000:.0f} ms"
