"""Compression of bodies: out of an unknown's hands never more than the limit grows out of a few bytes."""

import zlib
from io import BytesIO

import zstandard

from sync.server.http.problems import Trouble

WORTH_IT = 1024  # bytes; below, compression costs more than it saves
_STEP = 1 << 18
_WINDOW = 1 << 23  # of a sender's choice: memory that a frame of a few bytes could ask for
_LEVEL = 1

CODINGS = ("zstd", "gzip")


def unpacked(body: bytes, coding: str, most: int) -> bytes:
    """Raises Trouble: 415 for a coding we don't know, 413 beyond `most` bytes, 400 for damaged ones."""
    if coding in ("", "identity"):
        return body
    try:
        if coding == "zstd":
            return _from_zstd(body, most)
        if coding == "gzip":
            return _from_gzip(body, most)
    except (zstandard.ZstdError, zlib.error):
        raise Trouble(400, "body", f"The body is no {coding}.") from None
    raise Trouble(415, "coding", "Bodies may be plain, zstd or gzip.", {b"accept-encoding": b"zstd, gzip"})


def packed(body: bytes, coding: str) -> bytes:
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=_LEVEL).compress(body)
    return zlib.compress(body, _LEVEL, wbits=31)


def coding_for(accepted: str) -> str:
    """The coding to answer in, by `Accept-Encoding`; empty: plain."""
    words = [word.strip().lower() for word in accepted.split(",")]
    wanted = {word.split(";")[0].strip() for word in words if not _declined(word)}
    return next((coding for coding in CODINGS if coding in wanted), "")


def too_large(most: int) -> Trouble:
    return Trouble(413, "length", f"A body may have {most} bytes at most, unpacked.")


def _declined(word: str) -> bool:
    quality = word.partition(";")[2].replace(" ", "")
    return quality.startswith("q=0") and not quality.strip("q=0.")


def _from_zstd(body: bytes, most: int) -> bytes:
    reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(
        BytesIO(body), read_across_frames=True
    )
    parts, size = [], 0
    while part := reader.read(_STEP):
        size += len(part)
        if size > most:
            raise too_large(most)
        parts.append(part)
    return b"".join(parts)


def _from_gzip(body: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    plain = inflater.decompress(body, most + 1)
    if len(plain) > most:
        raise too_large(most)
    if not inflater.eof or inflater.unused_data:
        raise Trouble(400, "body", "The body is no gzip.")
    return plain
