"""A store full of made guests, for measurements."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from eventdesk.bench.guests import PRODUCTS, MadeGuest
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Store

LOG = "bench"
LIST = "door"


def event_drafts() -> list[Draft]:
    """An event of one day with one list that all products may pass."""
    begins = "2026-06-10T08:00:00Z"
    event = Draft(Kind.EVENT_DEFINED, LOG, {"name": "Bench", "timezone": "Europe/Berlin", "begins": begins})
    door = Draft(Kind.LIST_DEFINED, LIST, {"name": "Door", "all_products": True})
    return [event, door, *(Draft(Kind.PRODUCT_DEFINED, name, {"name": name}) for name in PRODUCTS)]


def guest_drafts(guests: Iterable[MadeGuest]) -> Iterator[Draft]:
    """An `order_placed` for each run of guests with one order code, a `ticket_issued` for each guest."""
    number = 0
    for code, group in groupby(guests, key=lambda guest: guest.order_code):
        yield Draft(Kind.ORDER_PLACED, f"order-{code}", {"code": code, "status": "paid"})
        for guest in group:
            number += 1
            yield Draft(
                Kind.TICKET_ISSUED,
                f"ticket-{number}",
                {
                    "order": f"order-{code}",
                    "secret": guest.secret,
                    "product": guest.product,
                    "name": guest.name,
                    "email": guest.email,
                    "company": guest.company,
                },
            )


def fill(store: Store, guests: Iterable[MadeGuest]) -> None:
    """Write the event and its guests, in one transaction."""
    with store.transaction() as tx:
        tx.append(LOG, event_drafts())
        tx.append_bulk(LOG, guest_drafts(guests), lambda _done: None)
