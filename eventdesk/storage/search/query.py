"""From what was typed to ticket numbers, best first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any

from eventdesk.storage.search import codes, vocabulary
from eventdesk.storage.search.expressions import Meanings, parse
from eventdesk.storage.search.index import marks_of
from eventdesk.storage.search.vocabulary import Vocabulary

# With so many found as they were typed (one, by an address), words that look alike are not looked for.
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Ticket numbers (`tickets.n`), best first. `corrected` is what was probably meant, where nobody
    is found by what was typed."""

    numbers: tuple[int, ...] = ()
    corrected: str = ""


@dataclass(slots=True)
class _Held:
    """An event's vocabulary and up to where it has been read."""

    number: int
    generation: int
    fresh: int
    vocabulary: Vocabulary


class Finder:
    """Finds guests on any reading connection. One a program, as it holds the vocabularies; thread-safe."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._lock = Lock()

    def forget(self) -> None:
        """Another file is read from now on."""
        with self._lock:
            self._held.clear()

    def warm(self, connection: Any, log: str) -> None:
        """Read the event's vocabulary now, so that the first search need not wait for it."""
        held = self._vocabulary(connection, log)
        if held is not None:
            held.vocabulary.prepare()

    def find(self, connection: Any, log: str, text: str, limit: int = 50) -> Found:
        """Up to `limit` tickets of the event: whole words, then begun ones, then corrected ones."""
        held = self._vocabulary(connection, log)
        typed = parse(text)
        if held is None or limit < 1:
            return Found()
        ranked = _Ranked(connection, limit)
        ranked.add(codes.whole(connection, log, text, limit))
        if not typed.words:
            return Found(tuple(ranked.numbers))
        meanings = Meanings(typed, marks_of(held.number), held.vocabulary)
        ranked.ask(meanings.as_typed(), until=limit)
        ranked.add(codes.begun(connection, log, text, limit))
        corrected = _ask_for_like(ranked, meanings, 1 if "@" in text else ENOUGH)
        return Found(tuple(ranked.numbers), meanings.suggestion() if corrected else "")

    def _vocabulary(self, connection: Any, log: str) -> _Held | None:
        row = connection.execute(
            "SELECT number, generation, (SELECT coalesce(max(n), 0) FROM search_fresh) FROM search_logs"
            " WHERE log = ?",
            (log,),
        ).fetchone()
        if row is None:
            return None
        with self._lock:
            return self._refreshed(connection, log, *row)

    def _refreshed(self, connection: Any, log: str, number: int, generation: int, fresh: int) -> _Held:
        """What is new is learned; all is read anew where the index was made anew."""
        held = self._held.get(log)
        if held is None or (held.number, held.generation) != (number, generation) or held.fresh > fresh:
            words = vocabulary.load(connection, marks_of(number))
            held = self._held[log] = _Held(number, generation, fresh, words)
        elif held.fresh < fresh:
            rows = connection.execute(
                "SELECT word FROM search_fresh WHERE n > ? AND n <= ? AND number = ?",
                (held.fresh, fresh, number),
            )
            for (word,) in rows:
                held.vocabulary.add(word)
            held.fresh = fresh
        return held


def _ask_for_like(ranked: "_Ranked", meanings: Meanings, enough: int) -> bool:
    """Ask for words that look alike; True where nobody was found but by correcting.

    A word typed alone is more likely a part of a name than a wrong one; among others, a wrong one.
    """
    ranked.ask(meanings.spelled_otherwise(), until=enough)
    ranked.ask(meanings.within(), until=enough if meanings.alone else 0)
    literal = bool(ranked.numbers)
    ranked.ask(meanings.corrected(1), until=enough)
    corrected = bool(ranked.numbers) and not literal
    ranked.ask(meanings.within(), until=1)
    literal = bool(ranked.numbers) and not corrected
    ranked.ask(meanings.corrected(2), until=1)
    ranked.ask(meanings.in_part(), until=1)
    return bool(ranked.numbers) and not literal


class _Ranked:
    """Ticket numbers in the order found, none twice, up to `limit`."""

    def __init__(self, connection: Any, limit: int) -> None:
        self._connection = connection
        self._limit = limit
        self._asked = {""}
        self.numbers: dict[int, None] = {}

    def add(self, found: Iterable[int]) -> None:
        for number in found:
            if len(self.numbers) >= self._limit:
                return
            self.numbers[number] = None

    def ask(self, expressions: Iterator[str], until: int) -> None:
        """Add who meets the expressions, one after the other, until there are so many."""
        while len(self.numbers) < min(until, self._limit):
            expression = next(expressions, None)
            if expression is None:
                return
            if expression not in self._asked:
                self._asked.add(expression)
                self.add(self._meeting(expression))

    def _meeting(self, expression: str) -> Iterator[int]:
        rows = self._connection.execute(
            "SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid LIMIT ?",
            (expression, self._limit + len(self.numbers)),
        )
        return (row[0] for row in rows.fetchall())
