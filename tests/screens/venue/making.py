"""A venue as the engine would tell it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from eventdesk.desk.venue.values import DeskLine, DeskReport, FlowChanged, HelpChanged, PrinterReport, Venue
from eventdesk.domain.forecast import forecast
from eventdesk.domain.readiness import findings
from eventdesk.domain.tickets import Ticket
from eventdesk.domain.venue import DeskOrder, HelpCall, Order, Reason
from tests.domain.doors_simulated import Evening, Simulated
from tests.screens.making import NOON, ticket

LONG_NAME = "Maximiliane Theodora von und zu Hohenstein-Wittelsbach-Lünen"


def report(number: int = 1, **members: Any) -> DeskReport:
    """A desk that lacks nothing."""
    kiosk = number % 3 == 0
    shown: dict[str, Any] = {
        "desk": f"d{number:02}",
        "name": f"Kiosk {number}" if kiosk else f"Door {number}",
        "at": NOON,
        "version": "1.0",
        "doing": "kiosk" if kiosk else "door",
        "page": "welcome" if kiosk else "",
        "event": "Summer Gala 2026",
        "list": "Main entrance",
        "gate": "North gate",
        "reach": "hub",
        "heard_at": NOON,
        "printers": (PrinterReport(f"badge-{number}", "ready", "", 180, 0),),
        "tested_at": NOON - timedelta(hours=1),
        "camera": "ready",
        "scanner_at": NOON - timedelta(hours=1),
        "battery": 80,
        "disk_free_mb": 20_000,
        "backup_at": NOON - timedelta(hours=2),
        "guests": 40 + number,
        "pace": 4.2,
    }
    return DeskReport(**(shown | members))


def line(number: int = 1, heard: timedelta = timedelta(seconds=4), **members: Any) -> DeskLine:
    shown = report(number, **members)
    heard_at = NOON - heard
    shown = replace(shown, at=heard_at, heard_at=members.get("heard_at", heard_at))
    return DeskLine(shown.desk, shown.name, heard_at, shown, findings(shown, heard_at, NOON, "1.0"))


def silent(number: int) -> DeskLine:
    return DeskLine(f"d{number:02}", f"Door {number}", None, None, findings(None, None, NOON))


def venue(many: int = 12, **members: Any) -> Venue:
    """Most desks are ready; some are not, each in its way."""
    lines = [line(number) for number in range(1, many + 1)]
    odd: Sequence[DeskLine] = [
        line(2, printers=(PrinterReport("badge-2", "gone", "Out of paper", 0, 7),), tested_at=None),
        line(3, page="closed", camera="gone", trouble="The camera is gone.", trouble_at=NOON, picture=b"x"),
        line(4, heard=timedelta(minutes=11)),
        line(5, name=LONG_NAME, battery=12, plugged=False, version="0.9"),
        line(6, printers=(PrinterReport("badge-6", "ready", "", 9, 0),), page="printing"),
        line(7, name="بوابة الشمال", locked=True, disk_free_mb=300, heard_at=NOON - timedelta(minutes=9)),
        silent(8),
    ]
    for place, one in enumerate(odd):
        if place + 1 < many:
            lines[place + 1] = one
    return Venue(lines, NOON, **members)


@cache
def _flow(desks: int, minute: int, guests: int) -> FlowChanged:
    evening = Evening(expected=guests, desks=desks, seconds=6.0, seed=3)
    passes, doors, now = Simulated(evening).known(minute)
    names = {f"desk {number}": f"Door {number + 1}" for number in range(desks)}
    return FlowChanged("gala", "main", forecast(passes, doors, now, limit=5.0), names)


def flow(desks: int = 6, minute: int = 20, guests: int = 0) -> FlowChanged:
    """Twenty minutes after the doors opened, at too few desks."""
    return _flow(desks, minute, guests or desks * 380)


def call(id_: str = "c1", reason: Reason = Reason.PAPER_OUT, minutes: int = 4, **members: Any) -> HelpCall:
    shown: dict[str, Any] = {"desk": "d03", "place": "Kiosk 3", "at": NOON - timedelta(minutes=minutes)}
    return HelpCall(id_, "gala", reason=reason, **(shown | members))


def calls() -> HelpChanged:
    found = [
        call("c1", Reason.BADGE_JAMMED, 11, ticket="t1"),
        call("c2", Reason.NOT_ADMITTED, 6, ticket="t2", place=LONG_NAME),
        call("c3", Reason.CAMERA_GONE, 5, place="Kiosk 9"),
        call("c4", Reason.WANTED, 0, place="بوابة الشمال"),
    ]
    return HelpChanged("gala", found, frozenset({"c4"}))


def ticket_of(id_: str) -> Ticket:
    name = {"t1": "Ada Lovelace", "t2": LONG_NAME}.get(id_, "محمد")
    made = ticket(name)
    return Ticket(id_, made.order, f"secret-{id_}", made.product, made.variation, name=name)


def message(words: str = "Send guests to gate north", id_: str = "o1", at: datetime = NOON) -> DeskOrder:
    return DeskOrder(id_, "gala", "d01", Order.MESSAGE, at, at + timedelta(minutes=5), words)
