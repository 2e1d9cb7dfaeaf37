"""What the upstream is known to have, so that only the rest is pushed."""

import threading
from collections.abc import Mapping

from sync import wire


class Knowledge:
    """Of one epoch; a log that nothing is known of is asked about. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._epoch = ""
        self._heads: dict[str, dict[str, int]] = {}

    def of(self, log: str) -> Mapping[str, int] | None:
        """The upstream's last numbers; None where it must be asked."""
        with self._lock:
            found = self._heads.get(log)
            return dict(found) if found is not None else None

    def forget(self) -> None:
        with self._lock:
            self._heads.clear()

    def asked(self, log: str, heads: wire.Heads) -> None:
        with self._lock:
            self._is_of(heads.epoch)
            self._heads[log] = dict(heads.heads)

    def told(self, log: str, pushed: wire.Pushed) -> None:
        """A push's answer counts as it stands: a lower number than before is a gap to fill."""
        with self._lock:
            if self._is_of(pushed.epoch) and log in self._heads:
                self._heads[log].update(pushed.heads)

    def came(self, log: str, epoch: str, page: wire.Page) -> None:
        with self._lock:
            if self._is_of(epoch) and log in self._heads:
                known = self._heads[log]
                for fact in page.facts:
                    known[fact.desk] = max(known.get(fact.desk, 0), fact.seq)

    def _is_of(self, epoch: str) -> bool:
        """Under another epoch all that was known is void."""
        same = epoch == self._epoch
        if not same:
            self._epoch = epoch
            self._heads.clear()
        return same
