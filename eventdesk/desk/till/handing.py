"""Tickets of a sale handed out on paper: as badges, or on sheets. Queued in the sale's own transaction."""

from collections.abc import Callable, Sequence
from typing import Final

from eventdesk.desk.hooks import Trouble
from eventdesk.desk.printing import jobs as badge_jobs
from eventdesk.desk.printing.jobs import Order
from eventdesk.desk.settings import KIOSK, TICKETS_AS
from eventdesk.desk.till.completing import Made
from eventdesk.desk.till.register import Register
from eventdesk.domain.tickets import Ticket
from eventdesk.storage.store import Transaction

WAYS: Final = {"badge": badge_jobs.first, "a4": badge_jobs.sheet}


class Handing:
    """Lives on the engine's lane. `nudge` wakes the spool, once what it shall print is on the disk."""

    def __init__(self, register: Register, nudge: Callable[[], None]) -> None:
        self._register = register
        self._nudge = nudge

    @property
    def _way(self) -> str:
        """A kiosk prints the badge itself, with the pass that waits for it."""
        preferences = self._register.preferences
        return "" if preferences.get(KIOSK) else str(preferences.get(TICKETS_AS))

    def queue(self, tx: Transaction, made: Made) -> None:
        """In the transaction of a sale; it never fails for the sake of paper."""
        add = WAYS.get(self._way)
        if add is None or made.sale is None:
            return
        for ticket in self._tickets(tx, made.tickets):
            add(tx, self._order(ticket))

    def made(self, made: Made) -> None:
        """After it."""
        register = self._register
        if self._way not in WAYS or not made.tickets:
            return
        with register.store.reader() as reader:
            waiting = [one for id_ in made.tickets for one in reader.jobs.for_ticket(register.log, id_)]
        if waiting:
            self._nudge()
        else:
            register.hooks.trouble_told(
                Trouble(
                    "", "The tickets are not printed: no printer is chosen.", "Choose one in the settings."
                )
            )

    def _tickets(self, tx: Transaction, ids: Sequence[str]) -> list[Ticket]:
        found = (tx.ticket(self._register.log, id_) for id_ in ids)
        return [one for one in found if one is not None]

    def _order(self, ticket: Ticket) -> Order:
        return Order(self._register.catalogue, ticket, self._register.now())
