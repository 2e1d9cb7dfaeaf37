"""A lane: one thread, one queue of commands, and handlers that may raise."""

import logging
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from queue import SimpleQueue
from typing import Any

from eventdesk.desk.commands import BY_THE_CLOCK, Command
from eventdesk.desk.hook import Hook
from eventdesk.desk.hooks import Trouble
from eventdesk.errors import EventDeskError, StorageError, of_system

log = logging.getLogger(__name__)

Handlers = Mapping[type[Command], Callable[[Any], None]]


class Lane:
    """Serves its commands one after the other. A fault is told, never swallowed, and never stops the lane."""

    def __init__(self, name: str, handlers: Handlers, trouble_told: Hook[Trouble], device: str = "") -> None:
        """`device`: what limps where the storage fails these commands."""
        self._handlers = handlers
        self._trouble_told = trouble_told
        self._queue: SimpleQueue[Command | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._device = device
        self._told: dict[type[Command], str] = {}

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Serve what was posted before, then end. Waits for the thread."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def serves(self, command: Command) -> bool:
        return type(command) in self._handlers

    def post(self, command: Command) -> None:
        self._queue.put(command)

    def _run(self) -> None:
        while (command := self._queue.get()) is not None:
            self.serve(command)

    def serve(self, command: Command) -> None:
        """Serve one command on the calling thread."""
        try:
            self._handlers[type(command)](command)
        except Exception as error:  # noqa: BLE001 - the one place where a bug must not end the desk's work
            told = trouble(command.request, error, f"serving {type(command).__name__}")
            device = self._device if isinstance(error, StorageError) else ""
            self._tell(command, replace(told, command=type(command), device=device))
        else:
            self._told.pop(type(command), None)

    def _tell(self, command: Command, told: Trouble) -> None:
        kind = type(command)
        if kind in BY_THE_CLOCK and self._told.get(kind) == told.message:
            return
        self._told[kind] = told.message
        self._trouble_told(told)


def closed_while(
    check: Callable[[], None], handlers: Handlers, commands: Collection[type[Command]]
) -> Handlers:
    """The handlers, of which those of `commands` first call `check`, which may raise."""

    def checked(handler: Callable[[Any], None]) -> Callable[[Any], None]:
        def handle(command: Any) -> None:
            check()
            handler(command)

        return handle

    return {kind: checked(one) if kind in commands else one for kind, one in handlers.items()}


def trouble(request: str, error: Exception, doing: str) -> Trouble:
    """A fault of the world in its own words; anything else is a bug, whose trace goes to the log."""
    if isinstance(error, OSError):
        error = of_system(error)
    if isinstance(error, EventDeskError):
        return Trouble(request, error.message, error.remedy)
    log.error("a bug while %s", doing, exc_info=error)
    return Trouble(
        request,
        f"EventDesk made a mistake ({type(error).__name__}). Nothing of this step was written.",
        "Try once more; the log file holds the details for its makers.",
        is_bug=True,
    )
