"""Tickets by their code, their order's code, or the start of either: the tables' own indexes know them."""

from collections.abc import Iterator
from typing import Any

FEWEST_LETTERS = 3
LONGEST_CODE = 200
_BEYOND = "\U0010ffff"

_BY_SECRET = """
    SELECT n FROM tickets WHERE log = ? AND secret >= ? AND secret < ? ORDER BY secret, n LIMIT ?
"""
_BY_ORDER = """
    SELECT tickets.n FROM orders JOIN tickets ON tickets.log = orders.log AND tickets.order_id = orders.id
    WHERE orders.log = ? AND orders.code >= ? AND orders.code < ? ORDER BY orders.code, tickets.n LIMIT ?
"""


def whole(connection: Any, log: str, text: str, limit: int) -> list[int]:
    """Numbers of the tickets with exactly this code or order code, whatever the case it was typed in."""
    return _look_up(connection, log, text, "\0", limit)


def begun(connection: Any, log: str, text: str, limit: int) -> list[int]:
    """Numbers of the tickets whose code or order code begins so."""
    return _look_up(connection, log, text, _BEYOND, limit)


def _look_up(connection: Any, log: str, text: str, beyond: str, limit: int) -> list[int]:
    numbers: dict[int, None] = {}
    for code in _cases(text):
        for statement in (_BY_ORDER, _BY_SECRET):
            rows = connection.execute(statement, (log, code, code + beyond, limit))
            numbers.update(dict.fromkeys(row[0] for row in rows))
    return list(numbers)[:limit]


def _cases(text: str) -> Iterator[str]:
    """As typed, in capitals, in small letters; nothing for what can be no code."""
    code = text.strip()
    if FEWEST_LETTERS <= len(code) <= LONGEST_CODE and code.isprintable() and " " not in code:
        yield from dict.fromkeys((code, code.upper(), code.lower()))
