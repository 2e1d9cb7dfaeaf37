"""A thread that takes steps for ever: at once where there is work, ever later where steps fail."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from eventdesk.desk.upstream.troubles import retry_after
from eventdesk.errors import EventDeskError
from sync.backoff import Backoff
from sync.errors import SyncError

log = logging.getLogger(__name__)

ASIDE_S: Final = 5.0  # a bug, or a full disk: not soon again


class Loop:
    """`step` blocks for its own waits. `failed` is told what kept it from working, `went` that it did."""

    def __init__(
        self,
        name: str,
        step: Callable[[], None],
        failed: Callable[[Exception], None],
        went: Callable[[], None],
    ) -> None:
        self.name = name
        self._step = step
        self._failed = failed
        self._went = went
        self._backoff = Backoff()
        self._again = threading.Event()
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask_to_stop(self) -> None:
        self.stopping.set()
        self._again.set()

    def join(self) -> None:
        if self._thread.is_alive():
            self._thread.join()

    def try_now(self) -> None:
        """The line may be back: don't wait for the next try."""
        self._again.set()

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._step()
            except SyncError as error:
                self._wait(error, self._backoff.next_s(retry_after(error)))
            except EventDeskError as error:
                self._wait(error, ASIDE_S)
            except Exception as error:
                log.exception("a bug in the desk's line")
                self._wait(error, ASIDE_S)
            else:
                self._backoff.reset()
                self._went()

    def _wait(self, error: Exception, seconds: float) -> None:
        self._again.clear()
        if self.stopping.is_set():
            return  # what fails now, fails because it was closed
        self._failed(error)
        self._again.wait(seconds)
