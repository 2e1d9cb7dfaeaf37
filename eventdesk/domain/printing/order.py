"""The order in which a wave of badges is printed: as they are laid out to be found again."""

import unicodedata
from collections.abc import Iterable
from typing import Final, Literal, TypeVar

By = Literal["family", "name", "company"]
# They stand before a family name and belong to it, but nobody looks a guest up by them.
_AFTER: Final = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d."})

T = TypeVar("T")


def family_name(name: str) -> str:
    """What stands before a comma ("Byron, Ada"), else the last word, without a "Jr." after it: a guest called
    "van Beethoven" is found under B."""
    turned, _, given = name.partition(",")
    if turned.strip() and any(word.casefold() not in _AFTER for word in given.split()):
        return turned.strip()
    words = name.replace(",", " ").split()
    while len(words) > 1 and words[-1].casefold() in _AFTER:
        words.pop()
    return words[-1] if words else ""


def place(name: str, company: str, by: By) -> tuple[str, ...]:
    """What a guest is sorted by; whoever has nothing there comes last."""
    family, whole, at = _folded(family_name(name)), _folded(name), _folded(company)
    if by == "company":
        return _last(at), at, _last(family), family, whole
    if by == "name":
        return _last(whole), whole
    return _last(family), family, whole


def _last(text: str) -> str:
    return "0" if text else "1"


def _folded(text: str) -> str:
    """Without case and accents: O'Neil, Ö and O lie together, as on a table."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one)).strip()


def chunks(items: Iterable[T], size: int) -> Iterable[list[T]]:
    """In lists of at most `size`."""
    found: list[T] = []
    for one in items:
        found.append(one)
        if len(found) == size:
            yield found
            found = []
    if found:
        yield found
