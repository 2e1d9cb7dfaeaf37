"""Who has a seat: the fold of `seat_taken` and `seat_freed`, and what shows where two have it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from eventdesk.domain import members
from eventdesk.domain.conflicts import conflict_id, settled_words
from eventdesk.domain.facts import Fact, Kind
from eventdesk.domain.fold import in_order

SEAT_KINDS = (Kind.SEAT_TAKEN, Kind.SEAT_FREED)


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """A ticket has the seat. `id` is the fact's, `order` its stamp as text; `confirmed`: an upstream said
    that nobody else has it."""

    id: str
    seat: str
    ticket: str
    desk: str
    order: str
    at: datetime
    sale: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class SeatConflict:
    """Two tickets have one seat. As `domain.conflicts.Conflict` is of a ticket on a list, this is of a seat:
    `id` follows from the two facts, `word` is what a person said, empty while nobody has."""

    id: str
    seat: str
    first: SeatTaken
    second: SeatTaken
    word: str = ""
    settled_by: str = ""


def seat_key(seat: str) -> str:
    """The claim of a seat, and what its conflicts are named after."""
    return f"seat/{seat}"


def standing_seats(facts: Iterable[Fact]) -> tuple[SeatTaken, ...]:
    """Of one seat's facts: who has it, in stamp order. Once taken, a ticket has it until it is freed."""
    having: dict[str, SeatTaken] = {}
    for fact in in_order(fact for fact in facts if fact.kind in SEAT_KINDS):
        ticket = members.text(fact.payload, "ticket")
        if fact.kind is Kind.SEAT_FREED:
            having.pop(ticket, None)
        elif ticket not in having:
            having[ticket] = _taken(fact, ticket)
    return tuple(having.values())


def seat_holder(key: str, facts: Iterable[Fact]) -> SeatTaken | None:
    """Who holds the claim `key`, of all facts of its subject."""
    return next((one for one in standing_seats(facts) if seat_key(one.seat) == key), None)


def seat_conflicts(taken: Iterable[SeatTaken], settled: Iterable[Fact] = ()) -> tuple[SeatConflict, ...]:
    """The conflicts of one seat, settled ones too; `taken` as `standing_seats` gives it."""
    pairs = list(pairwise(taken))
    words = settled_words(settled) if pairs else {}
    found = []
    for first, second in pairs:
        id_ = conflict_id(seat_key(first.seat), first.id, second.id)
        found.append(SeatConflict(id_, first.seat, first, second, *words.get(id_, ("", ""))))
    return tuple(found)


def _taken(fact: Fact, ticket: str) -> SeatTaken:
    return SeatTaken(
        id=fact.id,
        seat=fact.subject,
        ticket=ticket,
        desk=fact.desk,
        order=fact.stamp.text(),
        at=datetime.fromtimestamp(fact.stamp.wall / 1000, UTC),
        sale=members.text(fact.payload, "sale", ""),
        confirmed=members.flag(fact.payload, "confirmed", True),
    )
