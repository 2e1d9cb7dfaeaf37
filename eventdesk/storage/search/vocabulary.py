"""The words of one event in memory: what a typed word may have been meant to be.

180,000 words (500,000 guests) take some 30 MiB and are read from FTS5 in a fifth of a second, once;
words that come later are added one by one.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from eventdesk.storage.search.index import Marks

_AFTER_ALL = "\U0010ffff"
# One error is looked for from this many letters on, two errors from that many.
ONE_ERROR, TWO_ERRORS = 3, 6
# A half of so short a word says little: all short words are looked through instead.
SHORT = 4


class Vocabulary:
    """Sorted words. A word is near another at one or two errors: a letter too many, too few, another
    or two swapped (optimal string alignment distance)."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._text = "\n".join(["", *self._words, ""])

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(word[::-1] for word in self._words)

    @cached_property
    def _short(self) -> list[str]:
        return [word for word in self._words if len(word) <= SHORT + 1]

    def __contains__(self, word: str) -> bool:
        return next(iter(self.beginning(word, 1)), "") == word

    def __len__(self) -> int:
        return len(self._words)

    def add(self, word: str) -> None:
        if word not in self:
            insort(self._words, word)
            insort(self._backwards, word[::-1])
            if len(word) <= SHORT + 1:
                self._short.append(word)
            self._text += f"{word}\n"

    def beginning(self, start: str, limit: int) -> list[str]:
        """Up to `limit` words with this beginning, in order."""
        at = bisect_left(self._words, start)
        return [word for word in self._words[at : at + limit] if word.startswith(start)]

    def containing(self, part: str, limit: int) -> list[str]:
        """Up to `limit` words with this part anywhere within."""
        words: list[str] = []
        at = self._text.find(part)
        while at >= 0 and len(words) < limit:
            end = self._text.index("\n", at)
            words.append(self._text[self._text.rindex("\n", 0, at) + 1 : end])
            at = self._text.find(part, end)
        return words

    def split(self, word: str) -> list[tuple[str, str]]:
        """Pairs of words that make this one when written together."""
        pairs = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        return [pair for pair in pairs if pair[0] in self and pair[1] in self]

    def near(self, word: str, errors: int, limit: int) -> list[str]:
        """Words at up to `errors` errors (1 or 2), nearest first.

        One error leaves the first half or the second half of a word as it was; two leave the first
        or last third, unless they fall in both (which is given up for speed).
        """
        if len(word) < (ONE_ERROR if errors == 1 else TWO_ERRORS):
            return []
        distances = _near(word, self._short, errors) if len(word) <= SHORT else self._near_long(word, errors)
        distances.pop(word, None)
        return list(islice(sorted(distances, key=lambda found: (distances[found], found)), limit))

    def _near_long(self, word: str, errors: int) -> dict[str, int]:
        kept = len(word) // (errors + 1)
        forward = _near(word, _range(self._words, word[:kept]), errors)
        backward = _near(word[::-1], _range(self._backwards, word[::-1][:kept]), errors)
        return forward | {found[::-1]: distance for found, distance in backward.items()}


def load(connection: Any, marks: Marks) -> Vocabulary:
    """The words of names and companies that the index holds for one event."""
    rows = connection.execute(
        "SELECT term FROM search_vocabulary WHERE term >= ? AND term < ?", (marks.words, marks.mail)
    )
    return Vocabulary(row[0][1:] for row in rows)


def _range(ordered: list[str], start: str) -> list[str]:
    return ordered[bisect_left(ordered, start) : bisect_left(ordered, start + _AFTER_ALL)]


def _near(word: str, choices: list[str], errors: int) -> dict[str, int]:
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=errors, limit=None)
    return {choice: distance for choice, distance, _ in found}
