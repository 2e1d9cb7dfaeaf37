"""What an XLSX file unpacks to, found before anything makes room for it.

The reader (calamine) trusts its input: it makes room for the whole rectangle between the first and
the last cell, and for every text. So every part is measured here first, by expat and in chunks.
"""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from eventdesk.bridges.files import limits
from eventdesk.bridges.files.limits import MIB, too_much
from eventdesk.bridges.files.opening import SAVE_AS, Canceled, Progress, check
from eventdesk.errors import BadInput

CHUNK = 256 * 1024
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml\Z")
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")

# What the readers of archives and of XML raise where bytes are not what they should be.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    expat.ExpatError,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class _Refused(Exception):
    """Why a part of the archive is refused."""


@dataclass(slots=True)
class Measured:
    """What one sheet holds; `right` and `bottom` are the last column's and row's numbers."""

    cells: int = 0
    right: int = 0
    bottom: int = 0
    formulas: int = 0


def checked_archive(path: Path, progress: Progress, canceled: Canceled) -> Measured:
    """The largest figures of any sheet. Raises BadInput for damage, disguises and bombs.

    `progress(done, total)` counts unpacked bytes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _parts(path, archive)
            moved = _Sum(progress, sum(part.file_size for part in parts))
            sheets = [_measured(archive, part, canceled, moved) for part in parts]
    except _Refused as refusal:
        raise BadInput(f"{path.name} {refusal}.", SAVE_AS) from None
    except DAMAGE as error:
        raise BadInput(f"{path.name} is a damaged XLSX file ({error}).", SAVE_AS) from error
    return Measured(*(max(getattr(sheet, name) for sheet in sheets) for name in Measured.__slots__))


def _parts(path: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The archive's XML parts, after its table of contents was checked."""
    contents = archive.infolist()
    if len(contents) > limits.ARCHIVE_ENTRIES:
        raise _Refused(f"packs {len(contents):,} files, which no spreadsheet does")
    names = [part.filename for part in contents]
    if "xl/workbook.xml" not in names:
        raise _Refused(_what_else(names))
    if len(set(names)) != len(names):
        raise _Refused("holds two parts of one name")
    if any(part.flag_bits & 1 for part in contents):
        raise _Refused("is protected by a password")
    unpacked, packed = sum(part.file_size for part in contents), path.stat().st_size
    if unpacked > limits.UNPACKED_BYTES:
        raise too_much(path.name, f"unpacks to more than {limits.UNPACKED_BYTES // MIB} MiB")
    if unpacked > limits.RATIO_COUNTS_FROM and unpacked > packed * limits.UNPACKED_RATIO:
        raise _Refused(f"unpacks to {unpacked // packed:,} times its size, as only a trap does")
    return [part for part in contents if part.filename.endswith((".xml", ".rels"))]


def _what_else(names: list[str]) -> str:
    if "content.xml" in names:
        return "is an OpenDocument file"
    if any(name.startswith("word/") for name in names):
        return "is a Word document"
    if "xl/workbook.bin" in names:
        return "is in Excel's binary format (XLSB)"
    return "is a packed file (ZIP), not a spreadsheet"


class _Sum:
    """Tells progress over all parts."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, number: int) -> None:
        self._done += number
        self._progress(self._done, self._total)


def _measured(archive: zipfile.ZipFile, part: zipfile.ZipInfo, canceled: Canceled, moved: _Sum) -> Measured:
    """Parse one part, keeping nothing of it. A part that says its size wrongly is refused."""
    watcher = _Watcher(bool(SHEETS.match(part.filename)))
    done = 0
    for chunk in _chunks(archive, part):
        check(canceled)
        done += len(chunk)
        if done > part.file_size:
            raise _Refused("says its size wrongly")
        watcher.parser.Parse(chunk, False)
        moved.add(len(chunk))
    watcher.parser.Parse(b"", True)
    watcher.check_room()
    return watcher.measured


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


class _Watcher:
    """Counts a sheet's cells and how far they reach; refuses what no spreadsheet program writes."""

    def __init__(self, is_sheet: bool) -> None:
        self.measured = Measured()
        self._column = 0
        self.parser = parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self._doctype
        if is_sheet:
            parser.StartElementHandler = self._start

    def _doctype(self, *_: object) -> None:
        raise _Refused("defines XML entities, as only a trap does")

    def _start(self, name: str, attributes: list[str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._row(attributes)
        elif name == "f":
            self.measured.formulas += 1

    def _row(self, attributes: list[str]) -> None:
        self._column = 0
        number = _attribute(attributes, "r")
        measured = self.measured
        measured.bottom = max(measured.bottom, _number(number) if number else measured.bottom + 1)

    def _cell(self, attributes: list[str]) -> None:
        measured = self.measured
        measured.cells += 1
        self._column += 1
        if measured.cells > limits.CELLS:
            raise _Refused(f"holds more than {limits.CELLS:,} cells")
        if not (reference := _attribute(attributes, "r")):
            measured.right = max(measured.right, self._column)
            return
        if not (match := REFERENCE.match(reference)):
            raise _Refused(f"names a cell that can't be ({reference[:20]!r})")
        self._column = _column_number(match[1])
        measured.right = max(measured.right, self._column)
        measured.bottom = max(measured.bottom, int(match[2]))

    def check_room(self) -> None:
        measured = self.measured
        room = measured.right * measured.bottom
        if measured.bottom > limits.ROWS:
            raise _Refused(f"has more than {limits.ROWS:,} rows")
        if measured.right > limits.COLUMNS:
            raise _Refused(f"has cells beyond column {limits.COLUMNS}")
        if room > limits.CELLS or room > max(
            limits.ROOM_COUNTS_FROM, measured.cells * limits.ROOM_FOR_A_CELL
        ):
            raise _Refused(f"spreads {measured.cells:,} cells over {measured.bottom:,} rows")


def _attribute(attributes: list[str], wanted: str) -> str:
    """Attributes come as name, value, name, value."""
    for index in range(0, len(attributes), 2):
        if attributes[index] == wanted:
            return attributes[index + 1]
    return ""


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise _Refused(f"numbers a row {text[:20]!r}")
    return int(text)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
