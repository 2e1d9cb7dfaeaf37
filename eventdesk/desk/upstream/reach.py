"""Which node the desk talks to: the best that answers, found again whenever one is lost."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from eventdesk.desk.upstream.clock import DeskClock
from eventdesk.desk.upstream.membership import Membership, Node, Token
from sync import wire
from sync.client.enrolling import sign_in
from sync.client.port import Upstream
from sync.errors import NotEventDesk, SyncError, Unauthorized, Unreachable, WrongNode

log = logging.getLogger(__name__)

SEEK_EVERY_S: Final = 30.0
HUBS_EVERY_S: Final = 3600.0
RENEW_BEFORE_MS: Final = 7 * 86_400_000


class Dial(Protocol):
    """Makes the way to a node; opens no connection yet. `token` is asked for before each request."""

    def __call__(self, node: Node, token: Callable[[], str]) -> Upstream: ...


@dataclass(frozen=True, eq=False)
class Link:
    """A node that answered and knows this desk."""

    node: Node
    upstream: Upstream


class Reach:
    """`contact` from any thread: whoever comes first dials, the others wait for what it finds."""

    def __init__(self, membership: Membership, clock: DeskClock, dial: Dial) -> None:
        self._membership = membership
        self._clock = clock
        self._dial = dial
        self._dialing = threading.Lock()
        self._lock = threading.Lock()
        self._open: set[Upstream] = set()
        self._current: Link | None = None
        self._sought = 0.0
        self._look_for_hubs_at = time.monotonic() + HUBS_EVERY_S
        self._shunned: dict[str, float] = {}
        self._closed = False
        self._loss: tuple[Link, SyncError] | None = None
        self.extra: Sequence[Node] = ()  # found on the LAN, vouched for

    @property
    def current(self) -> Link | None:
        """The node in reach, as far as known."""
        return self._current

    def contact(self) -> Link:
        """The best node that answers. Raises SyncError: what kept the desk's own node from answering."""
        with self._dialing:
            current = self._current
            if current is not None and not self._should_seek(current):
                return current
            found = self._seek(better_than=current)
            if found is not current:
                if current is not None:
                    self._let_go(current.upstream)
                self._current = found
            return found

    def lost(self, link: Link, error: SyncError | None = None, *, shun: bool = False) -> SyncError:
        """The node did not answer as it should: dial anew at the next need. `shun`: others first.

        Returns what is to be told: of a link that another thread has let go meanwhile, why it did.
        """
        if shun:
            self._shunned[link.node.id] = time.monotonic() + SEEK_EVERY_S
        with self._lock:
            if self._current is link:
                self._current = None
            if self._loss is None or self._loss[0] is not link:
                self._loss = link, error or Unreachable("The line was let go.")
            told = self._loss[1]
        self._let_go(link.upstream)
        return told

    def renew(self, link: Link) -> None:
        """Sign in by this desk's key: where the token ends soon, and now and then at the node paired with, to
        learn which hubs stand in for it. Raises SyncError."""
        token = self._membership.token(link.node.id)
        ends = token.until_ms - self._clock.wall_ms() < RENEW_BEFORE_MS
        pairing = self._membership.pairing
        is_own = pairing is not None and pairing.node.id == link.node.id
        if ends or (is_own and time.monotonic() >= self._look_for_hubs_at):
            self._sign_in(link.node, link.upstream)
            self._look_for_hubs_at = time.monotonic() + HUBS_EVERY_S
            self._sought = 0.0

    def look_for_hubs(self) -> None:
        """Ask the node paired with at the next turn."""
        self._look_for_hubs_at = 0.0

    def drop_token(self, link: Link) -> None:
        """The node does not know it any more: sign in at the next dialing."""
        self._membership.keep_token(link.node.id, Token(""))
        self.lost(link)

    def close(self) -> None:
        """End everything that waits, from any thread."""
        with self._lock:
            self._closed = True
            upstreams = list(self._open)
        for upstream in upstreams:
            self._let_go(upstream)
        self._current = None

    def forget(self) -> None:
        """The pairing has changed: whatever is open was to another node."""
        with self._lock:
            upstreams = list(self._open)
        for upstream in upstreams:
            self._let_go(upstream)
        self._current = None
        self.extra = ()

    def opened(self, node: Node, token: Callable[[], str] = str) -> Upstream:
        """A way to a node, closed with the others. Raises Unreachable while the desk is shutting down."""
        upstream = self._dial(node, token)
        with self._lock:
            if not self._closed:
                self._open.add(upstream)
                return upstream
        upstream.close()
        raise Unreachable("The desk is shutting down.")

    def let_go(self, upstream: Upstream) -> None:
        self._let_go(upstream)

    def _let_go(self, upstream: Upstream) -> None:
        with self._lock:
            self._open.discard(upstream)
        upstream.close()

    def _candidates(self) -> list[Node]:
        pairing = self._membership.pairing
        if pairing is None:
            raise Unreachable("This desk is not paired.", "Pair it with a hub or with the centre.")
        nodes = [*pairing.hubs, *self.extra, pairing.node]
        seen: dict[tuple[str, str], Node] = {}
        for node in nodes:
            seen.setdefault((node.id, node.address), node)
        now = time.monotonic()
        return sorted(seen.values(), key=lambda node: self._shunned.get(node.id, 0.0) > now)

    def _should_seek(self, current: Link) -> bool:
        """Now and then a node that is preferred is looked for."""
        best = self._candidates()[0]
        return best.id != current.node.id and time.monotonic() - self._sought >= SEEK_EVERY_S

    def _seek(self, better_than: Link | None) -> Link:
        self._sought = time.monotonic()
        fault: SyncError | None = None
        for node in self._candidates():
            if better_than is not None and node.id == better_than.node.id:
                return better_than
            try:
                return self._met(node)
            except SyncError as error:
                fault = error  # the last one is of the node paired with: that is the one to tell
        assert fault is not None
        raise fault

    def _met(self, node: Node) -> Link:
        """Dial, see that it is the right node, sign in where there is no token. Raises SyncError."""
        upstream = self.opened(node, lambda: self._membership.token(node.id).text)
        try:
            self._check(node, upstream.hello())
            self._clock.heard(upstream.last_contact())
            if not self._membership.token(node.id).text:
                self._sign_in(node, upstream)
        except BaseException:
            with suppress(Exception):
                self._let_go(upstream)
            raise
        return Link(node, upstream)

    def _check(self, node: Node, hello: wire.Hello) -> None:
        if hello.eventdesk != wire.PROTOCOL:
            raise NotEventDesk(
                "The server speaks another version of the protocol than this desk.",
                "Update whichever of the two is older.",
            )
        if node.id and hello.node != node.id:
            raise WrongNode(
                "Another server answers than the one that this desk is paired with.",
                "Check the address, or pair this desk with the new server.",
            )

    def _sign_in(self, node: Node, upstream: Upstream) -> None:
        try:
            answer = sign_in(upstream, self._membership.store.desk, self._membership.keys(), node.id)
        except Unauthorized as error:
            raise Unauthorized(
                "The upstream does not know this desk any more.", "Pair it anew.", code=error.code
            ) from error
        self._membership.signed_in(node, answer)
