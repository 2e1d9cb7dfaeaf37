"""How long guests will wait: who is still to come, what the desks can serve, and a queue between the two,
minute by minute (decision 0103)."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean

from eventdesk.domain import paces
from eventdesk.domain.arrivals import Seen, arrivals, unit
from eventdesk.domain.flow import Flow, Minute, Pace

# A desk without a pass for so long is not at work.
AT_WORK_MIN = 6.0
# What the rates of guests are measured over, and over how long it is looked whether a queue stands.
LATELY_MIN, CROWDED_MIN = 5.0, 10
# Desks with a queue let in about as many as they ever did.
SLACK = 0.7
# How far the passes are looked back on, in steps of so many seconds; and their moments one by one.
BACK_MIN, STEP_S = 120, 20.0
RECENT_S = 15 * 60.0
AHEAD_MIN = 180
MOST_DESKS = 200
# Doors open so long before the beginning where nobody has said when.
USUAL_LEAD = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Passes:
    """Entries at a list. `counts`: of all desks, in steps of `step` seconds up to `until` (seconds since
    1970), by desk, the oldest first and all of one length; `recent`: the moments (seconds since 1970) of the
    last quarter of an hour, by desk, sorted."""

    until: float
    step: float
    counts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    recent: Mapping[str, Sequence[float]] = field(default_factory=dict)


def passes_of(times: paces.Times, now: datetime) -> Passes:
    """From the moments of entries in the last `BACK_MIN` minutes (seconds since 1970, rising), by desk."""
    until = now.timestamp()
    begin, steps = until - BACK_MIN * 60, round(BACK_MIN * 60 / STEP_S)
    counts: dict[str, list[int]] = {}
    for desk, moments in times.items():
        own = counts[desk] = [0] * steps
        for moment in moments:
            step = int((moment - begin) // STEP_S)
            if 0 <= step < steps:
                own[step] += 1
    lately = {desk: moments[bisect_left(moments, until - RECENT_S) :] for desk, moments in times.items()}
    return Passes(until, STEP_S, counts, {desk: moments for desk, moments in lately.items() if moments})


@dataclass(frozen=True, slots=True)
class Doors:
    """`entered` and `expected`: tickets (`domain.guests.Figures`); `begins`: of the session or event;
    `opens`: None where nobody has said."""

    entered: int
    expected: int
    begins: datetime
    opens: datetime | None = None

    @property
    def opening(self) -> datetime:
        return self.opens or self.begins - USUAL_LEAD


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue as it is now (`guests`) and the wait (minutes) of whoever comes in each minute from now."""

    guests: float
    waits: Sequence[float]

    @property
    def worst(self) -> float:
        return max(self.waits, default=0.0)


def forecast(passes: Passes, doors: Doors, now: datetime, limit: float) -> Flow:
    """How guests go in at a list, and how long they will wait. `limit`: minutes that are borne."""
    opening = doors.opening
    at = (now - opening).total_seconds() / 60
    flags = crowded_minutes(passes, at)
    crowded = bool(flags) and flags[-1]
    found = desk_paces(passes, now, crowded)
    working = [one for one in found if _is_at_work(one, now)]
    rates = [_rate(one, passes, crowded) for one in working]
    capacity = sum(rates, 0.0)
    by_minute = minutes_of(passes)
    came = arrivals(
        max(doors.expected, doors.entered),
        unit((doors.begins - opening).total_seconds() / 60),
        seen(by_minute, flags, doors.entered, at),
    )
    waiting = waiting_now(by_minute, flags, came, at) if crowded else 0.0
    coming = ahead(came, at, doors.expected - doors.entered - waiting)
    queue = run_queue(waiting, coming, capacity) if working else None
    worst_at = now + timedelta(minutes=queue.waits.index(queue.worst)) if queue and queue.worst else None
    return Flow(
        at=now,
        paces=found,
        minutes=[*_past(by_minute, came, at, now), *_future(coming, now)],
        entered=doors.entered,
        expected=doors.expected,
        capacity=capacity,
        wait=queue.waits[0] if queue else None,
        worst_wait=queue.worst if queue else None,
        worst_at=worst_at,
        desks=len(working),
        wanted=wanted(waiting, coming, fmean(rates) if rates else 60 / paces.USUAL_S, limit),
        crowded=crowded,
        one_more=run_queue(waiting, coming, capacity + fmean(rates)).worst if rates else None,
    )


def desk_paces(passes: Passes, now: datetime, crowded: bool) -> list[Pace]:
    """Each desk that let somebody in lately, by id."""
    seconds = paces.seconds_a_guest(passes.recent, crowded)
    end = now.timestamp()
    return [
        Pace(
            desk,
            sum(moment > end - LATELY_MIN * 60 for moment in moments) / LATELY_MIN,
            seconds.get(desk),
            datetime.fromtimestamp(moments[-1], now.tzinfo),
        )
        for desk, moments in sorted(passes.recent.items())
        if moments
    ]


def _is_at_work(pace: Pace, now: datetime) -> bool:
    return pace.last_at is not None and now - pace.last_at < timedelta(minutes=AT_WORK_MIN)


def _rate(pace: Pace, passes: Passes, crowded: bool) -> float:
    """Guests a minute that a desk can serve: where a queue stands those that it does serve,
    pauses and all."""
    if not crowded:
        return 60 / (pace.seconds or paces.USUAL_S)
    since = max(passes.recent[pace.desk][0], passes.until - CROWDED_MIN * 60)
    served = sum(moment >= since for moment in passes.recent[pace.desk])
    return served / max(1.0, (passes.until - since) / 60)


