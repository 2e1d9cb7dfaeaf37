"""The order that a row belongs to: found, changed or placed."""

from typing import Any

from eventdesk.bridges.files.entries import Entry
from eventdesk.bridges.files.identity import id_of, order_code_of
from eventdesk.bridges.files.matching import Known
from eventdesk.bridges.files.states import APPROVAL, CANCELED
from eventdesk.bridges.files.values import Unreadable
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.imports import Field
from eventdesk.domain.tickets import Order, OrderStatus, Ticket

SOURCE = "file"


class Orders:
    """Remembers the orders of the rows so far: their ids, and the status that a row gave them."""

    def __init__(self, log: str) -> None:
        self._log = log
        self._placed: dict[str, tuple[str, str]] = {}

    def place(
        self, entry: Entry, ticket_id: str, ticket: Ticket | None, known: Known
    ) -> tuple[str, list[Draft]]:
        """The order's id and what must be written of it. Raises Unreadable where rows contradict."""
        code = entry.order
        members = {**entry.order_members, **_status(entry)}
        if not code:
            return self._own_order(ticket_id, ticket, members)
        if code in self._placed:
            return self._again(code, str(members.get("status", "")))
        order = known.orders.get(code)
        id_ = order.id if order else id_of(self._log, "order", code)
        self._placed[code] = (id_, str(members.get("status", "")))
        return id_, _written(id_, code, order, members)

    def _own_order(
        self, ticket_id: str, ticket: Ticket | None, members: dict[str, Any]
    ) -> tuple[str, list[Draft]]:
        """A guest whom the file gives no order has one alone."""
        if ticket:
            return ticket.order.id, _written(ticket.order.id, ticket.order.code, ticket.order, members)
        id_ = id_of(self._log, "order of", ticket_id)
        return id_, _written(id_, order_code_of(id_), None, members)

    def _again(self, code: str, status: str) -> tuple[str, list[Draft]]:
        """A further row of an order: it may say a status where none was said."""
        id_, before = self._placed[code]
        if not status or status == before:
            return id_, []
        if before:
            raise Unreadable(
                "Order {order} is {first} in an earlier row and {second} here.",
                order=code,
                first=before,
                second=status,
                field=Field.STATUS,
            )
        self._placed[code] = (id_, status)
        return id_, [Draft(Kind.ORDER_CHANGED, id_, {"status": status})]


def _written(id_: str, code: str, order: Order | None, members: dict[str, Any]) -> list[Draft]:
    if order is None:
        placed = {"code": code, "status": OrderStatus.PAID.value, "source": SOURCE, **members}
        return [Draft(Kind.ORDER_PLACED, id_, placed)]
    changed = {name: value for name, value in members.items() if getattr(order, name) != value}
    return [Draft(Kind.ORDER_CHANGED, id_, changed)] if changed else []


def _status(entry: Entry) -> dict[str, Any]:
    """The members that the row's words for its state set. A canceled row cancels its ticket alone."""
    if state := entry.order_status:
        return _approved(state) if state == APPROVAL else {"status": state}
    if not entry.status or entry.status == CANCELED:
        return {}
    return _approved(entry.status)


def _approved(state: str) -> dict[str, Any]:
    waits = state == APPROVAL
    return {"status": OrderStatus.PENDING.value if waits else state, "requires_approval": waits}
