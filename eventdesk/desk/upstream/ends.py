"""The desk's store as the exchange sees it: what goes up, and what comes down in short transactions."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.membership import Membership
from eventdesk.storage.received import Received
from eventdesk.storage.store import Store, Transaction
from sync import wire
from sync.carrying import from_wire
from sync.chain import Head, Record

# How long the write lock is held at a time, and let go in between for whoever stands at the door.
HELD_S: Final = 0.010
GAP_S: Final = 0.001
FIRST_CHUNK: Final = 20


class DeskSource:
    """`sync.client.exchange.LogSource`: what the node lacks of this desk's store."""

    def __init__(self, membership: Membership, node: str, clock: DeskClock) -> None:
        self._membership = membership
        self._store = membership.store
        self._node = node
        self._clock = clock

    def heads(self, log: str) -> Mapping[str, int]:
        with self._store.reader() as reader:
            return {desk: head.seq for desk, head in reader.heads(log).items()}

    def records(self, log: str, desk: str, after: int, limit: int) -> Sequence[Record]:
        with self._store.reader() as reader:
            return reader.unsent(log, desk, after, limit)

    def signed_head(self, log: str, desk: str, upto: Head) -> wire.SignedHead | None:
        if desk == self._store.desk:
            return self._membership.keys().signed_head(log, desk, upto)
        with self._store.reader() as reader:
            return reader.signed_head(log, desk, upto.seq)

    def answered(self, log: str, pushed: wire.Pushed) -> None:
        now_ms = self._clock.wall_ms()
        with self._store.transaction() as tx:
            if self._store.desk in pushed.heads:
                tx.put_acked(log, self._node, pushed.heads[self._store.desk])
            if pushed.refused:
                tx.put_refusals(log, pushed.refused, now_ms)


Took = Callable[[str, Sequence[Record], Received], None]


class DeskSink:
    """`sync.client.exchange.LogSink`: a page comes in step by step, so that a scan goes in between.

    `took` is told what came and what it changed, after each step's commit.
    """

    def __init__(self, store: Store, node: str, clock: DeskClock, took: Took) -> None:
        self._store = store
        self._node = node
        self._clock = clock
        self._took = took
        self._size = FIRST_CHUNK

    def cursors(self) -> tuple[str, Mapping[str, int]]:
        with self._store.reader() as reader:
            lines = [line for line in reader.lines(self._node) if line.epoch]
        epoch = max(lines, key=lambda line: line.heard_ms).epoch if lines else ""
        # A cursor of another epoch (this desk was cut off while it changed them) means nothing in this one.
        return epoch, {line.log: line.cursor if line.epoch == epoch else 0 for line in lines}

    def take(self, log: str, epoch: str, page: wire.Page) -> None:
        """The cursor moves with the last step: cut off before it, the page comes again and does no harm."""
        records = [from_wire(log, fact) for fact in page.facts]
        for chunk, is_last in self._chunks(records):
            begun = time.monotonic()
            with self._store.transaction() as tx:
                received = tx.receive(chunk)
                if is_last:
                    self._renew(tx, log, epoch, page.yours)
                    tx.put_signed_heads(log, page.heads)
                    tx.put_cursor(log, self._node, epoch, page.cursor, self._clock.wall_ms())
            self._fit(len(chunk), time.monotonic() - begun)
            self._took(log, chunk, received)
            if not is_last:
                time.sleep(GAP_S)  # a lock let go and taken at once would never be another's

    def moved(self, epoch: str, cursors: Mapping[str, int]) -> None:
        now_ms = self._clock.wall_ms()
        with self._store.transaction() as tx:
            for log, cursor in cursors.items():
                self._renew(tx, log, epoch, 0)
                tx.put_cursor(log, self._node, epoch, cursor, now_ms)

    def _renew(self, tx: Transaction, log: str, epoch: str, yours: int) -> None:
        """A node that was restored may have lost this desk's facts: what it said before counts no more."""
        line = tx.line(log, self._node)
        if line is not None and line.epoch and line.epoch != epoch:
            tx.put_acked(log, self._node, yours)

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
