"""Where the header of a table stands, and what its columns are called."""

import re
from collections import Counter
from collections.abc import Sequence

from eventdesk.bridges.files.row import NumberText, RawRow
from eventdesk.bridges.files.synonyms import FIELDS_BY_HEADER, LEFT_OUT, plain

NO_HEADER = -1
SEARCHED_ROWS = 30
_DATA = re.compile(r"\S+@\S+\.\S+|[\d.,:/ -]+\Z")


def header_row_of(rows: Sequence[RawRow]) -> int:
    """The number of the row most like a header among the first, or NO_HEADER.

    Titles above the header have fewer cells than the table, and words that are no column's name.
    """
    candidates = [row for row in rows[:SEARCHED_ROWS] if not row.is_empty and not row.fault]
    if not candidates:
        return 1
    known = {row.number: sum(_is_known(cell) for cell in row.cells) for row in candidates}
    best = max(candidates, key=lambda row: (known[row.number], -row.number))
    if known[best.number] >= 2 or (known[best.number] == 1 and _filled(best) == 1):
        return best.number
    return _first_wide(candidates)


def _first_wide(rows: Sequence[RawRow]) -> int:
    """The first row as wide as the table, unless it holds data."""
    width, _ = Counter(_filled(row) for row in rows[1:] or rows).most_common(1)[0]
    first = next((row for row in rows if _filled(row) >= width), rows[0])
    return NO_HEADER if any(_is_data(cell) for cell in first.cells) else first.number


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Names for people: "Column C" where there is none, "Company (2)" for the second of a name."""
    seen: Counter[str] = Counter()
    names = []
    for index, cell in enumerate(cells):
        name = " ".join(cell.split()) or f"Column {letters(index)}"
        seen[name.casefold()] += 1
        count = seen[name.casefold()]
        names.append(name if count == 1 else f"{name} ({count})")
    return tuple(names)


def letters(index: int) -> str:
    """How a spreadsheet names the column: A, B ... Z, AA."""
    name, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return name


def _is_known(cell: str) -> bool:
    return plain(cell) in FIELDS_BY_HEADER or plain(cell) in LEFT_OUT


def _is_data(cell: str) -> bool:
    return isinstance(cell, NumberText) or bool(_DATA.match(cell.strip()))


def _filled(row: RawRow) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)
