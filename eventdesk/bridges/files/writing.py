"""Tables written to CSV and XLSX: whole or not at all, for this user's eyes, nothing in them evaluated."""

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from eventdesk.bridges.files.limits import CELL_CHARACTERS, ROWS, too_much
from eventdesk.bridges.files.opening import Format
from eventdesk.bridges.files.quoting import guarded, needs_guard
from eventdesk.bridges.files.values import long_text
from eventdesk.errors import BadInput, DiskFull

Row = Sequence[str]
NO_SPACE = 28  # errno.ENOSPC, which Windows knows by the same number


def write_table(path: Path, headers: Row, rows: Iterable[Row], title: str) -> int:
    """Write the rows, by the file's ending as CSV or XLSX; the number of rows. `title` names the sheet.

    Raises BadInput where the place can't be written, DiskFull; a file that was there is then as before.
    """
    with _replacing(path, format_for(path)) as draft:
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
def _replacing(path: Path, format_: Format) -> Iterator[Path]:
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
        writer.writerow([guarded(one_cell(header)) for header in headers])
        for row in rows:
            writer.writerow([guarded(one_cell(cell)) for cell in row])
            count += 1
    return count


def _write_xlsx(draft: Path, headers: Row, rows: Iterable[Row], title: str) -> int:
    """Every cell is a text as it stands; one that looks like a formula bears Excel's own mark for texts."""
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
        for column, header in enumerate(headers):
            sheet.write_string(0, column, one_cell(header), bold)
        for count, row in enumerate(rows, 1):
            if count >= ROWS:
                raise too_much(draft.name, f"would have more than {ROWS:,} rows, which XLSX does not hold")
            for column, cell in enumerate(row):
                text = one_cell(cell)
                sheet.write_string(count, column, text, quoted if needs_guard(text) else None)
        sheet.freeze_panes(1, 0)
    return count


def one_cell(text: str) -> str:
    """The text as a cell may hold it: no control characters but line breaks, not too long."""
    if text.isprintable() and len(text) <= CELL_CHARACTERS:
        return text.strip()
    return long_text(text[: CELL_CHARACTERS // 2]) if len(text) > CELL_CHARACTERS else long_text(text)
