"""A hub hands its desks' notes on, and fetches those of others. Whatever is missed, the next round brings."""

from collections.abc import Iterator, Sequence

from sync import wire
from sync.client.port import Upstream
from sync.errors import Refused
from sync.relay.bridge import Bridge
from sync.server.ports import RelayedAccounts

MOST_BYTES_GIVEN = 1 << 20  # at once: a thin line carries facts too
MOST_ROUNDS = 20  # a step at most: what is left over waits for the next one


class Notes:
    """Used by one thread. `node`: the id of the upstream. A restart begins anew, which does no harm."""

    def __init__(self, accounts: RelayedAccounts, upstream: Upstream, node: str, bridge: Bridge) -> None:
        self._accounts = accounts
        self._upstream = upstream
        self._node = node
        self._bridge = bridge
        self._given = 0
        self._fetched = 0

    def carry(self) -> None:
        """Raises SyncError, Stopped."""
        try:
            self._give()
            self._fetch()
        except Refused as refusal:
            if refusal.status != 404:  # an older upstream carries no notes
                raise

    def _give(self) -> None:
        for _ in range(MOST_ROUNDS):
            found = self._bridge.ask(self._accounts.notes_for(self._node, self._given))
            for notes in _in_parts(found.notes):
                self._upstream.give_notes(notes)
            self._given = found.next
            if not found.more:
                return

    def _fetch(self) -> None:
        for _ in range(MOST_ROUNDS):
            found = self._upstream.notes(self._fetched)
            if found.notes:
                self._bridge.ask(self._accounts.notes_from(self._node, found.notes))
            self._fetched = found.next
            if not found.more:
                return


def _in_parts(notes: Sequence[wire.Note]) -> Iterator[list[wire.Note]]:
    part: list[wire.Note] = []
    size = 0
    for note in notes:
        if part and size + len(note.body) > MOST_BYTES_GIVEN:
            yield part
            part, size = [], 0
        part.append(note)
        size += len(note.body)
    if part:
        yield part
