"""The public keys of events (`ticket_key_defined`): several at once, each until it is removed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from eventdesk.domain.definitions import TicketKey

KEY_ID_BYTES = 4


class NewKey(NamedTuple):
    """`id` is hexadecimal; `private` (32 bytes) belongs in a keyring, `public` in `ticket_key_defined`."""

    id: str
    private: bytes
    public: bytes


def new_key() -> NewKey:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return NewKey(id_of(public), private.private_bytes_raw(), public)


def key_of(private: bytes) -> NewKey:
    """The key pair of these 32 bytes, as they lie in a keyring. Raises ValueError."""
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return NewKey(id_of(public), private, public)


def id_of(public: bytes) -> str:
    return sha256(public).digest()[:KEY_ID_BYTES].hex()


class Known(NamedTuple):
    """A key at work for an event. `begins` and `ends` bound when it signed, not when it is checked."""

    event: str
    key: Ed25519PublicKey
    begins: datetime | None
    ends: datetime | None

    def signed(self, signature: bytes, message: bytes) -> bool:
        try:
            self.key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def was_in_use(self, at: datetime) -> bool:
        return (self.begins is None or self.begins <= at) and (self.ends is None or at <= self.ends)


class Keyring:
    """Made anew when a key's fact arrives; reading it costs no set-up."""

    def __init__(self, keys: Mapping[str, Iterable[TicketKey]]) -> None:
        """`keys`: by event, those that are not removed. Malformed ones sign nothing."""
        self._known: dict[bytes, list[Known]] = {}
        for event, of_event in keys.items():
            for one in of_event:
                self._add(event, one)

    def of(self, key_id: bytes) -> Iterator[Known]:
        """The keys of this id: as a rule one; ids of two events may be the same."""
        yield from self._known.get(key_id, ())

    def ids(self) -> frozenset[bytes]:
        return frozenset(self._known)

    def _add(self, event: str, one: TicketKey) -> None:
        try:
            key_id, key = bytes.fromhex(one.id), Ed25519PublicKey.from_public_bytes(one.public_key)
        except ValueError:
            return
        if one.id != id_of(one.public_key):
            return  # a desk that sells must not put a key of its own in the place of another's
        self._known.setdefault(key_id, []).append(Known(event, key, one.begins, one.ends))
