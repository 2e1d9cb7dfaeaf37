"""Which ticket and which order a row is about: one of the event's, or none yet.

The rules and their reasons stand in docs/decisions/0030-import.md.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from eventdesk.bridges.files.entries import Entry
from eventdesk.bridges.files.identity import id_of
from eventdesk.bridges.files.values import Unreadable
from eventdesk.domain.imports import Field
from eventdesk.domain.tickets import Order, Ticket
from eventdesk.storage.reading import Reading


@dataclass(slots=True)
class Known:
    """What the event has of the tickets and orders that a few rows may mean."""

    by_secret: dict[str, Ticket] = field(default_factory=dict)
    by_id: dict[str, Ticket] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)


class Matcher:
    """Finds tickets for rows. `twins` counts rows that only their order in the file tells apart."""

    def __init__(self, reading: Reading, log: str) -> None:
        self._reading = reading
        self._log = log
        self._is_empty = reading.guest_count(log) == 0
        self._persons: Counter[bytes] = Counter()
        self.twins = 0

    def candidates(self, entry: Entry) -> list[str]:
        """Ids that the row's ticket may have, the most lasting first; the first is that of a new ticket."""
        found = []
        if entry.reference:
            found.append(id_of(self._log, "reference", entry.reference))
        if entry.order and entry.position:
            found.append(id_of(self._log, "position", entry.order, entry.position))
        if entry.code:
            found.append(id_of(self._log, "code", entry.code))
        return found or [self._person(entry)]

    def _person(self, entry: Entry) -> str:
        """The id of a guest who is known by name and address alone; equal rows are counted through."""
        members = entry.ticket_members
        person = (members.get("name", ""), members.get("email", ""))
        parts = (*person, entry.order, entry.product, entry.variation, entry.session)
        words = [" ".join(part.casefold().split()) for part in parts]
        key = bytes.fromhex(id_of(self._log, "person", *words))
        self._persons[key] += 1
        number = self._persons[key]
        self.twins += number > 1
        return id_of(self._log, "person", *words, str(number))

    def known(self, entries: Sequence[Entry], candidates: Sequence[Sequence[str]]) -> Known:
        """One look-up each for all these rows."""
        if self._is_empty:
            return Known()
        codes = {entry.code for entry in entries if entry.code}
        orders = {entry.order for entry in entries if entry.order}
        return Known(
            self._reading.tickets_by_secret(self._log, codes),
            self._reading.tickets_by_id(self._log, [id_ for ids in candidates for id_ in ids]),
            self._reading.orders_by_code(self._log, orders),
        )

    def ticket(self, entry: Entry, candidates: Sequence[str], known: Known) -> Ticket | None:
        """The row's ticket, None where it is new. Raises Unreadable where the code is another guest's."""
        by_code = known.by_secret.get(entry.code) if entry.code else None
        by_id = next((known.by_id[id_] for id_ in candidates if id_ in known.by_id), None)
        if by_code and by_id and by_code.id != by_id.id:
            raise Unreadable(
                "This code is that of another ticket of the event ({name}).",
                name=by_code.name or by_code.order.code,
                field=Field.CODE,
            )
        return by_code or by_id
