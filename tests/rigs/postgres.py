"""A PostgreSQL of the tests' own, stopped and thrown away at the end.

`postgres` is a running server, one for the whole run; its `new_database()` gives the address of an empty
database, which is the test's own.
"""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventdesk.bench.sync.postgres import Postgres, programs

SETTINGS = {"max_connections": "60", "shared_buffers": "64MB", "fsync": "off", "full_page_writes": "off"}

__all__ = ["Postgres", "postgres", "postgres_server", "programs"]


@pytest.fixture
def postgres(postgres_server: Postgres) -> Iterator[Postgres]:
    """Its databases are the test's own."""
    yield postgres_server
    if postgres_server.process.poll() is None:
        postgres_server.recycle()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """Commits do not wait for the disk: the tests kill programs, not the computer."""
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL's programs are not on this computer")
    # Short: a socket's path has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="edpg"))
    server = Postgres(folder, where, SETTINGS)
    yield server
    server.stop(signal.SIGQUIT)  # nothing of it is worth a last checkpoint
    shutil.rmtree(folder, ignore_errors=True)
