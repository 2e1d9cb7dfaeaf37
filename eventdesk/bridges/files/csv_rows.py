"""Rows of a CSV file, one at a time, with the line that each begins on."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from eventdesk.bridges.files.limits import COLUMNS, LINE_CHARACTERS, ROWS, too_much
from eventdesk.bridges.files.opening import Canceled, check, opened
from eventdesk.bridges.files.row import RawRow
from eventdesk.domain.decision import Words
from eventdesk.errors import BadInput

DELIMITERS = ",;\t|"
SEEN_CHARACTERS = 64 * 1024
ROWS_BETWEEN_CHECKS = 1_000


def delimiter_of(path: Path, encoding: str) -> str:
    """The delimiter that cuts the file's beginning into rows of one length, and of more than one cell."""
    with opened(path) as binary, text_of(binary, encoding) as stream:
        sample = _readable(path, encoding, stream, SEEN_CHARACTERS)
    if sample[:4].lower() == "sep=" and len(sample) > 4:  # Excel's own first line
        return sample[4]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _readable(path: Path, encoding: str, stream: TextIO, characters: int) -> str:
    try:
        return stream.read(characters)
    except UnicodeError:
        raise _undecodable(path, encoding, 1) from None


def _evenness(sample: str, delimiter: str) -> float:
    """How many cells the rows of the commonest width hold, as a share of a table of that width."""
    lines = sample.splitlines(keepends=True)
    whole = lines[:-1] if len(lines) > 1 and not sample.endswith("\n") else lines
    try:
        widths = Counter(len(row) for row in csv.reader(whole, delimiter=delimiter) if row)
    except csv.Error:
        return 0.0
    (width, rows), *_ = widths.most_common(1) or [(1, 0)]
    return 0.0 if width < 2 else rows / max(1, widths.total()) + min(width, 20) / 100


def csv_rows(path: Path, encoding: str, delimiter: str, canceled: Canceled) -> Iterator[RawRow]:
    """Every row, those without content too. A row with broken quotes bears a `fault`.

    Raises BadInput where the file can't be read on: wrong encoding, zero bytes, an endless line.
    """
    with opened(path) as binary, text_of(binary, encoding) as stream:
        lines = _Lines(path, encoding, stream)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        for count in range(ROWS + 1):
            if count % ROWS_BETWEEN_CHECKS == 0:
                check(canceled)
            number = lines.read + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield RawRow(number, [], _fault(error))
                continue
            if len(cells) > COLUMNS:
                raise too_much(path.name, f"has more than {COLUMNS} columns in line {number}")
            if not (number == 1 and _is_separator_line(cells, delimiter)):
                yield RawRow(number, cells)
    raise too_much(path.name, f"has more than {ROWS:,} rows")


def _is_separator_line(cells: list[str], delimiter: str) -> bool:
    """`sep=;`, which Excel takes as an order and not as a row."""
    return cells == ["sep=", ""] or (len(cells) == 1 and cells[0] == "sep=" + delimiter)


def _fault(error: csv.Error) -> Words:
    if "limit" in str(error):
        return Words("A cell is longer than 131,072 characters; a closing quotation mark may be missing.")
    if "unexpected end" in str(error):
        return Words("A quotation mark opened here is never closed.")
    return Words("A quotation mark stands in the middle of a cell; write it twice.")


def text_of(binary: BinaryIO, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(binary, encoding=encoding, newline="")


class _Lines:
    """The stream's lines, none longer than may be. `read` counts them."""

    def __init__(self, path: Path, encoding: str, stream: TextIO) -> None:
        self._path = path
        self._encoding = encoding
        self._readline = stream.readline
        self.read = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = self._readline(LINE_CHARACTERS)
        except UnicodeError:
            raise _undecodable(self._path, self._encoding, self.read + 1) from None
        if not line:
            raise StopIteration
        self.read += 1
        if len(line) >= LINE_CHARACTERS:
            raise too_much(self._path.name, f"has a line of over a million characters (line {self.read})")
        if "\0" in line:
            raise BadInput(
                f"{self._path.name} holds zero bytes in line {self.read}: it is damaged or no text.",
                "Export the guest list again.",
            )
        return line


def _undecodable(path: Path, encoding: str, line: int) -> BadInput:
    return BadInput(
        f"{path.name} is not in the encoding {encoding}: line {line} or one soon after can't be read.",
        "Choose another encoding, or leave the choice to EventDesk.",
    )
