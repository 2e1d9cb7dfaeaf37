"""Which bucket a request draws from."""

from collections.abc import Iterator
from contextlib import contextmanager

from sync.server.http.bodies import Took
from sync.server.http.endpoints import HUB
from sync.server.http.problems import too_many
from sync.server.http.rates import Buckets
from sync.server.ports import Principal
from sync.server.settings import Settings
from sync.wire import MOST_BYTES

_ADDRESS = "Too many requests come from this address."
_ENTRY = "Too many attempts to come in from this address."
_DESK = "This desk asks too often."
_NOTE = "This desk leaves notes too often."
_HELD = "Too much is under way at once."


# Bytes of bodies that one desk (or address) may have under way: six of the longest.
MOST_HELD = 6 * MOST_BYTES


class Limits:
    """Every method raises Trouble (429) where the limit is reached."""

    def __init__(self, settings: Settings) -> None:
        self._address = Buckets(settings.address)
        self._entry = Buckets(settings.entry)
        self._desk = Buckets(settings.desk)
        self._hub = Buckets(settings.hub)
        self._shut_out = Buckets(settings.shut_out)
        self._note = Buckets(settings.note)
        self._held: dict[str, int] = {}

    def address(self, address: str) -> None:
        _draw(self._address, address, _ADDRESS)

    def entry(self, address: str) -> None:
        _draw(self._entry, address, _ENTRY)

    def desk(self, by: Principal) -> None:
        if by.revoked:
            _draw(self._shut_out, by.desk, _DESK)
        else:
            _draw(self._hub if HUB in by.roles else self._desk, by.desk, _DESK)

    def note(self, by: Principal) -> None:
        _draw(self._note, by.desk, _NOTE)

    @contextmanager
    def holding(self, who: str) -> Iterator[Took]:
        """Counts the bytes that a request's body takes in memory, until it was answered."""
        mine = 0

        def took(number: int) -> None:
            nonlocal mine
            mine += number
            held = self._held[who] = self._held.get(who, 0) + number
            if held > MOST_HELD:
                raise too_many(1, _HELD)

        try:
            yield took
        finally:
            if mine and (left := self._held[who] - mine):
                self._held[who] = left
            elif mine:
                del self._held[who]


def _draw(buckets: Buckets, key: str, words: str) -> None:
    seconds = buckets.take(key)
    if seconds:
        raise too_many(seconds, words)
