"""When guests come: the usual curve around the beginning, corrected by those who came so far.

Minutes are counted from when the doors open. Decision 0103 tells where the numbers are from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import exp, log

# Of all who come, 65 % are there within the first 30 minutes (organizers say 60 to 70); the first ones come a
# quarter of an hour before the doors open.
FIRST_MINUTES = 30.0
EARLY = 0.5
# Gamma of shape 2: the share of 0.65 is reached at 2.22 of its scales.
SCALE = (1 + EARLY) / 2.22
# What may be otherwise, and how likely: the share of the expected who come at all, how much longer or
# shorter it takes, how much later or earlier it begins (in `unit`s).
TURNOUTS = ((0.5, 0.05), (0.65, 0.1), (0.8, 0.2), (0.9, 0.3), (1.0, 0.35))
STRETCHES = ((0.5, 0.1), (0.7, 0.2), (1.0, 0.4), (1.4, 0.2), (2.0, 0.1))
SHIFTS = ((-0.6, 0.1), (-0.3, 0.2), (0.0, 0.4), (0.3, 0.2), (0.6, 0.1))
# Guests come in groups, and no curve is quite right: by so much do counts differ from it.
GROUPS, ODD = 3.0, 0.2


@dataclass(frozen=True, slots=True)
class Seen:
    """Guests who went in between two moments. `at_least`: more may have come, who still queue."""

    begin: float
    end: float
    guests: int
    at_least: bool = False


def unit(minutes_to_begin: float) -> float:
    """Minutes in which 65 % come: half an hour, or half of what lies between doors and beginning."""
    return max(FIRST_MINUTES, minutes_to_begin / 2)


def share(at: float) -> float:
    """Of all who come, those who are there by `at` (in units from when the doors open)."""
    y = (at + EARLY) / SCALE
    return 1 - exp(-y) * (1 + y) if y > 0 else 0.0


def arrivals(guests: int, unit_minutes: float, seen: Sequence[Seen]) -> Callable[[float], float]:
    """How many have come by each minute, as a function: the mean over all curves, each weighed by how well
    it agrees with what was seen. `guests`: all who may come."""
    curves = [
        (guests * turnout, unit_minutes * stretch, shift * unit_minutes, likely * longer * later)
        for (turnout, likely), (stretch, longer), (shift, later) in product(TURNOUTS, STRETCHES, SHIFTS)
    ]
    fits = [_agreement(curve, seen) for curve in curves]
    best = max(fits)
    weights = [curve[3] * exp(fit - best) for curve, fit in zip(curves, fits, strict=True)]
    total = sum(weights)
    # Those that hardly count are left out: most, once some guests are in.
    kept = [(curve, one / total) for curve, one in zip(curves, weights, strict=True) if one > total * 1e-3]

    def came(at: float) -> float:
        return sum(weight * _came(curve, at) for curve, weight in kept)

    return came


def _came(curve: tuple[float, float, float, float], at: float) -> float:
    return curve[0] * share((at - curve[2]) / curve[1])


def _agreement(curve: tuple[float, float, float, float], seen: Sequence[Seen]) -> float:
    """The logarithm of how likely this would have been seen, up to a constant."""
    found = 0.0
    for one in seen:
        wanted = _came(curve, one.end) - _came(curve, one.begin)
        off = one.guests - wanted
        scatter = GROUPS * (wanted + 1) + (ODD * wanted) ** 2
        if one.at_least:
            found -= max(0.0, off) ** 2 / (2 * scatter)
        else:
            found -= (off * off / scatter + log(scatter)) / 2
    return found
