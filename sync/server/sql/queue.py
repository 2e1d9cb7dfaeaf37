"""What waits to be written, and where each answer goes."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from threading import Condition
from typing import Any, NamedTuple

from sqlalchemy import Connection

from sync.errors import ServerFault

MOST_WAITING = 4096
MOST_AT_ONCE = 64

Work = Callable[[Connection], Any]


class Item(NamedTuple):
    """`order`: works of a group run in its order, so that all processes take their locks alike."""

    work: Work
    order: str
    future: "asyncio.Future[Any] | Future[Any]"
    loop: asyncio.AbstractEventLoop | None


class Outcome(NamedTuple):
    result: Any = None
    error: BaseException | None = None


class Waiting:
    """Bounded: what finds no room is told so at once, and nothing is kept of it."""

    def __init__(self) -> None:
        self._items: deque[Item] = deque()
        self._changed = Condition()
        self._closed = False

    def put(self, item: Item) -> None:
        with self._changed:
            if self._closed:
                raise stopping()
            if len(self._items) >= MOST_WAITING:
                raise busy()
            self._items.append(item)
            self._changed.notify()

    def take(self) -> list[Item]:
        """All that waits, up to a group's size; empty when closed and nothing is left."""
        with self._changed:
            while not self._items and not self._closed:
                self._changed.wait()
            return [self._items.popleft() for _ in range(min(len(self._items), MOST_AT_ONCE))]

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def stopping() -> ServerFault:
    return ServerFault("The node is stopping.", "Try again in a moment.", status=503, code="stopping")


def busy() -> ServerFault:
    return ServerFault(
        "The node has too much to do.", "Try again in a moment.", status=503, code="busy", retry_after=1.0
    )


def answer(group: Sequence[Item], outcomes: Sequence[Outcome]) -> None:
    """Tell every asker, on its own loop: one wake-up a loop, however many asked."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Any, Outcome]]] = {}
    for item, outcome in zip(group, outcomes, strict=True):
        if item.loop is None:
            _settle([(item.future, outcome)])
        else:
            by_loop.setdefault(item.loop, []).append((item.future, outcome))
    for loop, answers in by_loop.items():
        # A loop that is closed, or was this very moment, has nobody left who waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, answers)


def _settle(answers: Sequence[tuple[Any, Outcome]]) -> None:
    for future, outcome in answers:
        if future.done():
            continue
        if outcome.error is not None:
            future.set_exception(outcome.error)
        else:
            future.set_result(outcome.result)
