"""A ticket as a signed text: issued where it is sold, checked at a door that has never heard of it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from eventdesk.domain.signed import MARK_BYTES, SignedTicket
from eventdesk.domain.verdicts import Words
from eventdesk.signing import cose
from eventdesk.signing.errors import CHANGED, FORGED, FUTURE, KEY_TIME, UNKNOWN_KEY, NotTrusted
from eventdesk.signing.keyring import Keyring, Known

PREFIX = "ED1:"
LONGEST = 512  # letters
CLOCK_LEEWAY = timedelta(days=1)

_TICKET, _PRODUCT, _ISSUED, _VARIATION, _SESSION, _FROM, _UNTIL = range(1, 8)
_SECONDS_END = 1 << 34  # beyond the year 2500
_MOST_ID = 128
_HEX_ID = re.compile(r"[0-9a-f]{32}")


def is_signed(text: str) -> bool:
    """Whether the text wants to be a signed ticket."""
    return text.startswith(PREFIX)


def issue(ticket: SignedTicket, private: bytes, key_id: str) -> str:
    """The code of the ticket; `private` is the key (Ed25519, 32 bytes) whose id is `key_id` (hexadecimal).

    Raises ValueError for a ticket that would not be read again.
    """
    payload = _payload(ticket)
    if _ticket(payload, ticket.event) != ticket:
        raise ValueError(f"a ticket that can't be signed: {ticket!r}")
    return cose.to_text(PREFIX, cose.sign(payload, key_id, private, _context(ticket.event)))


def verify(text: str, keys: Keyring, now: datetime) -> SignedTicket:
    """What the code says, if a key of the ring signed exactly this. Raises NotTrusted.

    Whether the ticket is good now, here, and not revoked, is the door's decision.
    """
    envelope = cose.read(PREFIX, text, LONGEST)
    signer = signer_of(envelope, keys, _context)
    ticket = _ticket(envelope.payload, signer.event)
    if not signer.was_in_use(ticket.issued):
        raise NotTrusted(KEY_TIME)
    if ticket.issued > now + CLOCK_LEEWAY:
        raise NotTrusted(FUTURE)
    return ticket


def signer_of(envelope: cose.Envelope, keys: Keyring, context: Any) -> Known:
    """The key that signed the envelope for its event. Raises NotTrusted."""
    why: Words = UNKNOWN_KEY
    for known in keys.of(envelope.key_id):
        if known.signed(envelope.signature, envelope.message(context(known.event))):
            return known
        why = FORGED
    raise NotTrusted(why)


def _context(event: str) -> bytes:
    return b"eventdesk ticket 1\n" + event.encode("utf-8")


def _payload(ticket: SignedTicket) -> dict[int, Any]:
    members = {
        _TICKET: id_bytes(ticket.ticket),
        _PRODUCT: ticket.product,
        _ISSUED: _seconds(ticket.issued),
        _VARIATION: ticket.variation,
        _SESSION: ticket.session,
        _FROM: _seconds(ticket.valid_from),
        _UNTIL: _seconds(ticket.valid_until),
    }
    return {key: value for key, value in members.items() if value is not None}


def _ticket(payload: Mapping[int, Any], event: str) -> SignedTicket:
    if not {_TICKET, _PRODUCT, _ISSUED} <= payload.keys() <= set(range(_TICKET, _UNTIL + 1)):
        raise NotTrusted(CHANGED, "members are missing or unknown")
    issued = _moment(payload, _ISSUED)
    product = _mark(payload, _PRODUCT)
    assert issued is not None  # both are there
    assert product is not None
    return SignedTicket(
        ticket=_id(payload[_TICKET]),
        event=event,
        product=product,
        issued=issued,
        variation=_mark(payload, _VARIATION),
        session=_mark(payload, _SESSION),
        valid_from=_moment(payload, _FROM),
        valid_until=_moment(payload, _UNTIL),
    )


def id_bytes(id_: str) -> bytes | str:
    """An id of 32 hexadecimal digits is written as its 16 bytes, any other as text."""
    return bytes.fromhex(id_) if _HEX_ID.fullmatch(id_) else id_


def _id(value: object) -> str:
    if type(value) is bytes and len(value) == 16:
        return value.hex()
    if type(value) is str and 0 < len(value) <= _MOST_ID and not _HEX_ID.fullmatch(value):
        return value
    raise NotTrusted(CHANGED, "its ticket id is malformed")


def _mark(payload: Mapping[int, Any], member: int) -> bytes | None:
    value = payload.get(member)
    if member in payload and (type(value) is not bytes or len(value) != MARK_BYTES):
        raise NotTrusted(CHANGED, "a mark is malformed")
    return value


def _moment(payload: Mapping[int, Any], member: int) -> datetime | None:
    if member not in payload:
        return None
    seconds = payload[member]
    if type(seconds) is not int or not 0 <= seconds < _SECONDS_END:
        raise NotTrusted(CHANGED, "a moment is malformed")
    return datetime.fromtimestamp(seconds, UTC)


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
