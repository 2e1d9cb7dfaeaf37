"""What was typed as expressions of FTS5: from the strictest meaning to the most forgiving.

Only folded words and marks get into an expression, each in quotes: nothing typed is syntax.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from eventdesk.storage.search import fold
from eventdesk.storage.search.index import Marks
from eventdesk.storage.search.vocabulary import Vocabulary

MOST_WORDS = 8
MOST_LETTERS = 200
# So many words may stand for one that was typed.
ALTERNATIVES = 60

# How one typed word becomes an expression.
Render = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Typed:
    """`chunks` are what stood between spaces, each as its parts: [["anne", "marie"], ["o", "brien"]]."""

    chunks: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> list[str]:
        return [part for chunk in self.chunks for part in chunk]


def parse(text: str) -> Typed:
    """Fold and cut what was typed; what goes beyond a name's or an address's length is left out."""
    left = MOST_WORDS
    chunks = []
    for chunk in text[:MOST_LETTERS].split():
        found = tuple(
            part[: fold.LONGEST_PART] if fold.unspaced(part) else part for part in fold.parts(chunk)
        )
        if found and left > 0:
            chunks.append(found[:left])
            left -= len(found)
    return Typed(tuple(chunks))


class Meanings:
    """The expressions for one typed text, in one event."""

    def __init__(self, typed: Typed, marks: Marks, vocabulary: Vocabulary) -> None:
        self._typed = typed
        self._name, self._mail = marks
        self._vocabulary = vocabulary
        self._near: dict[tuple[str, int], list[str]] = {}

    def as_typed(self) -> Iterator[str]:
        """Whole words, then the last one begun, then each begun: in names first, then in addresses too."""
        yield self._every(self._exact)
        yield self._every(self._exact, last=self._begun)
        yield self._every(self._begun)
        yield self._every(self._begun_or_address, last=self._begun_in_any)

    @property
    def alone(self) -> bool:
        return len(self._typed.words) == 1

    def spelled_otherwise(self) -> Iterator[str]:
        """Muller for Mueller: letters drawn together."""
        yield self._every(lambda word: self._begun_or_address(fold.drawn_together(word)))

    def within(self) -> Iterator[str]:
        """Parts of words, and two words written as one."""
        yield self._every(self._within)

    def corrected(self, errors: int) -> Iterator[str]:
        """One word with typing errors, then each of them."""
        words = self._typed.words
        if len(words) > 1:
            yield _any(self._with_wrong(wrong, errors) for wrong in range(len(words)))
        yield self._every(lambda word: _any([self._begun(word), self._meant(word, errors)]))

    def in_part(self) -> Iterator[str]:
        """All words but one, then any: where nothing has them all."""
        words = self._typed.words
        forgiving = [_any([self._begun_or_address(word), self._meant(word, 1)]) for word in words]
        if len(words) > 2:
            yield _any(_all(forgiving[:left] + forgiving[left + 1 :]) for left in reversed(range(len(words))))
        if len(words) > 1:
            yield _any(forgiving)

    def suggestion(self) -> str:
        """The typed words as they were probably meant; empty where that is what was typed."""
        meant = [self._probably(word) for word in self._typed.words]
        return "" if meant == self._typed.words else " ".join(meant)

    def _probably(self, word: str) -> str:
        if self._vocabulary.beginning(word, 1):
            return word
        return next(iter(self._nearby(word, 1) or self._nearby(word, 2)), word)

    def _every(self, render: Render, last: Render | None = None) -> str:
        """All chunks must be there; `last` is for the one that may still be being typed."""
        *before, final = self._typed.chunks
        return _all([*(_chunk(chunk, render) for chunk in before), _chunk(final, render, last or render)])

    def _exact(self, word: str) -> str:
        return _whole([word], self._name)

    def _begun(self, word: str) -> str:
        """A few whole words are faster than a prefix, for which FTS5 gathers all guests beforehand."""
        words = self._vocabulary.beginning(word, ALTERNATIVES) if len(word) > 3 else []
        if words and len(words) < ALTERNATIVES:
            return _whole(words, self._name)
        return _prefix(word, self._name)

    def _begun_or_address(self, word: str) -> str:
        """A host's name begun would gather half the guests: in addresses the word must be whole."""
        return _any([self._begun(word), _whole([word], self._mail)])

    def _begun_in_any(self, word: str) -> str:
        return _any([self._begun(word), _prefix(word, self._mail)])

    def _within(self, word: str) -> str:
        """Looking through all words is slow: beside others, a word that somebody has is not looked for."""
        choices = [self._begun(word)]
        if len(word) > 1 and (self.alone or word not in self._vocabulary):
            choices.append(_whole(self._vocabulary.containing(word, ALTERNATIVES), self._name))
        choices += [
            _all([_whole([one], self._name) for one in pair]) for pair in self._vocabulary.split(word)
        ]
        return _any(choices)

    def _meant(self, word: str, errors: int) -> str:
        return _whole(self._nearby(word, errors), self._name)

    def _nearby(self, word: str, errors: int) -> list[str]:
        """Near words, looked for once a word."""
        if (word, errors) not in self._near:
            self._near[word, errors] = self._vocabulary.near(word, errors, ALTERNATIVES)
        return self._near[word, errors]

    def _with_wrong(self, wrong: int, errors: int) -> str:
        words = self._typed.words
        return _all(
            self._meant(word, errors) if at == wrong else self._begun(word) for at, word in enumerate(words)
        )


def _chunk(chunk: Sequence[str], render: Render, last: Render | None = None) -> str:
    """Its parts must all be there, or stand as one word (O'Brien, OBrien)."""
    *before, final = chunk
    last = last or render
    apart = _all([*map(render, before), last(final)])
    if len(chunk) == 1 or len(chunk) > fold.JOINED_PARTS:
        return apart
    return _any([apart, last(fold.joined(chunk))])


def _whole(words: Iterable[str], mark: str) -> str:
    return _any(f'"{mark}{word}"' for word in words)


def _prefix(word: str, mark: str) -> str:
    return f'"{mark}{word}"*'


def _any(choices: Iterable[str]) -> str:
    """Any of the expressions; the empty ones, which nobody meets, are left out."""
    kept = list(dict.fromkeys(choice for choice in choices if choice))
    return kept[0] if len(kept) == 1 else f"({' OR '.join(kept)})" if kept else ""


def _all(needed: Iterable[str]) -> str:
    """All of the expressions; empty where one of them is, as nobody meets that."""
    kept = list(dict.fromkeys(needed))
    if not kept or not all(kept):
        return ""
    return kept[0] if len(kept) == 1 else f"({' AND '.join(kept)})"
