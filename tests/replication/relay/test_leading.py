"""Two processes' worth of one hub on PostgreSQL: one relays, the other takes over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replication.relay.conftest import Join
from tests.replication.relay.nodes import Node, eventually
from tests.replication.relay.test_relay import has, push, stamped
from tests.rigs.postgres import Postgres, postgres
from tests.rigs.wires import Wire

__all__ = ["postgres"]


@pytest.fixture
def pair(tmp_path: Path, centre: Node, line: Wire, postgres: Postgres) -> Iterator[tuple[Node, Node]]:
    url = postgres.new_database()
    one, two = Node(tmp_path, "hub", url), Node(tmp_path, "hub", url)
    one.become_hub(centre, line.port)
    two.pair, two.session, two.via = one.pair, one.session, one.via
    one.start()
    two.start()
    yield one, two
    one.stop()
    two.stop()


def leads(node: Node) -> bool:
    return node.relay is not None and node.relay.standing().leads


@pytest.mark.long
def test_one_of_two_relays_and_the_other_takes_over(
    centre: Node, pair: tuple[Node, Node], join: Join
) -> None:
    one, two = pair
    eventually(lambda: leads(one) or leads(two))
    assert leads(one) != leads(two)
    leader, other = (one, two) if leads(one) else (two, one)
    below, above = join(other, "below"), join(centre, "above")
    stamped(below, 5)
    push(below)
    eventually(lambda: has(above, "below", 5))
    leader.stop()
    eventually(lambda: leads(other))
    stamped(below, 5)
    push(below)
    eventually(lambda: has(above, "below", 10), 20)
