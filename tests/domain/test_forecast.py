"""The forecast of the wait: against simulated doors, and by hand where a figure can be worked out."""

from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from statistics import fmean

import pytest

from eventdesk.domain import arrivals, paces
from eventdesk.domain.flow import Flow
from eventdesk.domain.forecast import Doors, Passes, ahead, forecast, run_queue, wanted
from tests.domain.doors_simulated import Evening, Simulated

LOOKED_AT = (10, 20, 30, 45, 60)
EVENINGS = 40
NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)


def drawn(seed: int) -> Evening:
    """Scanning or badges, from half idle to hopeless; guests come nearly as they usually do."""
    random = Random(seed)
    seconds = random.uniform(15, 30) if seed % 3 == 0 else random.uniform(3, 8)
    desks = random.randint(2, 12)
    guests = round(random.uniform(0.5, 1.8) * desks * 60 / seconds * 30 / 0.7)
    turnout, stretch = random.uniform(0.8, 1.0), random.choice((0.85, 1.0, 1.15))
    shift, scatter = random.uniform(-4, 4), random.uniform(0.2, 0.6)
    trouble = random.choice((0.0, 0.0, 0.01))
    return Evening(guests, turnout, stretch, shift, desks, seconds, scatter, trouble, seed)


@cache
def simulated() -> list[tuple[Simulated, int, Flow, Doors]]:
    found = []
    for seed in range(EVENINGS):
        doors = Simulated(drawn(seed))
        for minute in LOOKED_AT:
            passes, known, now = doors.known(minute)
            found.append((doors, minute, forecast(passes, known, now, limit=5.0), known))
    return [one for one in found if one[2].worst_wait is not None]


def test_the_wait_is_foretold_within_a_few_minutes() -> None:
    off = [abs((flow.wait or 0) - doors.wait_at(minute)) for doors, minute, flow, _ in simulated()]
    assert fmean(off) < 3.5
    worst = [abs((flow.worst_wait or 0) - doors.worst_from(minute)) for doors, minute, flow, _ in simulated()]
    assert fmean(worst) < 3.5


def test_it_is_far_better_than_guests_by_desks() -> None:
    """What people reckon by hand: all who are still to come, divided by the desks."""
    own, naive = [], []
    for doors, minute, flow, known in simulated():
        seconds = [one.seconds for one in flow.paces if one.seconds] or [paces.USUAL_S]
        left = (known.expected - known.entered) / max(1, flow.desks) * fmean(seconds) / 60
        own.append(abs((flow.worst_wait or 0) - doors.worst_from(minute)))
        naive.append(abs(left - doors.worst_from(minute)))
    assert fmean(own) < fmean(naive) / 5


def test_a_queue_is_seen_in_the_passes_alone() -> None:
    right = [flow.crowded == (doors.wait_at(minute) > 1) for doors, minute, flow, _ in simulated()]
    assert fmean(right) > 0.88


def test_what_desks_can_serve_is_seen_while_they_are_busy() -> None:
    ratios = []
    for doors, minute, flow, _ in simulated():
        if flow.crowded and doors.wait_at(minute) > 1:
            evening = doors.evening
            real = evening.desks * 60 / (evening.seconds * (1 + 9 * evening.trouble))
            ratios.append(flow.capacity / real)
    assert len(ratios) > 20
    assert all(0.7 < one < 1.4 for one in ratios)


def test_another_desk_helps_as_the_simulation_says() -> None:
    """Whoever opens a desk when told so waits less by about what was told."""
    evening = Evening(expected=1600, desks=4, seconds=6.0)
    before, after = Simulated(evening), Simulated(Evening(expected=1600, desks=5, seconds=6.0))
    passes, known, now = before.known(10)
    flow = forecast(passes, known, now, limit=5.0)
    assert flow.worst_wait is not None
    assert flow.one_more is not None
    told = flow.worst_wait - flow.one_more
    real = before.worst_from(10) - after.worst_from(10)
    assert 0.3 * real < told < 1.7 * real
    assert flow.wanted > 4


