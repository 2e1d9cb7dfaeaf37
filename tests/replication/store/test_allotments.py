"""Shares of counters: whatever is asked, their sum never passes the size."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync import wire
from tests.replication.store.given import LOG, Desk, Node, gathered, sqlite_url

NAMES = ("a", "b", "c")


def sized(node: Node, size: int | None, counter: str = "q") -> Desk:
    desk = Desk(f"office-{counter}")
    desk.write("counter", counter, size=size)
    node.push(desk)
    return desk


def test_shares_are_given_while_there_is_any(node: Node) -> None:
    sized(node, 10)
    a, b = Desk("a"), Desk("b")
    assert node.allot(a, 7).share == 7
    assert node.allot(b, 7).share == 3
    assert node.counter().left == 0
    assert node.allot(a, 2).share == 2
    assert node.allot(b, 7).share == 7


def test_a_counter_without_an_end_and_one_that_nobody_knows(node: Node) -> None:
    sized(node, None)
    assert node.allot(Desk("a"), 1000).share == 1000
    assert node.counter().left is None
    assert node.allot(Desk("a"), 5, counter="unknown").share == 0
    assert node.allot(Desk("a"), -5).share == 0


def test_use_counts_and_share_is_never_below_it(node: Node) -> None:
    sized(node, 10)
    a, b = Desk("a"), Desk("b")
    node.allot(a, 6)
    a.write("use", "q", number=4)
    a.write("use", "q", number=-1)
    node.push(a)
    node.push(a)
    assert node.allot(a, 0) == wire.Allotment("q", "a", 3, 3)
    assert node.allot(b, 20).share == 7
    # Oversold while alone: nothing is left for anyone, and nothing breaks.
    a.write("use", "q", number=9)
    node.push(a)
    assert node.counter().left == 0
    assert node.allot(b, 20).share == 0


def test_the_rest_of_a_desk_that_is_gone_is_taken_back(node: Node) -> None:
    sized(node, 10)
    a, b = Desk("a"), Desk("b")
    node.allot(a, 8)
    a.write("use", "q", number=2)
    node.push(a)
    taken = node.do(node.logs.take_back(LOG, "q", "a", by="boss", reason="burnt"))
    assert (taken.share, taken.used, taken.taken_back_ms > 0) == (2, 2, True)
    assert node.allot(b, 20).share == 8
    assert [state.counter for state in node.do(node.logs.counters(LOG))] == ["q"]


def test_a_hub_divides_its_own_share(node: Node) -> None:
    sized(node, 100)
    ask = wire.AllotmentAsked("q", 6)
    assert node.do(node.logs.allot(LOG, "a", ask, within=10)).share == 6
    assert node.do(node.logs.allot(LOG, "b", ask, within=10)).share == 4


def test_many_at_once_never_pass_the_size(node: Node) -> None:
    sized(node, 50)
    asked = [
        node.logs.allot(LOG, f"d{number}", wire.AllotmentAsked("q", 3 + number % 5)) for number in range(30)
    ]
    shares = [allotment.share for allotment in node.do(gathered(*asked))]
    assert sum(shares) == 50


STEPS = st.lists(
    st.tuples(st.sampled_from(["allot", "use", "back", "free"]), st.sampled_from(NAMES), st.integers(0, 12)),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(0, 20), steps=STEPS)
def test_what_is_given_never_passes_the_size(
    tmp_path_factory: pytest.TempPathFactory, size: int, steps: list[tuple[str, str, int]]
) -> None:
    node = Node(sqlite_url(tmp_path_factory.mktemp("node")))
    try:
        sized(node, size)
        desks = {name: Desk(name) for name in NAMES}
        used = dict.fromkeys(NAMES, 0)
        share = dict.fromkeys(NAMES, 0)
        for step, name, number in steps:
            if step == "allot":
                share[name] = node.allot(desks[name], number).share
            elif step == "back":
                share[name] = node.do(node.logs.take_back(LOG, "q", name)).share
            else:
                # An honest desk uses what it was given, and gives back what it used.
                change = min(number, share[name] - used[name]) if step == "use" else -min(number, used[name])
                used[name] += change
                desks[name].write("use", "q", number=change)
                node.push(desks[name], desks[name].facts[-1:])
            assert sum(max(share[name], used[name]) for name in NAMES) <= size
            assert all(share[name] >= used[name] for name in NAMES)
            assert sum(used.values()) <= size
    finally:
        node.close()
