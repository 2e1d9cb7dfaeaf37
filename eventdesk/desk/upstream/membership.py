"""What a desk is paired with, and what it may do there. The secrets of it lie in `Secrets`."""

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Protocol

from eventdesk.desk.settings import PAIRING, TRAINING
from eventdesk.desk.upstream.offered import Offered
from eventdesk.desk.upstream.training import refuse
from eventdesk.storage.store import Store
from sync import wire
from sync.keys import KeyPair

KEY: Final = "desk key"
PEPPER: Final = "pepper"
TOKEN: Final = "token "  # and the node's id


class Keeps(Protocol):
    """`eventdesk.storage.secrets.Secrets`, as much as is needed here."""

    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, value: bytes) -> None: ...

    def delete(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Node:
    """A node above this desk. `fingerprint`: SHA-256 of its certificate in hexadecimal, empty where the
    system's authorities vouch for it."""

    id: str
    name: str
    kind: str
    address: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Pairing:
    """`hubs` stand in for `node`: it vouches for them. `unlocked_ms`: when a person last unlocked the desk,
    `met_ms`: when a node was last met (written now and then, not each time)."""

    node: Node
    roles: Sequence[str] = ()
    logs: Sequence[str] = ()
    hubs: Sequence[Node] = ()
    met_ms: int = 0
    unlocked_ms: int = 0
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """`desk`: whose it is, by its id (empty: not noted)."""

    text: str
    until_ms: int = 0
    desk: str = ""


@dataclass
class Membership:
    """The desk's pairing as it stands (None: it works alone), and its keys. From any thread."""

    store: Store
    secrets: Keeps
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        with self.store.reader() as reader:
            kept = reader.settings.get(PAIRING)
            self.is_training = bool(reader.settings.get(TRAINING))
        self._pairing = None if kept is None else _pairing_from(kept)
        self.offered = Offered(self.store)
        self._tokens: dict[str, Token] = {}
        self._keys: KeyPair | None = None

    @property
    def pairing(self) -> Pairing | None:
        return self._pairing

    def put(self, pairing: Pairing | None) -> None:
        """On the disk before this returns. Raises NotAllowed in a training: it meets nobody."""
        if pairing is not None and self.is_training:
            refuse()
        with self._lock:
            with self.store.transaction() as tx:
                tx.settings.put(PAIRING, None if pairing is None else asdict(pairing))
            self._pairing = pairing

    def change(self, **members: Any) -> None:
        with self._lock:
            if self._pairing is not None:
                self.put(replace(self._pairing, **members))

    def keys(self) -> KeyPair:
        """This desk's key pair, made where it has none. Raises KeyringUnavailable."""
        with self._lock:
            if self._keys is None:
                kept = self.secrets.get(KEY)
                self._keys = KeyPair.new() if kept is None else KeyPair(kept)
                if kept is None:
                    self.secrets.put(KEY, self._keys.private)
            return self._keys

    def token(self, node: str) -> Token:
        """What this desk shows to the node; an empty one where it has none."""
        # Not under the lock: a scan asks too, and somebody else may be waiting for a keyring.
        known = self._tokens.get(node)
        if known is not None:
            return known
        with self._lock:
            if node not in self._tokens:
                self._tokens[node] = self._kept_token(node)
            return self._tokens[node]

    def _kept_token(self, node: str) -> Token:
        """A restored desk has another id than it had: the token that it finds would speak for that one."""
        kept = self.secrets.get(TOKEN + node)
        token = Token("") if kept is None else Token(*json.loads(kept))
        return token if token.desk in ("", self.store.desk) else Token("")

    def keep_token(self, node: str, token: Token) -> None:
        with self._lock:
            self._tokens[node] = token
            if token.text:
                kept = [token.text, token.until_ms, self.store.desk]
                self.secrets.put(TOKEN + node, json.dumps(kept).encode())
            else:
                self.secrets.delete(TOKEN + node)

    def signed_in(self, node: Node, answer: wire.SignedIn) -> None:
        """Keep what the node has told at enrolment or sign-in."""
        with self._lock:
            self.keep_token(node.id, Token(answer.token, answer.token_until_ms))
            pairing = self._pairing
            if pairing is None:
                return
            told = replace(pairing, roles=tuple(answer.roles), logs=tuple(answer.logs))
            if node.id == pairing.node.id:
                told = replace(told, hubs=hubs_of(answer))
            if told != pairing:
                self.put(told)

    def forget(self) -> None:
        """Unpaired: the token goes, the key pair stays, as the desk's facts are signed with it."""
        with self._lock:
            if self._pairing is not None:
                for node in (self._pairing.node, *self._pairing.hubs):
                    self.keep_token(node.id, Token(""))
            self.put(None)


def hubs_of(answer: wire.SignedIn) -> tuple[Node, ...]:
    """A hub that is reached at several addresses is one node for each."""
    return tuple(
        Node(hub.node, hub.name, "hub", address, hub.fingerprint.hex())
        for hub in answer.hubs
        for address in hub.addresses
    )


def _pairing_from(kept: dict[str, Any]) -> Pairing:
    node = Node(**kept.pop("node"))
    hubs = tuple(Node(**hub) for hub in kept.pop("hubs", ()))
    return Pairing(node=node, hubs=hubs, **kept)
