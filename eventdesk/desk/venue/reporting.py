"""Leaves a report at the node every ten seconds, and at once when something has changed. On a thread of its
own: nobody waits for it, and what fails is tried anew with the next one."""

import logging
import threading
import time
from typing import Final

from eventdesk.desk.venue.ground import Ground
from eventdesk.desk.venue.memory import Memory
from eventdesk.desk.venue.packing import packed
from eventdesk.desk.venue.report import report_of
from eventdesk.errors import EventDeskError
from sync.errors import SyncError
from sync.wire import Note

log = logging.getLogger(__name__)

EVERY_S: Final = 10.0
AT_ONCE_S: Final = 1.0  # a device that comes and goes must not fill the line


class Reporter:
    """Silent where the desk is not paired, or meets nobody."""

    def __init__(self, ground: Ground, memory: Memory, every_s: float = EVERY_S) -> None:
        self._ground = ground
        self._memory = memory
        self._every_s = every_s
        self._turn = 0
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reports", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something has changed: from any thread."""
        self._wanted.set()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._wanted.set()

    def join(self) -> None:
        """Once the line is closed: whatever waits for the network is cut off by that."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wanted.clear()
            try:
                self._leave()
            except SyncError as error:
                log.debug("no report was left: %s", error)
            except EventDeskError as error:
                log.warning("no report was made: %s", error)
            except Exception:
                log.exception("a bug in this desk's reports")
            self._stopping.wait(min(AT_ONCE_S, self._every_s))
            self._wanted.wait(self._every_s)

    def _leave(self) -> None:
        line = self._ground.line
        link = line.reach.current
        if link is None or line.present.is_revoked:
            return
        report = report_of(self._ground, self._memory)
        self._turn = max(self._turn + 1, time.time_ns() // 1_000_000)
        link.upstream.give_notes([Note(report.desk, self._turn, packed(report))])
