from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replication.store.given import Node, sqlite_url
from tests.rigs.postgres import Postgres, postgres

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of either kind."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def node(url: str) -> Iterator[Node]:
    node = Node(url)
    yield node
    node.close()
