"""Tables written to CSV and XLSX: whole or not at all, for this user's eyes, nothing in them evaluated."""

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from eventdesk.bridges.files.cells import Cell
from eventdesk.bridges.files.limits import CELL_CHARACTERS, ROWS, too_much
from eventdesk.bridges.files.opening import Format
from eventdesk.bridges.files.quoting import guarded, needs_guard
from eventdesk.bridges.files.values import long_text
from eventdesk.errors import BadInput, DiskFull

Row = Sequence[Cell]
DIGITS = ("0", "0.0", "0.00", "0.000", "0.0000")
NO_SPACE = 28  # errno.ENOSPC, which Windows knows by the same number


def write_table(path: Path, headers: Row, rows: Iterable[Row], title: str) -> int:
    """Write the rows, by the file's ending as CSV or XLSX; the number of rows. `title` names the sheet.

    Raises BadInput where the place can't be written, DiskFull; a file that was there is then as before.
    """
    with replacing(path, format_for(path)) as draft:
        if draft.suffix == ".xlsx":
            return _write_xlsx(draft, headers, rows, title)
        return _write_csv(draft, headers, rows)


def format_for(path: Path) -> Format:
    """The format that a file's name asks for. Raises BadInput for another ending."""
    try:
        return Format(path.suffix.lower().lstrip("."))
    except ValueError:
        raise BadInput(
            f"{path.name} ends neither in .csv nor in .xlsx.", "Give it one of these endings."
        ) from None


@contextmanager
def replacing(path: Path, format_: str) -> Iterator[Path]:
    """A draft beside the file, which takes its place once it is whole and on the disk."""
    try:
        # mkstemp makes it for this user alone: guest lists are personal data.
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=f".{format_}", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        with draft.open("rb+") as stream:
            os.fsync(stream.fileno())
        draft.replace(path)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise _unwritable(path, error) from error
    finally:
        draft.unlink(missing_ok=True)


def _unwritable(path: Path, error: Exception) -> Exception:
    reason = getattr(error, "strerror", "") or str(error)
    if getattr(error, "errno", None) == NO_SPACE:
        return DiskFull(f"There is no room to write {path.name}.", "Free some space, or choose another disk.")
    return BadInput(
        f"{path} can't be written: {reason}.", "Choose another folder or close the program that has it open."
    )


def _write_csv(draft: Path, headers: Row, rows: Iterable[Row]) -> int:
    """UTF-8 with its mark, by which Excel knows it; every cell quoted."""
    count = 0
    with draft.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow([_in_csv(header) for header in headers])
        for row in rows:
            writer.writerow([_in_csv(cell) for cell in row])
            count += 1
    return count


def _in_csv(cell: Cell) -> str:
    """A number as it stands, a text so that it is none."""
    return guarded(one_cell(cell)) if isinstance(cell, str) else str(cell)


def _write_xlsx(draft: Path, headers: Row, rows: Iterable[Row], title: str) -> int:
    """Numbers are numbers, with the digits they came with. Every other cell is a text as it stands; one that
    looks like a formula bears Excel's own mark for texts."""
    folder = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(draft.parent),
    }
    count = 0
    with xlsxwriter.Workbook(draft, folder) as book:
        sheet = book.add_worksheet(title)
        bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        digits = [book.add_format({"num_format": pattern}) for pattern in DIGITS]
        for column, header in enumerate(headers):
            sheet.write_string(0, column, one_cell(str(header)), bold)
        for count, row in enumerate(rows, 1):
            if count >= ROWS:
                raise too_much(draft.name, f"would have more than {ROWS:,} rows, which XLSX does not hold")
            for column, cell in enumerate(row):
                if not isinstance(cell, str):
                    sheet.write_number(count, column, cell, digits[_digits(cell)])
                    continue
                text = one_cell(cell)
                sheet.write_string(count, column, text, quoted if needs_guard(text) else None)
        sheet.freeze_panes(1, 0)
    return count


def _digits(number: int | Decimal) -> int:
    """After the point, of those that a format is there for."""
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return min(-exponent, len(DIGITS) - 1) if isinstance(exponent, int) and exponent < 0 else 0


def one_cell(text: str) -> str:
    """The text as a cell may hold it: no control characters but line breaks, not too long."""
    if text.isprintable() and len(text) <= CELL_CHARACTERS:
        return text.strip()
    return long_text(text[: CELL_CHARACTERS // 2]) if len(text) > CELL_CHARACTERS else long_text(text)
