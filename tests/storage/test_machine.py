"""A random user: facts of several desks, taken in by random routes, against the domain's own fold.

Three desks write at random; a fourth takes their facts in, a random stretch of a random desk at a
time, so that facts arrive long after later ones, undos before what they undo, tickets before their
orders. All must come to the state that the fold in stamp order says.
"""

import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from eventdesk.domain.facts import Draft, Fact, Kind
from eventdesk.domain.fold import fold_order, fold_ticket
from eventdesk.domain.guests import Figures
from eventdesk.domain.tickets import Admission, Direction, OrderStatus, Presented, Ticket, Via
from eventdesk.storage import log
from eventdesk.storage.store import Store
from eventdesk.storage.verification import verify
from sync.chain import Record
from tests.storage.made import KEY, LIST, LOG, setup

DESKS = ("a", "b", "c")
TICKETS = ("t1", "t2", "t3")
ORDERS = ("o1", "o2")

tickets = st.sampled_from(TICKETS)
orders = st.sampled_from(ORDERS)
moments = st.integers(0, 5).map(lambda hour: f"2026-06-10T1{hour}:00:00Z")
members = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Ann", "Ben"]),
        "secret": st.sampled_from(["s1", "s2", "s3"]),
        "product": st.sampled_from(["entry", "dinner"]),
        "canceled": st.booleans(),
        "order": orders,
        "addon_to": st.sampled_from([None, *TICKETS]),
        "answers": st.dictionaries(st.sampled_from(["q1", "q2"]), st.sampled_from(["", "x", "y"])),
    },
)
standing = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["paid", "pending", "canceled"]),
        "name": st.sampled_from(["Cy", "Di"]),
        "valid_if_pending": st.booleans(),
    },
)


class Desks(RuleBasedStateMachine):
    """`collector` is the desk that takes in what the others wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        ticks = count(1_800_000_000_000)
        self.stores = {
            name: Store.open(Path(self.folder.name) / name, KEY, name, lambda: next(ticks))
            for name in (*DESKS, "collector")
        }
        self.facts: list[Fact] = []
        self.delivered = dict.fromkeys(DESKS, 0)

    def teardown(self) -> None:
        self.verify_all()
        for store in self.stores.values():
            store.close()
        self.folder.cleanup()

    @initialize(desk=st.sampled_from(DESKS))
    def begin(self, desk: str) -> None:
        self._write(desk, *setup())

    def _write(self, desk: str, *drafts: Draft) -> None:
        with self.stores[desk].transaction() as tx:
            self.facts += tx.append(LOG, drafts)

    @rule(desk=st.sampled_from(DESKS), order=orders, changed=standing)
    def place(self, desk: str, order: str, changed: dict[str, Any]) -> None:
        self._write(desk, Draft(Kind.ORDER_PLACED, order, {"code": order, **changed}))

    @rule(desk=st.sampled_from(DESKS), order=orders, changed=standing)
    def change_order(self, desk: str, order: str, changed: dict[str, Any]) -> None:
        self._write(desk, Draft(Kind.ORDER_CHANGED, order, changed))

    @rule(desk=st.sampled_from(DESKS), ticket=tickets, order=orders, changed=members)
    def issue(self, desk: str, ticket: str, order: str, changed: dict[str, Any]) -> None:
        base = {"order": order, "secret": f"own-{ticket}", "product": "entry"}
        self._write(desk, Draft(Kind.TICKET_ISSUED, ticket, {**base, **changed}))

    @rule(desk=st.sampled_from(DESKS), ticket=tickets, changed=members)
    def change(self, desk: str, ticket: str, changed: dict[str, Any]) -> None:
        self._write(desk, Draft(Kind.TICKET_CHANGED, ticket, changed))

    @rule(desk=st.sampled_from(DESKS), ticket=tickets, secret=st.sampled_from(["s1", "own-t1"]))
    def revoke(self, desk: str, ticket: str, secret: str) -> None:
        self._write(desk, Draft(Kind.SECRET_REVOKED, ticket, {"secret": secret}))

    @rule(desk=st.sampled_from(DESKS), ticket=tickets, answer=st.sampled_from(["", "yes"]))
    def answer(self, desk: str, ticket: str, answer: str) -> None:
        self._write(desk, Draft(Kind.QUESTION_ANSWERED, ticket, {"question": "q1", "answer": answer}))

    @rule(
        desk=st.sampled_from(DESKS),
        ticket=tickets,
        at=moments,
        kind=st.sampled_from([Kind.ADMITTED, Kind.LEFT]),
        door=st.sampled_from([LIST, "dinner-door"]),
    )
    def pass_door(self, desk: str, ticket: str, at: str, kind: Kind, door: str) -> None:
        self._write(desk, Draft(kind, ticket, {"list": door, "at": at}))

    @precondition(lambda self: any(fact.kind is Kind.ADMITTED for fact in self.facts))
    @rule(desk=st.sampled_from(DESKS), data=st.data())
    def undo(self, desk: str, data: st.DataObject) -> None:
        passed = [fact for fact in self.facts if fact.kind in (Kind.ADMITTED, Kind.LEFT)]
        fact = data.draw(st.sampled_from(passed))
        self._write(desk, Draft(Kind.ADMISSION_UNDONE, fact.subject, {"admission": fact.id, "reason": "r"}))

    @rule(desk=st.sampled_from(DESKS), number=st.integers(1, 20))
    def deliver(self, desk: str, number: int) -> None:
        done = self.delivered[desk]
        with self.stores["collector"].transaction() as tx:
            self.delivered[desk] += tx.receive(self._records(desk)[done : done + number]).new

    def _records(self, desk: str) -> list[Record]:
        with self.stores[desk].reader() as reader:
            return [one for one in log.records(reader._execute) if one.desk == desk]

    @rule()
    def verify_all(self) -> None:
        assert verify(self.stores["collector"]) == []

    def _known(self) -> list[Fact]:
        """The facts that the collector holds, in the order they were written."""
        return [fact for fact in self.facts if fact.seq <= self.delivered[fact.desk]]

    @invariant()
    def the_state_is_the_fold(self) -> None:
        facts = self._known()
        with self.stores["collector"].reader() as reader:
            for ticket in TICKETS:
                assert _bare(reader.ticket(LOG, ticket)) == _folded(facts, ticket)
            for door in (LIST, "dinner-door"):
                assert reader.figures(LOG, door) == _figures(facts, door)
            for code in ("s1", "s2", "s3", "own-t1"):
                assert _led_to(reader.presented(LOG, code)) == _codes(facts, code)


def _own(facts: list[Fact], subject: str) -> list[Fact]:
    return [fact for fact in facts if fact.subject == subject]


def _folded(facts: list[Fact], id_: str) -> Ticket | None:
    """The ticket by the domain's fold; None while it or its order has not arrived."""
    state = fold_ticket(_own(facts, id_))
    order = state.members.get("order", "")
    placed = any(fact.kind is Kind.ORDER_PLACED for fact in _own(facts, order))
    if not (state.issued and order and placed):
        return None
    return state.ticket(id_, fold_order(order, _own(facts, order)))


