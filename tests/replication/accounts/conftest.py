"""Accounts on both kinds of database, with a clock that the test turns."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.server.database import Database
from tests.replication.accounts.node import Node
from tests.rigs.postgres import Postgres, postgres

__all__ = ["postgres"]

KEY = bytes(range(48))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/node.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def opened(url: str) -> Iterator[Callable[[], Node]]:
    """Another process's view of the same node, each time it is called."""
    databases: list[Database] = []

    def open_() -> Node:
        databases.append(Database.open(url, KEY if url.startswith("sqlite") else None, name="Centre"))
        return Node(databases[-1])

    yield open_
    for database in databases:
        database.close()


@pytest.fixture
def node(opened: Callable[[], Node]) -> Node:
    return opened()
