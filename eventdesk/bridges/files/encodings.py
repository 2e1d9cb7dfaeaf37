"""Which encoding a text file is in: told by a mark or by UTF-8's own form, else guessed from its letters."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eventdesk.bridges.files.limits import MIB
from eventdesk.bridges.files.opening import Canceled, check, opened
from eventdesk.errors import BadInput

# The longer marks first: UTF-32's begins as UTF-16's does.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a person may choose; the first that decodes wins where two read equally well.
LEGACY = ("cp1252", "mac_roman", "cp1250", "latin-1")
CHOICES = (
    "utf-8",
    "utf-16",
    *LEGACY,
    "cp1251",
    "cp1253",
    "cp1254",
    "cp437",
    "cp850",
    "shift_jis",
    "gb18030",
    "euc_kr",
)
# Letters that names and headers hold beyond ASCII; in the wrong encoding others stand there.
LIKELY = frozenset(
    "äöüÄÖÜßéèêëáàâãåæçíìîïñóòôõøúùûýÿÉÈÊÁÀÂÃÅÆÇÍÎÑÓÔÕØÚÛÝœŒšŠžŽ"
    + "ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřťůČĎĚŇŘŤŮőűŐŰ"
    + "–—’‘“”„…€·«»°§²³´`"
)
SEEN_BYTES = MIB


@dataclass(frozen=True, slots=True)
class Encoding:
    """`sure`: told by a mark or by the whole file's form, not guessed. `lines` counts line ends."""

    name: str
    sure: bool
    lines: int


def encoding_of(path: Path, canceled: Canceled) -> Encoding:
    """The encoding, after reading the whole file once. Raises BadInput for a file that is no text."""
    with opened(path) as stream:
        start = stream.read(SEEN_BYTES)
    for mark, name in MARKS:
        if start.startswith(mark):
            return Encoding(name, True, _lines(path, canceled))
    if wide := _wide(start):
        return Encoding(wide, False, _lines(path, canceled))
    if b"\0" in start:
        raise BadInput(
            f"{path.name} is not a text file (it holds zero bytes).", "Export the guest list as CSV or XLSX."
        )
    lines, odd = _read_as_utf8(path, canceled)
    return Encoding("utf-8", True, lines) if odd is None else Encoding(legacy_guess(odd), False, lines)


def check_encoding(name: str) -> None:
    """Raises BadInput where there is no such encoding for text."""
    try:
        codecs.lookup(name).incrementaldecoder  # noqa: B018 - asks whether it can decode a stream
        "".encode(name)
    except (LookupError, AttributeError):
        raise BadInput(
            f"There is no encoding named {name}.", f"Choose one of {', '.join(CHOICES)}."
        ) from None


def legacy_guess(sample: bytes) -> str:
    """Of the one-byte encodings the one in which the bytes above ASCII are most often letters of names."""
    return max(LEGACY, key=lambda name: (_likely(sample, name), -LEGACY.index(name)))


def _likely(sample: bytes, name: str) -> float:
    beyond = [letter for letter in sample.decode(name, "replace") if letter > "\x7f"]
    return sum(letter in LIKELY for letter in beyond) / max(1, len(beyond))


def _wide(start: bytes) -> str:
    """UTF-16 without its mark: every second byte of Latin text is zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 3 < len(start) // 2 or min(even, odd) * 4 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _read_as_utf8(path: Path, canceled: Canceled) -> tuple[int, bytes | None]:
    """How many lines, and None where all is UTF-8; else the bytes around what is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, odd, chunk = 0, b"", b""
    for chunk in _chunks(path, canceled):
        lines += chunk.count(b"\n")
        if len(odd) < SEEN_BYTES and not _decodes(decoder, chunk):
            odd += b"\n".join(line for line in chunk.split(b"\n") if not line.isascii())
            decoder.reset()
    if not _decodes(decoder, b"", final=True):
        odd += chunk[-64:]
    return lines, odd or None


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _lines(path: Path, canceled: Canceled) -> int:
    return sum(chunk.count(b"\n") for chunk in _chunks(path, canceled))


def _chunks(path: Path, canceled: Canceled) -> Iterator[bytes]:
    with opened(path) as stream:
        while chunk := stream.read(MIB):
            check(canceled)
            yield chunk
