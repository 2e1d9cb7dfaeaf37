"""The event of the fleet: one list that admits once, one that lets in again, tickets and a quota."""

from collections.abc import Iterator

from eventdesk.domain.facts import Draft, Kind

LOG, ONCE, AGAIN, QUOTA = "party", "once", "again", "places"


def drafts(tickets: int, places: int) -> Iterator[Draft]:
    event = {"name": "Party", "timezone": "Europe/Berlin", "begins": "2026-06-10T08:00:00Z"}
    yield Draft(Kind.EVENT_DEFINED, LOG, event)
    yield Draft(Kind.PRODUCT_DEFINED, "entry", {"name": "Entry"})
    yield Draft(Kind.LIST_DEFINED, ONCE, {"name": "House", "allow_entry_after_exit": False})
    yield Draft(Kind.LIST_DEFINED, AGAIN, {"name": "Garden", "allow_entry_after_exit": True})
    for gate, area in (("north", "house"), ("south", "house"), ("east", "garden")):
        yield Draft(Kind.GATE_DEFINED, gate, {"name": gate.title(), "area": area})
    yield Draft(Kind.QUOTA_DEFINED, QUOTA, {"name": "Places", "size": places})
    for number in range(tickets):
        yield Draft(Kind.ORDER_PLACED, f"o{number}", {"code": f"O{number}", "status": "paid"})
        issued = {
            "order": f"o{number}",
            "secret": secret(number),
            "product": "entry",
            "name": f"Guest {number}",
        }
        yield Draft(Kind.TICKET_ISSUED, f"t{number}", issued)


def secret(number: int) -> str:
    return f"party-ticket-{number:05d}"
