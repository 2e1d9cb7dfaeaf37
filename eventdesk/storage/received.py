"""What became of a delivery."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from eventdesk.domain.conflicts import Conflict
from eventdesk.domain.till.taken import SeatConflict
from sync.chain import Record
from sync.wire import Why

# The write lock is held for some tens of milliseconds a chunk: a scan that comes meanwhile waits no longer.
CHUNK = 200


class Refused(NamedTuple):
    """A record that was not taken, or (PAYLOAD) only for its place in the chain. `words` are for a person."""

    record: Record
    why: Why
    words: str


class Unread(NamedTuple):
    """A fact that is kept and means nothing. `words` say which member is not what it must be."""

    record: Record
    words: str


class Found(NamedTuple):
    """A conflict that nobody had seen here before."""

    log: str
    conflict: Conflict


class FoundSeat(NamedTuple):
    """A seat that two tickets have, which nobody had seen here before."""

    log: str
    conflict: SeatConflict


class Received(NamedTuple):
    """`new` facts, those `known`, and those that were known in a lesser state (`amended`)."""

    new: int = 0
    known: int = 0
    amended: int = 0
    refused: Sequence[Refused] = ()
    unreadable: Sequence[Unread] = ()
    conflicts: Sequence[Found] = ()
    seat_conflicts: Sequence[FoundSeat] = ()


def chunks(records: Iterable[Record], size: int = CHUNK) -> Iterator[list[Record]]:
    """A delivery in parts, each for a transaction of its own."""
    source = iter(records)
    while part := list(islice(source, size)):
        yield part
