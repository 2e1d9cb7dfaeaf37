"""Whether what a desk says of itself can be kept: in words, before any database is asked."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from sync import wire
from sync.errors import Refused

MOST_NAME = 100
KEY_BYTES = 32
LOOKUP_BYTES = 32
FINGERPRINT_BYTES = 32
MOST_VALID_S = 30 * 86400.0

# It stands in every stamp, at the end.
_DESK_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}\Z")
_ADDRESS = re.compile(r"https://[^\s/@?#]+\Z")


def name(text: str, what: str = "A desk's name") -> str:
    """The name as it is kept (composed, trimmed). Raises Refused (code `name`)."""
    _check_text(text, what)
    kept = unicodedata.normalize("NFC", text).strip()
    if len(kept) > MOST_NAME:
        raise _refused("name", f"{what} has {MOST_NAME} characters at most, this one {len(kept)}.")
    return kept


def desk_id(text: str) -> str:
    """Raises Refused (code `name`)."""
    if not _DESK_ID.match(text):
        raise _refused("name", "A desk's id has 1 to 64 letters, digits and hyphens.")
    return text


def logs(ids: Collection[str]) -> list[str]:
    """Raises Refused (code `name`)."""
    for log in ids:
        _check_text(log, "A log's id")
        if not 1 <= len(log) <= 300:
            raise _refused("name", "A log's id has 1 to 300 characters.")
    return sorted(set(ids))


def public_key(key: bytes) -> bytes:
    """Raises Refused (code `key`)."""
    if len(key) != KEY_BYTES:
        raise _refused("key", f"A desk's key has {KEY_BYTES} bytes, this one {len(key)}.")
    return key


def code(asked: wire.CodeAsked) -> None:
    """Raises Refused (code `code`)."""
    if len(asked.lookup) != LOOKUP_BYTES:
        raise _refused("code", f"A code is known by {LOOKUP_BYTES} bytes, here are {len(asked.lookup)}.")
    if not 1 <= asked.valid_s <= MOST_VALID_S:
        raise _refused("code", "A code is good for 1 second to 30 days.")


def hub(reached: wire.HubReached) -> tuple[bytes, Sequence[str]]:
    """A hub's certificate and addresses. Raises Refused (code `hub`)."""
    if len(reached.fingerprint) != FINGERPRINT_BYTES:
        raise _refused("hub", "A hub says the SHA-256 of its certificate.")
    for address in reached.addresses:
        _check_text(address, "A hub's address")
        if not _ADDRESS.match(address):
            raise _refused("hub", f"A hub's address is https://host:port, not {address!r}.")
    return reached.fingerprint, reached.addresses


def _check_text(text: str, what: str) -> None:
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        raise _refused("name", f"{what} has no control characters.")


def _refused(word: str, message: str) -> Refused:
    return Refused(message, status=400, code=word)
