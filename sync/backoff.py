"""How long to wait before the next try: longer each time, and never the same at two nodes."""

import random
from typing import Final

FIRST_S: Final = 1.0
LONGEST_S: Final = 30.0
LEAST_S: Final = 0.05


class Backoff:
    """Full jitter: anything up to a limit that doubles with each failure, so that a hundred desks that
    lost one hub don't come back in one second."""

    def __init__(self) -> None:
        self._failures = 0

    def next_s(self, at_least_s: float = 0.0) -> float:
        """Seconds to wait after one more failure; not less than the node asked for."""
        limit = min(LONGEST_S, FIRST_S * 2.0 ** min(self._failures, 16))
        self._failures += 1
        return max(LEAST_S, at_least_s, random.uniform(0, limit))

    def reset(self) -> None:
        self._failures = 0
