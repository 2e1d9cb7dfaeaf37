"""The rules of a check-in list: JSON logic over what a door knows of a ticket.

Variables: `now`, `now_isoweekday`, `product`, `variation`, `gate`, `entries_number`,
`entries_today`, `entries_days`, `entry_status` (present, absent), `minutes_since_last_entry`,
`minutes_since_first_entry` (-1 where there was no entry).

Functions: `buildTime` (custom, customtime, date_from, date_to, date_admission), `isBefore` and
`isAfter` (with a tolerance in minutes), `inList`, `objectList`, `lookup`, and the counts
`entries_since`, `entries_before`, `entries_days_since`, `entries_days_before` of a moment.

The names and their meaning are those of pretix (https://docs.pretix.eu), so that lists that were
set up there mean the same here. Entries are those of this ticket on this list.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from eventdesk.domain.catalogue import Catalogue, CheckInList, Event, Session
from eventdesk.domain.jsonlogic import Logic
from eventdesk.domain.loosetime import parse_loose
from eventdesk.domain.tickets import Admission, Direction, Ticket, in_stamp_order
from eventdesk.domain.verdicts import Scan

# The variables that count something, and the functions that count relative to a moment.
COUNTS = frozenset(
    {
        "entries_number",
        "entries_today",
        "entries_days",
        "minutes_since_last_entry",
        "minutes_since_first_entry",
        "now_isoweekday",
    }
)
COUNTS_OF_A_MOMENT = frozenset(
    {"entries_since", "entries_before", "entries_days_since", "entries_days_before"}
)


def passes_on(ticket: Ticket, list_id: str) -> list[Admission]:
    """The ticket's passes through the doors of one list, in stamp order."""
    passes = [admission for admission in ticket.admissions if admission.list == list_id]
    return in_stamp_order(passes) if len(passes) > 1 else passes


class DoorKnowledge:
    """What the rules may ask about one scan; each answer is worked out when it is asked for."""

    def __init__(self, ticket: Ticket, check_in_list: CheckInList, scan: Scan, catalogue: Catalogue) -> None:
        self.ticket = ticket
        self.at = scan.at
        self.gate = scan.gate
        self.zone = catalogue.event.zone
        self.passes = passes_on(ticket, check_in_list.id)
        # Minutes and days are counted by the clock, whatever the order of the stamps.
        self.entries = sorted(p.at for p in self.passes if p.direction is Direction.ENTRY)
        session = catalogue.sessions.get(ticket.session) if ticket.session else None
        self.occasion: Event | Session = session or catalogue.event

    def __getitem__(self, name: str) -> Any:
        """The value of a variable. Raises KeyError where there is none of that name."""
        return _VARIABLES[name](self)

    @property
    def local(self) -> datetime:
        return self.at.astimezone(self.zone)

    def days(self, moments: Iterable[datetime]) -> int:
        """On how many days of the event's calendar the moments lie."""
        found: set[date] = {moment.astimezone(self.zone).date() for moment in moments}
        return len(found)

    def since(self, moment: datetime) -> list[datetime]:
        cut = self._aware(moment)
        return [entry for entry in self.entries if entry >= cut]

    def before(self, moment: datetime) -> list[datetime]:
        cut = self._aware(moment)
        return [entry for entry in self.entries if entry < cut]

    def build_time(self, kind: str = "", value: str | None = None) -> datetime | None:
        """`buildTime`: an instant, today at a time of day, or a moment of the ticket's session or event."""
        if kind == "custom":
            return parse_loose(value, self.local)
        if kind == "customtime":
            clock = parse_loose(value, self.local)
            return self.local.replace(
                hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=clock.microsecond
            )
        occasion = self.occasion
        moments = {
            "date_from": occasion.begins,
            "date_to": occasion.ends or occasion.begins,
            "date_admission": occasion.admission or occasion.begins,
        }
        return moments.get(kind)

    def _aware(self, moment: datetime) -> datetime:
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def minutes_since(self, place: int) -> int:
        if not self.entries:
            return -1
        return int((self.at - self.entries[place]).total_seconds() // 60)

    @property
    def status(self) -> str:
        inside = self.passes and self.passes[-1].direction is Direction.ENTRY
        return "present" if inside else "absent"

    def logic(self) -> Logic:
        return Logic(
            {
                "objectList": lambda *objects: list(objects),
                "lookup": lambda _kind, id_, _name: id_,
                "inList": lambda value, values: value in values,
                "buildTime": self.build_time,
                "isBefore": _is_before,
                "isAfter": lambda a, b, tolerance=None: _is_before(b, a, tolerance),
                "entries_since": lambda moment: len(self.since(moment)),
                "entries_before": lambda moment: len(self.before(moment)),
                "entries_days_since": lambda moment: self.days(self.since(moment)),
                "entries_days_before": lambda moment: self.days(self.before(moment)),
            }
        )


def _midnight(known: DoorKnowledge) -> datetime:
    return known.local.replace(hour=0, minute=0, second=0, microsecond=0)


_VARIABLES: dict[str, Callable[[DoorKnowledge], Any]] = {
    "now": lambda known: known.at,
    "now_isoweekday": lambda known: known.local.isoweekday(),
    "product": lambda known: known.ticket.product,
    "variation": lambda known: known.ticket.variation,
    "gate": lambda known: known.gate,
    "entries_number": lambda known: len(known.entries),
    "entries_today": lambda known: len(known.since(_midnight(known))),
    "entries_days": lambda known: known.days(known.entries),
    "entry_status": lambda known: known.status,
    "minutes_since_last_entry": lambda known: known.minutes_since(-1),
    "minutes_since_first_entry": lambda known: known.minutes_since(0),
}


def _is_before(a: Any, b: Any, tolerance: Any = None) -> bool:
    if tolerance:
        return bool(a < b + timedelta(minutes=float(tolerance)))
    return bool(a < b)
