"""Guests of exactly one name: looked up in the index by all its words, then compared as a whole.

Nothing begins, corrects or resembles here: whoever asks at a kiosk is told of nobody they can't name.
"""

from collections.abc import Sequence
from typing import Any

from eventdesk.storage.search import fold
from eventdesk.storage.search.expressions import MOST_LETTERS, parse
from eventdesk.storage.search.index import marks_of

# One word that half the guests have must not make a kiosk read them all.
MOST_READ = 2000

_GUEST = "t.id, o.id, t.name, o.name, t.email, o.email, t.company, o.company, o.code, t.secret"
SELECT_NAMED = f"""
    SELECT {_GUEST} FROM (SELECT rowid FROM search_words WHERE search_words MATCH ? LIMIT ?) AS found
    CROSS JOIN tickets AS t ON t.n = found.rowid
    JOIN orders AS o ON o.log = t.log AND o.id = t.order_id
    WHERE t.log = ? AND t.addon_to IS NULL
"""
SELECT_ORDERED = f"""
    SELECT {_GUEST} FROM orders AS o INDEXED BY orders_code
    CROSS JOIN tickets AS t INDEXED BY tickets_order ON t.log = o.log AND t.order_id = o.id
    WHERE o.log = ? AND o.code IN (?, ?, ?) AND t.addon_to IS NULL LIMIT ?
"""
SELECT_NUMBER = "SELECT number FROM search_logs WHERE log = ?"
# What nobody's words are: asked for, so that a name that can be nobody's costs what another does.
_NOBODY = '"\U0010fffd"'


def same(one: str, other: str) -> bool:
    """Whether two names are one: case, accents, the order of their parts and what stands between them
    aside."""
    return bool(keys(one) & keys(other))


def keys(name: str) -> frozenset[str]:
    """What a name is compared by: its words sorted, cut at each mark or at spaces alone, or written as
    one."""
    chunks = [[fold.drawn_together(part) for part in fold.parts(chunk)] for chunk in name.split()]
    words = sorted(part for chunk in chunks for part in chunk)
    if not words:
        return frozenset()
    joined = sorted("".join(chunk) for chunk in chunks if chunk)
    as_one = "".join("".join(chunk) for chunk in chunks)
    return frozenset({" ".join(words), " ".join(joined), as_one})


def named(connection: Any, log: str, name: str) -> list[Sequence[str]]:
    """Rows of guests who have all words of the name, and maybe more. Two look-ups, whatever was typed."""
    found = connection.execute(SELECT_NUMBER, (log,)).fetchone()
    words = expression(name[:MOST_LETTERS], marks_of(found[0] if found else 0).words)
    rows: list[Sequence[str]] = connection.execute(SELECT_NAMED, (words, MOST_READ, log)).fetchall()
    return rows


def ordered(connection: Any, log: str, code: str) -> list[Sequence[str]]:
    """Rows of the guests of the orders of this code, as typed, in capitals or in small letters."""
    typed = code.strip()
    cases = (typed, typed.upper(), typed.lower())
    rows: list[Sequence[str]] = connection.execute(SELECT_ORDERED, (log, *cases, MOST_READ)).fetchall()
    return rows


def expression(name: str, mark: str) -> str:
    """All words, those of a chunk apart or as one. Only folded letters get into it, in quotes."""
    chunks = [_chunk(parts, mark) for parts in parse(name).chunks]
    return " AND ".join(chunks) or _NOBODY


def _chunk(parts: Sequence[str], mark: str) -> str:
    apart = " AND ".join(_word(part, mark) for part in parts)
    if not 1 < len(parts) <= fold.JOINED_PARTS:
        return f"({apart})"
    return f"(({apart}) OR {_word(fold.joined(parts), mark)})"


def _word(part: str, mark: str) -> str:
    if fold.unspaced(part):
        return f'"{mark}{part[: fold.LONGEST_PART]}"*'
    return f'"{mark}{fold.drawn_together(part)}"'
