"""Two desks exchange facts as a bad line brings them: in any order, withheld, doubled, redacted, unreadable.

A third desk's facts are forged by the test, malformed ones among them. Once all has been delivered whole,
both desks must hold the same in every table, and their logs must say so.
"""

import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from eventdesk.domain.conflicts import conflicts_of_ticket
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.fold import fold_ticket
from eventdesk.domain.occupancy import Occupancy, occupancy
from eventdesk.domain.tickets import Admission
from eventdesk.storage.schema import PROJECTIONS
from eventdesk.storage.store import Store, Transaction
from eventdesk.storage.verification import verify
from sync.chain import Head, Record, head_of, new_salt, seal
from sync.wire import State, Why
from tests.storage.made import KEY, LIST, LOG, setup
from tests.storage.test_machine import _settings

DESKS = ("a", "b")
TICKETS = ("t1", "t2", "t3")
DOORS = (LIST, "dinner-door")

desks = st.sampled_from(DESKS)
tickets = st.sampled_from(TICKETS)
orders = st.sampled_from(["o1", "o2"])
doors = st.sampled_from(DOORS)
gates = st.sampled_from(["", "north", "south"])
person = st.fixed_dictionaries(
    {}, optional={"name": st.sampled_from(["Ann", "Ben"]), "email": st.just("e@x")}
)

BAD: Sequence[tuple[str, str, bytes]] = [
    ("question_answered", "t1", b'{"answer": "x"}'),
    ("admitted", "t1", b'{"list": "main", "at": 5}'),
    ("admission_undone", "t2", b'{"admission": ["x"]}'),
    ("ticket_issued", "t2", b'{"order": "o1"}'),
    ("ticket_changed", "t1", b'{"secret": null, "name": 7}'),
    ("order_placed", "o1", b"[]"),
    ("order_changed", "o1", b'{"code": null}'),
    ("secret_revoked", "t1", b"{}"),
    ("conflict_settled", "t1", b'{"word": 1}'),
    ("list_defined", LIST, b'{"name": null}'),
    ("quota_used", "q", b'{"number": 0}'),
    ("guest_erased", "o1", b'{"tickets": "t1"}'),
    ("medium_linked", "m", b"\xff"),
    ("staff_defined", "s", b'{"name": "Ann", "roles": "king"}'),
    ("ticket_issued", "t3", b"[" * 5000),
    ("hologram_shown", "t1", b"\x00"),
]

# Good, but each waits for something that another fact must tell.
PARTS: Sequence[tuple[str, str, bytes]] = [
    ("medium_linked", "m", b'{"active": false}'),
    ("medium_linked", "m", b'{"identifier": "W1", "tickets": ["t1"]}'),
    ("product_defined", "p", b'{"price": 5}'),
    ("product_defined", "p", b'{"name": "Lunch"}'),
    ("list_defined", LIST, b'{"allow_entry_after_exit": false}'),
    ("list_defined", "late", b'{"allow_multiple_entries": true}'),
    ("admitted", "t1", b'{"list": "late", "at": "2026-06-10T12:00:00Z"}'),
    ("order_changed", "o1", b'{"name": "Zed"}'),
    ("ticket_changed", "t1", b'{"addon_to": "t2"}'),
    ("ticket_changed", "t1", b'{"addon_to": null}'),
    ("secret_revoked", "t2", b'{"secret": "t2"}'),
    ("staff_defined", "s", b'{"name": "Ann", "roles": ["door"]}'),
    ("staff_defined", "s", b'{"roles": []}'),
    ("quota_freed", "q", b'{"number": 2}'),
    ("question_answered", "t3", b'{"question": "q", "answer": ""}'),
    ("erasure_confirmed", "nothing", b"{}"),
]


