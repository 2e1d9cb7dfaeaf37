"""Where projections are written: the driver's connection and the sums that wait for the end."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from eventdesk.domain.conflicts import Conflict
from eventdesk.domain.till.taken import SeatConflict
from eventdesk.storage.search import index

Execute = Callable[..., Any]

_ADD_OCCUPANCY = """
    INSERT INTO occupancy (log, place, id, inside, entered, people) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT DO UPDATE SET inside = inside + ?4, entered = entered + ?5, people = people + ?6
"""
_DROP_OCCUPANCY = """
    DELETE FROM occupancy
    WHERE log = ? AND place = ? AND id = ? AND inside = 0 AND entered = 0 AND people = 0
"""
_ADD_TALLY = """
    INSERT INTO tally (log, product, session, status, requires_approval, valid_if_pending, canceled, tickets)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT DO UPDATE SET tickets = tickets + ?8
"""
_DROP_TALLY = """
    DELETE FROM tally WHERE log = ? AND product = ? AND session = ? AND status = ?
    AND requires_approval = ? AND valid_if_pending = ? AND canceled = ? AND tickets = 0
"""

# log, `list` or `gate`, id: the key of `occupancy`.
Place = tuple[str, str, str]
# log, product, session, status, requires_approval, valid_if_pending, canceled: the key of `tally`.
Sort = tuple[str, str, str, str, int, int, int]


class Target:
    """One write transaction's view of the projections. `flush` before it ends.

    `guests` are the tickets (log, id) whose searchable words may have changed; where the
    target is not `searchable`, it has no index to keep in step. `conflicts` are those that were new,
    by log and id.
    """

    def __init__(self, connection: Any, searchable: bool = True) -> None:
        self.connection = connection
        self.searchable = searchable
        self.execute: Execute = connection.execute
        self.guests: set[tuple[str, str]] = set()
        self.conflicts: dict[tuple[str, str], Conflict | SeatConflict] = {}
        self._tally: Counter[Sort] = Counter()
        self._inside: Counter[Place] = Counter()
        self._entered: Counter[Place] = Counter()
        self._people: Counter[Place] = Counter()

    def count_tickets(self, sort: Sort, number: int) -> None:
        self._tally[sort] += number

    def count_passes(self, log: str, list_id: str, inside: int, entered: int) -> None:
        self._inside[log, "list", list_id] += inside
        self._entered[log, "list", list_id] += entered

    def count_people(self, log: str, place: tuple[str, str], number: int) -> None:
        self._people[log, *place] += number

    def flush(self) -> None:
        """Write the sums and the searchable words.

        A row of noughts is dropped, so that equal facts leave equal tables.
        """
        self._flush_passes()
        self._flush_tally()
        if self.guests and self.searchable:
            index.put_tickets(self.connection.cursor(), sorted(self.guests))
        self.guests.clear()

    def _flush_passes(self) -> None:
        for key in self._inside.keys() | self._people.keys():
            numbers = self._inside[key], self._entered[key], self._people[key]
            if any(numbers):
                self.execute(_ADD_OCCUPANCY, (*key, *numbers))
            if min(numbers) < 0:
                self.execute(_DROP_OCCUPANCY, key)
        self._inside.clear()
        self._entered.clear()
        self._people.clear()

    def _flush_tally(self) -> None:
        for sort, number in self._tally.items():
            if number:
                self.execute(_ADD_TALLY, (*sort, number))
            if number < 0:
                self.execute(_DROP_TALLY, sort)
        self._tally.clear()
