"""Two desks sell, refund and count; facts come to each other in any order. Both end with equal tables."""

import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.summing import figures
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync.chain import Head, Record
from sync.wire import State, Why
from tests.storage.made import KEY, LOG, setup
from tests.storage.test_exchange_machine import _tables, _withheld
from tests.storage.test_machine import _settings
from tests.storage.till.made import (
    card_issued,
    closed,
    completed,
    failed,
    line,
    moved,
    opened,
    returned,
    reversed_,
    seat_freed,
    seat_taken,
    started,
    taken,
    till,
    used,
    voucher,
)

DESKS = ("a", "b")
SALES = ("s1", "s2", "s3")
PAYMENTS = ("p1", "p2", "p3")
SHIFTS = ("shift-1", "shift-2")

desks = st.sampled_from(DESKS)
sales = st.sampled_from(SALES)
payments = st.sampled_from(PAYMENTS)
shifts = st.sampled_from(SHIFTS)
tickets = st.sampled_from(["t1", "t2", "t3"])
seats = st.sampled_from(["hall/stalls/1/1", "hall/stalls/1/2@day1"])
persons = st.fixed_dictionaries({}, optional={"by": st.sampled_from(["ann", "eve"])})
customers = st.fixed_dictionaries({}, optional={"customer": st.just({"name": "Ada"})})
lines = st.lists(
    st.builds(
        line,
        st.sampled_from(["l1", "l2"]),
        st.integers(1, 3),
        st.sampled_from([0, 5_00, 11_90]),
        product=st.sampled_from(["entry", "beer"]),
        fee=st.booleans(),
        comp=st.booleans(),
        tickets=st.lists(tickets, max_size=2),
    ),
    min_size=1,
    max_size=3,
)
given_back = st.lists(
    st.fixed_dictionaries(
        {
            "line": st.sampled_from(["l1", "l2"]),
            "quantity": st.integers(0, 2),
            "gross": st.integers(0, 5),
            "net": st.integers(0, 5),
            "tax": st.integers(0, 1),
        }
    ),
    min_size=1,
    max_size=2,
)


