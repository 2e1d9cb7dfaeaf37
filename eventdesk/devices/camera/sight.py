"""What counts as a new sight: one code counted once while it stays in view, one word said once it is sure."""

from collections import Counter, deque
from collections.abc import Iterable

from eventdesk.devices.codes.values import Cause

REARM_SECONDS = 1.5
SURE_SECONDS = 0.7
SURE_SHARE = 0.25


class SightFilter:
    """Counts a code when it comes into view.

    A code is in view until it was not read for `rearm` seconds, whatever else was read meanwhile: a
    hand that shakes, or two codes side by side on one ticket, count each of them once. Times are
    `time.monotonic()` and must not run backwards. Not for several threads.
    """

    def __init__(self, rearm: float = REARM_SECONDS) -> None:
        self._rearm = rearm
        self._last_seen: dict[str, float] = {}

    def see(self, texts: Iterable[str], now: float) -> tuple[str, ...]:
        """The codes of `texts` that newly came into view, in their order, each once."""
        self._last_seen = {text: at for text, at in self._last_seen.items() if now - at < self._rearm}
        new = []
        for text in texts:
            if text not in self._last_seen:
                new.append(text)
            self._last_seen[text] = now
        return tuple(new)

    def forget(self) -> None:
        """Count every code again, as after a change of mode or door."""
        self._last_seen.clear()


class CauseFilter:
    """Says why nothing is read once a cause was found in a good share of the frames of a whole `window`
    of seconds: single frames say many things while a ticket is moved into view, and not every step
    of the ladder sees the code. A code that is read takes the words back at once."""

    def __init__(self, window: float = SURE_SECONDS) -> None:
        self._window = window
        self._told: deque[tuple[float, Cause | None]] = deque()
        self._says: Cause | None = None

    def tell(self, cause: Cause | None, read: bool, now: float) -> tuple[bool, Cause | None]:
        """Whether what is to be said changed, and what is to be said now (None: nothing)."""
        before = self._says
        if read:
            self._told.clear()
            self._says = None
        else:
            self._told.append((now, cause))
            if now - self._told[0][0] >= self._window:
                self._says = self._commonest()
                while now - self._told[0][0] >= self._window:
                    self._told.popleft()
        return self._says is not before, self._says

    def _commonest(self) -> Cause | None:
        causes = Counter(cause for _, cause in self._told if cause is not None)
        for cause, count in causes.most_common(1):
            if count >= SURE_SHARE * len(self._told):
                return cause
        return None
