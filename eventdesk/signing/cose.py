"""COSE_Sign1 (RFC 9052) with Ed25519 over deterministic CBOR (RFC 8949, 4.2), as text in base45 (RFC 9285).

Strict: what was signed has exactly one text. Whatever is decoded is encoded again and compared, so that
no second spelling of a ticket passes by a list of revoked ones.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import base45
import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventdesk.signing.errors import CHANGED, NotTrusted

_ALG, _KID, _EDDSA = 1, 4, -8
_TAG = 18
_SIGNATURE_BYTES = 64
_MOST_KEY_ID = 32
_FAULTS = (cbor2.CBORError, ValueError, TypeError, RecursionError, OverflowError)

Payload = Mapping[int, Any]


class Envelope(NamedTuple):
    """`protected` and `content` are the bytes that were signed; `payload` is the content decoded."""

    key_id: bytes
    protected: bytes
    content: bytes
    payload: Payload
    signature: bytes

    def message(self, context: bytes) -> bytes:
        """What the signature is over. `context` (external_aad) is known to both sides and not sent."""
        return _message(self.protected, context, self.content)


def sign(payload: Payload, key_id: str, private: bytes, context: bytes) -> bytes:
    """`private`: 32 bytes (Ed25519)."""
    content = encode(dict(payload))
    protected = encode({_ALG: _EDDSA, _KID: bytes.fromhex(key_id)})
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(_message(protected, context, content))
    return encode(cbor2.CBORTag(_TAG, [protected, {}, content, signature]))


def to_text(prefix: str, data: bytes) -> str:
    return prefix + str(base45.b45encode(data), "ascii")


def read(prefix: str, text: str, longest: int) -> Envelope:
    """The envelope in the text; its signature is yet to be checked. Raises NotTrusted."""
    if not text.startswith(prefix):
        raise NotTrusted(CHANGED, f"it does not begin with {prefix}")
    if len(text) > longest:
        raise NotTrusted(CHANGED, "it is too long")
    try:
        data = base45.b45decode(text[len(prefix) :])
    except ValueError:
        raise NotTrusted(CHANGED, "it is no base45") from None
    if to_text(prefix, data) != text:
        raise NotTrusted(CHANGED, "it has another text")
    return _opened(data)


def encode(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)


def _decoded(data: bytes) -> Any:
    """What these bytes say, if they are the one way to say it."""
    try:
        value = cbor2.loads(data, max_depth=8, allow_indefinite=False, allow_duplicate_keys=False)
        again = encode(value)
    except _FAULTS:
        raise NotTrusted(CHANGED, "it is no CBOR") from None
    if again != data:
        raise NotTrusted(CHANGED, "it is not in deterministic CBOR")
    return value


def _opened(data: bytes) -> Envelope:
    tagged = _decoded(data)
    if type(tagged) is not cbor2.CBORTag or tagged.tag != _TAG or not isinstance(tagged.value, list | tuple):
        raise NotTrusted(CHANGED, "it is no COSE_Sign1")
    parts = tagged.value
    if len(parts) != 4 or not isinstance(parts[1], Mapping) or parts[1]:
        raise NotTrusted(CHANGED, "it is no COSE_Sign1 with protected headers alone")
    protected, _, content, signature = parts
    if any(type(part) is not bytes for part in (protected, content, signature)):
        raise NotTrusted(CHANGED, "it is no COSE_Sign1 of byte strings")
    payload = _decoded(content)
    if type(payload) is not dict or any(type(key) is not int for key in payload):
        raise NotTrusted(CHANGED, "its content is no map of numbers")
    if len(signature) != _SIGNATURE_BYTES:
        raise NotTrusted(CHANGED, "its signature has another length")
    return Envelope(_key_id(protected), protected, content, payload, signature)


def _key_id(protected: bytes) -> bytes:
    headers = _decoded(protected)
    if type(headers) is not dict or list(map(type, headers)) != [int, int] or set(headers) != {_ALG, _KID}:
        raise NotTrusted(CHANGED, "its headers are not `alg` and `kid`")
    algorithm, key_id = headers[_ALG], headers[_KID]
    if type(algorithm) is not int or algorithm != _EDDSA:
        raise NotTrusted(CHANGED, "it is not signed by EdDSA")
    if type(key_id) is not bytes or not 1 <= len(key_id) <= _MOST_KEY_ID:
        raise NotTrusted(CHANGED, "its key id is malformed")
    return key_id


def _message(protected: bytes, context: bytes, content: bytes) -> bytes:
    return encode(["Signature1", protected, context, content])
