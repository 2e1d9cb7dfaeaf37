"""A random life of one node, against a model that is a few lists: pushes in any order and again, facts
bent on the way, pulls at any cursor, restarts."""

import tempfile
from pathlib import Path

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sync.wire import State, WireFact
from tests.replication.store.given import LOG, Desk, Node, sqlite_url

NAMES = ("a", "b", "c")
NUMBERS = st.integers(0, 12)


class OneNode(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.node = Node(sqlite_url(Path(self.folder.name)))
        self.desks = {name: Desk(name) for name in NAMES}
        self.heads = dict.fromkeys(NAMES, 0)
        self.withheld: set[str] = set()
        self.arrived: list[str] = []  # ids by number of arrival, released ones once more
        self.seen: list[WireFact] = []
        self.cursor = 0

    @rule(name=st.sampled_from(NAMES), number=st.integers(1, 6))
    def writes(self, name: str, number: int) -> None:
        for _ in range(number):
            self.desks[name].write()

    @rule(name=st.sampled_from(NAMES), first=NUMBERS, number=NUMBERS, bent=st.none() | NUMBERS)
    def pushes(self, name: str, first: int, number: int, bent: int | None) -> None:
        desk = self.desks[name]
        facts = list(desk.facts[first : first + number])
        if bent is not None and bent < len(facts):
            facts[bent] = msgspec.structs.replace(facts[bent], payload=b'"bent"')
        pushed = self.node.push(desk, facts)
        if first > self.heads[name]:
            facts = []
        taken = sum(self.arrives(fact) for fact in facts)
        assert pushed.taken == taken
        assert not facts or pushed.heads == {name: self.heads[name]}

    def arrives(self, fact: WireFact) -> bool:
        """Whether the model takes it as new (or releases it)."""
        whole = fact.payload != b'"bent"'
        if fact.seq > self.heads[fact.desk]:
            self.heads[fact.desk] = fact.seq
            if not whole:
                self.withheld.add(fact.id)
        elif not (whole and fact.id in self.withheld):
            return False
        else:
            self.withheld.remove(fact.id)
        self.arrived.append(fact.id)
        return whole

    @rule(limit=st.integers(1, 9))
    def pulls(self, limit: int) -> None:
        page = self.node.pull(self.desks["a"], self.cursor, limit=limit)
        assert [fact.id for fact in page.facts] == self.arrived[self.cursor : self.cursor + limit]
        assert page.more == (self.cursor + limit < len(self.arrived)) or not page.facts
        assert all((fact.state == State.WITHHELD) == (fact.id in self.withheld) for fact in page.facts)
        self.seen += page.facts
        self.cursor = page.cursor

    @rule()
    def restarts(self) -> None:
        self.node.reopen()

    @invariant()
    def nothing_is_lost(self) -> None:
        heads = self.node.do(self.node.logs.heads(LOG))
        assert heads.heads == {name: seq for name, seq in self.heads.items() if seq}
        assert heads.cursor == len(self.arrived)

    def teardown(self) -> None:
        while self.cursor < len(self.arrived):
            self.pulls(1000)
        last = {fact.id: fact for fact in self.seen}
        for name, seq in self.heads.items():
            mine = {fact.id: fact.payload for fact in self.desks[name].facts[:seq]}
            got = {id_: fact.payload for id_, fact in last.items() if fact.desk == name}
            assert got.keys() == mine.keys()
            assert all(got[id_] == mine[id_] for id_ in mine.keys() - self.withheld)
        self.node.close()
        self.folder.cleanup()


TestOneNode = OneNode.TestCase
TestOneNode.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
