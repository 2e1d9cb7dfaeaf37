"""The counts after a day of the fleet: what was shown against what is held, by sums of our own."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import quantiles
from typing import Any

from tests.e2e.fleet.desks import DeskProcess
from tests.e2e.fleet.party import AGAIN, QUOTA
from tests.e2e.fleet.served import Held

PASSES = ("admitted", "left")
Fact = dict[str, Any]
Account = dict[str, Any]


@dataclass
class Ledger:
    """The centre's facts, folded anew: nothing here is asked of the program."""

    held: Held
    passes: list[Fact] = field(default_factory=list)
    standing: list[Fact] = field(default_factory=list)  # in stamp order
    sold: int = 0

    def __post_init__(self) -> None:
        facts = sorted(self.held.facts, key=lambda fact: (fact["stamp"], fact["id"]))
        undone = {fact["payload"]["admission"] for fact in facts if fact["kind"] == "admission_undone"}
        self.passes = [fact for fact in facts if fact["kind"] in PASSES]
        self.standing = [fact for fact in self.passes if fact["id"] not in undone]
        self.sold = sum(fact["payload"]["number"] for fact in facts if fact["kind"] == "quota_used")

    def doubles(self) -> Iterator[tuple[Fact, Fact]]:
        """Entries of one ticket on one list that follow each other without an exit that frees."""
        runs: dict[tuple[str, str], list[list[Fact]]] = defaultdict(lambda: [[]])
        for fact in self.standing:
            list_ = fact["payload"]["list"]
            of_ticket = runs[fact["subject"], list_]
            if fact["kind"] == "admitted":
                of_ticket[-1].append(fact)
            elif list_ == AGAIN:
                of_ticket.append([])
        for of_ticket in runs.values():
            for run in of_ticket:
                yield from pairwise(run)

    def conflicts(self) -> set[frozenset[str]]:
        return {
            frozenset((one["id"], other["id"]))
            for one, other in self.doubles()
            if one["desk"] != other["desk"]
        }

    def inside(self) -> tuple[int, Counter[str], Counter[str]]:
        """People; by list; by the gate of each person's latest entry."""
        last: dict[tuple[str, str], Fact] = {}
        for fact in self.standing:
            last[fact["subject"], fact["payload"]["list"]] = fact
        entries = [fact for fact in last.values() if fact["kind"] == "admitted"]
        latest: dict[str, Fact] = {}
        for fact in sorted(entries, key=lambda one: (one["stamp"], one["id"])):
            latest[fact["subject"]] = fact
        gates = Counter(str(fact["payload"].get("gate", "")) for fact in latest.values())
        return len(latest), Counter(fact["payload"]["list"] for fact in entries), gates


def check_shown(desks: dict[str, DeskProcess], ledger: Ledger) -> int:
    """Every green verdict is in the log once; nothing else is, but what a kill kept from being shown."""
    held = Counter(fact["id"] for fact in ledger.passes)
    assert set(held.values()) <= {1}
    by_desk = {id_: [line["green"] for line in desk.shown("green")] for id_, desk in desks.items()}
    shown = [green for greens in by_desk.values() for green in greens if green]
    assert len(shown) == len(set(shown))
    lost = set(shown) - set(held)
    assert not lost, f"shown green, and nowhere: {lost}"
    unshown = Counter(fact["desk"] for fact in ledger.passes if fact["id"] not in set(shown))
    for id_, number in unshown.items():
        assert number <= desks[id_].kills, f"{id_} has written what it never showed"
    return len(shown)


def check_same(accounts: dict[str, Account], held: dict[str, Held]) -> None:
    """Every desk and node holds the same, and finds nothing wrong with itself."""
    heads = next(iter(held.values())).heads
    for name, node in held.items():
        assert node.heads == heads, name
        assert not node.withheld, (name, node.withheld[:3])
    for id_, one in accounts.items():
        assert one["wrong"] == [], (id_, one["wrong"][:3])
        assert one["left"] == [0, 0, 0], (id_, one["left"])
        assert one["heads"] == heads, id_
    same = [
        {name: of[name] for name in ("conflicts", "people", "lists", "gates")} for of in accounts.values()
    ]
    assert all(one == same[0] for one in same)


def check_stamps(ledger: Ledger, first_ms: int, last_ms: int) -> None:
    """A clock that is off moves nobody's facts."""
    for fact in ledger.held.facts:
        assert first_ms <= int(fact["stamp"].partition("-")[0], 16) <= last_ms, fact["stamp"]


def check_folded(accounts: dict[str, Account], held: dict[str, Held], ledger: Ledger, places: int) -> None:
    """What the desks say is what the facts say."""
    passes = {fact["id"] for fact in ledger.passes}
    people, lists, gates = ledger.inside()
    for id_, one in accounts.items():
        assert len(one["passes"]) == len(passes), id_
        assert set(one["passes"]) == passes, id_
        assert {frozenset(conflict[1:]) for conflict in one["conflicts"]} == ledger.conflicts(), id_
        assert (one["people"], one["lists"], one["gates"]) == (people, dict(lists), dict(gates)), id_
        assert one["quotas"] == {QUOTA: ledger.sold}, id_
    for name, node in held.items():
        assert {fact["id"] for fact in node.facts if fact["kind"] in PASSES} == passes, name
    assert ledger.sold <= places


def check_grants(ledger: Ledger, sides: dict[str, str]) -> Counter[str]:
    """No node has granted a ticket twice. Two confirmed ones are of two nodes that could not talk: one of
    them was the hub's word alone. By how they came about."""
    found: Counter[str] = Counter()
    for one, other in ledger.doubles():
        confirmed = [fact for fact in (one, other) if fact["payload"].get("confirmed", True)]
        if len(confirmed) < 2:
            found["unconfirmed"] += 1
            continue
        words = {fact["payload"].get("confirmed_by") for fact in confirmed}
        apart = {sides[fact["desk"]] for fact in confirmed} == {"centre", "hub"}
        assert apart and "hub" in words, f"granted twice: {one} {other}"  # noqa: PT018 - one thing
        found["hub alone"] += 1
    return found


@dataclass(frozen=True)
class Latencies:
    """Of scans, milliseconds from the code to the verdict."""

    number: int
    p50: float
    p95: float
    p99: float
    worst: float


def latencies(desks: dict[str, DeskProcess], windows: list[tuple[float, float]] | None = None) -> Latencies:
    """`windows`: of scans within these alone (`time.monotonic()`)."""
    found = sorted(
        line["ms"]
        for desk in desks.values()
        for line in desk.shown("ms")
        if windows is None or any(begin <= line["at"] <= end for begin, end in windows)
    )
    assert len(found) > 1
    cuts = quantiles(found, n=100, method="inclusive")
    return Latencies(len(found), cuts[49], cuts[94], cuts[98], found[-1])
