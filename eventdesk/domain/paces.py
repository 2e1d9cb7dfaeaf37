"""How fast desks serve, read from nothing but the moments of their passes.

A gap between two passes holds the service of a guest and, where nobody queues, the wait for the next one.
Which of the two it is shows in how even the flow of all desks is: guests come as they like (their counts
scatter as Poisson's do, or more), desks with a queue serve steadily. Decision 0103 tells it in full.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf, sqrt
from statistics import fmean, median, pvariance

# Variance of the counts over their mean: 1 and more where guests set the pace (2 to 3 as they come in
# groups), the square of the services' coefficient of variation (0.1 to 0.4) where desks do. Between the two
# nothing has changed.
EVEN, UNEVEN = 0.6, 1.0
BINS, GUESTS_TO_TELL = 8, 24
# A bin holds so many services of a desk, so that they even out within it.
SERVICES_A_BIN = 4
# Of the bins of a desk, those with guests, where the others are pauses and not lulls.
PAUSES_BELOW = 0.8
# Square of the coefficient of variation of a service, where it can't be seen.
SERVICE_SCATTER = 0.16
GAPS_TO_TELL = 8
BREAK = 3.0
PAUSE_S = 300.0
# How many gaps a desk needs before it is believed as much as all desks together.
OWN_GAPS = 15
# Seconds a guest where nothing is known: a scan takes 3 to 4.
USUAL_S = 4.0

Times = Mapping[str, Sequence[float]]


def unevenness(counts: Mapping[str, Sequence[int]], step: float, gap: float) -> float | None:
    """Variance of the guests in equal times over their mean; None: the times are too few to say, infinite:
    the guests are.

    `counts`: by desk, in steps of `step` seconds; `gap`: the usual seconds between two passes of a desk.
    Where a desk now and then lets in nobody for a whole bin, it had a pause or an odd guest: that is no lull.
    """
    width = max(1, round(SERVICES_A_BIN * gap / step))
    bins = max((len(own) for own in counts.values()), default=0) // width
    if bins < BINS:
        return None
    sums = [[sum(own[at * width : (at + 1) * width]) for at in range(bins)] for own in counts.values()]
    whole = [_without_pauses(own) for own in sums]
    totals = [float(sum(one)) for one in zip(*whole, strict=True)]
    if sum(totals) < GUESTS_TO_TELL:
        return inf
    return pvariance(totals) * bins / (bins - 1) / fmean(totals)


def looks_crowded(scatter: float | None, before: bool) -> bool:
    """Whether a queue stands, by the `unevenness` and whether one stood `before`."""
    if scatter is None:
        return before
    return scatter < (UNEVEN if before else EVEN)


def _without_pauses(sums: Sequence[int]) -> Sequence[float]:
    some = [one for one in sums if one]
    if len(some) < PAUSES_BELOW * len(sums):
        return sums
    usual = fmean(some)
    return [one or usual for one in sums]


def gaps_of(times: Sequence[float]) -> list[float]:
    """Seconds between passes, without pauses."""
    found = [later - earlier for earlier, later in pairwise(times)]
    return [gap for gap in found if 0 <= gap < PAUSE_S]


def usual_gap(times: Times) -> float | None:
    """Seconds between two passes of a desk at work, over all desks. None: too few to say."""
    found = [gap for own in times.values() for gap in gaps_of(own)]
    return median(found) if len(found) >= GAPS_TO_TELL else None


def seconds_a_guest(times: Times, crowded: bool) -> dict[str, float]:
    """By desk, what a guest takes of it; desks with too few passes to say are left out. Those with few are
    drawn towards what all desks take."""
    own = {desk: gaps_of(moments) for desk, moments in times.items()}
    service = _busy if crowded else _relaxed
    single = {desk: service(gaps) for desk, gaps in own.items() if len(gaps) >= GAPS_TO_TELL}
    if not single:
        return {}
    usual = median(single.values())
    weights = {desk: len(own[desk]) / (len(own[desk]) + OWN_GAPS) for desk in single}
    return {desk: weights[desk] * one + (1 - weights[desk]) * usual for desk, one in single.items()}


def _busy(gaps: Sequence[float]) -> float:
    """Where guests queue a gap is a service; what is longer than three is a break."""
    middle = median(gaps)
    kept = [gap for gap in gaps if gap <= BREAK * middle] if middle >= 1 else gaps
    return fmean(kept)


def _relaxed(gaps: Sequence[float]) -> float:
    """Where nobody queues a gap is a service and a wait for the next guest, which is exponential: mean and
    variance of the gaps tell both."""
    mean = fmean(gaps)
    variance = pvariance(gaps, mean)
    a = 1 + SERVICE_SCATTER
    inside = mean * mean - a * (mean * mean - variance)
    service = (mean - sqrt(max(inside, 0.0))) / a
    return max(service, _quick(gaps))


def _quick(gaps: Sequence[float]) -> float:
    """A service is hardly shorter than the shortest gaps."""
    return sorted(gaps)[len(gaps) // 10]
