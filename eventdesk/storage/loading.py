"""The first guest list of an event, loaded without the indexes that only later questions need.

Guests come in the order of a file and have digests for keys: with each row kept in step, an index
that has outgrown the page cache costs a page read, sealed and written a row. So those indexes are
dropped and made anew at the end, in the same transaction: whatever undoes it brings them back.
"""

from collections.abc import Sequence

from eventdesk.domain.facts import Fact, Kind
from eventdesk.storage.connecting import BULK_CACHE, LOADING_CACHE, WRITER_CACHE
from eventdesk.storage.log import encode
from eventdesk.storage.projections import Target, orders, tickets
from eventdesk.storage.projections.many import issue, place, project_many

# So many facts may stand in the log already, or wait until the indexes are back.
FEW = 5000

SELECT_INDEXES = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('facts', 'orders', 'tickets')
        AND name NOT IN ('facts_unread', 'orders_testmode')  -- of what is loaded little stands in them
"""
COUNT_FEW = "SELECT count(*) FROM (SELECT 1 FROM facts LIMIT ?)"
SELECT_GUEST_FACT = "SELECT 1 FROM facts WHERE log = ? AND kind IN (SELECT value FROM json_each(?)) LIMIT 1"
SELECT_ORDERS = "SELECT id FROM orders WHERE log = ? AND id IN (SELECT value FROM json_each(?))"
SELECT_TICKETS = "SELECT id FROM tickets WHERE log = ? AND id IN (SELECT value FROM json_each(?))"


class Loading:
    """Projects the facts of one bulk, chunk by chunk, once they stand in the log.

    Between `drop_indexes` and `make_indexes` the event's guests can't be looked up by code or order.
    """

    def __init__(self, target: Target, log_id: str) -> None:
        self._target = target
        self._log = log_id
        self._dropped: list[str] = []
        self._later: list[Fact] = []

    def drop_indexes(self) -> None:
        """Before the first fact: drop them where the event has no guests yet and others have few facts.

        The caller must then see to it that the transaction ends with `make_indexes` or is undone.
        """
        execute = self._target.execute
        kinds = encode([*orders.KINDS, *tickets.KINDS]).decode()
        is_small = execute(COUNT_FEW, (FEW,)).fetchone()[0] < FEW
        if is_small and not execute(SELECT_GUEST_FACT, (self._log, kinds)).fetchone():
            execute(LOADING_CACHE)
            for name, statement in execute(SELECT_INDEXES).fetchall():
                execute(f"DROP INDEX {name}")
                self._dropped.append(statement)

    def project(self, facts: Sequence[Fact]) -> None:
        if not self._dropped:
            project_many(self._target, self._log, facts)
        elif not self._load(facts) or len(self._later) > FEW:
            self.make_indexes()

    def make_indexes(self) -> None:
        """Make what was dropped, then project the facts that needed it."""
        if not self._dropped:
            return
        # Sorting takes memory; the page cache gives it.
        self._target.execute(WRITER_CACHE)
        for statement in self._dropped:
            self._target.execute(statement)
        self._target.execute(BULK_CACHE)
        self._dropped.clear()
        project_many(self._target, self._log, self._later)
        self._later.clear()

    def _load(self, facts: Sequence[Fact]) -> bool:
        """Write new orders and tickets; a subject's further facts wait. False where an order is missing."""
        placed = self._new(SELECT_ORDERS, Kind.ORDER_PLACED, facts)
        issued = self._new(SELECT_TICKETS, Kind.TICKET_ISSUED, facts)
        place(self._target, placed)
        complete = issue(self._target, issued) == len(issued)
        self._target.flush()
        loaded = {fact.id for fact in (*placed, *issued)}
        self._later += [fact for fact in facts if fact.id not in loaded]
        return complete

    def _new(self, query: str, first: Kind, facts: Sequence[Fact]) -> list[Fact]:
        """The first facts of subjects that are not in their table yet."""
        subjects = {fact.subject: fact for fact in reversed(facts) if fact.kind is first}
        known = {row[0] for row in self._target.execute(query, (self._log, encode(list(subjects)).decode()))}
        return [fact for fact in reversed(subjects.values()) if fact.subject not in known]
