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

import zstandard

from eventdesk.errors import StorageError
from eventdesk.storage.sealing import PAGE, Sealer

RUN = 256 * PAGE
SEALERS = 2
# So many runs may wait for the disk: a slow disk must not fill the memory.
AHEAD = 8
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
    chunks: Iterable[bytes], target: Path, key: bytes, progress: Callable[[int], None] = lambda _done: None
) -> int:
    """Write what `compressed` made to a new file, sealed with `key`; returns its bytes, all on the disk.

    `progress` is called with the bytes written so far. Whatever `chunks` or it raises leaves no file.
    Raises StorageError where the stream is damaged or cut off, or the file is there already, OSError
    where the disk fails.
    """
    if target.exists():
        raise StorageError(f"{target} is there already.", "Put it elsewhere and try again.")
    try:
        with target.open("xb") as stream:
            target.chmod(0o600)
            done = _write_all(_sealed(_runs(_plain(chunks)), Sealer(key)), stream.write, progress)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return done


def _write_all(
    runs: Iterable[bytearray], write: Callable[[bytearray], int], progress: Callable[[int], None]
) -> int:
    done = 0
    for run in runs:
        write(run)
        done += len(run)
        progress(done)
    return done


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


def _runs(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces put together to runs of RUN bytes; the last one is shorter."""
    waiting, size = deque[bytes](), 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= RUN:
            whole = b"".join(waiting)
            waiting.clear()
            cut = len(whole) - len(whole) % RUN
            yield from (whole[at : at + RUN] for at in range(0, cut, RUN))
            waiting.append(whole[cut:])
            size = len(whole) - cut
    if size:
        yield b"".join(waiting)


def _sealed(runs: Iterable[bytes], sealer: Sealer) -> Iterator[bytearray]:
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
