"""The desk's store as the exchange sees it, taking what comes in steps that a scan goes in between of."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.membership import Membership
from eventdesk.storage.received import Received, Refused
from eventdesk.storage.store import Transaction
from sync import wire
from sync.carrying import from_wire
from sync.chain import GENESIS, Head, Record

# How long the write lock is held at a time, and let go in between for whoever stands at the door.
HELD_S: Final = 0.010
GAP_S: Final = 0.001
# A scan goes first, for as long as one can take; what comes must get on all the same.
COURTESY_S: Final = 0.2
FIRST_CHUNK: Final = 20

Took = Callable[[str, Sequence[Record], Received], None]


class DeskEnds:
    """`LogSource` and `LogSink` (`sync/client/exchange.py`) of this desk towards one node.

    `took` is told what came and what it changed, after each step's commit.
    """

    def __init__(
        self, membership: Membership, node: str, clock: DeskClock, took: Took, free: threading.Event
    ) -> None:
        """`free`: while it is set, nobody stands at the door."""
        self._membership = membership
        self._store = membership.store
        self._node = node
        self._now_ms = clock.wall_ms
        self._took = took
        self._free = free
        self._size = FIRST_CHUNK

    # Up

    def heads(self, log: str) -> Mapping[str, int]:
        with self._store.reader() as reader:
            return {desk: head.seq for desk, head in reader.heads(log).items()}

    def records(self, log: str, desk: str, after: int, limit: int) -> Sequence[Record]:
        with self._membership.offered.handing_over(log, desk) as numbers, self._store.reader() as reader:
            found = reader.unsent(log, desk, after, limit)
            numbers += [record.seq for record in found]
        return found

    def signed_head(self, log: str, desk: str, upto: Head) -> wire.SignedHead | None:
        if desk == self._store.desk:
            return self._membership.keys().signed_head(log, desk, upto)
        with self._store.reader() as reader:
            return reader.signed_head(log, desk, upto.seq)

    def answered(self, log: str, pushed: wire.Pushed) -> None:
        with self._store.transaction() as tx:
            if self._store.desk in pushed.heads:
                tx.put_acked(log, self._node, pushed.heads[self._store.desk])
            tx.put_refusals(log, pushed.refused, self._now_ms())

    def has(self, log: str, seq: int) -> None:
        """The last of this desk's facts that the node has, as it says itself."""
        with self._store.reader() as reader:
            line = reader.line(log, self._node)
        if line is None or line.acked != seq:
            with self._store.transaction() as tx:
                tx.put_acked(log, self._node, seq)

    # Down

    def cursors(self) -> tuple[str, Mapping[str, int]]:
        """Lines of another epoch than the one heard last begin anew: that repeats much and loses nothing."""
        with self._store.reader() as reader:
            lines = [one for one in reader.lines(self._node) if one.epoch]
        epoch = max(lines, key=lambda one: one.heard_ms).epoch if lines else ""
        return epoch, {one.log: one.cursor if one.epoch == epoch else 0 for one in lines}

    def take(self, log: str, epoch: str, page: wire.Page) -> None:
        """The cursor moves with the last step: cut off before it, the page comes again and does no harm."""
        records, malformed = _records(log, page.facts)
        for chunk, is_last in self._chunks(records):
            begun = time.monotonic()
            with self._store.transaction() as tx:
                received = tx.receive(chunk)
                if is_last:
                    received = received._replace(refused=[*received.refused, *malformed])
                    self._go_on(tx, log, epoch, page)
            self._fit(len(chunk), time.monotonic() - begun)
            self._took(log, chunk, received)
            if not is_last:
                time.sleep(GAP_S)  # a lock let go and taken at once would never be another's
                self._free.wait(COURTESY_S)

    def moved(self, epoch: str, cursors: Mapping[str, int]) -> None:
        """A node that was restored may have lost this desk's facts: what it said before counts no more."""
        with self._store.transaction() as tx:
            for log, cursor in cursors.items():
                line = tx.line(log, self._node)
                if line is not None and line.epoch not in ("", epoch):
                    tx.put_acked(log, self._node, 0)
                tx.put_cursor(log, self._node, epoch, cursor, self._now_ms())

    def _go_on(self, tx: Transaction, log: str, epoch: str, page: wire.Page) -> None:
        tx.put_signed_heads(log, [head for head in page.heads if head.desk != self._store.desk])
        line = tx.line(log, self._node)
        acked = line.acked if line else 0
        tx.put_cursor(log, self._node, epoch, page.cursor, self._now_ms())
        # Of one epoch the larger number is the later one; a new epoch may have fewer.
        renewed = line is not None and bool(line.epoch) and line.epoch != epoch
        if renewed or page.yours > acked:
            tx.put_acked(log, self._node, page.yours)

    def _chunks(self, records: Sequence[Record]) -> Iterator[tuple[Sequence[Record], bool]]:
        done = 0
        while True:
            chunk = records[done : done + self._size]
            done += len(chunk)
            yield chunk, done >= len(records)
            if done >= len(records):
                return

    def _fit(self, number: int, took_s: float) -> None:
        """So many at a time as the lock may be held for; an odd slow one changes little."""
        if number:
            fitting = number * HELD_S / max(took_s, 1e-6)
            self._size = max(1, min(wire.MOST_FACTS, round((self._size + min(fitting, 4 * number)) / 2)))


def _records(log: str, facts: Sequence[wire.WireFact]) -> tuple[list[Record], list[Refused]]:
    """What the facts stand for; those that can't stand for anything are named."""
    records, malformed = list[Record](), list[Refused]()
    for fact in facts:
        try:
            records.append(from_wire(log, fact))
        except ValueError as error:
            envelope = (fact.id, log, fact.kind, fact.subject, fact.stamp, fact.desk, fact.seq)
            shown = Record(*envelope, b"", b"", b"", b"", GENESIS, fact.state)
            malformed.append(Refused(shown, wire.Why.CHAIN, str(error)))
    return records, malformed
