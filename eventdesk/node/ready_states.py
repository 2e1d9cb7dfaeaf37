"""Ready states for new desks, made beside the node from a mirror that is a desk in all but name.

A mirror holds one log in a desk's own form, fed from the node's log as a desk is. When it has moved on
far enough its file is handed to the node as it is (`whole`), and without names, log and search
(`scan`). That takes minutes of work for large events: it is a process of its own, or a thread.
"""

import asyncio
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

from eventdesk.storage import ready, scan_sets
from eventdesk.storage.connecting import SALTED_KEY_BYTES
from eventdesk.storage.received import chunks
from eventdesk.storage.store import Store
from sync import wire
from sync.carrying import from_wire
from sync.server.ports import Identity, Principal, SnapshotInfo

WHOLE, SCAN = "whole", "scan"
MIRROR = Principal("mirror", frozenset({"hub"}), frozenset())
# Fewer facts are fetched as quickly by pages.
LEAST_FACTS = 5000
# A state is made anew when so much has been added: what it lacks is fetched by pages.
ADDED = 0.1
CHUNK = 5000


class Stand(Protocol):
    """How far a node's logs are, and its ready states."""

    async def heads(self, log: str) -> wire.Heads: ...

    async def snapshot(self, log: str, form: str) -> SnapshotInfo | None: ...


class Source(Stand, Protocol):
    """What the maker needs of a node's `Logs`."""

    async def identity(self) -> Identity: ...

    async def ids(self) -> list[str]: ...

    async def pull(self, by: Principal, pull: wire.Pull) -> wire.Pulled: ...

    def put_snapshot(
        self, log: str, form: str, epoch: str, cursor: int, chunks: Iterable[bytes]
    ) -> SnapshotInfo: ...


class Position(NamedTuple):
    epoch: str
    cursor: int


class ReadyStates:
    """Keeps the ready states of every log of a node. `key` (48 bytes) seals the mirrors in `folder`.

    Mirrors are copies: one that is damaged or of an older form is made anew.
    """

    def __init__(self, source: Source, folder: Path, key: bytes) -> None:
        self._source = source
        self._folder = folder
        self._key = key

    async def refresh_all(self, canceled: Callable[[], bool] = lambda: False) -> None:
        for log in await self._source.ids():
            if not canceled():
                await self.refresh(log, canceled)

    async def refresh(self, log: str, canceled: Callable[[], bool] = lambda: False) -> bool:
        """Bring a log's ready states up to date where that is worth it; whether new ones were made.

        Of a log that is too small there is no mirror: nobody would tell it of an erasure.
        """
        if not await is_due(self._source, log):
            return False
        node = (await self._source.identity()).node
        path = self._path(log)
        position = await self._fill(log, node, path, canceled)
        if canceled():
            return False
        await self._hand_over(log, position, WHOLE, path, self._key)
        await self._make_scan_set(log, position, path)
        return True

    async def _fill(self, log: str, node: str, path: Path, canceled: Callable[[], bool]) -> Position:
        """Bring the mirror up to date, and forget what is to be forgotten; returns where it stands."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with Store.open(path, self._key, "mirror") as store:
            position = _position(store, log, node)
            while not canceled():
                pull = wire.Pull(position.epoch, {log: position.cursor}, wire.MOST_FACTS)
                pulled = await self._source.pull(MIRROR, pull)
                page = pulled.pages.get(log)
                if page is None:
                    position = Position(pulled.epoch, position.cursor)
                    break
                position = Position(pulled.epoch, page.cursor)
                _take(store, log, node, position, page)
            while not canceled() and _forgets(store, log):
                pass
        return position

    async def _make_scan_set(self, log: str, position: Position, mirror: Path) -> None:
        made, key = mirror.with_suffix(".scan"), os.urandom(SALTED_KEY_BYTES)
        _remove(made)
        try:
            scan_sets.make(mirror, self._key, log, made, key)
            await self._hand_over(log, position, SCAN, made, key)
        finally:
            _remove(made)

    async def _hand_over(self, log: str, position: Position, form: str, path: Path, key: bytes) -> None:
        packed = ready.compressed(path, key)
        await asyncio.to_thread(self._source.put_snapshot, log, form, position.epoch, position.cursor, packed)

    def _path(self, log: str) -> Path:
        """A log's id may hold anything; a file's name may not."""
        return self._folder / "mirrors" / f"{sha256(log.encode()).hexdigest()[:32]}.db"


async def is_due(source: Stand, log: str) -> bool:
    """Whether a log has grown enough for new ready states, or has lost its last ones to an erasure."""
    cursor = (await source.heads(log)).cursor
    if cursor < LEAST_FACTS:
        return False
    last = await source.snapshot(log, WHOLE)
    return last is None or cursor > last.cursor * (1 + ADDED)


def _position(store: Store, log: str, node: str) -> Position:
    with store.reader() as reader:
        line = reader.line(log, node)
    return Position(line.epoch, line.cursor) if line else Position("", 0)


def _take(store: Store, log: str, node: str, position: Position, page: wire.Page) -> None:
    records = [from_wire(log, fact) for fact in page.facts]
    parts = list(chunks(records, CHUNK)) or [[]]
    for part in parts:
        with store.transaction() as tx:
            tx.receive(part)
            if part is parts[-1]:
                tx.put_signed_heads(log, page.heads)
                tx.put_cursor(log, node, position.epoch, position.cursor, 0)


def _forgets(store: Store, log: str) -> bool:
    with store.transaction() as tx:
        return tx.forget_some(log)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()
