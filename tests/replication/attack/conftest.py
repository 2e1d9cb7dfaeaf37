"""Nodes to be attacked: on both databases in this process, and one as a process of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.server.settings import Settings
from tests.replication.attack.node import SETTINGS, Node
from tests.rigs.postgres import Postgres, postgres

__all__ = ["postgres"]

NodeMaker = Callable[..., Node]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/node.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def node(url: str) -> Iterator[Node]:
    node = Node(url)
    yield node
    node.close()


@pytest.fixture
def make_node(tmp_path: Path) -> Iterator[NodeMaker]:
    """On SQLite, with settings."""
    made: list[Node] = []

    def make(settings: Settings = SETTINGS) -> Node:
        made.append(Node(f"sqlite:///{tmp_path}/node{len(made)}.db", settings))
        return made[-1]

    yield make
    for node in made:
        node.close()
