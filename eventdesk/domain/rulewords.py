"""Rules that refused, told to the person at the door: what failed, by how much, what would help."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.jsonlogic import RULE_FAULTS
from eventdesk.domain.rules import COUNTS, COUNTS_OF_A_MOMENT, DoorKnowledge
from eventdesk.domain.verdicts import Words
from eventdesk.domain.ways import Failure, nearest_way

Told = tuple[Words, Words]

UPWARD, DOWNWARD = ("<", "<="), (">", ">=")


def clock(moment: datetime, known: DoorKnowledge) -> str:
    """Local event time: the hour alone where it is the day of the scan."""
    local = moment.astimezone(known.zone)
    return local.strftime("%H:%M" if local.date() == known.local.date() else "%Y-%m-%d %H:%M")


def explain(rules: Mapping[str, Any], known: DoorKnowledge, catalogue: Catalogue) -> Told:
    """Why rules that evaluated to false did so, and what would help."""
    try:
        told = [_tell(failure, known, catalogue) for failure in nearest_way(rules, known).failures]
    except RULE_FAULTS:
        # Odd rules (a moment beyond the calendar, say) refuse all the same.
        told = []
    explanation, remedy = told[0] if told else _UNTOLD
    for more, more_remedy in told[1:]:
        explanation = Words("{one} {two}", {"one": explanation, "two": more})
        remedy = remedy or more_remedy
    return explanation, remedy or Words("A supervisor may admit the guest.")


def _tell(failure: Failure, known: DoorKnowledge, catalogue: Catalogue) -> Told:
    if failure.subject in COUNTS | COUNTS_OF_A_MOMENT and not isinstance(failure.limit, int | float):
        return (
            Words(
                "A rule compares {variable} with {value}, which is no number.",
                {"variable": failure.subject, "value": repr(failure.limit)},
            ),
            Words("Ask the organizer to correct the rules of this list."),
        )
    teller = _TELLERS.get(failure.subject)
    return teller(failure, known, catalogue) if teller else _UNTOLD


def _tell_now(failure: Failure, known: DoorKnowledge, _catalogue: Catalogue) -> Told:
    if failure.operator not in ("isBefore", "isAfter") or not isinstance(failure.limit, datetime):
        return _UNTOLD
    grace = timedelta(minutes=failure.tolerance)
    if failure.operator == "isBefore":
        time = clock(failure.limit + grace, known)
        return Words("Only admitted before {time}.", {"time": time}), Words("")
    time = clock(failure.limit - grace, known)
    return (
        Words("Only admitted after {time}.", {"time": time}),
        Words("Ask the guest to come back after {time}.", {"time": time}),
    )


def _tell_weekday(failure: Failure, known: DoorKnowledge, _catalogue: Catalogue) -> Told:
    today = _WEEKDAYS[known.local.isoweekday()]
    if failure.operator == "==" and failure.limit in _WEEKDAYS:
        day = _WEEKDAYS[int(failure.limit)]
        return (
            Words("Only admitted on a {day}; today is a {today}.", {"day": day, "today": today}),
            Words("Ask the guest to come back on a {day}.", {"day": day}),
        )
    return Words("Not admitted on a {today}.", {"today": today}), Words("")


def _tell_status(failure: Failure, known: DoorKnowledge, _catalogue: Catalogue) -> Told:
    if failure.value == "present":
        return (
            Words("The guest is inside already, since {time}.", {"time": clock(known.entries[-1], known)}),
            Words("Has the guest gone out? Scan the exit first."),
        )
    return Words("The guest is not inside."), Words("Scan the entry first.")


def _tell_product(_failure: Failure, known: DoorKnowledge, catalogue: Catalogue) -> Told:
    product = catalogue.products.get(known.ticket.product)
    name = product.name if product else known.ticket.product
    kinds = [v.name for v in product.variations if v.id == known.ticket.variation] if product else []
    return Words("Not for this kind of ticket: {product}.", {"product": " ".join([name, *kinds])}), Words("")


def _tell_gate(failure: Failure, known: DoorKnowledge, catalogue: Catalogue) -> Told:
    here = catalogue.gates.get(known.gate or "")
    allowed = ", ".join(gate.name for gate in catalogue.gates.values() if _holds(failure.limit, gate.id))
    if failure.operator != "inList" or not allowed:
        return Words("Not admitted at this gate: {gate}.", {"gate": here.name if here else "-"}), Words("")
    send = Words("Send the guest to {allowed}.", {"allowed": allowed})
    if here is None:
        return Words("Only admitted at {allowed}; this desk stands at no gate.", {"allowed": allowed}), send
    return (
        Words("Only admitted at {allowed}; this is {gate}.", {"allowed": allowed, "gate": here.name}),
        send,
    )


def _holds(limit: Any, id_: str) -> bool:
    return isinstance(limit, list) and id_ in limit


def _tell_minutes(failure: Failure, known: DoorKnowledge, _catalogue: Catalogue) -> Told:
    if not known.entries:
        return Words("The guest has not entered yet."), Words("")
    since_last = failure.subject == "minutes_since_last_entry"
    entry = known.entries[-1 if since_last else 0]
    values = {"time": clock(entry, known), "minutes": failure.value, "limit": failure.limit}
    if failure.operator in DOWNWARD and since_last:
        again = clock(entry + timedelta(minutes=failure.limit), known)
        return (
            Words("Entered at {time}, {minutes} minutes ago; {limit} minutes must pass.", values),
            Words("Ask the guest to come back after {time}.", {"time": again}),
        )
    if failure.operator in UPWARD and not since_last:
        return Words("First entered at {time}; re-entry is open for {limit} minutes.", values), Words("")
    return Words("A rule on the time since the entry at {time} refuses ({minutes} minutes).", values), Words(
        ""
    )


def _tell_count(failure: Failure, known: DoorKnowledge, _catalogue: Catalogue) -> Told:
    values = {
        "count": failure.value,
        "operator": _SIGNS.get(failure.operator, failure.operator),
        "limit": failure.limit,
        "moment": clock(failure.moment, known) if failure.moment else "",
        "time": clock(known.entries[-1], known) if known.entries else "-",
    }
    if failure.operator not in UPWARD:
        return Words(_COUNTED[failure.subject].template, values), Words("")
    # The rule counts the entries before this one: below 3 lets three in, up to 3 lets four in.
    most = failure.limit + (failure.operator == "<=")
    return Words(_TOO_MANY[failure.subject].template, {**values, "limit": most}), Words("")


_SIGNS = {"==": "=", "!=": "≠", ">=": "≥"}
_TOO_MANY = {
    "entries_number": Words("Entries: {count} of {limit}, the last at {time}."),
    "entries_today": Words("Entries today: {count} of {limit}, the last at {time}."),
    "entries_days": Words("Days with an entry: {count} of {limit}, the last at {time}."),
    "entries_since": Words("Entries since {moment}: {count} of {limit}, the last at {time}."),
    "entries_before": Words("Entries before {moment}: {count} of {limit}."),
    "entries_days_since": Words("Days with an entry since {moment}: {count} of {limit}, the last at {time}."),
    "entries_days_before": Words("Days with an entry before {moment}: {count} of {limit}."),
}
_COUNTED = {
    "entries_number": Words("Entries so far: {count}; required: {operator} {limit}."),
    "entries_today": Words("Entries today: {count}; required: {operator} {limit}."),
    "entries_days": Words("Days with an entry: {count}; required: {operator} {limit}."),
    "entries_since": Words("Entries since {moment}: {count}; required: {operator} {limit}."),
    "entries_before": Words("Entries before {moment}: {count}; required: {operator} {limit}."),
    "entries_days_since": Words("Days with an entry since {moment}: {count}; required: {operator} {limit}."),
    "entries_days_before": Words(
        "Days with an entry before {moment}: {count}; required: {operator} {limit}."
    ),
}
_WEEKDAYS = {
    1: Words("Monday"),
    2: Words("Tuesday"),
    3: Words("Wednesday"),
    4: Words("Thursday"),
    5: Words("Friday"),
    6: Words("Saturday"),
    7: Words("Sunday"),
}
_UNTOLD: Told = (Words("The rules of this list refuse the ticket."), Words(""))

_TELLERS: Mapping[str, Callable[[Failure, DoorKnowledge, Catalogue], Told]] = {
    "now": _tell_now,
    "now_isoweekday": _tell_weekday,
    "entry_status": _tell_status,
    "product": _tell_product,
    "variation": _tell_product,
    "gate": _tell_gate,
    "minutes_since_last_entry": _tell_minutes,
    "minutes_since_first_entry": _tell_minutes,
    **dict.fromkeys(_TOO_MANY, _tell_count),
}
