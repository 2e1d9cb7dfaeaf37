"""Who a row is, so that the same list imported again doubles nobody (docs/decisions/0030-import.md).

Ids are digests of what identifies a guest within one event: two desks that import the same list
make the same tickets.
"""

from hashlib import blake2b
from secrets import token_bytes

ID_BYTES = 16
_SEPARATOR = "\x1f"

# Letters and digits that nobody confuses (no I, O, 0, 1), 5 bits each: 100 random bits, which the
# smallest QR code of all (version 1-M, alphanumeric) holds just so.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
MADE_CODE_LETTERS = 20
_LETTERS = bytes(ord(ALPHABET[byte % 32]) for byte in range(256))
SHORT_CODE_LETTERS = 10


def made_code() -> str:
    """A ticket's code for a guest who has none: not to be guessed from anything that is known of them."""
    return token_bytes(MADE_CODE_LETTERS).translate(_LETTERS).decode()


def id_of(log: str, kind: str, *parts: str) -> str:
    return blake2b(_SEPARATOR.join((log, kind, *parts)).encode(), digest_size=ID_BYTES).hexdigest()


def order_code_of(ticket: str) -> str:
    """The code of the order of a guest who came without one; the same at each import."""
    return bytes.fromhex(ticket).translate(_LETTERS)[:SHORT_CODE_LETTERS].decode()
