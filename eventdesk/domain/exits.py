"""Everyone is checked out at the hour that a list names, so that the next day starts with nobody inside."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.domain.resolve import has_product
from eventdesk.domain.rules import passes_on
from eventdesk.domain.tickets import Direction, Ticket


def still_inside(tickets: Iterable[Ticket], check_in_list: CheckInList, at: datetime) -> list[Ticket]:
    """The list's tickets that last passed by an entry before `at`, whatever their order's status."""
    return [
        ticket
        for ticket in tickets
        if check_in_list.session in (None, ticket.session)
        and has_product(ticket, check_in_list)
        and _inside(ticket, check_in_list.id, at)
    ]


def _inside(ticket: Ticket, list_id: str, at: datetime) -> bool:
    """An exit that is written now stands after all that was: whoever has entered since `at` stays in."""
    passes = passes_on(ticket, list_id)
    return bool(passes) and passes[-1].direction is Direction.ENTRY and passes[-1].at < at


def exits(tickets: Iterable[Ticket], check_in_list: CheckInList, at: datetime) -> list[Draft]:
    """The facts that check everyone out who is still inside at `at`."""
    payload = {"list": check_in_list.id, "at": moment_text(at), "reason": "exit_all"}
    return [Draft(Kind.LEFT, ticket.id, payload) for ticket in still_inside(tickets, check_in_list, at)]


def next_exit_of_all(due: datetime, zone: ZoneInfo) -> datetime:
    """The same local hour on the next day; an hour later where the clocks skip it."""
    local = due.astimezone(zone)
    tomorrow = (local + timedelta(days=1)).replace(fold=1)
    skipped = tomorrow.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None)
    return tomorrow if skipped == tomorrow.replace(tzinfo=None) else tomorrow + timedelta(hours=1)
