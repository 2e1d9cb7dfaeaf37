"""Ids of what came from pretix: any bridge at any time comes to the same ones.

Subjects are those of one event's log; the log itself, and ids of facts, are told apart by server and event.
"""

from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlsplit

PREFIX = "px-"
PASS = f"{PREFIX}c"
TAG_LETTERS = 8


class Of(StrEnum):
    ITEM = "i"
    VARIATION = "v"
    LIST = "l"
    QUESTION = "q"
    QUOTA = "k"
    SUBEVENT = "s"
    GATE = "g"
    LAYOUT = "b"
    MEDIUM = "m"
    ORDER = "o"
    POSITION = "p"
    CATEGORY = "c"
    TAX = "t"
    REVOKED = "r"
    # A ticket of which nothing but its signed code is known: what follows is the code.
    UNSEEN = "x"


def log_of(address: str, organizer: str, slug: str) -> str:
    """The id of the event here: the same whichever node is the bridge, another for the event of that name on
    another server. Scheme and port are no part of it: they change when a server gets a certificate."""
    found = urlsplit(address)
    server = f"{(found.hostname or '').rstrip('.')}{found.path.rstrip('/')}"
    return f"{PREFIX}{organizer}-{slug}-{_tag(f'{server}/{organizer}/{slug}')}"


def pass_of(log: str, number: int) -> str:
    """The id of the fact of a check-in that pretix told: facts of all events share their ids."""
    return f"{PASS}{_tag(log)}-{number}"


def _tag(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:TAG_LETTERS]


def subject(of: Of, id_: object) -> str:
    return f"{PREFIX}{of}{id_}"


def maybe(of: Of, id_: object) -> str | None:
    return None if id_ is None else subject(of, id_)


def number(of: Of, subject_: str) -> int | None:
    """pretix' own number; None for what did not come from there."""
    text = _after(of, subject_)
    return int(text) if text.isdecimal() else None


def order_code(subject_: str) -> str:
    """The code of an order that came from pretix, or empty."""
    return _after(Of.ORDER, subject_)


def code_of(subject_: str) -> str:
    """The signed code of a ticket that is known by it alone, or empty."""
    return _after(Of.UNSEEN, subject_)


def _after(of: Of, subject_: str) -> str:
    start = f"{PREFIX}{of}"
    return subject_[len(start) :] if subject_.startswith(start) else ""
