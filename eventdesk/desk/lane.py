"""A lane: one thread, one queue of commands, and handlers that may raise."""

import logging
import threading
from collections.abc import Callable, Mapping
from queue import SimpleQueue
from typing import Any

from eventdesk.desk.commands import Command
from eventdesk.desk.hooks import Hook, Trouble
from eventdesk.errors import EventDeskError

log = logging.getLogger(__name__)

Handlers = Mapping[type[Command], Callable[[Any], None]]


class Lane:
    """Serves its commands one after the other. A fault is told, never swallowed, and never stops the lane."""

    def __init__(self, name: str, handlers: Handlers, trouble_told: Hook[Trouble]) -> None:
        self._handlers = handlers
        self._trouble_told = trouble_told
        self._queue: SimpleQueue[Command | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

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
        except EventDeskError as error:
            self._trouble_told(Trouble(command.request, error.message, error.remedy))
        except Exception as error:
            # The one place where a bug must not end the desk's work.
            log.exception("a bug while serving %s", type(command).__name__)
            self._trouble_told(bug(command.request, error))


def bug(request: str, error: Exception) -> Trouble:
    return Trouble(
        request,
        f"EventDesk made a mistake ({type(error).__name__}). Nothing of this step was written.",
        "Try once more; the log file holds the details for its makers.",
    )
