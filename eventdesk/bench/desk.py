"""A desk of made guests to measure on: one event, one product, one list, tickets numbered from 0."""

from collections.abc import Iterator

from eventdesk.desk.engine import utc_now
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.storage.store import Store

LOG, LIST = "bench", "main"


def secret(number: int) -> str:
    return f"bench-ticket-{number:06}"


def fill(store: Store, guests: int) -> None:
    """Write the event and its guests."""
    with store.transaction() as tx:
        tx.append(LOG, _catalogue())
        tx.append_bulk(LOG, _guests(guests), lambda _: None)


def _catalogue() -> list[Draft]:
    now = moment_text(utc_now())
    return [
        Draft(Kind.EVENT_DEFINED, LOG, {"name": "Bench", "timezone": "Europe/Berlin", "begins": now}),
        Draft(Kind.PRODUCT_DEFINED, "pass", {"name": "Pass"}),
        Draft(Kind.LIST_DEFINED, LIST, {"name": "Main"}),
    ]


def _guests(count: int) -> Iterator[Draft]:
    for number in range(count):
        name, email = f"Guest {number}", f"guest{number}@bench.example"
        order = {"code": f"B{number:06}", "status": "paid", "email": email, "name": name}
        ticket = {"order": f"o{number}", "secret": secret(number), "product": "pass", "name": name}
        yield Draft(Kind.ORDER_PLACED, f"o{number}", order)
        yield Draft(Kind.TICKET_ISSUED, f"t{number}", ticket)
