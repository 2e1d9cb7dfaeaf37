"""Is a rule of a check-in list one that a door can work out? Asked when it is entered, not at the door."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from eventdesk.domain.catalogue import Catalogue, CheckInList, Event
from eventdesk.domain.jsonlogic import RULE_FAULTS
from eventdesk.domain.rules import COUNTS, DoorKnowledge
from eventdesk.domain.tickets import Admission, Direction, Order, Ticket
from eventdesk.domain.verdicts import Scan, Words

VARIABLES = COUNTS | {"now", "product", "variation", "gate", "entry_status"}

_NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
_CATALOGUE = Catalogue(Event("event", "", "Europe/Berlin", _NOON))
_TICKET = Ticket("ticket", Order("order", ""), "", "product")


def rule_mistake(rule: Mapping[str, Any]) -> Words | None:
    """What is wrong with the rule, found by trying it on a ticket that never entered and one that did."""
    strange = next((name for name in _variables(rule) if name not in VARIABLES), None)
    if strange is not None:
        return Words("There is no variable {name}.", {"name": strange})
    for entries in (0, 2):
        known = DoorKnowledge(_ticket(entries), CheckInList("list", ""), Scan(_NOON), _CATALOGUE)
        try:
            known.logic().apply(dict(rule), known)
        except RULE_FAULTS as error:
            return Words("A door could not work this out: {error}.", {"error": error})
    return None


def _ticket(entries: int) -> Ticket:
    passes = tuple(
        Admission(str(number), "ticket", "list", Direction.ENTRY, _NOON - timedelta(hours=1 + number))
        for number in range(entries)
    )
    return Ticket(_TICKET.id, _TICKET.order, _TICKET.secret, _TICKET.product, admissions=passes)


def _variables(rule: Any) -> Iterator[str]:
    """The names asked for by `var`, outermost first."""
    if isinstance(rule, Mapping):
        for operator, arguments in rule.items():
            if operator == "var":
                first = arguments[0] if isinstance(arguments, list | tuple) and arguments else arguments
                if isinstance(first, str):
                    yield first
            yield from _variables(arguments)
    elif isinstance(rule, list | tuple):
        for part in rule:
            yield from _variables(part)