def test_before_the_doors_open_the_desks_that_are_wanted_are_told() -> None:
    doors = Doors(0, 1200, NOON, NOON - timedelta(minutes=60))
    flow = forecast(Passes(0.0, 20.0), doors, NOON - timedelta(minutes=90), limit=5.0)
    assert flow.wait is None
    assert flow.desks == 0
    # At the peak 20 % of 1,200 come in ten minutes; a desk that scans takes 15 a minute.
    assert 1 <= flow.wanted <= 4
    few = forecast(Passes(0.0, 20.0), doors, NOON - timedelta(minutes=90), limit=0.2)
    assert few.wanted > flow.wanted


def test_nobody_is_foretold_who_is_in_already() -> None:
    doors = Doors(1200, 1200, NOON)
    assert forecast(Passes(0.0, 20.0), doors, NOON, limit=5.0).wanted == 0


def test_the_minutes_go_on_into_what_is_expected() -> None:
    passes, known, now = Simulated(Evening()).known(15)
    flow = forecast(passes, known, now, limit=5.0)
    past = [one for one in flow.minutes if one.at < now]
    assert sum(one.guests for one in past) == known.entered
    assert all(not one.by_desk for one in flow.minutes if one.at >= now)
    left = sum(one.expected or 0 for one in flow.minutes if one.at >= now)
    assert 0 < left <= known.expected - known.entered


def test_the_usual_curve_is_what_organizers_say() -> None:
    assert arrivals.share(1) == pytest.approx(0.65, abs=0.01)
    assert arrivals.share(-0.5) == 0
    assert arrivals.share(6) > 0.99


def test_more_than_expected_by_now_makes_more_to_come_or_earlier_ones() -> None:
    usual = arrivals.arrivals(1000, 30, [])
    few = arrivals.arrivals(1000, 30, [arrivals.Seen(0, 20, 100)])
    many = arrivals.arrivals(1000, 30, [arrivals.Seen(0, 20, 600)])
    assert few(20) < usual(20) < many(20)


def test_who_queues_is_not_counted_as_missing() -> None:
    """Full desks: that only 100 went in says nothing against 400 who came."""
    usual = arrivals.arrivals(1000, 30, [])
    full = arrivals.arrivals(1000, 30, [arrivals.Seen(0, 20, 100, at_least=True)])
    assert full(20) == pytest.approx(usual(20), rel=0.01)
    more = arrivals.arrivals(1000, 30, [arrivals.Seen(0, 20, 700, at_least=True)])
    assert more(20) > usual(20)


def test_a_queue_of_water() -> None:
    assert run_queue(10, [5, 5, 0, 0], 5).waits == [2, 2, 2, 1, 0]
    assert wanted(0, [20, 20, 0, 0], rate=5, limit=1) == 3
    assert wanted(0, [0.0, 0.0], rate=5, limit=1) == 0


def test_who_came_early_comes_when_the_doors_open() -> None:
    coming = ahead(lambda at: 0.0 if at < -5 else 100.0, at=-10, left=500)
    assert coming[10] == 100
    assert sum(coming) == 100


@pytest.mark.parametrize(
    ("gaps", "seconds"),
    [([4.0] * 20, 4.0), ([4.0] * 19 + [200.0], 4.0), ([0.0] * 15 + [20.0] * 5, 5.0)],
)
def test_a_busy_desks_pace_is_without_its_breaks(gaps: list[float], seconds: float) -> None:
    """An order of five is admitted at once, after twenty seconds."""
    times, at = [0.0], 0.0
    for gap in gaps:
        at += gap
        times.append(at)
    assert paces.seconds_a_guest({"a": times}, crowded=True)["a"] == pytest.approx(seconds)


def test_idle_time_is_not_service() -> None:
    random = Random(4)
    at, times = 0.0, []
    for _ in range(200):
        at += random.lognormvariate(1.3, 0.4) + random.expovariate(1 / 12)
        times.append(at)
    assert 2 < paces.seconds_a_guest({"a": times}, crowded=False)["a"] < 8


def test_desks_of_few_guests_are_not_believed_alone() -> None:
    steady = [place * 4.0 for place in range(100)]
    odd = [place * 20.0 for place in range(10)]
    found = paces.seconds_a_guest({"a": steady, "b": odd, "c": [1.0, 2.0]}, crowded=True)
    assert found["a"] == pytest.approx(4.0, rel=0.3)
    assert 4 < found["b"] < 20
    assert "c" not in found
