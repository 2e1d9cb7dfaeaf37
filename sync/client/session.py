"""A desk's token at one node: kept, renewed in time, and replaced when the node no longer knows it."""

import threading
from collections.abc import Callable

from sync import wire
from sync.client.enrolling import sign_in
from sync.client.port import Upstream
from sync.keys import KeyPair

RENEW_BEFORE_MS = 10 * 86_400_000  # of the 30 days that a token is good


def keep_nothing(signed_in: wire.SignedIn) -> None:
    pass


class Session:
    """Thread-safe. `kept` is called with each new token, to be put where it outlives the process.
    `hub`: where desks reach this node, if it is a hub; told anew with each sign-in."""

    def __init__(
        self,
        desk: str,
        pair: KeyPair,
        node: str,
        token: str = "",
        until_ms: int = 0,
        kept: Callable[[wire.SignedIn], None] = keep_nothing,
        hub: wire.HubReached | None = None,
    ) -> None:
        self.desk = desk
        self.node = node
        self._pair = pair
        self._token = token
        self._until_ms = until_ms
        self._kept = kept
        self._hub = hub
        self._lock = threading.Lock()

    def token(self) -> str:
        return self._token

    def is_due(self, now_ms: int) -> bool:
        return not self._token or now_ms > self._until_ms - RENEW_BEFORE_MS

    def renew(self, upstream: Upstream, refused: str | None = None) -> None:
        """Sign in anew. `refused`: the token that was just refused; where another thread has replaced
        it by now, nothing is done. Raises SyncError."""
        with self._lock:
            if refused is not None and refused != self._token:
                return
            signed_in = sign_in(upstream, self.desk, self._pair, self.node, self._hub)
            self._token, self._until_ms = signed_in.token, signed_in.token_until_ms
            self._kept(signed_in)
