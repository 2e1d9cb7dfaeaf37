"""A desk's key pair (Ed25519), and the very bytes that it signs."""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.chain import Head
from sync.wire import SignedHead

SIGN_IN_GOOD_S = 300.0


class KeyPair:
    """`private` is the 32 bytes that go into the keyring, `public` the 32 that a node is told."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.private = private
        self.public = self._key.public_key().public_bytes_raw()

    @classmethod
    def new(cls) -> "KeyPair":
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    def signed_head(self, log: str, desk: str, head: Head) -> SignedHead:
        signature = self.sign(head_message(log, desk, head.seq, head.chain))
        return SignedHead(desk, head.seq, head.chain, signature)


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the owner of `public` signed the message. Malformed keys and signatures are no."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def head_is_signed(public: bytes, log: str, head: SignedHead) -> bool:
    return verify(public, head.signature, head_message(log, head.desk, head.seq, head.chain))


def head_message(log: str, desk: str, seq: int, chain: bytes) -> bytes:
    return _lines("eventdesk head 1", log, desk, str(seq)) + chain


def enrol_message(desk: str, lookup: bytes) -> bytes:
    return _lines("eventdesk enrol 1", desk) + lookup


def sign_in_message(node: str, desk: str, at_ms: int) -> bytes:
    return _lines("eventdesk sign-in 1", node, desk, str(at_ms))


def token_digest(token: str) -> bytes:
    """What a node keeps of a token: 256 random bits need no slow hash."""
    return sha256(token.encode()).digest()


def _lines(*words: str) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()
