"""Facts for the tests of the storage: an event with a door, and guests."""

from collections.abc import Iterator
from typing import Any

from eventdesk.domain.facts import Draft, Kind

LOG = "event-1"
LIST = "main"
KEY = bytes(range(32)) + b"0123456789abcdef"
AT = "2026-06-10T10:00:00Z"


def setup(log: str = LOG) -> list[Draft]:
    event = {"name": "Fair", "timezone": "Europe/Berlin", "begins": "2026-06-10T08:00:00Z"}
    variations = [{"id": "vip", "name": "VIP"}]
    return [
        Draft(Kind.EVENT_DEFINED, log, event),
        Draft(Kind.SESSION_DEFINED, "day1", {"name": "Day 1", "begins": "2026-06-10T08:00:00Z"}),
        Draft(Kind.PRODUCT_DEFINED, "entry", {"name": "Entry", "variations": variations}),
        Draft(Kind.PRODUCT_DEFINED, "dinner", {"name": "Dinner"}),
        Draft(Kind.LIST_DEFINED, LIST, {"name": "Main door"}),
        Draft(
            Kind.LIST_DEFINED,
            "dinner-door",
            {"name": "Dinner", "all_products": False, "products": ["dinner"]},
        ),
        Draft(Kind.GATE_DEFINED, "north", {"name": "North"}),
    ]


def order(id_: str, **members: Any) -> Draft:
    return Draft(Kind.ORDER_PLACED, id_, {"code": id_.upper(), "status": "paid", **members})


def ticket(id_: str, order_id: str = "o1", **members: Any) -> Draft:
    payload = {"order": order_id, "secret": f"secret-{id_}", "product": "entry", "name": f"Guest {id_}"}
    return Draft(Kind.TICKET_ISSUED, id_, {**payload, **members})


def entry(ticket_id: str, at: str = AT, **members: Any) -> Draft:
    return Draft(Kind.ADMITTED, ticket_id, {"list": LIST, "at": at, **members})


def leaving(ticket_id: str, at: str = AT, **members: Any) -> Draft:
    return Draft(Kind.LEFT, ticket_id, {"list": LIST, "at": at, **members})


def undoing(ticket_id: str, admission: str) -> Draft:
    return Draft(Kind.ADMISSION_UNDONE, ticket_id, {"admission": admission, "reason": "wrong guest"})


def guests(number: int, first: int = 0) -> Iterator[Draft]:
    """As many orders of one ticket each: `o0` with `t0` ..."""
    for one in range(first, first + number):
        yield order(f"o{one}", name=f"Buyer {one}", email=f"buyer{one}@example.org")
        yield ticket(f"t{one}", f"o{one}", name=f"Guest Number{one}")
