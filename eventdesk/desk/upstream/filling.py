"""An event that is new to this desk: the scan set first, so that the door opens; then the whole, ready made.

Where the node has nothing ready, or what it has does not fit, the facts are fetched by pages as ever:
this only saves time.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.errors import DiskFull, StorageError
from eventdesk.storage import ready
from eventdesk.storage.adopting import MOST_OWN, adopt
from eventdesk.storage.scan_sets import ScanSet
from eventdesk.storage.store import Store
from sync.client.port import Snapshot, Upstream
from sync.errors import SyncError

log = logging.getLogger(__name__)

SCAN, WHOLE = "scan", "whole"
STOPPED: Final = "The desk is shutting down."


class Filling:
    """Lives on the thread that pulls. `filled` is called when an event can be worked with, and when all of
    it is here; `stopping` is asked while it is fetched."""

    def __init__(
        self,
        store: Store,
        clock: DeskClock,
        filled: Callable[[str], None],
        stopping: Callable[[], bool],
    ) -> None:
        self._store = store
        self._clock = clock
        self._filled = filled
        self._stopping = stopping

    def fill(self, upstream: Upstream, node: str, log_id: str) -> None:
        """Fetch what the node `node` has ready of a log, where the desk has next to nothing of it.

        Raises SyncError where the line is cut, DiskFull. All is as it was then.
        """
        if not self._is_new(node, log_id):
            return
        scan_set = self._lend(upstream, log_id)
        try:
            self._adopt(upstream, node, log_id)
        except DiskFull:
            raise
        except StorageError as error:
            log.warning("the ready state of %s is not used: %s", log_id, error)
        finally:
            self._store.put_aside(None)
            if scan_set is not None:
                scan_set.close()

    def _is_new(self, node: str, log_id: str) -> bool:
        with self._store.reader() as reader:
            line = reader.line(log_id, node)
            held = sum(head.seq for head in reader.heads(log_id).values())
        return held < MOST_OWN and (line is None or line.cursor == 0)

    def _lend(self, upstream: Upstream, log_id: str) -> ScanSet | None:
        snapshot = upstream.snapshot(log_id, SCAN)
        path = self._fresh(SCAN)
        if snapshot is None:
            return None
        try:
            self._unpack(snapshot, path, lasting=False)
        except DiskFull:
            raise
        except StorageError as error:
            log.warning("the scan set of %s is not used: %s", log_id, error)
            return None
        scan_set = ScanSet(path, self._store.key, log_id)
        self._store.put_aside(scan_set)
        self._filled(log_id)
        return scan_set

    def _adopt(self, upstream: Upstream, node: str, log_id: str) -> None:
        snapshot = upstream.snapshot(log_id, WHOLE)
        path = self._fresh(WHOLE)
        if snapshot is None:
            return
        self._unpack(snapshot, path, lasting=True)
        now_ms = self._clock.wall_ms()
        adopt(
            self._store,
            path,
            lambda tx: tx.put_cursor(log_id, node, snapshot.epoch, snapshot.cursor, now_ms),
        )
        self._filled(log_id)

    def _fresh(self, form: str) -> Path:
        """Where it is put together; what a crash left there is of no use."""
        path = self._store.path.with_name(f"{self._store.path.name}.{form}")
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return path

    def _unpack(self, snapshot: Snapshot, path: Path, *, lasting: bool) -> None:
        def go_on(_done: int) -> None:
            if self._stopping():
                raise SyncError(STOPPED)

        ready.unpack(snapshot.chunks, path, self._store.key, go_on, lasting=lasting)
