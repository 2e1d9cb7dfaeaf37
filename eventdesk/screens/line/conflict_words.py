"""A conflict in words: who (or which seat), where, when, by which route, and what to do. No Qt widget."""

from collections.abc import Callable
from datetime import tzinfo

from eventdesk.desk.upstream.values import ConflictShown
from eventdesk.domain.tickets import Admission
from eventdesk.domain.till.taken import SeatTaken
from eventdesk.i18n import tr
from eventdesk.screens.words import clock, isolate, joined, short

# In the alarm, which takes room from the door.
LONGEST_NAME = 40


def who(shown: ConflictShown) -> str:
    """The guest, or the seat that two have."""
    return shown.seat or shown.guest or tr("No name on the ticket")


def place(shown: ConflictShown, which: int) -> str:
    """Gate and desk of the first pass (0) or the second (1); of a seat, who has it and the desk."""
    gate = shown.gates[which] if which < len(shown.gates) else ""
    desk = shown.desks[which] if which < len(shown.desks) else ""
    guest = shown.guests[which] if which < len(shown.guests) else ""
    return joined(guest, gate, desk, by=", ") or tr("a desk without a name")


def gate(shown: ConflictShown, which: int) -> str:
    """The gate alone, where there is one."""
    name = shown.gates[which] if which < len(shown.gates) else ""
    return isolate(name) or place(shown, which)


def where(shown: ConflictShown, zone: tzinfo | None, named: Callable[[ConflictShown, int], str]) -> str:
    """Both passes on one line; `named` is `place` or `gate`."""
    one, other = shown.conflict.first, shown.conflict.second
    return tr(
        "{time} {place} and {other_time} {other_place}",
        time=clock(one.at, zone),
        place=named(shown, 0),
        other_time=clock(other.at, zone),
        other_place=named(shown, 1),
    )


def passed(shown: ConflictShown, which: int, zone: tzinfo | None) -> str:
    """One of the two passes in full: when, where, by which route."""
    one = (shown.conflict.first, shown.conflict.second)[which]
    how = route(one) if isinstance(one, Admission) else sold(one)
    when = f"{one.at.astimezone(zone):%H:%M:%S}"
    return joined(when, place(shown, which), how)


def route(one: Admission) -> str:
    """How the desk came to admit."""
    if one.forced:
        return tr("admitted anyway by a person")
    if one.by_hub_alone:
        return tr("confirmed by the hub alone: its line was cut")
    if one.confirmed:
        return tr("confirmed by the line")
    return tr("decided alone, without an answer from others")


def sold(one: SeatTaken) -> str:
    """How the desk came to sell the seat."""
    return tr("confirmed by the line") if one.confirmed else tr("sold alone, without an answer from others")


def advice(shown: ConflictShown) -> str:
    """What to do about one that is open."""
    if shown.seat:
        return tr(
            "Two tickets have this seat. Exchange one of them for another seat at a till, "
            "before the guests meet there."
        )
    unconfirmed = [
        place(shown, which)
        for which, one in enumerate((shown.conflict.first, shown.conflict.second))
        if not one.confirmed
    ]
    begin = tr(
        "One ticket let two people in, or one person twice. Look for the guest inside and ask both doors."
    )
    if len(unconfirmed) == 1:
        return f"{begin} {tr('The unconfirmed one was at {place}.', place=unconfirmed[0])}"
    return begin


def alarm(shown: ConflictShown, zone: tzinfo | None) -> str:
    """The alarm's sentence."""
    name = short(who(shown), LONGEST_NAME)
    if shown.seat:
        return tr("Sold twice: {seat}, {where}.", seat=name, where=where(shown, zone, gate))
    return tr("Admitted twice: {name}, {where}.", name=name, where=where(shown, zone, gate))


def suggestions(shown: ConflictShown) -> list[str]:
    """Words that are often the right ones."""
    if shown.seat:
        return [
            tr("One of the guests took another seat"),
            tr("One of the tickets was given back"),
            tr("The two belong together and share it"),
        ]
    return [
        tr("Two people, one was sent away"),
        tr("The same person was scanned twice"),
        tr("Two people, both may stay"),
        tr("The guest was not found"),
    ]
