"""A hub's pairing with its upstream: made by an invitation, kept in a file that the database's key seals."""

import os
from dataclasses import dataclass, field

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from eventdesk.errors import BadInput, NodeError, StorageError
from eventdesk.node.places import Place
from sync import pairing, wire
from sync.client import enrolling
from sync.client.http import HttpUpstream
from sync.client.session import Session
from sync.errors import SyncError
from sync.keys import KeyPair

FILE_NAME = "upstream"
_NONCE = 12
_HELP = "Have an invitation made for a hub at the centre, and give it by --upstream."


class _Kept(msgspec.Struct):
    """`lookup` of the code that was used: a service that is started with it each time pairs once."""

    address: str
    fingerprint: bytes
    node: str
    private: bytes
    token: str
    until_ms: int
    lookup: bytes


@dataclass(frozen=True, slots=True)
class Upstream:
    """What every process of a hub must know to speak with its upstream. `desk`: this hub's own id."""

    place: Place
    desk: str
    address: str
    fingerprint: bytes
    hub: wire.HubReached
    kept: _Kept = field(repr=False)

    def session(self) -> Session:
        kept = self.kept
        pair = KeyPair(kept.private)
        return Session(self.desk, pair, kept.node, kept.token, kept.until_ms, kept=self._keep, hub=self.hub)

    def _keep(self, signed_in: wire.SignedIn) -> None:
        self.kept.token, self.kept.until_ms = signed_in.token, signed_in.token_until_ms
        _write(self.place, self.kept)


def upstream_of(at: Place, invitation: str, desk: str, name: str, hub: wire.HubReached) -> Upstream:
    """The pairing that is kept, or a new one by the invitation. Raises EventDeskError."""
    kept = _read(at)
    given = _read_invitation(invitation) if invitation else None
    if given is not None and (kept is None or kept.lookup != pairing.lookup(given.code)):
        kept = _paired(given, desk, name, hub)
        _write(at, kept)
    if kept is None:
        raise BadInput("This hub knows no centre yet.", _HELP)
    return Upstream(at, desk, kept.address, kept.fingerprint, hub, kept)


def _read_invitation(text: str) -> pairing.Invitation:
    try:
        found = pairing.read_invitation(text)
    except pairing.BadCode as error:
        raise BadInput(str(error), _HELP) from None
    if not found.address:
        raise BadInput("A bare code does not say where the centre is.", _HELP)
    return found


def _paired(given: pairing.Invitation, desk: str, name: str, hub: wire.HubReached) -> _Kept:
    pair = KeyPair.new()
    try:
        line = HttpUpstream(given.address, fingerprint=given.fingerprint)
        try:
            told = enrolling.enrol(line, given, desk, name or "Hub", pair, hub).signed_in
        finally:
            line.close()
    except SyncError as error:
        raise NodeError(f"The centre did not let this hub in. {error.message}", error.remedy) from error
    if "hub" not in told.roles:
        raise NodeError("The centre's invitation was for a desk, not for a hub.", _HELP)
    lookup = pairing.lookup(given.code)
    return _Kept(
        given.address, given.fingerprint, told.node, pair.private, told.token, told.token_until_ms, lookup
    )


def _read(at: Place) -> _Kept | None:
    path = at.folder / FILE_NAME
    if not path.exists():
        return None
    try:
        sealed = path.read_bytes()
        plain = _cipher(at).decrypt(sealed[:_NONCE], sealed[_NONCE:], None) if at.key else sealed
        return msgspec.msgpack.decode(plain, type=_Kept)
    except (OSError, InvalidTag, msgspec.MsgspecError, ValueError) as error:
        raise StorageError(
            f"What this hub knows of its centre can't be read: {path}.", "Move it away and pair the hub anew."
        ) from error


def _write(at: Place, kept: _Kept) -> None:
    """Beside first, then in its place: a token that is lost by a power cut costs a sign-in at most."""
    path = at.folder / FILE_NAME
    nonce, plain = os.urandom(_NONCE), msgspec.msgpack.encode(kept)
    sealed = nonce + _cipher(at).encrypt(nonce, plain, None) if at.key else plain
    beside = path.with_name(f"{FILE_NAME}.{os.getpid()}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(sealed)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror}.") from error


def _cipher(at: Place) -> ChaCha20Poly1305:
    """Of the database's key, which lies in the keyring where there is one."""
    assert at.key is not None
    return ChaCha20Poly1305(HKDF(SHA256(), 32, None, b"eventdesk hub upstream 1").derive(at.key))
