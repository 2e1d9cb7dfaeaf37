"""A store for each test, on a real encrypted file."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from eventdesk.storage.store import Store
from tests.storage.made import KEY, LOG, setup

OpenStore = Callable[..., Store]


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[OpenStore]:
    """Opens stores in the test's folder, by file name and desk; a clock that moves at each look."""
    ticks = count(1_800_000_000_000)
    with ExitStack() as stack:

        def opened(name: str = "desk.db", desk: str = "desk1", key: bytes = KEY) -> Store:
            return stack.enter_context(Store.open(tmp_path / name, key, desk, lambda: next(ticks)))

        yield opened


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store()


@pytest.fixture
def event(store: Store) -> Store:
    """A store with the event set up."""
    with store.transaction() as tx:
        tx.append(LOG, setup())
    return store
