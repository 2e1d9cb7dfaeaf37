"""The hash chain of a log: one chain a desk, over digests of facts, not over the facts themselves.

    payload digest = SHA-256(salt || payload)
    digest         = SHA-256(envelope || payload digest)
    chain          = SHA-256(chain of the desk's fact before || digest)

So a payload can be taken away later (redaction) while envelope, digests and chain stay as they
were. `sync/README.md` states the same for other implementers.
"""

import os
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

GENESIS = bytes(32)
SALT_BYTES = 16


class Record(NamedTuple):
    """A fact as a log keeps it. `payload` and `salt` are read by nobody here.

    `redacted` is 1 where the payload is no longer the one that was digested; its salt is then
    empty, so that nobody can try guesses against the digest.
    """

    id: str
    log: str
    kind: str
    subject: str
    stamp: str
    desk: str
    seq: int
    payload: bytes
    salt: bytes
    payload_digest: bytes
    digest: bytes
    chain: bytes
    redacted: int = 0


class Break(StrEnum):
    """What does not hold of a record."""

    PAYLOAD = "payload"
    ENVELOPE = "envelope"
    CHAIN = "chain"
    GAP = "gap"


class Head(NamedTuple):
    """The end of one desk's chain: the number and the chain value of its last fact."""

    seq: int = 0
    chain: bytes = GENESIS


def new_salt() -> bytes:
    return os.urandom(SALT_BYTES)


def payload_digest(salt: bytes, payload: bytes) -> bytes:
    return sha256(salt + payload).digest()


def fact_digest(
    id_: str, log: str, kind: str, subject: str, stamp: str, desk: str, seq: int, payload_digest: bytes
) -> bytes:
    """Raises ValueError where a member holds a line break, which parts the members of an envelope."""
    envelope = f"{id_}\n{log}\n{kind}\n{subject}\n{stamp}\n{desk}\n{seq}\n"
    if envelope.count("\n") != 7:
        raise ValueError(f"a line break in the envelope of a fact: {envelope!r}")
    return sha256(envelope.encode() + payload_digest).digest()


def seal(
    head: Head,
    id_: str,
    log: str,
    kind: str,
    subject: str,
    stamp: str,
    desk: str,
    payload: bytes,
    salt: bytes,
) -> Record:
    """The record that follows `head` in its desk's chain."""
    seq = head.seq + 1
    of_payload = sha256(salt + payload).digest()
    digest = fact_digest(id_, log, kind, subject, stamp, desk, seq, of_payload)
    chain = sha256(head.chain + digest).digest()
    return Record(id_, log, kind, subject, stamp, desk, seq, payload, salt, of_payload, digest, chain)


def breaks(head: Head, record: Record) -> list[Break]:
    """What does not hold of `record` as the successor of `head`; empty when all is well."""
    found = []
    if record.seq != head.seq + 1:
        found.append(Break.GAP)
    if not record.redacted and payload_digest(record.salt, record.payload) != record.payload_digest:
        found.append(Break.PAYLOAD)
    if record.digest != _digest_of(record):
        found.append(Break.ENVELOPE)
    if record.chain != sha256(head.chain + record.digest).digest():
        found.append(Break.CHAIN)
    return found


def head_of(record: Record) -> Head:
    return Head(record.seq, record.chain)


def _digest_of(record: Record) -> bytes:
    try:
        return fact_digest(*record[:7], record.payload_digest)
    except ValueError:
        return b""
