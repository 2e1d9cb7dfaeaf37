"""Orders, their tickets, and who passed which list by other devices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from eventdesk.bridges.pretix.mapping.ids import Of, maybe, subject
from eventdesk.bridges.pretix.mapping.values import Row, moment
from eventdesk.domain.tickets import Direction, OrderStatus

STATUS: Final[Mapping[str, OrderStatus]] = {
    "n": OrderStatus.PENDING,
    "p": OrderStatus.PAID,
    "e": OrderStatus.EXPIRED,
    "c": OrderStatus.CANCELED,
}
# What of an order is asked for: the rest costs pretix time and nobody here anything.
LEFT_OUT: Final = (
    "downloads",
    "positions.downloads",
    "positions.plugin_data",
    "positions.print_logs",
    "payments",
    "refunds",
    "fees",
    "url",
    "plugin_data",
    "api_meta",
)
TEST: Final = "pretix-test"
SOURCE: Final = "pretix"


@dataclass(frozen=True, slots=True)
class Pass:
    """A check-in as pretix tells it. `id` is pretix'; `device`: the number of the device, None for a
    person."""

    id: int
    ticket: str
    list: str
    at: str
    direction: Direction
    device: int | None = None
    gate: str | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Ordered:
    """`order` and each of `tickets` are members of facts, by subject; `answers` stand within the tickets."""

    id: str
    order: Mapping[str, Any]
    tickets: Mapping[str, Mapping[str, Any]]
    passes: tuple[Pass, ...] = ()
    modified: str = ""


def order(row: Row) -> Ordered:
    """A status that only a newer pretix knows counts as canceled: nobody is let in by what is not
    understood."""
    id_ = subject(Of.ORDER, row["code"])
    address = row.get("invoice_address") or {}
    members = {
        "code": row["code"],
        "status": STATUS.get(row["status"], OrderStatus.CANCELED).value,
        "requires_approval": bool(row["require_approval"]),
        "valid_if_pending": bool(row["valid_if_pending"]),
        "email": row["email"] or "",
        "name": address.get("name") or "",
        "company": address.get("company") or "",
        "locale": row["locale"] or "en",
        "checkin_text": row["checkin_text"] or "",
        "attention": bool(row["checkin_attention"]),
        "source": TEST if row["testmode"] else SOURCE,
    }
    tickets = {subject(Of.POSITION, one["id"]): ticket(one, id_) for one in row["positions"]}
    passes = tuple(one for position in row["positions"] for one in passes_of(position))
    return Ordered(id_, members, tickets, passes, str(row.get("last_modified") or ""))


def ticket(row: Row, order_id: str) -> dict[str, Any]:
    return {
        "order": order_id,
        "secret": row["secret"],
        "product": subject(Of.ITEM, row["item"]),
        "variation": maybe(Of.VARIATION, row["variation"]),
        "session": maybe(Of.SUBEVENT, row["subevent"]),
        "name": row["attendee_name"] or "",
        "email": row["attendee_email"] or "",
        "company": row["company"] or "",
        "seat": (row["seat"] or {}).get("name") or "",
        "canceled": bool(row["canceled"]),
        "blocked": bool(row["blocked"]),
        "valid_from": moment(row["valid_from"]),
        "valid_until": moment(row["valid_until"]),
        "addon_to": maybe(Of.POSITION, row["addon_to"]),
        "answers": {subject(Of.QUESTION, one["question"]): one["answer"] for one in row["answers"]},
    }


def passes_of(position: Row) -> Iterable[Pass]:
    for one in position["checkins"]:
        yield Pass(
            id=one["id"],
            ticket=subject(Of.POSITION, position["id"]),
            list=subject(Of.LIST, one["list"]),
            at=moment(one["datetime"]) or "",
            direction=Direction.EXIT if one["type"] == "exit" else Direction.ENTRY,
            device=one.get("device_id"),
            gate=maybe(Of.GATE, one.get("gate")),
            automatic=bool(one.get("auto_checked_in")),
        )
