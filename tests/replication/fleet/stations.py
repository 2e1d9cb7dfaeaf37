"""Real nodes for the fleet: the store of a server on a database of its own, without HTTP before it."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from eventdesk.storage.meaning import TicketMeaning
from sync.keys import KeyPair
from sync.relay.logs import RelayedLogs
from sync.server.claiming import Claiming
from sync.server.database import Database
from sync.server.ports import Beyond, Principal
from sync.server.schema import desks, uses

T = TypeVar("T")

ROLES = frozenset({"organizer"})


class Station:
    """One node. `beyond` is set for a hub. What it has answered is on its disk."""

    def __init__(self, folder: Path, name: str, kind: str, now_ms: Callable[[], int]) -> None:
        self.name = name
        self.kind = kind
        self.folder = folder
        self.now_ms = now_ms
        self.keys: dict[str, bytes] = {}
        self.beyond: Beyond | None = None
        self.loop = asyncio.new_event_loop()
        self.open()

    def open(self) -> None:
        self.database = Database.open(f"sqlite:///{self.folder}/{self.name}.db", now_ms=self.now_ms())
        self.logs = RelayedLogs(
            self.database, TicketMeaning(), self._keys, now_ms=self.now_ms, kind=self.kind
        )

    async def _keys(self, desks: Collection[str]) -> Mapping[str, bytes]:
        return {desk: self.keys[desk] for desk in desks if desk in self.keys}

    @property
    def claiming(self) -> Claiming:
        return Claiming(self.logs, self.beyond)

    def run(self, work: Awaitable[T]) -> T:
        async def main() -> T:
            return await work

        return self.loop.run_until_complete(main())

    def close(self) -> None:
        self._shut()
        self.loop.close()

    def _shut(self) -> None:
        self.run(self.logs.close())
        self.database.close()

    def restart(self) -> None:
        self._shut()
        self.open()

    def back_up(self) -> None:
        self._shut()
        shutil.copyfile(self.folder / f"{self.name}.db", self._backup)
        self.open()

    def restore(self) -> bool:
        """Go back to the last backup, as an operator does: with a new epoch."""
        if not self.has_backup:
            return False
        self._shut()
        for suffix in ("-wal", "-shm"):
            (self.folder / f"{self.name}.db{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self._backup, self.folder / f"{self.name}.db")
        self.open()
        self.run(self.logs.begin_epoch())
        return True

    @property
    def has_backup(self) -> bool:
        return self._backup.exists()

    @property
    def _backup(self) -> Path:
        return self.folder / f"{self.name}.backup"

    def uses(self, log: str) -> dict[tuple[str, str], int]:
        """What each desk used of each counter, as this node has counted."""
        query = select(uses.c.counter, uses.c.desk, uses.c.used).where(uses.c.log == log)

        def work(connection: Connection) -> dict[tuple[str, str], int]:
            return {(row.counter, row.desk): row.used for row in connection.execute(query)}

        return self.run(self.database.read(work))

    def let_in(self, desk: str, keys: KeyPair, via: str) -> None:
        """As by a code; `via`: the other node that it came in at, empty for this one."""
        self.keys[desk] = keys.public
        row: dict[str, object] = {
            "id": desk,
            "name": desk,
            "public_key": keys.public,
            "roles": json.dumps(sorted(ROLES)),
        }
        row |= {"logs": "[]", "via": via, "enrolled_ms": self.now_ms(), "seen_ms": 0}

        def work(connection: Connection) -> None:
            connection.execute(insert(desks).values(row))

        self.run(self.database.write(work))

    def principal(self, desk: str, *roles: str) -> Principal:
        return Principal(desk, frozenset(roles) or ROLES, frozenset())
