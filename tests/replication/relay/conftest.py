"""A centre and a hub on real databases and sockets, with a wire between them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.client.http import HttpUpstream
from tests.replication.relay.nodes import Desk, Node
from tests.rigs.wires import Wire

Join = Callable[..., Desk]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Node]:
    node = Node(tmp_path, "centre")
    node.start()
    yield node
    node.stop()


@pytest.fixture
def line(centre: Node) -> Iterator[Wire]:
    with Wire(centre.port) as wire:
        yield wire


@pytest.fixture
def hub(tmp_path: Path, centre: Node, line: Wire) -> Iterator[Node]:
    node = Node(tmp_path, "hub")
    node.become_hub(centre, line.port)
    node.start()
    yield node
    node.stop()


@pytest.fixture
def join() -> Iterator[Join]:
    made: list[HttpUpstream] = []

    def _join(node: Node, desk: str, *roles: str) -> Desk:
        found = Desk(desk)
        made.append(found.join(node, *roles))
        return found

    yield _join
    for upstream in made:
        upstream.close()
