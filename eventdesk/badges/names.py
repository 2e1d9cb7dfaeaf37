"""The parts of a name that is written as one text.

A guess, as any must be: titles before the name ("Dr.") are no part of it, and the last name begins with the
first word that is not capitalised ("Ludwig van Beethoven"), else it is the last word. What stands before a
comma is the last name ("Müller, Anna").
"""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Parts:
    first: str
    last: str


@lru_cache(maxsize=64)
def parts(name: str) -> Parts:
    """A name of one word is a first name."""
    if "," in name:
        last, _, first = (part.strip() for part in name.partition(","))
        if first and last:
            return Parts(first, last)
    words = name.split()
    while len(words) > 1 and _is_title(words[0]):
        words = words[1:]
    if len(words) < 2:
        return Parts("".join(words), "")
    small = (place for place, word in enumerate(words) if place and word[0].islower())
    begin = len(words) - 1 if words[0][0].islower() else next(small, len(words) - 1)
    return Parts(" ".join(words[:begin]), " ".join(words[begin:]))


def initials(name: str) -> str:
    """The first letters of first and last name; "Ludwig van Beethoven" is LB."""
    both = parts(name)
    last = both.last.split()
    letters = [both.first[:1], last[-1][:1] if last else ""]
    return "".join(letters).upper()


def _is_title(word: str) -> bool:
    return word.endswith(".") and len(word) > 2
