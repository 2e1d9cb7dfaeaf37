"""Subjects of facts that came from pretix: any bridge at any time comes to the same ones."""

from enum import StrEnum

PREFIX = "px-"


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
