"""Wristbands and cards that stand for tickets: an organizer's, of all its events."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from eventdesk.bridges.pretix import comparing
from eventdesk.bridges.pretix.mapping.ids import Of, subject
from eventdesk.bridges.pretix.mapping.values import Row, Wanted, moment
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.store import Transaction

# Of other events, or of orders that are yet to be read: remembered so long as the program runs.
MOST_OTHERS: Final = 20_000


class Media:
    def __init__(self, log: str) -> None:
        self._log = log
        self._others: dict[int, Row] = {}

    def found(self, tx: Transaction, rows: Iterable[Row]) -> list[Draft]:
        """Those of this event's tickets, and of such that have come to be known since they were read."""
        candidates = {**self._others, **{one["id"]: one for one in rows}}
        linked = [one for row in candidates.values() for one in row["linked_orderpositions"]]
        known = tx.tickets_by_id(self._log, {subject(Of.POSITION, one) for one in linked})
        drafts: list[Draft] = []
        self._others = {}
        for id_, row in candidates.items():
            wanted = medium(row, known)
            was_here = tx.facts(self._log, wanted.subject, Kind.MEDIUM_LINKED)
            if wanted.members["tickets"] or was_here:
                drafts += comparing.definition(tx, self._log, wanted)
            if len(wanted.members["tickets"]) < len(row["linked_orderpositions"]):
                self._others[id_] = row
        while len(self._others) > MOST_OTHERS:
            del self._others[next(iter(self._others))]
        return drafts


def medium(row: Row, known: Collection[str]) -> Wanted:
    linked = [subject(Of.POSITION, one) for one in row["linked_orderpositions"]]
    members: dict[str, Any] = {
        "type": row["type"],
        "identifier": row["identifier"],
        # In pretix' order, which is the order in which a door takes them.
        "tickets": [one for one in linked if one in known],
        "active": bool(row["active"]),
        "expires": moment(row.get("expires")),
    }
    return Wanted(Kind.MEDIUM_LINKED, subject(Of.MEDIUM, row["id"]), members)
