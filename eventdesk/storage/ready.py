"""Ready states: a whole database as a plain, compressed file, and its way onto another desk's disk.

What travels is the file itself, page by page, not its rows: on arrival nothing has to be parsed,
projected or indexed, only sealed with the desk's own key (`sealing.py`). On its way it is protected by
the line's encryption alone; on no disk does it lie in the plain.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import zstandard

from eventdesk.errors import StorageError
from eventdesk.storage.sealing import PAGE, Sealer

# Small enough to stay in a processor's cache from the unpacking to the disk.
RUN = 64 * PAGE
SEALERS = 2
# So many runs may wait for the disk: a slow disk must not fill the memory.
AHEAD = 32
# After so many bytes the disk begins to take them in, so that little is left to wait for at the end.
FLUSHED = 64 << 20
LEVEL = 3
NAMES = "-wal", "-shm"


def compressed(database: Path, key: bytes, level: int = LEVEL) -> Iterator[bytes]:
    """The plain file behind an encrypted one, as chunks of a zstd stream.

    The database must be closed, and closed in peace: what stands in its WAL would be left out.
    Raises StorageError or DamagedDatabase.
    """
    if any(database.with_name(database.name + name).exists() for name in NAMES):
        raise StorageError(f"{database} is in use.", "Close it first.")
    sealer = Sealer(key)
    parameters = zstandard.ZstdCompressionParameters.from_level(level, write_checksum=True, threads=1)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    with database.open("rb") as stream:
        first = 1
        while run := stream.read(RUN):
            chunk = packer.compress(sealer.open(run, first))
            first += len(run) // PAGE
            if chunk:
                yield chunk
    yield packer.flush()


def unpack(
    chunks: Iterable[bytes],
    target: Path,
    key: bytes,
    progress: Callable[[int], None] = lambda _done: None,
    *,
    lasting: bool = True,
) -> int:
    """Write what `compressed` made to a new file, sealed with `key`; returns its bytes, all on the disk
    unless the file need not outlive a crash (`lasting`).

    `progress` is called with the bytes written so far. Whatever `chunks` or it raises leaves no file.
    Raises StorageError where the stream is damaged or cut off, or the file is there already, OSError
    where the disk fails.
    """
    if target.exists():
        raise StorageError(f"{target} is there already.", "Put it elsewhere and try again.")
    try:
        with target.open("xb") as stream, _Flushing(stream, lasting) as flushing:
            target.chmod(0o600)
            done = 0
            for run in _sealed(_runs(_plain(chunks)), Sealer(key)):
                stream.write(run)
                done += len(run)
                flushing.reached(done)
                progress(done)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return done


class _Flushing:
    """Brings a file to the disk while it is written, and the rest of it when the block ends."""

    def __init__(self, stream: BinaryIO, lasting: bool) -> None:
        self._stream = stream
        self._step = FLUSHED if lasting else 0
        self._under_way: list[Future[None]] = []
        self._pool = ThreadPoolExecutor(1, "flusher")

    def reached(self, size: int) -> None:
        if self._step and size // self._step > len(self._under_way):
            self._under_way.append(self._pool.submit(os.fsync, self._stream.fileno()))

    def __enter__(self) -> "_Flushing":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._pool.shutdown()
        if self._step and kind is None:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            for future in self._under_way:
                future.result()


def _plain(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zstandard.ZstdDecompressor().decompressobj()
    try:
        for chunk in chunks:
            if unpacker.eof:
                raise _damaged()
            yield unpacker.decompress(chunk)
            if unpacker.unused_data:
                raise _damaged()
    except zstandard.ZstdError as error:
        raise _damaged() from error
    if not unpacker.eof:
        raise StorageError("The ready state was cut off on its way.", "It is fetched again.")


def _damaged() -> StorageError:
    return StorageError("The ready state was damaged on its way.", "It is fetched again.")


def _runs(pieces: Iterable[bytes]) -> Iterator[bytearray]:
    """The pieces put together to runs of RUN bytes; the last one is shorter."""
    run, filled = bytearray(RUN), 0
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            part = rest[: RUN - filled]
            run[filled : filled + len(part)] = part
            filled, rest = filled + len(part), rest[len(part) :]
            if filled == RUN:
                yield run
                run, filled = bytearray(RUN), 0
    if filled:
        yield run[:filled]


def _sealed(runs: Iterable[bytearray], sealer: Sealer) -> Iterator[bytearray]:
    """Each run sealed, in order, on threads of their own: the ciphers leave the interpreter free."""
    with ThreadPoolExecutor(SEALERS, "sealer") as pool:
        under_way: deque[Future[bytearray]] = deque()
        first = 1
        for run in runs:
            under_way.append(pool.submit(sealer.seal, run, first))
            first += len(run) // PAGE
            if len(under_way) >= AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
