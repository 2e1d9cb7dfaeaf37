"""Orders, their tickets, and who passed which list by other devices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from eventdesk.bridges.pretix.mapping import own
from eventdesk.bridges.pretix.mapping.ids import Of, maybe, subject
from eventdesk.bridges.pretix.mapping.own import Own
from eventdesk.bridges.pretix.mapping.values import Row, moment
from eventdesk.domain.tickets import Direction, OrderStatus

STATUS: Final[Mapping[str, OrderStatus]] = {
    "n": OrderStatus.PENDING,
    "p": OrderStatus.PAID,
    "e": OrderStatus.EXPIRED,
    "c": OrderStatus.CANCELED,
}
# What of an order is asked for: the rest costs pretix time and nobody here anything. What is not asked for it
# reads from its database all the same, unless that is left out by name.
ASKED: Final = (
    *("code", "status", "testmode", "require_approval", "valid_if_pending", "email", "locale", "api_meta"),
    *(
        "checkin_text",
        "checkin_attention",
        "last_modified",
        "invoice_address.name",
        "invoice_address.company",
    ),
    *("positions.id", "positions.positionid", "positions.item", "positions.variation", "positions.subevent"),
    *("positions.attendee_name", "positions.attendee_email", "positions.company", "positions.secret"),
    *("positions.seat", "positions.canceled", "positions.blocked", "positions.addon_to", "positions.answers"),
    *("positions.valid_from", "positions.valid_until", "positions.checkins"),
)
LEFT_OUT: Final = ("fees", "payments", "refunds", "customer")
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
    made_here = own.read(row)
    id_ = (made_here.order if made_here else "") or subject(Of.ORDER, row["code"])
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
        "testmode": bool(row["testmode"]),
        "source": SOURCE,
    }
    if made_here:
        del members["source"]
    named = {ticket_id(one, made_here): one for one in row["positions"] if not _is_goods(one, made_here)}
    tickets = {known: ticket(one, id_, made_here) for known, one in named.items()}
    passes = tuple(one for known, position in named.items() for one in passes_of(position, known))
    return Ordered(id_, members, tickets, passes, str(row.get("last_modified") or ""))


def ticket_id(row: Row, made_here: Own | None = None) -> str:
    """A ticket that was sold here keeps its id."""
    known = made_here.tickets.get(int(row["positionid"])) if made_here else None
    return known or subject(Of.POSITION, row["id"])


def _is_goods(row: Row, made_here: Own | None) -> bool:
    return made_here is not None and made_here.is_goods(row)


def ticket(row: Row, order_id: str, made_here: Own | None = None) -> dict[str, Any]:
    members = {
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
    if made_here and int(row["positionid"]) in made_here.tickets:
        # To what it is an add-on is known here; pretix has no word for a seat of a plan of ours, and cancels
        # an order as a whole without its positions.
        del members["addon_to"]
        for name in ("seat", "canceled"):
            if not members[name]:
                del members[name]
    return members


def passes_of(position: Row, ticket: str = "") -> Iterable[Pass]:
    """`ticket`: its id here, where that does not follow from pretix'."""
    for one in position["checkins"]:
        yield Pass(
            id=one["id"],
            ticket=ticket or subject(Of.POSITION, position["id"]),
            list=subject(Of.LIST, one["list"]),
            at=moment(one["datetime"]) or "",
            direction=Direction.EXIT if one["type"] == "exit" else Direction.ENTRY,
            device=one.get("device_id"),
            gate=maybe(Of.GATE, one.get("gate")),
            automatic=bool(one.get("auto_checked_in")),
        )
