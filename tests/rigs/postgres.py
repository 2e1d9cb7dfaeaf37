"""A PostgreSQL of the tests' own, stopped and thrown away at the end.

`postgres` (a fixture for the whole run) is a running server; `new_database()` gives the address of an
empty database.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.bench.sync.postgres import Postgres, programs

__all__ = ["Postgres", "postgres", "programs"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Commits wait for the disk, as shipped."""
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL's programs are not on this computer")
    # Short: a socket's path has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="edpg"))
    server = Postgres(folder, where, {"max_connections": "60", "shared_buffers": "64MB"})
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
