"""What a file is, by its first bytes rather than by its name, and its plain faults in words."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from eventdesk.bridges.files.limits import FILE_BYTES, MIB, too_much
from eventdesk.errors import BadInput, OperationCanceled

Canceled = Callable[[], bool]
Progress = Callable[[int, int], None]

ZIP = b"PK\x03\x04"
# Compound File Binary: .xls and .doc of before 2007, and XLSX under a password (MS-OFFCRYPTO).
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "an RTF document",
    b"SQLite format 3": "a database",
    b"\x1f\x8b": "a packed file (gzip)",
    b"7z\xbc\xaf": "a packed file (7-Zip)",
    b"Rar!": "a packed file (RAR)",
    b"BZh": "a packed file (bzip2)",
}
SAVE_AS = "Save it as XLSX or CSV in the program it comes from."


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file for reading; whatever the system refuses becomes a BadInput that names the file."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        # A device or a pipe may never end.
        raise BadInput(f"{path} is no file.", "Save the guest list to a file first.")
    try:
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise BadInput(
            f"{path} is not there.", "Check its name and whether its drive is connected."
        ) from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder.", "Choose the file in it.") from None
    except PermissionError:
        raise BadInput(f"{path} may not be read by you.", "Ask its owner, or copy it elsewhere.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            f"{path} can't be read: {reason}.", "Copy it to this computer and try again."
        ) from error


def format_of(path: Path) -> Format:
    """CSV or XLSX. Raises BadInput for anything else, and for an empty or far too large file."""
    with opened(path) as stream:
        size = path.stat().st_size
        start = stream.read(4096)
        if not start:
            raise BadInput(f"{path.name} is empty.", "Export the guest list again.")
        if size > FILE_BYTES:
            raise too_much(path.name, f"is larger than {FILE_BYTES // MIB} MiB")
        if start.startswith(COMPOUND):
            raise _compound(path, start + stream.read(MIB))
    for magic, name in OTHERS.items():
        if start.startswith(magic):
            raise BadInput(f"{path.name} is {name}, not a table.", SAVE_AS)
    return Format.XLSX if start.startswith(ZIP) else Format.CSV


def _compound(path: Path, content: bytes) -> BadInput:
    if ENCRYPTED_PACKAGE in content:
        return BadInput(f"{path.name} is protected by a password.", "Save it without a password.")
    return BadInput(f"{path.name} is in the old XLS format.", SAVE_AS)


def fingerprint(path: Path, canceled: Canceled) -> str:
    """SHA-256 of the content, in hex."""
    digest = hashlib.sha256()
    with opened(path) as stream:
        while chunk := stream.read(MIB):
            check(canceled)
            digest.update(chunk)
    return digest.hexdigest()


def check(canceled: Canceled) -> None:
    if canceled():
        raise OperationCanceled
