"""A wave gets its badges: guests are read and sorted beside the engine, their jobs written in small steps.

It may be cut off anywhere. What is there stays, and the rest is added when the wave is filled again.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from eventdesk.desk.printing import jobs as badge_jobs
from eventdesk.desk.printing.jobs import Order
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.printing.guests import ANYONE, may_come
from eventdesk.domain.printing.order import chunks, place
from eventdesk.domain.printing.waves import KeptWave
from eventdesk.domain.tickets import Ticket
from eventdesk.errors import BadInput, OperationCanceled
from eventdesk.storage.store import Store

# A page of guests that is read at a time, and badges that are written while a scan waits.
PAGE: Final = 1000
STEP: Final = 20


def fill(
    store: Store,
    wave: KeptWave,
    now: Callable[[], datetime],
    progress: Callable[[int, int], None],
    canceled: Callable[[], bool],
    added: Callable[[], None],
) -> int:
    """Add the badges that the wave lacks; how many it has then. `added` is called after each step.

    Raises OperationCanceled (what was added stays), BadInput where its check-in list is gone.
    """
    with store.reader() as reader:
        catalogue = reader.catalogue(wave.log)
    tickets = _sorted(store, wave, catalogue)
    for done, step in enumerate(chunks(tickets, STEP)):
        if canceled():
            raise OperationCanceled
        if not _add(store, wave, catalogue, step, now()):
            break
        added()
        progress(min((done + 1) * STEP, len(tickets)), len(tickets))
    with store.transaction() as tx:
        tx.waves.close(wave.id)
        kept = tx.waves.get(wave.id)
    added()
    return kept.total if kept else 0


def _sorted(store: Store, wave: KeptWave, catalogue: Catalogue) -> list[str]:
    by = wave.wish.get("by", "family")
    found = [
        (place(ticket.name, ticket.company or ticket.order.company, by), ticket.id)
        for ticket in _guests(store, wave, catalogue)
    ]
    return [id_ for _, id_ in sorted(found)]


def _guests(store: Store, wave: KeptWave, catalogue: Catalogue) -> Iterator[Ticket]:
    list_id, products = wave.wish.get("list", ""), frozenset(wave.wish.get("products", ()))
    check_in_list = catalogue.lists.get(list_id) if list_id else ANYONE
    if check_in_list is None:
        raise BadInput("This check-in list does not exist (any more).", "Choose another one.")
    after: str | None = None
    while True:
        with store.reader() as reader:
            rows = reader.guests(wave.log, after, PAGE)
            tickets = reader.tickets_by_id(wave.log, [row.ticket for row in rows])
        if not rows:
            return
        for ticket in tickets.values():
            if (not products or ticket.product in products) and may_come(ticket, check_in_list, catalogue):
                yield ticket
        after = rows[-1].ticket


def _add(store: Store, wave: KeptWave, catalogue: Catalogue, ids: list[str], at: datetime) -> bool:
    """Queue the badges of those who have none. False where the wave was canceled."""
    printer = str(wave.wish.get("printer", ""))
    with store.transaction() as tx:
        kept = tx.waves.get(wave.id)
        if kept is None or kept.filled:
            return False
        number = 0
        for id_ in ids:
            ticket = tx.ticket(wave.log, id_)
            if ticket is None or tx.jobs.is_in_wave(wave.id, wave.log, id_):
                continue
            order = Order(catalogue, ticket, at, printer=printer, wave=wave.id)
            number += badge_jobs.first(tx, order) is not None
        if number:
            tx.waves.grow(wave.id, number)
    return True
