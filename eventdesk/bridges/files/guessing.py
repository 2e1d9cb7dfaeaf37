"""Which column is what: by its header in English or German, else by what its cells look like."""

import re
from collections.abc import Iterable, Mapping, Sequence

from eventdesk.bridges.files.row import RawRow
from eventdesk.bridges.files.states import status_of
from eventdesk.bridges.files.synonyms import FIELDS_BY_HEADER, HEADERS, LEFT_OUT, plain, words_of
from eventdesk.domain.imports import REPEATABLE, Column, Field, ImportChoices

BY_HEADER, BY_PART_OF_HEADER, BY_CONTENT = 0.95, 0.6, 0.5
SAMPLES = 3

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9_-]{8,}\Z")
_NAME = re.compile(r"[^\W\d_][^\d@_]*\s[^\d@_]*[^\W\d_]\.?\Z")
# A header's last word often says it all: "Your e-mail", "Gast Vorname".
_BY_LAST_WORD = {
    "vorname": Field.GIVEN_NAME,
    "nachname": Field.FAMILY_NAME,
    "firma": Field.COMPANY,
    "company": Field.COMPANY,
    "email": Field.EMAIL,
    "mail": Field.EMAIL,
    "barcode": Field.CODE,
    "code": Field.CODE,
    "secret": Field.CODE,
    "sitzplatz": Field.SEAT,
    "seat": Field.SEAT,
}


def guessed_columns(
    headers: Sequence[str], rows: Sequence[RawRow], choices: ImportChoices, questions: Iterable[str]
) -> tuple[Column, ...]:
    """Every column with its field: what a person chose, else the best guess. `questions`: known texts."""
    cells = [_cells(rows, index) for index in range(len(headers))]
    fields = _guess(headers, cells, {plain(text): text for text in questions}, choices.fields)
    return tuple(
        Column(
            index,
            header,
            field,
            1.0 if index in choices.fields else confidence,
            _question(index, header, field, choices),
            tuple(cells[index][:SAMPLES]),
        )
        for index, (header, (field, confidence)) in enumerate(zip(headers, fields, strict=True))
    )


def _question(index: int, header: str, field: Field, choices: ImportChoices) -> str:
    return choices.questions.get(index, header) if field is Field.ANSWER else ""


def _cells(rows: Sequence[RawRow], index: int) -> list[str]:
    """The cells of one column that hold anything."""
    return [row.cells[index].strip() for row in rows if index < len(row.cells) and row.cells[index].strip()]


def _guess(
    headers: Sequence[str],
    cells: Sequence[Sequence[str]],
    questions: Mapping[str, str],
    chosen: Mapping[int, Field],
) -> list[tuple[Field, float]]:
    found: dict[int, tuple[Field, float]] = {index: (field, 1.0) for index, field in chosen.items()}
    taken = {field for field in chosen.values() if field not in REPEATABLE}
    for index, field, confidence in _proposals(headers, cells, questions):
        if index not in found and (field not in taken or field in REPEATABLE):
            found[index] = (field, confidence)
            taken.add(field)
    return [found.get(index, (Field.IGNORED, 0.0)) for index in range(len(headers))]


def _proposals(
    headers: Sequence[str], cells: Sequence[Sequence[str]], questions: Mapping[str, str]
) -> list[tuple[int, Field, float]]:
    """Guesses, the best first. Of two headers that mean one thing, the more telling word comes first."""
    found = []
    for index, header in enumerate(headers):
        word = plain(header)
        for place, field in enumerate(FIELDS_BY_HEADER.get(word, ())):
            if _fits(field, cells[index]):
                found.append((BY_HEADER - place / 100, -_rank(field, word), index, field))
        if word in questions or header.strip().endswith("?"):
            found.append((BY_PART_OF_HEADER, 0, index, Field.ANSWER))
        elif word not in LEFT_OUT and word not in FIELDS_BY_HEADER:
            found += [(confidence, 0, index, field) for field, confidence in _likenesses(word, cells[index])]
    found.sort(key=lambda one: (-one[0], -one[1], one[2]))
    return [(index, field, confidence) for confidence, _, index, field in found]


def _rank(field: Field, word: str) -> int:
    """The place of the word among those of the field: the first is the most telling."""
    return words_of(HEADERS[field]).index(word)


def _fits(field: Field, cells: Sequence[str]) -> bool:
    """Whether the cells do not speak against the header."""
    if field is Field.NAME:
        return not cells or any(not cell.isdigit() for cell in cells)
    if field is Field.REFERENCE:
        return len(set(cells)) == len(cells)
    if field in (Field.STATUS, Field.ORDER_STATUS):
        return not cells or any(status_of(cell) for cell in cells)
    return True


def _likenesses(word: str, cells: Sequence[str]) -> list[tuple[Field, float]]:
    """What a column with an unknown header looks like."""
    found = []
    last = word.rpartition(" ")[2]
    if last in _BY_LAST_WORD and _fits(_BY_LAST_WORD[last], cells):
        found.append((_BY_LAST_WORD[last], BY_PART_OF_HEADER))
    if _most(cells, _EMAIL):
        found.append((Field.EMAIL, BY_CONTENT))
    elif _most(cells, _CODE) and len(set(cells)) == len(cells) > 1:
        found.append((Field.CODE, BY_CONTENT - 0.1))
    elif _most(cells, _NAME) and len(set(cells)) * 2 > len(cells):
        found.append((Field.NAME, BY_CONTENT - 0.2))
    return found


def _most(cells: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(cells) and sum(bool(pattern.match(cell)) for cell in cells) >= 0.8 * len(cells)
