"""Facts as doors write them: each desk's own chain, with signed heads, in batches ready to be sent."""

import time
from collections.abc import Sequence
from uuid import uuid4

from eventdesk.bench.filling import LIST, LOG
from eventdesk.bench.sync.asking import request
from eventdesk.bench.sync.nodes import Asker
from eventdesk.domain.facts import Kind, new_id
from eventdesk.storage import log
from sync import wire
from sync.carrying import to_wire
from sync.chain import Head, Record, head_of, new_salt, seal

BATCH = 100
PUSHES = f"/v1/logs/{LOG}/facts"


class Writer:
    """A desk at a door."""

    def __init__(self, desk: Asker) -> None:
        self.desk = desk
        self._head = Head()

    def batch(self, size: int = BATCH) -> list[Record]:
        """The next admissions of its chain."""
        return [self._admission() for _ in range(size)]

    def request(self, records: Sequence[Record]) -> bytes:
        """Which hands them in, with the signed head."""
        desk, last = self.desk, records[-1]
        head = desk.keys.signed_head(LOG, desk.id, Head(last.seq, last.chain))
        return request(desk, PUSHES, wire.Push([to_wire(record) for record in records], [head]))

    def _admission(self) -> Record:
        ms, number = time.time_ns() // 1_000_000, self._head.seq + 1
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ms / 1000))
        payload = log.encode({"list": LIST, "at": at, "gate": "north", "nonce": uuid4().hex})
        stamp = f"{ms:012x}-{number & 0xFFFF:04x}-{self.desk.id}"
        subject = f"ticket-{self.desk.id}-{number}"
        record = seal(
            self._head, new_id(), LOG, Kind.ADMITTED, subject, stamp, self.desk.id, payload, new_salt()
        )
        self._head = head_of(record)
        return record
