"""An admission at one desk, until it is seen at another: two desks' own lines, one node between them."""

import argparse
import os
import queue
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from eventdesk.bench.filling import LIST, LOG, fill
from eventdesk.bench.guests import made_guests
from eventdesk.bench.sync.asking import percentile_ms
from eventdesk.bench.sync.nodes import Node, Served
from eventdesk.desk.hooks import Hooks
from eventdesk.desk.preferences import Preferences
from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.dialing import dial
from eventdesk.desk.upstream.enrolling import enrolled
from eventdesk.desk.upstream.line import Line
from eventdesk.domain.facts import Draft, Kind
from eventdesk.storage.received import Received
from eventdesk.storage.secrets import Secrets
from eventdesk.storage.store import Store
from sync.chain import Record

GUESTS = 2000
ROLES = ("door", "organizer")
PATIENCE_S = 30.0
# As the program sets it: its threads take turns so.
SWITCH_S = 0.0005
# Between two admissions, so that each goes up alone, as at a door.
PAUSE_S = (0.08, 0.25)


def measure(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """`seen_elsewhere_ms_...`: from before the admission is written at the first desk until it is on the
    second one's disk and among the ticket's passes there. Both lines run in this process."""
    node = Node.prepare(folder / "node")
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        with node.served() as served, ExitStack() as desks:
            first = desks.enter_context(_desk(folder, "desk1", node, served))
            second = desks.enter_context(_desk(folder, "desk2", node, served))
            fill(first.store, made_guests(GUESTS))
            second.until_guests(GUESTS)
            random = Random(1)
            took = [_one(first, second, f"ticket-{n}", random) for n in range(1, args.admissions + 1)]
    finally:
        sys.setswitchinterval(before)
    return {
        "seen_elsewhere_ms_p50": percentile_ms(took, 0.5),
        "seen_elsewhere_ms_p99": percentile_ms(took, 0.99),
    }


def _one(first: "SeeingLine", second: "SeeingLine", ticket: str, random: Random) -> float:
    time.sleep(random.uniform(*PAUSE_S))
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    draft = Draft(Kind.ADMITTED, ticket, {"list": LIST, "at": at, "gate": "north", "nonce": ticket})
    began = perf_counter()
    with first.store.transaction() as tx:
        tx.append(LOG, [draft])
    return second.saw(ticket) - began


class SeeingLine(Line):
    """A desk's line, and the moments at which it had taken what came."""

    _seen: "queue.SimpleQueue[tuple[float, frozenset[str]]]"

    def took(self, log_id: str, records: Sequence[Record], received: Received) -> None:
        super().took(log_id, records, received)
        passes = frozenset(one.subject for one in records if one.kind == Kind.ADMITTED)
        self._seen.put((perf_counter(), passes))

    def watch(self) -> None:
        """Before it starts."""
        self._seen = queue.SimpleQueue()

    def saw(self, ticket: str) -> float:
        """When a pass of the ticket had come. Raises RuntimeError where it does not count."""
        while True:
            moment, subjects = self._seen.get(timeout=PATIENCE_S)
            if ticket in subjects:
                break
        with self.store.reader() as reader:
            found = reader.ticket(LOG, ticket)
        if found is None or not found.admissions:
            raise RuntimeError(f"{ticket} came, and is not admitted")
        return moment

    def until_guests(self, number: int) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            with self.store.reader() as reader:
                if reader.guest_count(LOG) >= number:
                    return
            if time.monotonic() > deadline:
                raise RuntimeError("the guests do not come to the second desk")
            time.sleep(0.01)


@contextmanager
def _desk(folder: Path, name: str, node: Node, served: Served) -> Iterator[SeeingLine]:
    with Store.open(folder / f"{name}.db", os.urandom(32), name) as store:
        clock = DeskClock()
        line = SeeingLine(store, Secrets(store), Hooks(), Preferences(store), clock, dial)
        line.watch()
        invitation = node.invitation(served.address, ROLES)
        enrolled(line.membership, line.reach, clock, invitation, name=name)
        line.changed()
        line.start()
        try:
            yield line
        finally:
            line.stop()
