"""A real pretix for the tests that ask one: installed on first use, skipped where that can't be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.cached import NotInstallable
from tests.rigs.pretix_server.installing import python
from tests.rigs.pretix_server.server import PretixServer

ORDERS = 120


@pytest.fixture(scope="session")
def running_pretix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PretixServer]:
    try:
        found = python()
    except NotInstallable as error:
        pytest.skip(f"a real pretix can't be installed here: {error}")
    server = PretixServer(found, Path(tmp_path_factory.mktemp("pretix")))
    server.seed(ORDERS)
    server.save()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def pretix(running_pretix: PretixServer) -> Iterator[PretixServer]:
    """As it was seeded, whatever the test before has done to it."""
    yield running_pretix
    running_pretix.restore()
