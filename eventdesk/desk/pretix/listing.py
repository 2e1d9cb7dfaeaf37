"""Rows for people: the events that a device may see, and calls in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.mapping.values import said
from eventdesk.bridges.pretix.paging import rows
from eventdesk.desk.pretix.values import CallRow, PretixEvent
from eventdesk.domain.facts import Kind
from eventdesk.storage.bridge_calls import BridgeCall
from eventdesk.storage.store import Reader

# Keys of their translation.
WHAT: Final = {
    Kind.ADMITTED: "Entry",
    Kind.LEFT: "Exit",
    Kind.ADMISSION_UNDONE: "Undone check-in",
    Kind.ADMISSION_REFUSED: "Refused scan",
    Kind.BADGE_PRINTED: "Printed badge",
    Kind.QUESTION_ANSWERED: "Answer",
    Kind.TICKET_CHANGED: "Changed guest",
    Kind.SALE_COMPLETED: "Sale",
    Kind.SALE_REVERSED: "Refund",
}


def events(api: Api, organizer: str) -> Sequence[PretixEvent]:
    """The next ones first, those of the past at the end."""
    found = [
        PretixEvent(
            slug=one["slug"],
            name=said(one["name"], "en"),
            begins=datetime.fromisoformat(one["date_from"]),
            series=bool(one["has_subevents"]),
        )
        for one in rows(api, f"organizers/{organizer}/events/", {"ordering": "-date_from"})
    ]
    return sorted(found, key=lambda one: one.begins, reverse=True)


def row(reader: Reader, call: BridgeCall) -> CallRow:
    """`what`: the kind, and whose it is, where the guest is known here."""
    ticket = reader.ticket(call.log, call.subject)
    return CallRow(
        call=call.n,
        fact=call.fact,
        kind=WHAT.get(Kind(call.kind), call.kind) if call.kind in {*Kind} else call.kind,
        what=(ticket.name or ticket.order.code) if ticket else "",
        at=call.at,
        state=call.state,
        tries=call.tries,
        answer=call.answer,
    )
