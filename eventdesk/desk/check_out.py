"""Everyone is checked out at the hour that a list names. Lives on the engine's lane."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from eventdesk.desk.commands import CheckOutIfDue, Command
from eventdesk.desk.lane import Handlers
from eventdesk.desk.standing import Standing
from eventdesk.domain.catalogue import CheckInList
from eventdesk.domain.exits import exits, next_exit_of_all
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.moments import moment_text
from eventdesk.errors import BadInput
from eventdesk.storage.store import Store

# A step of so many keeps the next ticket waiting no longer than a verdict takes to be read.
STEP: Final = 100


class CheckOut:
    """Serves the list where the desk stands; one that was shut at the hour does it when it is back."""

    def __init__(
        self, store: Store, standing: Standing, post: Callable[[Command], None], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._standing = standing
        self._post = post
        self._now = now

    def handlers(self) -> Handlers:
        return {CheckOutIfDue: self.check_out}

    def check_out(self, _command: CheckOutIfDue) -> None:
        """Check some out and come back for the rest, so that scans go in between."""
        try:
            door = self._standing.door
        except BadInput:
            return  # no door, nobody to check out
        due = door.list.exit_all_at
        if due is None or due > self._now():
            return
        with self._store.reader() as reader:
            inside = reader.inside(self._standing.log, door.list.id, due, STEP)
        if inside:
            self._write(door.list, inside, due)
            self._post(CheckOutIfDue())
        else:
            self._next(door.list, due)
        self._standing.refresh(_command)

    def _write(self, check_in_list: CheckInList, inside: list[str], due: datetime) -> None:
        log = self._standing.log
        with self._store.transaction() as tx:
            tickets = [ticket for one in inside if (ticket := tx.ticket(log, one))]
            tx.append(log, exits(tickets, check_in_list, due))

    def _next(self, check_in_list: CheckInList, due: datetime) -> None:
        """The same hour of the next day that is still to come."""
        while due <= self._now():
            due = next_exit_of_all(due, self._standing.door.catalogue.event.zone)
        with self._store.transaction() as tx:
            # This member alone, which a door may write (docs/decisions/0081-rights.md).
            next_time = {"exit_all_at": moment_text(due)}
            tx.append(self._standing.log, [Draft(Kind.LIST_DEFINED, check_in_list.id, next_time)])
