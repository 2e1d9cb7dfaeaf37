"""What pretix calls tickets that were sold here, and whether it has heard of them already."""

import threading
from collections.abc import Sequence
from typing import Any, Final

from eventdesk.bridges.pretix.api import Api
from eventdesk.bridges.pretix.faults import PretixCannot, PretixWaits
from eventdesk.bridges.pretix.mapping.ids import PREFIX, Of, number
from eventdesk.bridges.pretix.outgoing.target import Call, Target
from eventdesk.domain.facts import Kind
from eventdesk.domain.tickets import Ticket
from eventdesk.i18n import tr
from eventdesk.storage.bridge_calls import BridgeCall, CallState
from eventdesk.storage.store import Store

POSITION: Final = "{position}"
SECRET: Final = "{secret}"
MAKES_ORDERS: Final = (Kind.SALE_COMPLETED.value, Kind.TICKET_ISSUED.value)
NOT_HERE: Final = "The ticket has not arrived here yet."
NO_SALE_YET: Final = "pretix does not know the ticket yet; its sale is told first."
SALE_REFUSED: Final = "It waits for its sale, which pretix has refused."
SALE_UNTOLD: Final = "Its sale was not told to pretix, so pretix does not know the ticket."
NOT_SOLD: Final = "The ticket came neither from pretix nor from a till: pretix does not know it."
SOLD_HERE: Final = frozenset({"till", "walk-in"})
NOT_THEIRS: Final = "The ticket is of a product that pretix has not."


class Known:
    """From any thread. Each raises PretixWaits where the ticket's order must be told first, PretixCannot
    where it never will be, and PretixError."""

    def __init__(self, api: Api, store: Store, log: str, target: Target) -> None:
        self._api = api
        self._store = store
        self._log = log
        self._target = target
        self._positions: dict[str, int] = {}
        self._lock = threading.Lock()

    def filled(self, call: Call, ticket_id: str) -> Call:
        """The call with the ticket's position and secret in their places."""
        ticket = self._ticket(ticket_id)
        path, body = str(call["path"]), dict(call["body"])
        if POSITION in path or body.get("position") == POSITION:
            position = self.position(ticket)
            path = path.replace(POSITION, str(position))
            if body.get("position") == POSITION:
                body["position"] = position
        if body.get("secret") == SECRET:
            self.check_told(ticket)
            body["secret"] = ticket.secret
        return {**call, "path": path, "body": body}

    def position(self, ticket: Ticket) -> int:
        found = self._kept(ticket)
        if found is not None:
            return found
        self.check_told(ticket)
        found = self._kept(ticket) or self._asked(ticket)
        if found is None:
            raise PretixCannot(
                tr(
                    "pretix does not know the code of this ticket (any more): {order}",
                    order=ticket.order.code,
                )
            )
        return found

    def check_told(self, ticket: Ticket) -> None:
        """Whether pretix has the ticket's order."""
        if ticket.id.startswith(PREFIX) or self._kept(ticket) is not None:
            return
        if number(Of.ITEM, ticket.product) is None:
            raise PretixCannot(NOT_THEIRS)
        with self._store.reader() as reader:
            calls = reader.bridge_calls.of_subject(self._log, ticket.order.id)
            placed = reader.facts(self._log, ticket.order.id, Kind.ORDER_PLACED)
        if is_told(calls) or self._asked(ticket) is not None:
            return
        if not any(one.payload.get("source") in SOLD_HERE for one in placed):
            raise PretixCannot(NOT_SOLD)
        raise PretixWaits(NO_SALE_YET)

    def learn(self, answer: Any, tickets: dict[int, str]) -> None:
        """Of an order that pretix has just made; `tickets` are ids by its `positionid`."""
        positions = {tickets[one["positionid"]]: one["id"] for one in answer if one["positionid"] in tickets}
        with self._lock:
            self._positions.update(positions)

    def _kept(self, ticket: Ticket) -> int | None:
        with self._lock:
            return self._positions.get(ticket.id)

    def _ticket(self, id_: str) -> Ticket:
        with self._store.reader() as reader:
            ticket = reader.ticket(self._log, id_)
        if ticket is None:
            raise PretixWaits(NOT_HERE)
        return ticket

    def _asked(self, ticket: Ticket) -> int | None:
        rows = self._api.get(self._target.at_event("orderpositions/"), {"secret": ticket.secret}).data
        found = next((int(one["id"]) for one in rows["results"] if one["secret"] == ticket.secret), None)
        if found is not None:
            with self._lock:
                self._positions[ticket.id] = found
        return found


def is_told(calls: Sequence[BridgeCall]) -> bool:
    """Whether a sale's order is in pretix, as its call says; False where no call says anything, as
    another bridge may have told it. Raises PretixWaits, PretixCannot."""
    states = {one.state for one in calls if one.kind in MAKES_ORDERS}
    if CallState.DONE in states:
        return True
    if CallState.WAITING in states:
        raise PretixWaits(NO_SALE_YET)
    if CallState.REFUSED in states:
        raise PretixWaits(SALE_REFUSED)
    if states:
        raise PretixCannot(SALE_UNTOLD)
    return False
