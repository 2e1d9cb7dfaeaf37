"""Lists of revoked tickets: signed and numbered, so that nobody makes one up or brings an older one back."""

from collections.abc import Iterable
from itertools import pairwise

from eventdesk.domain.facts import Fact
from eventdesk.domain.signed import REVOKED_BYTES, RevocationList, newer
from eventdesk.signing import cose
from eventdesk.signing.errors import CHANGED, NotTrusted
from eventdesk.signing.keyring import Keyring
from eventdesk.signing.tickets import signer_of

PREFIX = "ED1R:"
LONGEST = 4 << 20  # letters: more than 300,000 tickets
_NUMBER, _REVOKED = 1, 2
_NUMBER_END = 1 << 53


def sign_list(one: RevocationList, private: bytes, key_id: str) -> str:
    """The text for `revocations_signed`. Raises ValueError for a number that is none."""
    if not 1 <= one.number < _NUMBER_END:
        raise ValueError(f"a list is numbered from 1, not {one.number}")
    payload = {_NUMBER: one.number, _REVOKED: b"".join(sorted(one.revoked))}
    return cose.to_text(PREFIX, cose.sign(payload, key_id, private, _context(one.event)))


def read_list(text: str, keys: Keyring) -> RevocationList:
    """The list, if a key of the ring signed exactly this. Raises NotTrusted."""
    envelope = cose.read(PREFIX, text, LONGEST)
    signer = signer_of(envelope, keys, _context)
    payload = envelope.payload
    if payload.keys() != {_NUMBER, _REVOKED}:
        raise NotTrusted(CHANGED, "members are missing or unknown")
    number, marks = payload[_NUMBER], payload[_REVOKED]
    if type(number) is not int or not 1 <= number < _NUMBER_END:
        raise NotTrusted(CHANGED, "its number is malformed")
    return RevocationList(signer.event, number, _marks(marks))


def newest(facts: Iterable[Fact], keys: Keyring, event: str) -> RevocationList | None:
    """Of all lists (`revocations_signed`), in whatever order they arrived, the one that counts.

    The highest number that a key of the ring signed; what is not trusted is left aside. As a rule one
    signature is checked, however many lists there are.
    """
    found: RevocationList | None = None
    for fact in sorted(facts, key=_number, reverse=True):
        if found is not None and _number(fact) < found.number:
            break
        try:
            found = newer(found, list_of(fact, keys, event))
        except NotTrusted:
            continue
    return found


def list_of(fact: Fact, keys: Keyring, event: str) -> RevocationList:
    """The list in a `revocations_signed`. Raises NotTrusted, also where the fact tells another number."""
    text = fact.payload.get("list")
    one = read_list(text if isinstance(text, str) else "", keys)
    if one.event != event:
        raise NotTrusted(CHANGED, "it is another event's")
    if one.number != _number(fact):
        raise NotTrusted(CHANGED, "its number is not the one that is told")
    return one


def _number(fact: Fact) -> int:
    number = fact.payload.get("number")
    return number if type(number) is int else 0


def _marks(value: object) -> frozenset[bytes]:
    if type(value) is not bytes or len(value) % REVOKED_BYTES:
        raise NotTrusted(CHANGED, "its tickets are malformed")
    marks = [value[start : start + REVOKED_BYTES] for start in range(0, len(value), REVOKED_BYTES)]
    if any(after <= before for before, after in pairwise(marks)):
        raise NotTrusted(CHANGED, "its tickets are not in order")
    return frozenset(marks)


def _context(event: str) -> bytes:
    return b"eventdesk revocations 1\n" + event.encode("utf-8")
