"""Rows for people: the events that a device may see, and calls in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.mapping.values import said
from eventdesk.bridges.pretix.paging import rows
from eventdesk.desk.pretix.values import CallRow, PretixEvent
from eventdesk.domain.facts import Kind
from eventdesk.domain.verdicts import Words
from eventdesk.storage.bridge_calls import BridgeCall
from eventdesk.storage.store import Reader

# Keys of their translation.
WHAT: Final = {
    Kind.ADMITTED: Words("Entry"),
    Kind.LEFT: Words("Exit"),
    Kind.ADMISSION_UNDONE: Words("Undone check-in"),
    Kind.ADMISSION_REFUSED: Words("Refused scan"),
    Kind.BADGE_PRINTED: Words("Printed badge"),
    Kind.QUESTION_ANSWERED: Words("Answer"),
    Kind.TICKET_CHANGED: Words("Changed guest"),
    Kind.TICKET_ISSUED: Words("Guest added at the door"),
    Kind.SALE_COMPLETED: Words("Sale"),
    Kind.SALE_REVERSED: Words("Refund"),
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
        kind=str(WHAT.get(Kind(call.kind), call.kind)) if call.kind in {*Kind} else call.kind,
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
