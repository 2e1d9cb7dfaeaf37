"""Doors as a discrete-event simulation: guests come in groups, one queue, desks serve one after the other.

What the forecast may know of it (moments of passes) and what it may not (who queues) are kept apart.
"""

import heapq
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from eventdesk.domain.forecast import BACK_MIN, Doors, Passes, passes_of

OPENS = datetime(2026, 6, 10, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Evening:
    """`expected` tickets of which `turnout` come, the curve stretched and shifted (minutes); desks that need
    `seconds` a guest; `trouble`: the share of guests who need ten times as long."""

    expected: int = 1500
    turnout: float = 0.9
    stretch: float = 1.0
    shift: float = 0.0
    desks: int = 5
    seconds: float = 6.0
    scatter: float = 0.4
    trouble: float = 0.0
    seed: int = 1


class Simulated:
    """`passes`: (moment, desk), `waits`: (arrival, minutes), moments in seconds since the doors opened."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening
        random = Random(evening.seed)
        arrivals = sorted(_arrivals(evening, random))
        free = [(0.0, desk) for desk in range(evening.desks)]
        self.passes: list[tuple[float, str]] = []
        self.waits: list[tuple[float, float]] = []
        for came in arrivals:
            ready, desk = heapq.heappop(free)
            begin = max(came, ready, 0.0)
            done = begin + _service(evening, random)
            heapq.heappush(free, (done, desk))
            self.passes.append((done, f"desk {desk}"))
            self.waits.append((came, (begin - max(came, 0.0)) / 60))
        self.passes.sort()
        self.arrivals = arrivals

    def wait_at(self, minute: float) -> float:
        """What the next to come waits, in minutes."""
        at = bisect_left(self.waits, (minute * 60, 0.0))
        return self.waits[at][1] if at < len(self.waits) else 0.0

    def worst_from(self, minute: float) -> float:
        return max((wait for came, wait in self.waits if came >= minute * 60), default=0.0)

    def coming(self, minute: float) -> int:
        return len(self.arrivals) - bisect_right(self.arrivals, minute * 60)

    def known(self, minute: float) -> tuple[Passes, Doors, datetime]:
        """What the facts tell at that minute after the opening."""
        now = OPENS + timedelta(minutes=minute)
        times: dict[str, list[float]] = {}
        entered = bisect_left(self.passes, (minute * 60, ""))
        for seconds, desk in self.passes[:entered]:
            if seconds > minute * 60 - BACK_MIN * 60:
                times.setdefault(desk, []).append(OPENS.timestamp() + seconds)
        doors = Doors(entered, self.evening.expected, OPENS + timedelta(minutes=60), OPENS)
        return passes_of(times, now), doors, now


def _arrivals(evening: Evening, random: Random) -> list[float]:
    found: list[float] = []
    wanted = round(evening.expected * evening.turnout)
    while len(found) < wanted:
        unit = 30 * evening.stretch * 60
        came = random.gammavariate(2, 1.5 / 2.22) * unit - 0.5 * unit + evening.shift * 60
        for _ in range(random.choice((1, 1, 2, 2, 3, 4))):
            found.append(came + random.uniform(0, 5))  # noqa: PERF401
    return found[:wanted]


def _service(evening: Evening, random: Random) -> float:
    mean = evening.seconds
    sigma = evening.scatter
    taken = mean * random.lognormvariate(-sigma * sigma / 2, sigma)
    return taken * 10 if random.random() < evening.trouble else taken
