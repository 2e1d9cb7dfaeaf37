"""Which bucket a request draws from."""

from sync.server.http.endpoints import HUB
from sync.server.http.problems import too_many
from sync.server.http.rates import Buckets
from sync.server.ports import Principal
from sync.server.settings import Settings

_ADDRESS = "Too many requests come from this address."
_ENTRY = "Too many attempts to come in from this address."
_DESK = "This desk asks too often."


class Limits:
    """Every method raises Trouble (429) where the limit is reached."""

    def __init__(self, settings: Settings) -> None:
        self._address = Buckets(settings.address)
        self._entry = Buckets(settings.entry)
        self._desk = Buckets(settings.desk)
        self._hub = Buckets(settings.hub)

    def address(self, address: str) -> None:
        _draw(self._address, address, _ADDRESS)

    def entry(self, address: str) -> None:
        _draw(self._entry, address, _ENTRY)

    def desk(self, by: Principal) -> None:
        _draw(self._hub if HUB in by.roles else self._desk, by.desk, _DESK)


def _draw(buckets: Buckets, key: str, words: str) -> None:
    seconds = buckets.take(key)
    if seconds:
        raise too_many(seconds, words)
