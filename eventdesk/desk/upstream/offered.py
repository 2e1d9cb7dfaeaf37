"""Which of this desk's own facts may have left it: what never left, nobody else can act upon."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from eventdesk.storage.store import Store


class Offered:
    """The pusher reads facts within `handing_over`; whoever relies on one that never left holds `kept_back`
    until what takes it back is on the disk. What was written before this start counts as offered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._upto: dict[str, int] = {}
        with store.reader() as reader:
            for log in reader.logs():
                head = reader.heads(log).get(store.desk)
                self._upto[log] = head.seq if head else 0

    @contextmanager
    def handing_over(self, log: str, desk: str) -> Iterator[list[int]]:
        """Put the numbers of the facts that are about to be sent into the list."""
        with self._lock:
            numbers: list[int] = []
            yield numbers
            if desk == self._store.desk and numbers:
                self._upto[log] = max(self._upto.get(log, 0), *numbers)

    @contextmanager
    def kept_back(self, log: str, seq: int) -> Iterator[bool]:
        """Whether the own fact with this number has never left; within this, it does not."""
        with self._lock:
            yield seq > self._upto.get(log, 0)
