"""Calls of a maker's library, each with a limit in all: the library's own limits are for each piece of an
answer, and an answer may come in many pieces."""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Generic, Protocol, TypeVar

from eventdesk.devices.printers.patience import Patience as Worker

T = TypeVar("T")


class Client(Protocol):
    def close(self) -> object: ...


C = TypeVar("C", bound=Client)


class Calls(Generic[C]):
    """One call at a time, on a thread of its own. `opened` makes the library's client, at the first call:
    loading a library takes a moment that a desk without a terminal need not spend."""

    def __init__(self, name: str, seconds: float, opened: Callable[[], C]) -> None:
        self._name = name
        self._seconds = seconds
        self._opened = opened
        self._line: tuple[Worker, C] | None = None
        self._lock = Lock()

    def call(self, function: Callable[[C], T]) -> T:
        """What `function` returns or raises; TimeoutError when it takes too long. Then a call that still
        hangs is left to itself, and the next one begins with a new client."""
        with self._lock:
            worker, client = self._line = self._line or (self._worker(), self._opened())
        try:
            return worker.call(lambda: function(client))
        except TimeoutError:
            with self._lock:
                if self._line == (worker, client):
                    self._line = None
            worker.close()
            raise

    def close(self) -> None:
        with self._lock:
            line, self._line = self._line, None
        if line is not None:
            worker, client = line
            with suppress(TimeoutError):
                worker.call(client.close)
            worker.close()

    def _worker(self) -> Worker:
        return Worker(self._name, self._seconds)
