"""What guests type at a kiosk: how long it may be, and what letters it may hold."""

import re
from collections.abc import Mapping
from typing import Final
from unicodedata import category, normalize

from eventdesk.domain.kiosk.setup import Amend
from eventdesk.domain.verdicts import Words

LONGEST: Final[Mapping[Amend, int]] = {Amend.NAME: 120, Amend.COMPANY: 120, Amend.EMAIL: 254}
LONGEST_ANSWER: Final = 2000
LONGEST_TYPED: Final = 200
LONGEST_CODE: Final = 4096
LONGEST_SIGNATURE: Final = 60_000

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PATH = re.compile(r"[Mm][MmLlHhVvCcSsQqTtZz0-9eE+\-., ]*")
# Controls, halves of letters, letters that nobody has defined, and what turns the direction of a whole line.
_BAD = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class BadWording(ValueError):
    """What was typed can't be kept; `words` say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


def amended(members: Mapping[str, str], allowed: frozenset[Amend]) -> dict[str, str]:
    """The members of `ticket_changed`, tidied. Raises BadWording."""
    found: dict[str, str] = {}
    for member, text in members.items():
        amend = next((one for one in Amend if one.value == member), None)
        if amend is None or amend not in allowed:
            raise BadWording(Words("This can't be changed here."))
        found[member] = _member(amend, text)
    return found


def _member(amend: Amend, text: object) -> str:
    tidy = line(text, LONGEST[amend])
    if amend is Amend.NAME and not any(category(letter)[0] in "LN" for letter in tidy):
        raise BadWording(Words("A name is needed."))
    if amend is Amend.EMAIL and tidy and not _EMAIL.fullmatch(tidy):
        raise BadWording(Words("This is no e-mail address."))
    return tidy


def line(text: object, longest: int) -> str:
    """One line, its spaces tidied. Raises BadWording."""
    tidy = " ".join(checked(text, longest).split())
    return normalize("NFC", tidy)


def checked(text: object, longest: int, *, lines: bool = False) -> str:
    """Raises BadWording for what is no text, too long, or holds letters that show as something else."""
    if not isinstance(text, str):
        raise BadWording(Words("This can't be read."))
    if len(text) > longest:
        raise BadWording(Words("This is too long: {most} letters at most.", {"most": longest}))
    kept = text.replace("\r\n", "\n") if lines else text
    if any((category(one) in _BAD and not (lines and one == "\n")) or one in _TURNING for one in kept):
        raise BadWording(Words("This holds letters that can't be used here."))
    return kept


def shown(text: str) -> str:
    """What somebody else has written (a list of guests, a shop), as a screen can show it at once: one line
    of a length that can be typed, without letters that turn its direction."""
    tidy = "".join(
        " " if category(one) in _BAD or one in _TURNING else one for one in text[: 2 * LONGEST_TYPED]
    )
    tidy = " ".join(tidy.split())
    return tidy if len(tidy) <= LONGEST_TYPED else tidy[: LONGEST_TYPED - 1] + "\u2026"


def is_signature(path: str) -> bool:
    """An SVG path that draws lines and nothing else."""
    return (
        len(path) <= LONGEST_SIGNATURE
        and _PATH.fullmatch(path) is not None
        and any(letter.isdigit() for letter in path)
    )
