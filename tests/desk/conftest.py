"""A desk at the door of the demo event: a real encrypted store and a real engine, without a screen."""

import queue
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from eventdesk.desk.commands import ChooseDoor, Command
from eventdesk.desk.demo import LIST, LOG, demo_drafts
from eventdesk.desk.engine import Engine
from eventdesk.desk.hook import Hook
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.domain.decision import Mode
from eventdesk.storage.store import Store

T = TypeVar("T")
NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
PATIENCE_S = 10


class Heard:
    """Keeps what the hooks tell, so that a test can wait for it."""

    def __init__(self, hooks: Hooks) -> None:
        self._queues: dict[int, queue.SimpleQueue[Any]] = {}
        for hook in vars(hooks).values():
            self._queues[id(hook)] = queue.SimpleQueue()
            hook.connect(self._queues[id(hook)].put)

    def next(self, hook: Hook[T], seconds: float = PATIENCE_S) -> T:
        """The next thing told by the hook; fails the test where nothing comes."""
        told: T = self._queues[id(hook)].get(timeout=seconds)
        return told

    def nothing(self, hook: Hook[Any]) -> bool:
        return self._queues[id(hook)].empty()


class Clock:
    """A wall clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Desk:
    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.hooks = Hooks()
        self.heard = Heard(self.hooks)
        self.engine = Engine(store, self.hooks, Preferences(store), now=clock)

    def ask(self, command: Command, hook: Callable[[Hooks], Hook[T]]) -> T:
        """Post a command and wait for its answer."""
        self.engine.post(command)
        return self.heard.next(hook(self.hooks))

    def choose(self, list_id: str = LIST, mode: Mode = Mode.ENTRY, gate: str | None = "north") -> None:
        self.ask(ChooseDoor(LOG, list_id, gate, mode), lambda hooks: hooks.door_chosen)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", secrets.token_bytes(32), "d001") as store:
        with store.transaction() as tx:
            tx.append(LOG, demo_drafts(NOON))
        yield store


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    """Chosen: the main entrance, north gate, entry."""
    desk = Desk(store, Clock())
    desk.engine.start()
    desk.choose()
    yield desk
    desk.engine.stop()
