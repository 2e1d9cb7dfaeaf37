"""The entries of the last two hours, kept between two looks: each look reads only the newest."""

from bisect import bisect_left
from datetime import datetime, timedelta

from eventdesk.domain.forecast import BACK_MIN
from eventdesk.storage.store import Store

# Entries of desks that were cut off come late, and undone ones go: all is read anew now and then, the last
# minutes at each look.
AGAIN = timedelta(minutes=1)
LATELY = timedelta(minutes=5)


class Entries:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._at = ("", "")
        self._whole: datetime | None = None
        self._times: dict[str, list[float]] = {}

    def until(self, log: str, list_id: str, now: datetime) -> dict[str, list[float]]:
        """Moments of entries (seconds since 1970, rising) by desk."""
        begin = now - timedelta(minutes=BACK_MIN)
        is_fresh = self._whole is not None and timedelta() <= now - self._whole < AGAIN
        if is_fresh and self._at == (log, list_id):
            since = now - LATELY
            kept = {desk: _between(own, begin, since) for desk, own in self._times.items()}
        else:
            since, kept = begin, {}
            self._at, self._whole = (log, list_id), now
        with self._store.reader() as reader:
            newest = reader.entry_times(log, list_id, since, now)
        for desk, own in newest.items():
            kept.setdefault(desk, []).extend(own)
        self._times = {desk: own for desk, own in kept.items() if own}
        return self._times


def _between(moments: list[float], begin: datetime, end: datetime) -> list[float]:
    return moments[bisect_left(moments, begin.timestamp()) : bisect_left(moments, end.timestamp())]
