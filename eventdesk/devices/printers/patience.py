"""Calls into a library that may hang for ever, with a limit.

libcups waits as long as the print system does. A thread that waits in it can't be stopped, so all calls
go through one thread: while one hangs, the others fail at once instead of piling up behind it.
"""

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

T = TypeVar("T")


class Patience:
    """Runs one call at a time on a thread of its own and waits `seconds` for each."""

    def __init__(self, name: str, seconds: float) -> None:
        self._name = name
        self._seconds = seconds
        self._work: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._hanging: Future[Any] | None = None
        self._lock = Lock()

    def call(self, function: Callable[[], T], seconds: float | None = None) -> T:
        """What `function` returns or raises. Raises TimeoutError, also while an earlier call hangs.
        `seconds` is another limit for this call."""
        with self._lock:
            if self._hanging is not None and not self._hanging.done():
                raise TimeoutError("an earlier call still hangs")
            self._hanging = None
            future: Future[T] = Future()
            self._start()
            self._work.put((future, function))
            try:
                return future.result(self._seconds if seconds is None else seconds)
            except TimeoutError:
                self._hanging = future
                raise

    def close(self) -> None:
        """End the thread; one that hangs ends with the process, or when its call returns."""
        with self._lock:
            if self._thread is not None:
                self._work.put(None)
                if self._hanging is None or self._hanging.done():
                    self._thread.join()
                self._thread = None

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (item := self._work.get()) is not None:
            future, function = item
            try:
                future.set_result(function())
            except BaseException as error:  # noqa: BLE001
                # It is raised again where the call was made.
                future.set_exception(error)


class Turn:
    """A hand-over that either begins or is called off: one that hung must not go on later, unseen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begun = False
        self._called_off = False

    def begin(self) -> bool:
        """Whether the hand-over may begin."""
        with self._lock:
            self._begun = not self._called_off
            return self._begun

    def call_off(self) -> bool:
        """Whether it was in time: nothing was handed over and nothing will be."""
        with self._lock:
            self._called_off = not self._begun
            return self._called_off
