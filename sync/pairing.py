"""The one-time code that pairs a desk, and what is derived from it.

The code is 100 random bits in five groups of four letters of base 32. It never travels: the node
learns its `lookup` alone, and keeps a `sealed` box that only the code opens. An invitation is
the code with the node's address and the digest of its certificate, as one text to be shown as QR.
"""

import hmac
import os
import re
import secrets
from base64 import b32decode, b32encode
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1
LETTERS = 20
PREFIX = "EVENTDESK:1"
NONCE_BYTES = 12


class BadCode(ValueError):
    """The text is no code and no invitation; the message says what is wrong with it."""


class Invitation(NamedTuple):
    """`address` is `https://host:port`, empty where only the code is known. `fingerprint`: SHA-256 of
    the node's certificate (DER), empty for one that the system's authorities vouch for."""

    code: str
    address: str = ""
    fingerprint: bytes = b""

    def text(self) -> str:
        pin = b32encode(self.fingerprint).decode().rstrip("=")
        return " ".join((PREFIX, self.code, pin or "-", self.address))


def new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return "-".join(letters[start : start + 4] for start in range(0, LETTERS, 4))


def clean_code(text: str) -> str:
    """The code as it was made, from whatever a person typed. Raises BadCode."""
    letters = re.sub(r"[\s-]", "", text).upper()
    strange = sorted(set(letters) - set(ALPHABET))
    if strange:
        raise BadCode(f"A code has no {', '.join(strange)}.")
    if len(letters) != LETTERS:
        raise BadCode(f"A code has {LETTERS} letters and digits, this one {len(letters)}.")
    return "-".join(letters[start : start + 4] for start in range(0, LETTERS, 4))


def read_invitation(text: str) -> Invitation:
    """An invitation, or a bare code. Raises BadCode."""
    words = text.split()
    if not words or words[0] != PREFIX:
        return Invitation(clean_code(text))
    if len(words) != 4:
        raise BadCode("This invitation is cut off.")
    return Invitation(clean_code(words[1]), words[3], _fingerprint(words[2]))


def _fingerprint(text: str) -> bytes:
    if text == "-":
        return b""
    try:
        found = b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        found = b""
    if len(found) != 32:
        raise BadCode("This invitation's digest of the certificate is damaged.")
    return found


def lookup(code: str) -> bytes:
    """What the node knows the code by."""
    return _derived(code, b"eventdesk pairing lookup 1")


def index(lookup: bytes) -> bytes:
    """Names a code to the node that knows its lookup, and lets nobody in who hears it."""
    return sha256(b"eventdesk pairing index 1\n" + lookup).digest()


def proof(lookup: bytes, nonce: bytes, fingerprint: bytes) -> bytes:
    """By this a node shows that it knows a code, and presents this certificate (SHA-256 of DER)."""
    return hmac.digest(lookup, b"eventdesk pairing proof 1\n" + nonce + fingerprint, "sha256")


def seal(code: str, secret: bytes) -> bytes:
    """A box that only the code opens."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(_derived(code, b"eventdesk pairing box 1")).encrypt(nonce, secret, None)


def unseal(code: str, box: bytes) -> bytes:
    """What is in the box. Raises BadCode where the code does not open it."""
    cipher = ChaCha20Poly1305(_derived(code, b"eventdesk pairing box 1"))
    try:
        return cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        raise BadCode("The code does not open what was sealed with it.") from None


def _derived(code: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, purpose).derive(clean_code(code).encode())
