"""Tickets, lists and scans for tests: say what matters, the rest is plain."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from eventdesk.domain.catalogue import Catalogue, CheckInList, Event, Gate, Product, Session, Variation
from eventdesk.domain.tickets import Admission, Direction, Order, Presented, Ticket, Via
from eventdesk.domain.verdicts import Scan

# Noon in Berlin, a Wednesday; the event runs from 11 to 20.
NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)

EVENT = Event("event", "Fair", "Europe/Berlin", NOON - timedelta(hours=1), NOON + timedelta(hours=8))
DAY1 = Session("day1", "Day 1", NOON - timedelta(hours=1))
DAY2 = Session("day2", "Day 2", NOON + timedelta(hours=23))
DOOR = CheckInList("door", "Main door")
ORDER = Order("order", "ABC12")
TICKET = Ticket("ticket", ORDER, "secret", "adult", name="Ada")
SCAN = Scan(NOON, desk="desk1")

CATALOGUE = Catalogue(
    EVENT,
    sessions={"day1": DAY1, "day2": DAY2},
    products={
        "adult": Product("adult", "Adult", (Variation("red", "Red"),)),
        "child": Product("child", "Child"),
    },
    lists={"door": DOOR},
    gates={"north": Gate("north", "North gate"), "south": Gate("south", "South gate")},
)


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    """That local time in June 2026."""
    return datetime(2026, 6, day, hour, minute, tzinfo=EVENT.zone)


def passed(moment: datetime, direction: Direction = Direction.ENTRY, **members: Any) -> Admission:
    order = moment.astimezone(UTC).isoformat()
    plain = Admission(f"pass {moment.isoformat()}", "ticket", "door", direction, moment, order)
    return replace(plain, **members)


def left(moment: datetime, **members: Any) -> Admission:
    return passed(moment, Direction.EXIT, **members)


def held_up(ticket: Ticket = TICKET, via: Via = Via.SECRET, **members: Any) -> Presented:
    return Presented(ticket.secret, via, ticket, **members)
