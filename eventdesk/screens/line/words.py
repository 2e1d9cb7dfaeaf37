"""The line's state in words: a glance for the status strip, whole sentences for the page. No Qt widget."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from eventdesk.desk.upstream.values import LineState, Reach
from eventdesk.i18n import tr
from eventdesk.screens.words import clock, isolate, number

# Knowledge younger than this is up to date: a long poll answers no more often.
FRESH = timedelta(seconds=90)
# A clock that is so far off is told; less is corrected for in silence.
CLOCK_TOLD_MS = 120_000


def utc_now() -> datetime:
    return datetime.now(UTC)


def age(state: LineState, now: datetime) -> timedelta | None:
    """How old the desk's knowledge of the others is; None where it has none."""
    return max(now - state.heard_at, timedelta()) if state.heard_at else None


def is_fresh(state: LineState, now: datetime) -> bool:
    """Whether there is no use in telling the age."""
    old = age(state, now)
    return state.reach is not Reach.ALONE and (old is None or old < FRESH)


def span(length: timedelta) -> str:
    """Roughly, as one says it."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return tr("under a minute")
    if minutes < 90:
        return tr("{number} min", number=minutes)
    if minutes < 48 * 60:
        return tr("{number} h", number=minutes // 60)
    return tr("{number} days", number=minutes // 1440)


def upstream(state: LineState) -> str:
    """Who is reached: alone, the hub or the centre by its name."""
    if state.reach is Reach.HUB:
        return tr("Hub {name}", name=isolate(state.node)).strip()
    if state.reach is Reach.CENTRE:
        return tr("Centre {name}", name=isolate(state.node)).strip()
    return tr("Alone")


def glance(state: LineState, now: datetime, zone: tzinfo | None = None) -> str:
    """The status strip's text: with whom, how old, what waits, what is wrong."""
    if state.revoked:
        return tr("Shut out")
    if not state.paired:
        return tr("Alone")
    trouble = tr(state.trouble) if state.trouble else ""
    parts = [core(state, now, zone), clock_words(state), trouble]
    return " · ".join(part for part in parts if part)


def core(state: LineState, now: datetime, zone: tzinfo | None = None) -> str:
    """The first words of the glance, which may not be cut: with whom, how old, what waits."""
    if state.revoked or not state.paired:
        return glance(state, now, zone)
    parts = [upstream(state), _age_words(state, now, zone), *counts(state)]
    return " · ".join(part for part in parts if part)


def brief(state: LineState, now: datetime) -> str:
    """The same where there is little room: the age and the numbers stay."""
    if state.revoked or not state.paired:
        return glance(state, now)
    words = {Reach.ALONE: tr("Alone"), Reach.HUB: tr("Hub"), Reach.CENTRE: tr("Centre")}
    old = age(state, now)
    told = "" if old is None or is_fresh(state, now) else span(old)
    waiting = f"{number(state.waiting)} ↑" if state.waiting else ""
    refused = f"{number(state.refused)} ✕" if state.refused else ""
    return " · ".join(part for part in (words[state.reach], told, waiting, refused) if part)


def middling(state: LineState, now: datetime) -> str:
    """Between the two: the age without its moment."""
    if state.revoked or not state.paired:
        return glance(state, now)
    return " · ".join([brief(replace(state, waiting=0, refused=0), now), *counts(state)])


def counts(state: LineState) -> list[str]:
    """What waits and what was refused, where there is any."""
    waiting = tr("{number} waiting", number=number(state.waiting)) if state.waiting else ""
    refused = tr("{number} refused", number=number(state.refused)) if state.refused else ""
    return [part for part in (waiting, refused) if part]


def clock_words(state: LineState) -> str:
    """This computer's clock, where it is minutes off."""
    if abs(state.clock_error_ms) < CLOCK_TOLD_MS:
        return ""
    length = span(timedelta(milliseconds=abs(state.clock_error_ms)))
    if state.clock_error_ms > 0:
        return tr("clock {span} fast", span=length)
    return tr("clock {span} slow", span=length)


def tone(state: LineState) -> str:
    """Being alone is no alarm; what needs a person is."""
    if state.revoked or state.refused or clock_words(state):
        return "warn"
    return "" if state.trouble or state.waiting else "muted"


def sentences(state: LineState, now: datetime, zone: tzinfo | None = None) -> list[str]:
    """The state in full, the most important first."""
    if not state.paired:
        return [
            tr("This desk works alone. All that happens here is written down here, and nothing is missing."),
            tr("To work together with other desks, join them with an invitation."),
        ]
    trouble = [tr(state.trouble), tr(state.remedy)] if state.trouble else []
    told = [_reached(state), *trouble, _knows(state, now, zone), _waiting(state)]
    return [one for one in told if one]


def needs(state: LineState) -> list[str]:
    """Sentences on what a person should see to."""
    return [one for one in (_refused(state), _clock(state)) if one]


def _age_words(state: LineState, now: datetime, zone: tzinfo | None) -> str:
    if is_fresh(state, now):
        return tr("up to date")
    old = age(state, now)
    if old is None or state.heard_at is None:
        return tr("nothing heard yet")
    return tr("knows all until {time} ({age})", time=clock(state.heard_at, zone), age=span(old))


def _reached(state: LineState) -> str:
    if state.reach is Reach.ALONE:
        return tr("This desk works alone just now, and goes on by itself as soon as the others answer.")
    if state.reach is Reach.HUB:
        return tr("This desk is connected to the hub {name}.", name=isolate(state.node))
    return tr("This desk is connected to the centre {name}.", name=isolate(state.node))


def _knows(state: LineState, now: datetime, zone: tzinfo | None) -> str:
    if is_fresh(state, now):
        return tr("It knows all that the other desks have told.")
    old = age(state, now)
    if old is None or state.heard_at is None:
        return tr("It has not heard anything of other desks yet.")
    moment = f"{state.heard_at.astimezone(zone):%H:%M:%S}"
    return tr("It knows all that happened until {time}; that is {age} old.", time=moment, age=span(old))


def _waiting(state: LineState) -> str:
    if not state.waiting:
        return tr("Nothing waits to be sent.")
    return tr(
        "{number} waiting to be sent: safe on this desk, and sent by itself.", number=number(state.waiting)
    )


def _refused(state: LineState) -> str:
    if not state.refused:
        return ""
    return tr("{number} refused: a person should look at them (Outbox).", number=number(state.refused))


def _clock(state: LineState) -> str:
    if not clock_words(state):
        return ""
    length = span(timedelta(milliseconds=abs(state.clock_error_ms)))
    return (
        tr(
            "This computer's clock is {span} fast. Times are put right; set the clock when you can.",
            span=length,
        )
        if state.clock_error_ms > 0
        else tr(
            "This computer's clock is {span} slow. Times are put right; set the clock when you can.",
            span=length,
        )
    )


def next_change_ms(state: LineState, now: datetime) -> int:
    """When the words will be others by the passing of time alone, in ms; 0: never."""
    old = age(state, now)
    if old is None or not state.paired or state.revoked:
        return 0
    if is_fresh(state, now):
        return int((FRESH - old).total_seconds() * 1000) + 50
    seconds = old.total_seconds()
    step = 60 if seconds < 5400 else 3600
    return int((step - seconds % step) * 1000) + 50
