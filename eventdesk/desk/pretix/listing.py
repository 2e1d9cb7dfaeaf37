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
    Kind.TICKET_ISSUED: "Guest added at the door",
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
    """`what`: whose it is, where the guest is known here; of a sale its order's code."""
    return CallRow(
        call=call.n,
        fact=call.fact,
        kind=WHAT.get(Kind(call.kind), call.kind) if call.kind in {*Kind} else call.kind,
        what=_whose(reader, call),
        at=call.at,
        state=call.state,
        tries=call.tries,
        answer=call.answer,
    )


def _whose(reader: Reader, call: BridgeCall) -> str:
    ticket = reader.ticket(call.log, call.subject)
    if ticket is not None:
        return ticket.name or ticket.order.code
    return next((one.order.code for one in reader.order_tickets(call.log, call.subject)), "")