def minutes_of(passes: Passes) -> list[dict[str, int]]:
    """Guests by desk in each minute, the oldest first; the last one ends now."""
    many = round(60 / passes.step)
    length = max((len(counts) for counts in passes.counts.values()), default=0)
    found = []
    for at in range(length % many, length, many):
        sums = {desk: sum(counts[at : at + many]) for desk, counts in passes.counts.items()}
        found.append({desk: guests for desk, guests in sums.items() if guests})
    return found


def crowded_minutes(passes: Passes, at: float) -> list[bool]:
    """Whether a queue stood before the desks, by minute, as `minutes_of`. When the doors open there is one,
    of those who came early, until it is seen to be gone. `at`: minutes since the opening."""
    by_minute = minutes_of(passes)
    gap = paces.usual_gap(passes.recent) or paces.USUAL_S
    many = round(60 / passes.step)
    back = max(CROWDED_MIN, round(paces.BINS * paces.SERVICES_A_BIN * gap / 60) + 1)
    skip = len(next(iter(passes.counts.values()), ())) % many
    flags: list[bool] = []
    best = 0.0
    for place in range(len(by_minute)):
        opened = at - len(by_minute) + place + 1
        lately = _load(by_minute[max(0, place + 1 - round(LATELY_MIN)) : place + 1])
        best = max(best, lately)
        first = max(place + 1 - back, place - max(0, int(opened)), 0)
        window = {
            desk: counts[skip + first * many : skip + (place + 1) * many]
            for desk, counts in passes.counts.items()
        }
        before = flags[-1] if flags else False
        if opened <= 0:
            flags.append(False)
        elif opened <= LATELY_MIN:
            flags.append(True)
        elif lately < SLACK * best:
            flags.append(False)
        else:
            flags.append(paces.looks_crowded(paces.unevenness(window, passes.step, gap), before))
    return flags


def _load(minutes: Sequence[Mapping[str, int]]) -> float:
    """Guests a minute and desk."""
    desks = {desk for minute in minutes for desk in minute}
    return sum(sum(minute.values()) for minute in minutes) / max(1, len(desks) * len(minutes))


def seen(
    by_minute: Sequence[Mapping[str, int]], flags: Sequence[bool], entered: int, at: float
) -> list[Seen]:
    """What is known of the arrivals until minute `at`. While desks are crowded passes tell nothing of who
    came; when the queue is gone, all who came are in."""
    begin = at - len(by_minute)
    guests = max(0, entered - sum(sum(one.values()) for one in by_minute))
    found = [Seen(-1e6, begin, guests)] if guests else []
    start, guests = begin, 0
    for place, (minute, crowded) in enumerate(zip(by_minute, flags, strict=True)):
        guests += sum(minute.values())
        end = begin + place + 1
        if not crowded and (end - start >= LATELY_MIN or place == len(by_minute) - 1):
            found.append(Seen(start, end, guests))
            start, guests = end, 0
    if start < at:
        found.append(Seen(start, at, guests, at_least=True))
    # Before the doors are open nobody can go in: that nobody has says nothing.
    return [one for one in found if one.end > 0 or one.guests]


def waiting_now(
    by_minute: Sequence[Mapping[str, int]],
    flags: Sequence[bool],
    came: Callable[[float], float],
    at: float,
) -> float:
    """Guests in the queue: who came since it began, less who went in."""
    since = next((back for back, crowded in enumerate(reversed(flags)) if not crowded), len(flags))
    # It is only seen after some minutes: it began before.
    since = min(since + CROWDED_MIN, len(flags))
    waiting = 0.0
    for back in range(since, 0, -1):
        arrived = came(at - back + 1) - came(at - back)
        waiting = max(0.0, waiting + arrived - sum(by_minute[-back].values()))
    return waiting


def ahead(came: Callable[[float], float], at: float, left: float) -> list[float]:
    """Guests who come in each minute from now on, no more than are `left`. Who was there before the doors
    opened comes when they open."""
    found: list[float] = []
    left = max(0.0, left)
    before = came(at) if at > 0 else 0.0
    for minute in range(AHEAD_MIN):
        until = at + minute + 1
        count = came(until)
        arrived = 0.0 if until <= 0 else min(left, max(0.0, count - before))
        before = before if until <= 0 else count
        left -= arrived
        found.append(arrived)
    return found


def run_queue(waiting: float, coming: Sequence[float], capacity: float) -> Queue:
    """A queue as water in a vessel: what comes flows in, the desks let out. `capacity`: guests a minute."""
    waits, level = [waiting / capacity], waiting
    for arrived in coming:
        level = max(0.0, level + arrived - capacity)
        waits.append(level / capacity)
    return Queue(waiting, waits)


def wanted(waiting: float, coming: Sequence[float], rate: float, limit: float) -> int:
    """Desks of that rate (guests a minute) that keep the wait below the limit (minutes); 0 where nobody
    comes."""
    if waiting + sum(coming) < 1:
        return 0
    low, high = 1, MOST_DESKS
    while low < high:
        middle = (low + high) // 2
        if run_queue(waiting, coming, rate * middle).worst <= limit:
            high = middle
        else:
            low = middle + 1
    return low


def _past(
    by_minute: Sequence[Mapping[str, int]], came: Callable[[float], float], at: float, now: datetime
) -> list[Minute]:
    many = len(by_minute)
    return [
        Minute(
            now - timedelta(minutes=many - place),
            one,
            came(at - many + place + 1) - came(at - many + place),
        )
        for place, one in enumerate(by_minute)
    ]


def _future(coming: Sequence[float], now: datetime) -> list[Minute]:
    """As long as somebody comes."""
    last = max((minute for minute, guests in enumerate(coming) if guests >= 0.5), default=-1)
    shown = enumerate(coming[: last + 1])
    return [Minute(now + timedelta(minutes=minute), {}, guests) for minute, guests in shown]
