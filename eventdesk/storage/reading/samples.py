"""Guests to try a badge on: the longest name, the shortest, and one of each script found."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import category, name

Execute = Callable[..., Any]

# By the primary key, so that no page costs more than another.
SELECT = "SELECT id, name FROM tickets WHERE log = ? AND id > ? AND canceled = 0 ORDER BY id LIMIT ?"
PAGE = 2_000
LONGEST, SHORTEST = "longest", "shortest"
MOST_SCRIPTS = 12
# Of what stands in names beside letters.
PICTURES = "emoji"


@dataclass(frozen=True, slots=True)
class Sample:
    """`why`: "longest", "shortest", "emoji", or a script in Unicode's own words, small ("arabic", "cjk")."""

    why: str
    ticket: str
    name: str


def samples(execute: Execute, log: str, seconds: float) -> list[Sample]:
    """Of a list too long to be looked through in so many seconds: of its beginning."""
    longest = shortest = None
    scripts: dict[str, Sample] = {}
    for ticket, text in _names(execute, log, time.monotonic() + seconds):
        if longest is None or len(text) > len(longest.name):
            longest = Sample(LONGEST, ticket, text)
        if shortest is None or len(text) < len(shortest.name):
            shortest = Sample(SHORTEST, ticket, text)
        if not text.isascii() and len(scripts) < MOST_SCRIPTS:
            for script in scripts_of(text):
                scripts.setdefault(script, Sample(script, ticket, text))
    found = [one for one in (longest, shortest) if one is not None]
    return [*found, *(scripts[script] for script in sorted(scripts))]


def _names(execute: Execute, log: str, until: float) -> Iterator[tuple[str, str]]:
    after = ""
    while rows := execute(SELECT, (log, after, PAGE)).fetchall():
        yield from ((ticket, text) for ticket, text in rows if text and text.strip())
        after = rows[-1][0]
        if len(rows) < PAGE or time.monotonic() > until:
            return


def scripts_of(text: str) -> set[str]:
    """The scripts of a text's letters but Latin, and "emoji"."""
    return {script for letter in text if not letter.isascii() and (script := _script(letter))}


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    kind = category(letter)
    if kind == "So":
        return PICTURES
    if kind not in {"Lo", "Lu", "Ll", "Lt"}:
        return ""
    first = name(letter, "").partition(" ")[0].partition("-")[0].lower()
    return "" if first in {"latin", "feminine", "masculine", "modifier", ""} else first