def _bare(ticket: Ticket | None) -> Ticket | None:
    """The ticket without its add-ons, which have a fold of their own."""
    return replace(ticket, addons=()) if ticket else None


def _all(facts: list[Fact]) -> list[Ticket]:
    return [one for ticket in TICKETS if (one := _folded(facts, ticket))]


def _codes(facts: list[Fact], code: str) -> tuple[Via, set[str]]:
    """The tickets that a secret leads to, and whether as a revoked one."""
    revoked = {ticket for ticket in TICKETS if code in fold_ticket(_own(facts, ticket)).revoked}
    own = {one.id for one in _all(facts) if one.secret == code} - revoked
    if own:
        return Via.SECRET, own
    return (Via.REVOKED, revoked & {one.id for one in _all(facts)}) if revoked else (Via.NOTHING, set())


def _led_to(presented: Presented) -> tuple[Via, set[str]]:
    found = [presented.ticket, *presented.others]
    return presented.via, {one.id for one in found if one is not None}


def _is_expected(ticket: Ticket, door: str) -> bool:
    """By the two doors of `setup`."""
    order = ticket.order
    pays_later = order.status is OrderStatus.PENDING and order.valid_if_pending
    may_come = not ticket.canceled and (order.status is OrderStatus.PAID or pays_later)
    return may_come and (door == LIST or ticket.product == "dinner")


def _figures(facts: list[Fact], door: str) -> Figures:
    passes = [_passes(facts, ticket, door) for ticket in TICKETS]
    inside = sum(bool(one) and one[-1].direction is Direction.ENTRY for one in passes)
    entered = sum(any(step.direction is Direction.ENTRY for step in one) for one in passes)
    is_set_up = any(fact.kind is Kind.LIST_DEFINED and fact.subject == door for fact in facts)
    expected = sum(_is_expected(one, door) for one in _all(facts)) if is_set_up else 0
    return Figures(inside, entered, expected)


def _passes(facts: list[Fact], ticket: str, door: str) -> list[Admission]:
    return [one for one in fold_ticket(_own(facts, ticket)).admissions if one.list == door]


def _settings(examples: int, steps: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=slow
    )


def test_random_desks_agree_with_the_fold() -> None:
    run_state_machine_as_test(Desks, settings=_settings(8, 20))


@pytest.mark.long
def test_many_random_desks_agree_with_the_fold() -> None:
    run_state_machine_as_test(Desks, settings=_settings(60, 50))
