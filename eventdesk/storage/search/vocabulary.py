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
# A half of so short a word says little: all words of its length are looked through instead.
SHORT = 5


class Vocabulary:
    """The words must come sorted, none twice.

    A word is near another at one or two errors: a letter too many, one too few, another one, or two
    swapped (optimal string alignment distance).
    """

    def __init__(self, ordered: Iterable[str]) -> None:
        self._words = list(ordered)
        self._text = "\n".join(["", *self._words, ""])

    @cached_property
    def _by_length(self) -> "_ByLength":
        return _ByLength(self._words)

    @cached_property
    def _backwards(self) -> "_ByLength":
        return _ByLength(sorted(word[::-1] for word in self._words))

    def __contains__(self, word: str) -> bool:
        return next(iter(self.beginning(word, 1)), "") == word

    def __len__(self) -> int:
        return len(self._words)

    def prepare(self) -> None:
        """Order the words for corrections now, not at the first typing error."""
        self.near("prepare", 1, 1)

    def add(self, word: str) -> None:
        if word not in self:
            insort(self._words, word)
            self._by_length.add(word)
            self._backwards.add(word[::-1])
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
        """Words at up to `errors` errors (1 or 2), nearest first."""
        if len(word) < (ONE_ERROR if errors == 1 else TWO_ERRORS):
            return []
        distances = self._distances(word, errors)
        distances.pop(word, None)
        return list(islice(sorted(distances, key=lambda found: (distances[found], found)), limit))

    def _distances(self, word: str, errors: int) -> dict[str, int]:
        """One error, two letters swapped in the middle too, leaves the half before or the half after it.

        Two leave the first or the last third, unless they fall in both: given up for speed.
        """
        size = len(word)
        if size <= SHORT:
            return self._by_length.near(word, errors, 0)
        before, after = ((size - 1) // 2, size // 2) if errors == 1 else (size // 3, size // 3)
        backward = self._backwards.near(word[::-1], errors, after)
        return self._by_length.near(word, errors, before) | {
            found[::-1]: distance for found, distance in backward.items()
        }


class _ByLength:
    """Sorted words by their number of letters: errors change it by no more than their number."""

    def __init__(self, ordered: Iterable[str]) -> None:
        self._words: dict[int, list[str]] = {}
        for word in ordered:
            self._words.setdefault(len(word), []).append(word)

    def prepare(self) -> None:
        """Order the words for corrections now, not at the first typing error."""
        self.near("prepare", 1, 1)

    def add(self, word: str) -> None:
        insort(self._words.setdefault(len(word), []), word)

    def near(self, word: str, errors: int, kept: int) -> dict[str, int]:
        """Words that begin with the first `kept` letters, and their distances."""
        found: dict[str, int] = {}
        for length in range(len(word) - errors, len(word) + errors + 1):
            choices = _range(self._words.get(length, []), word[:kept])
            best = process.extract(word, choices, scorer=OSA.distance, score_cutoff=errors, limit=None)
            found.update((choice, distance) for choice, distance, _ in best)
        return found


def load(connection: Any, marks: Marks) -> Vocabulary:
    """The words of names and companies that the index holds for one event."""
    rows = connection.execute(
        "SELECT substr(term, 2) FROM search_vocabulary WHERE term >= ? AND term < ?",
        (marks.words, marks.mail),
    )
    return Vocabulary(row[0] for row in rows)


def _range(ordered: list[str], start: str) -> list[str]:
    return ordered[bisect_left(ordered, start) : bisect_left(ordered, start + _AFTER_ALL)]