class Exchange(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        ticks = count(1_800_000_000_000)
        self.now = ticks
        self.stores = {
            name: Store.open(Path(self.folder.name) / name, KEY, name, lambda: next(ticks)) for name in DESKS
        }
        self.forged: list[Record] = []

    def teardown(self) -> None:
        try:
            self.heal()
            self.both_are_equal()
            for store in self.stores.values():
                assert verify(store) == []
                self.sums_are_the_domains(store)
        finally:
            for store in self.stores.values():
                store.close()
            self.folder.cleanup()

    # What happens at the desks

    @initialize()
    def begin(self) -> None:
        self._write("a", *setup())

    def _write(self, desk: str, *drafts: Draft) -> None:
        with self.stores[desk].transaction() as tx:
            tx.append(LOG, drafts)

    @rule(desk=desks, order=orders, more=person)
    def place(self, desk: str, order: str, more: dict[str, Any]) -> None:
        self._write(desk, Draft(Kind.ORDER_PLACED, order, {"code": order, **more}))

    @rule(desk=desks, ticket=tickets, order=orders, more=person, main=st.sampled_from([None, None, *TICKETS]))
    def issue(self, desk: str, ticket: str, order: str, more: dict[str, Any], main: str | None) -> None:
        members = {"order": order, "secret": ticket, "product": "entry", "addon_to": main, **more}
        self._write(desk, Draft(Kind.TICKET_ISSUED, ticket, members))

    @rule(desk=desks, ticket=tickets, more=person, answer=st.sampled_from(["", "x"]))
    def change(self, desk: str, ticket: str, more: dict[str, Any], answer: str) -> None:
        self._write(desk, Draft(Kind.TICKET_CHANGED, ticket, more))
        self._write(desk, Draft(Kind.QUESTION_ANSWERED, ticket, {"question": "q", "answer": answer}))

    @rule(
        desk=desks,
        ticket=tickets,
        door=doors,
        gate=gates,
        kind=st.sampled_from([Kind.ADMITTED, Kind.ADMITTED, Kind.LEFT]),
        forced=st.booleans(),
        hour=st.integers(0, 9),
    )
    def pass_door(
        self, desk: str, ticket: str, door: str, gate: str, kind: Kind, forced: bool, hour: int
    ) -> None:
        at = f"2026-06-10T1{hour}:00:00Z"
        members = {"list": door, "at": at, "gate": gate, "forced": forced}
        self._write(desk, Draft(kind, ticket, members))

    @rule(desk=desks, ticket=tickets, data=st.data())
    def undo(self, desk: str, ticket: str, data: st.DataObject) -> None:
        with self.stores[desk].transaction() as tx:
            facts = tx.facts(LOG, ticket, Kind.ADMITTED, Kind.LEFT)
            if facts:
                one = data.draw(st.sampled_from(facts))
                undone = {"admission": one.id, "reason": "r"}
                tx.append(LOG, [Draft(Kind.ADMISSION_UNDONE, ticket, undone)])

    @rule(desk=desks, word=st.sampled_from(["twins", "copied"]))
    def settle(self, desk: str, word: str) -> None:
        with self.stores[desk].transaction() as tx:
            for one in tx.conflicts(LOG)[:1]:
                tx.append(LOG, [Draft(Kind.CONFLICT_SETTLED, one.ticket, {"conflict": one.id, "word": word})])

    @rule(desk=desks, door=doors, many=st.booleans(), again=st.booleans())
    def change_list(self, desk: str, door: str, many: bool, again: bool) -> None:
        members = {"name": door, "allow_multiple_entries": many, "allow_entry_after_exit": again}
        self._write(desk, Draft(Kind.LIST_DEFINED, door, members))

    @rule(desk=desks, number=st.integers(1, 9), kind=st.sampled_from([Kind.QUOTA_USED, Kind.QUOTA_FREED]))
    def use(self, desk: str, number: int, kind: Kind) -> None:
        self._write(desk, Draft(kind, "q", {"number": number}))

    @rule(desk=desks, order=orders, among=st.sets(tickets))
    def erase(self, desk: str, order: str, among: set[str]) -> None:
        draft = Draft(Kind.GUEST_ERASED, order, {"tickets": sorted(among)})
        self._write(desk, draft, Draft(Kind.ERASURE_CONFIRMED, draft.id, {}))

    @rule(desk=desks, order=orders)
    def redact(self, desk: str, order: str) -> None:
        with self.stores[desk].transaction() as tx:
            tx.redact_order(LOG, order)

    @rule(desk=desks, chance=st.integers(0, 19))
    def purge(self, desk: str, chance: int) -> None:
        if chance == 7:
            self._write(desk, Draft(Kind.GUESTS_PURGED, LOG, {}))

    @rule(one=st.sampled_from([*BAD, *PARTS, *PARTS]))
    def forge(self, one: tuple[str, str, bytes]) -> None:
        kind, subject, payload = one
        head = head_of(self.forged[-1]) if self.forged else Head()
        stamp = f"{next(self.now):012x}-0000-c"
        made = seal(head, f"c{head.seq}", LOG, kind, subject, stamp, "c", payload, new_salt())
        self.forged.append(made)

    # What the line does

    def _records(self, source: str, desk: str) -> list[Record]:
        return self.forged if desk == "c" else self._kept(source, desk)

    def _kept(self, source: str, desk: str) -> list[Record]:
        with self.stores[source].reader() as reader:
            return reader.unsent(LOG, desk, 0, 10_000)

    @rule(
        into=desks,
        start=st.floats(0, 1),
        number=st.integers(1, 30),
        withheld=st.sets(st.integers(0, 30)),
        order=st.permutations([*DESKS, "c"]),
    )
    def deliver(self, into: str, start: float, number: int, withheld: set[int], order: Sequence[str]) -> None:
        source = "b" if into == "a" else "a"
        batch = [self._cut(into, self._records(source, desk), start, number, withheld) for desk in order]
        with self.stores[into].transaction() as tx:
            received = tx.receive([*batch[0], *batch[1], *batch[2], *batch[0]])
        assert {one.why for one in received.refused} <= {Why.GAP}

    def _cut(
        self, target: str, records: list[Record], start: float, number: int, withheld: set[int]
    ) -> list[Record]:
        """A stretch that begins somewhere in what the target has."""
        desk = records[0].desk if records else ""
        with self.stores[target].reader() as reader:
            known = reader.heads(LOG).get(desk, Head()).seq
        first = int(start * known)
        cut = records[first : first + number]
        return [_withheld(one) if place in withheld else one for place, one in enumerate(cut)]

    def heal(self) -> None:
        for _ in range(2):
            for target, source in (("a", "b"), ("b", "a")):
                with self.stores[target].transaction() as tx:
                    for desk in (*DESKS, "c"):
                        assert list(tx.receive(self._records(source, desk)).refused) == []
                    # What was redacted there, by hand, comes redacted.
                    tx.receive(self._kept(source, "c"))

    # What must hold

    def both_are_equal(self) -> None:
        one, other = (_tables(store) for store in self.stores.values())
        for name in one:
            assert one[name] == other[name], name

    def sums_are_the_domains(self, store: Store) -> None:
        with store.transaction() as tx:
            passes = {one: _passes(tx, one) for one in TICKETS}
            lists = tx.catalogue(LOG).lists
            settled = [f for one in TICKETS for f in tx.facts(LOG, one, Kind.CONFLICT_SETTLED)]
            wanted = {
                conflict.id: conflict
                for one in TICKETS
                for conflict in conflicts_of_ticket(passes[one], lists, settled)
            }
            found = {one.id: one for one in [*tx.conflicts(LOG), *tx.conflicts(LOG, settled=True)]}
            assert found == wanted
            assert _bare(tx.occupancy(LOG)) == _bare(_occupancy(tx, passes))


def _withheld(record: Record) -> Record:
    return record._replace(payload=b"", salt=b"", redacted=State.WITHHELD)


def _tables(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every projection, and the log without the order of arrival."""
    found = {}
    with store.reader() as reader:
        for table in PROJECTIONS:
            columns = ", ".join(f'"{one.name}"' for one in table.columns if one.name != "n")
            found[table.name] = sorted(
                reader._execute(f"SELECT {columns} FROM {table.name}").fetchall(), key=repr
            )
        query = "SELECT id, desk, seq, payload, salt, redacted FROM facts ORDER BY desk, seq"
        found["facts"] = reader._execute(query).fetchall()
    return found


def _passes(tx: Transaction, ticket: str) -> tuple[Admission, ...]:
    return fold_ticket(tx.facts(LOG, ticket)).admissions


def _occupancy(tx: Transaction, passes: dict[str, tuple[Admission, ...]]) -> Occupancy:
    persons: dict[str, list[Admission]] = {}
    for ticket, own in passes.items():
        row = tx._execute("SELECT addon_to FROM tickets WHERE id = ?", (ticket,)).fetchone()
        persons.setdefault((row and row[0]) or ticket, []).extend(own)
    return occupancy(persons, tx.catalogue(LOG).gates)


def _bare(one: Occupancy) -> tuple[object, ...]:
    kept = (
        {key: value for key, value in part.items() if value} for part in (one.lists, one.gates, one.areas)
    )
    return (one.people, *kept)


def test_two_desks_end_equal() -> None:
    run_state_machine_as_test(Exchange, settings=_settings(15, 25))


@pytest.mark.long
def test_two_desks_end_equal_after_much() -> None:
    run_state_machine_as_test(Exchange, settings=_settings(60, 50))


def test_forged_payloads_are_what_they_claim_to_be(tmp_path: Path) -> None:
    """Each malformed one is kept as unreadable, and named."""
    with Store.open(tmp_path / "x", KEY, "x", lambda: 1_800_000_000_000) as store:
        head, records = Head(), []
        for number, (kind, subject, payload) in enumerate(BAD):
            stamp = f"0190b6c3f{number:03x}-0000-c"
            records.append(seal(head, str(number), LOG, kind, subject, stamp, "c", payload, new_salt()))
            head = head_of(records[-1])
        with store.transaction() as tx:
            received = tx.receive(records)
            assert len(received.unreadable) == len(BAD) - 1
            assert [one.words for one in tx.unreadable(LOG)] == [one.words for one in received.unreadable]
            assert all(one.words for one in received.unreadable)
            assert tx.unsent(LOG, "c", 0, 100) == records
        assert verify(store) == []
