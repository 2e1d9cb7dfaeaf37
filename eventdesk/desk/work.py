"""Long operations (imports, exports, backups) on one thread of their own, with progress and cancel."""

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue

from eventdesk.desk.commands import CancelOperation, RunOperation
from eventdesk.desk.hooks import Ended, Hooks, Moved
from eventdesk.desk.lane import Handlers, trouble
from eventdesk.domain.rights import Right
from eventdesk.errors import OperationCanceled
from eventdesk.storage.store import Store

# Screens can't show more steps a second than this; telling each row would flood their queue.
SECONDS_BETWEEN_STEPS = 0.05


class Workshop:
    """Runs operations one after the other, off the engine's thread."""

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        check: Callable[[str, Right | None], None] = lambda _log, _right: None,
    ) -> None:
        """`check(log, right)` raises NotAllowed where nobody at this desk has the right."""
        self._store = store
        self._check = check
        self._hooks = hooks
        self._queue: SimpleQueue[RunOperation | None] = SimpleQueue()
        self._canceled: set[str] = set()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def handlers(self) -> Handlers:
        return {RunOperation: self.run, CancelOperation: self.cancel}

    def run(self, command: RunOperation) -> None:
        """Take the operation on; its end is told by `operation_ended`."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="workshop", daemon=True)
            self._thread.start()
        self._queue.put(command)

    def cancel(self, command: CancelOperation) -> None:
        self._canceled.add(command.operation)

    def stop(self) -> None:
        """Cancel what runs and end the thread. What was canceled left nothing behind."""
        self._stopping.set()
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (command := self._queue.get()) is not None:
            self._hooks.operation_ended(self._result(command))

    def _result(self, command: RunOperation) -> Ended:
        operation, name = command.request, command.name
        try:
            if command.right is not None:
                self._check(command.log, command.right)
            result = command.work(self._store, self._teller(command), lambda: self._is_canceled(operation))
        except OperationCanceled:
            return Ended(operation, name, canceled=True)
        except Exception as error:  # noqa: BLE001 - a bug in one operation must not end the others
            return Ended(operation, name, error=trouble(operation, error, f"running {name}"))
        return Ended(operation, name, result)

    def _is_canceled(self, operation: str) -> bool:
        return self._stopping.is_set() or operation in self._canceled

    def _teller(self, command: RunOperation) -> Callable[[int, int], None]:
        last = 0.0

        def tell(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if done == total or now - last >= SECONDS_BETWEEN_STEPS:
                last = now
                self._hooks.operation_moved(Moved(command.request, command.name, done, total))

        return tell