class Tills(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        ticks = count(1_800_000_000_000)
        self.stores = {
            name: Store.open(Path(self.folder.name) / name, KEY, name, lambda: next(ticks)) for name in DESKS
        }

    def teardown(self) -> None:
        try:
            for _ in range(2):
                for target, source in (("a", "b"), ("b", "a")):
                    with self.stores[target].transaction() as tx:
                        assert list(tx.receive(self._records(source)).refused) == []
            self.both_are_equal()
            for store in self.stores.values():
                assert not [one for one in verify(store) if not one.startswith("Till of")]
                self.sums_are_those_of_the_sales(store)
        finally:
            for store in self.stores.values():
                store.close()
            self.folder.cleanup()

    # What happens at the desks

    @initialize()
    def begin(self) -> None:
        self._write("a", *setup(), *till())

    def _write(self, desk: str, *drafts: Draft) -> None:
        with self.stores[desk].transaction() as tx:
            tx.append(LOG, drafts)

    @rule(
        desk=desks, sale=sales, sold=lines, shift=shifts, number=st.integers(1, 9), by=persons, to=customers
    )
    def sell(
        self,
        desk: str,
        sale: str,
        sold: list[dict[str, Any]],
        shift: str,
        number: int,
        by: dict[str, str],
        to: dict[str, Any],
    ) -> None:
        self._write(desk, completed(sale, number, sold, **{"shift": shift, "order": "o1", **by, **to}))

    @rule(desk=desks, sale=sales, back=given_back, shift=shifts, way=st.sampled_from(["void", "refund"]))
    def give_back(self, desk: str, sale: str, back: list[dict[str, Any]], shift: str, way: str) -> None:
        self._write(desk, reversed_(sale, 1, back, shift=shift, way=way))

    @rule(desk=desks, payment=payments, sale=sales, shift=shifts, by=persons, rounding=st.integers(-2, 2))
    def pay(self, desk: str, payment: str, sale: str, shift: str, by: dict[str, str], rounding: int) -> None:
        self._write(desk, taken(payment, sale, 11_90, shift=shift, rounding=rounding, **by))

    @rule(desk=desks, payment=payments, sale=sales, shift=shifts, which=st.integers(0, 2))
    def step(self, desk: str, payment: str, sale: str, shift: str, which: int) -> None:
        made = (
            started(payment, sale, 5, shift=shift),
            returned(payment, sale, 5, shift=shift),
            failed(payment, sale, shift=shift),
        )
        self._write(desk, made[which])

    @rule(desk=desks, shift=shifts, which=st.integers(0, 2), number=st.integers(1, 3))
    def turn(self, desk: str, shift: str, which: int, number: int) -> None:
        made = opened(shift, number), moved(shift, number=number), closed(shift, number)
        self._write(desk, made[which])

    @rule(desk=desks, seat=seats, ticket=tickets, frees=st.booleans())
    def sit(self, desk: str, seat: str, ticket: str, frees: bool) -> None:
        self._write(desk, seat_freed(ticket, seat) if frees else seat_taken(ticket, seat))

    @rule(desk=desks, word=st.sampled_from(["moved", "twins"]))
    def settle(self, desk: str, word: str) -> None:
        with self.stores[desk].transaction() as tx:
            for one in tx.seat_conflicts(LOG)[:1]:
                tx.append(LOG, [Draft(Kind.CONFLICT_SETTLED, one.seat, {"conflict": one.id, "word": word})])

    @rule(
        desk=desks, number=st.integers(1, 5), which=st.integers(0, 4), code=st.sampled_from(["GC-1", "GC 2"])
    )
    def count_down(self, desk: str, number: int, which: int, code: str) -> None:
        made = (
            used("early", number),
            used("early", number, kind=Kind.DISCOUNT_RETURNED),
            card_issued(code=code, amount=number),
            Draft(Kind.GIFT_CARD_CHARGED, "card1", {"amount": number, "payment": "p"}),
            Draft(Kind.DISCOUNT_DEFINED, "early", voucher(code, removed=number == 5)),
        )
        self._write(desk, made[which])

    @rule(desk=desks, everyone=st.integers(0, 9))
    def erase(self, desk: str, everyone: int) -> None:
        purge = Draft(Kind.GUESTS_PURGED, LOG, {})
        erasure = Draft(Kind.GUEST_ERASED, "o1", {"tickets": ["t1"], "sales": ["s1"]})
        self._write(desk, purge if everyone == 7 else erasure)

    # What the line does

    def _records(self, source: str) -> list[Record]:
        with self.stores[source].reader() as reader:
            return [one for desk in DESKS for one in reader.unsent(LOG, desk, 0, 10_000)]

    @rule(
        into=desks,
        start=st.floats(0, 1),
        number=st.integers(1, 30),
        withheld=st.sets(st.integers(0, 30)),
    )
    def deliver(self, into: str, start: float, number: int, withheld: set[int]) -> None:
        source = "b" if into == "a" else "a"
        records = [one for one in self._records(source) if one.desk == source]
        with self.stores[into].transaction() as tx:
            first = int(start * tx.heads(LOG).get(source, Head()).seq)
            cut: Sequence[Record] = records[first : first + number]
            cut = [_withheld(one) if place in withheld else one for place, one in enumerate(cut)]
            assert {one.why for one in tx.receive(cut).refused} <= {Why.GAP}
        assert all(one.redacted in tuple(State) for one in cut)

    # What must hold

    def both_are_equal(self) -> None:
        one, other = (_tables(store) for store in self.stores.values())
        for name in one:
            assert one[name] == other[name], name

    def sums_are_those_of_the_sales(self, store: Store) -> None:
        with store.reader() as reader:
            for shift in reader.shifts(LOG):
                told = reader.sales_of_shift(LOG, shift.id), reader.payments_of_shift(LOG, shift.id)
                assert reader.shift_figures(LOG, shift.id) == figures(shift, *told)


def test_two_tills_end_equal() -> None:
    run_state_machine_as_test(Tills, settings=_settings(15, 25))


@pytest.mark.long
def test_two_tills_end_equal_after_much() -> None:
    run_state_machine_as_test(Tills, settings=_settings(80, 50))
