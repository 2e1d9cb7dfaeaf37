"""What each desk has told us it holds: remembered at each pull, written now and then."""

import asyncio
import logging

from sqlalchemy import Connection, text

from sync.errors import ServerFault
from sync.server.database import Database

WRITTEN_EVERY_S = 10.0

_WRITE = text(
    'INSERT INTO cursors (desk, log, "cursor") VALUES (:desk, :log, :cursor)'
    ' ON CONFLICT (desk, log) DO UPDATE SET "cursor" = excluded."cursor"'
)

log_ = logging.getLogger(__name__)


class Cursors:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._written: dict[tuple[str, str], int] = {}
        self._changed: dict[tuple[str, str], int] = {}
        self._task: asyncio.Task[None] | None = None

    def note(self, desk: str, log: str, cursor: int) -> None:
        place = desk, log
        if self._written.get(place) != cursor:
            self._changed[place] = cursor
            if self._task is None:
                self._task = asyncio.create_task(self._later())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        await self._write()

    async def _later(self) -> None:
        await asyncio.sleep(WRITTEN_EVERY_S)
        self._task = None
        await self._write()

    async def _write(self) -> None:
        changed, self._changed = self._changed, {}
        rows = [
            {"desk": desk, "log": log, "cursor": cursor} for (desk, log), cursor in sorted(changed.items())
        ]
        if not rows:
            return

        def work(connection: Connection) -> None:
            connection.execute(_WRITE, rows)

        try:
            await self._database.write(work)
            self._written.update(changed)
        except ServerFault as error:
            # Told again at the next pull of each desk.
            log_.warning("Not written what desks hold: %s", error)
