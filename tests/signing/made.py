"""Keys and tickets for the tests of signing. Ed25519 signs the same bytes the same way each time."""

from datetime import UTC, datetime
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventdesk.domain.definitions import TicketKey
from eventdesk.domain.signed import SignedTicket, mark
from eventdesk.signing.cose import to_text
from eventdesk.signing.keyring import Keyring

EVENT = "fair2026"
ISSUED = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
PRIVATE = bytes(range(32))
KEY_ID = "56475aa7"
PUBLIC = Ed25519PrivateKey.from_private_bytes(PRIVATE).public_key().public_bytes_raw()
KEY = TicketKey(KEY_ID, PUBLIC)
KEYS = Keyring({EVENT: [KEY]})
TICKET = SignedTicket("00112233445566778899aabbccddeeff", EVENT, mark("adult"), ISSUED)

CONTEXT = b"eventdesk ticket 1\nfair2026"
PROTECTED = {1: -8, 4: bytes.fromhex(KEY_ID)}
PAYLOAD: dict[int, Any] = {1: bytes.fromhex(TICKET.ticket), 2: mark("adult"), 3: int(ISSUED.timestamp())}


def canonical(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)


def signed(
    content: bytes | None = None,
    protected: bytes | None = None,
    context: bytes = CONTEXT,
    private: bytes = PRIVATE,
) -> list[Any]:
    """The four parts of a COSE_Sign1 that is truly signed, whatever is in it."""
    content = canonical(PAYLOAD) if content is None else content
    protected = canonical(PROTECTED) if protected is None else protected
    message = canonical(["Signature1", protected, context, content])
    return [protected, {}, content, Ed25519PrivateKey.from_private_bytes(private).sign(message)]


def text_of(data: bytes) -> str:
    return to_text("ED1:", data)


def tagged(parts: Any, tag: int = 18) -> str:
    return text_of(canonical(cbor2.CBORTag(tag, parts)))
