"""A guest list in a file, whatever its format: a header and rows below it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from eventdesk.bridges.files import csv_rows, encodings, xlsx_guard, xlsx_rows
from eventdesk.bridges.files.headers import NO_HEADER, column_names, header_row_of
from eventdesk.bridges.files.opening import Canceled, Format, Progress, fingerprint, format_of
from eventdesk.bridges.files.row import RawRow
from eventdesk.domain.decision import Words
from eventdesk.domain.imports import ImportChoices, Sheet
from eventdesk.errors import BadInput

SEEN_ROWS = 200


@dataclass(frozen=True, slots=True)
class Table:
    """An opened file. `choices` bear the encoding, delimiter, sheet and header row in use.

    `all_rows()` starts anew each time; `expected` is how many rows there may be at most.
    """

    path: Path
    kind: Format
    sha256: str
    choices: ImportChoices
    headers: tuple[str, ...]
    all_rows: Callable[[], Iterator[RawRow]]
    expected: int
    sheets: tuple[Sheet, ...] = ()
    warnings: tuple[Words, ...] = ()

    def rows(self) -> Iterator[RawRow]:
        """The rows below the header that hold anything."""
        below = self.choices.header_row
        return (row for row in self.all_rows() if row.number > below and not row.is_empty)


def open_table(path: Path, choices: ImportChoices, progress: Progress, canceled: Canceled) -> Table:
    """Open with what was chosen, guess the rest. Raises BadInput for whatever is no usable table."""
    kind = format_of(path)
    sha256 = fingerprint(path, canceled)
    if choices.sha256 and choices.sha256 != sha256:
        raise BadInput(f"{path.name} has changed since it was previewed.", "Look at the preview again.")
    opened = _workbook if kind is Format.XLSX else _text
    source = opened(path, choices, progress, canceled)
    first = list(islice(source.all_rows(), SEEN_ROWS))
    header_row = choices.header_row or header_row_of(first)
    headers = _headers(path, kind, first, header_row, source.all_rows)
    chosen = replace(
        choices,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        header_row=header_row,
        sha256=sha256,
    )
    return Table(
        path, kind, sha256, chosen, headers, source.all_rows, source.expected, source.sheets, source.warnings
    )


def _headers(
    path: Path, kind: Format, first: list[RawRow], header_row: int, all_rows: Callable[[], Iterator[RawRow]]
) -> tuple[str, ...]:
    width = _width(first, kind)
    if header_row == NO_HEADER:
        return column_names([""] * width)
    row = next((row for row in all_rows() if row.number == header_row), None)
    if row is None or row.is_empty:
        raise BadInput(f"{path.name} has no header in row {header_row}.", "Choose the row with the headers.")
    if row.fault:
        raise BadInput(f"The header of {path.name} can't be read: {row.fault}", "Mend line 1 and try again.")
    if not any(not one.is_empty for one in all_rows() if one.number > header_row):
        raise BadInput(f"{path.name} holds a header and nothing below it.", "Export the guest list again.")
    return column_names(row.cells + [""] * (width - len(row.cells)))


def _width(rows: list[RawRow], kind: Format) -> int:
    """How many columns there are, whatever the header says. In CSV a row that is longer than most is at
    fault: a delimiter in a text lacks its quotation marks. A sheet may hold remarks beside the table."""
    widths = Counter(len(row.cells) for row in rows if not row.is_empty and not row.fault)
    if not widths:
        return 0
    return max(widths) if kind is Format.XLSX else widths.most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class _Source:
    all_rows: Callable[[], Iterator[RawRow]]
    expected: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[Sheet, ...] = ()
    warnings: tuple[Words, ...] = ()


def _text(path: Path, choices: ImportChoices, _: Progress, canceled: Canceled) -> _Source:
    found = encodings.encoding_of(path, canceled)
    if choices.encoding:
        encodings.check_encoding(choices.encoding)
    encoding = choices.encoding or found.name
    delimiter = choices.delimiter or csv_rows.delimiter_of(path, encoding)
    if len(delimiter) != 1 or delimiter in '\r\n"':
        raise BadInput(
            f"{delimiter!r} can't part columns.", "Choose one character: a comma, semicolon or tab."
        )
    guessed = Words(
        "The encoding was guessed: {encoding}. Look whether the names are right.", {"encoding": encoding}
    )
    return _Source(
        lambda: csv_rows.csv_rows(path, encoding, delimiter, canceled),
        found.lines + 1,
        encoding,
        delimiter,
        warnings=() if found.sure or choices.encoding else (guessed,),
    )


def _workbook(path: Path, choices: ImportChoices, progress: Progress, canceled: Canceled) -> _Source:
    measured = xlsx_guard.checked_archive(path, progress, canceled)
    workbook = xlsx_rows.opened_workbook(path)
    sheets = xlsx_rows.sheets_of(workbook)
    sheet = xlsx_rows.opened_sheet(path, workbook, choices.sheet)
    if not sheet.height:
        raise BadInput(f"The sheet {sheet.name} of {path.name} is empty.", "Choose another sheet.")
    return _Source(
        lambda: xlsx_rows.sheet_rows(sheet, canceled),
        sheet.total_height,
        sheet=sheet.name,
        sheets=sheets,
        warnings=tuple(_sheet_warnings(sheet.name, sheets, bool(choices.sheet), measured.formulas)),
    )


def _sheet_warnings(read: str, sheets: Sequence[Sheet], is_chosen: bool, formulas: int) -> Iterator[Words]:
    others = ", ".join(one.name for one in sheets if one.name != read)
    if formulas:
        yield Words(
            "{count} cells hold formulas; what the spreadsheet program last computed for them is taken.",
            {"count": formulas},
        )
    if others and not is_chosen:
        yield Words("Only the sheet {sheet} is read, not {others}.", {"sheet": read, "others": others})
