"""A node's own store, which lives in an event loop, as the exchange's threads ask for it."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from sync import wire
from sync.chain import Head, Record
from sync.relay.knowledge import Knowledge
from sync.server.ports import Relayed

T = TypeVar("T")


class Stopped(Exception):
    """The relay ends: whoever hears this ends too."""


class Bridge:
    """Runs coroutines in the node's loop for other threads, until it is closed."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lock = threading.Lock()
        self._waiting: set[Future[Any]] = set()
        self._closed = False

    def ask(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Raises Stopped where the bridge is closed, before or meanwhile."""
        with self._lock:
            if self._closed:
                coroutine.close()
                raise Stopped
            future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
            self._waiting.add(future)
        try:
            return future.result()
        except CancelledError:
            raise Stopped from None
        finally:
            with self._lock:
                self._waiting.discard(future)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            waiting = list(self._waiting)
        for future in waiting:
            future.cancel()


class HubStore:
    """A `LogSource` and a `LogSink` over the hub's own `Logs`. `upstream`: the id of the node above.
    `before` sees each page before it is kept."""

    def __init__(
        self,
        logs: Relayed,
        bridge: Bridge,
        knowledge: Knowledge,
        upstream: str = "",
        before: Callable[[wire.Page], None] | None = None,
    ) -> None:
        self._logs = logs
        self._before = before
        self._upstream = upstream
        self._bridge = bridge
        self._knowledge = knowledge

    def heads(self, log: str) -> Mapping[str, int]:
        return self._bridge.ask(self._logs.heads(log)).heads

    def records(self, log: str, desk: str, after: int, limit: int) -> Sequence[Record]:
        return self._bridge.ask(self._logs.records(log, desk, after, limit))

    def signed_head(self, log: str, desk: str, upto: Head) -> wire.SignedHead | None:
        return self._bridge.ask(self._logs.signed_head(log, desk, upto.seq))

    def answered(self, log: str, pushed: wire.Pushed) -> None:
        self._knowledge.told(log, pushed)

    def cursors(self) -> tuple[str, Mapping[str, int]]:
        return self._bridge.ask(self._logs.upstream_cursors())

    def take(self, log: str, epoch: str, page: wire.Page) -> None:
        if self._before is not None:
            self._before(page)
        # Before the store: what wakes by this commit need not be sent back to where it came from.
        self._knowledge.came(log, epoch, page)
        self._bridge.ask(self._logs.receive(self._upstream, log, epoch, page))

    def moved(self, epoch: str, cursors: Mapping[str, int]) -> None:
        self._bridge.ask(self._logs.upstream_moved(epoch, cursors))
