"""How long to wait before the next try."""

import random

FIRST_S = 0.5
MOST_S = 30.0


class Backoff:
    """Longer with each failure, and never the same for two nodes that lost one upstream together."""

    def __init__(self) -> None:
        self._failures = 0

    def next_s(self, at_least_s: float = 0.0) -> float:
        limit = min(MOST_S, FIRST_S * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return max(at_least_s, random.uniform(limit / 4, limit))

    def reset(self) -> None:
        self._failures = 0
