"""Ticket codes that a pretix has signed (its scheme `pretix_sig1`): reading and checking them.

A code is base64, written backwards: a byte 1, the lengths of payload and signature (two bytes each, the high
one first), the payload (protobuf), its Ed25519 signature. Read more strictly than pretix does: of what was
signed there is one spelling, so that no other one slips past a list of revoked codes.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from eventdesk.domain.definitions import TicketKey

SCHEME: Final = "pretix_sig1"
LONGEST: Final = 1_000
_HEAD: Final = 5
_SIGNATURE: Final = 64
_VARINT, _BYTES = 0, 2
_SEED, _ITEM, _VARIATION, _DATE, _FROM, _UNTIL = range(1, 7)


@dataclass(frozen=True, slots=True)
class Sig1Ticket:
    """Numbers are pretix' own; None where there is none. Moments are aware, whole seconds."""

    seed: str
    item: int
    variation: int | None = None
    subevent: int | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None


def verify(code: str, keys: Iterable[TicketKey]) -> Sig1Ticket | None:
    """What the code says; None where it is no such code, or none of the keys has signed it."""
    parts = _parts(code)
    if parts is None:
        return None
    payload, signature = parts
    if not any(_signed(key, signature, payload) for key in keys if key.scheme == SCHEME):
        return None
    try:
        return _ticket(dict(_members(payload)))
    except (ValueError, KeyError, OverflowError, OSError):
        return None


def _parts(code: str) -> tuple[bytes, bytes] | None:
    if len(code) > LONGEST:
        return None
    try:
        raw = base64.b64decode(code[::-1], validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) < _HEAD or raw[0] != 1 or base64.b64encode(raw).decode()[::-1] != code:
        return None
    length, of_signature = int.from_bytes(raw[1:3], "big"), int.from_bytes(raw[3:5], "big")
    if of_signature != _SIGNATURE or len(raw) != _HEAD + length + of_signature:
        return None
    return raw[_HEAD : _HEAD + length], raw[_HEAD + length :]


def _signed(key: TicketKey, signature: bytes, payload: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, payload)
    except (InvalidSignature, ValueError):
        return False
    return True


def _members(payload: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Fields of a protobuf message by number; of kinds that are none of this message's raises ValueError."""
    at = 0
    while at < len(payload):
        tag, at = _varint(payload, at)
        if tag & 7 == _VARINT:
            value, at = _varint(payload, at)
            yield tag >> 3, value
        elif tag & 7 == _BYTES:
            length, at = _varint(payload, at)
            if at + length > len(payload):
                raise ValueError("cut off")
            yield tag >> 3, payload[at : at + length]
            at += length
        else:
            raise ValueError("a kind that is not used here")


def _varint(payload: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(payload) or shift > 63:
            raise ValueError("cut off")
        byte = payload[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return value, at


def _ticket(members: dict[int, int | bytes]) -> Sig1Ticket:
    seed = members.get(_SEED, b"")
    if not isinstance(seed, bytes):
        raise ValueError("its seed is no text")
    item = _number(members, _ITEM)
    if item is None:
        raise ValueError("it is of no product")
    return Sig1Ticket(
        seed.decode(),
        item,
        _number(members, _VARIATION),
        _number(members, _DATE),
        _moment(_number(members, _FROM)),
        _moment(_number(members, _UNTIL)),
    )


def _number(members: dict[int, int | bytes], field: int) -> int | None:
    value = members.get(field, 0)
    if not isinstance(value, int):
        raise ValueError("it is no number")
    return value or None


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
