"""How far each log is, as this process knows, and who waits for more.

The numbers come from commits, here and in other processes. Reading them costs no query, so that ten
thousand waiting desks cost the database nothing.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, select

from sync.errors import ServerFault
from sync.server import schema
from sync.server.database import Database

log_ = logging.getLogger(__name__)


class Wakes:
    """Used on one event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers: dict[str, int] | None = None
        self._waiting: dict[str, dict[asyncio.Future[None], int]] = {}
        self._all: set[asyncio.Future[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: Callable[[], None] | None = None
        self._reading: asyncio.Task[Mapping[str, int]] | None = None
        self._missed = False  # something, maybe, since the last reading began

    async def numbers(self) -> Mapping[str, int]:
        """The last number of arrival of every log. Raises ServerFault."""
        if self._stop is None:
            self._loop = asyncio.get_running_loop()
            self._stop = self._database.hear(self._heard)
        if self._numbers is None:
            if self._reading is None or self._reading.done():
                self._reading = asyncio.create_task(self._read())
            return await asyncio.shield(self._reading)
        return self._numbers

    async def wait(self, cursors: Mapping[str, int], seconds: float) -> bool:
        """Until one of the logs is beyond its cursor, there is a log that was not, or the time is over.
        Whether that was to be waited for."""
        numbers = await self.numbers()
        if seconds <= 0 or any(numbers.get(log, 0) > cursor for log, cursor in cursors.items()):
            return False
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._all.add(future)
        for log, cursor in cursors.items():
            self._waiting.setdefault(log, {})[future] = cursor
        timer = loop.call_later(seconds, _wake, future)
        try:
            await future
        finally:
            timer.cancel()
            self._all.discard(future)
            for log in cursors:
                self._go(log, future)
        return True

    def _go(self, log: str, future: asyncio.Future[None]) -> None:
        """A name that anybody may have made up is not kept."""
        waiting = self._waiting.get(log, {})
        waiting.pop(future, None)
        if not waiting:
            self._waiting.pop(log, None)

    def close(self) -> None:
        """Everyone goes on; nobody is heard any more."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        if self._reading is not None:
            self._reading.cancel()
        for future in tuple(self._all):
            _wake(future)

    def _heard(self, told: Mapping[str, int] | None) -> None:
        """On a thread of the database."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._tell, told)

    def _tell(self, told: Mapping[str, int] | None) -> None:
        if self._stop is None:
            return
        if told is not None and self._numbers is not None:
            self._learn(told)
            return
        # The first reading may be older than what was told meanwhile.
        self._missed = True
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_again())

    def _learn(self, numbers: Mapping[str, int]) -> None:
        assert self._numbers is not None
        for log, number in numbers.items():
            before = self._numbers.get(log)
            if before is None or number > before:
                self._numbers[log] = number
                waiting = self._waiting.get(log, {}).items()
                beyond = [future for future, cursor in waiting if cursor < number]
                for future in beyond if before is not None else tuple(self._all):
                    _wake(future)

    async def _read(self) -> Mapping[str, int]:
        self._missed = True
        while self._missed:
            self._missed = False
            found = await self._database.read(_numbers)
            if self._numbers is None:
                self._numbers = {}
            self._learn(found)
        return self._numbers or {}

    async def _read_again(self) -> Mapping[str, int]:
        try:
            return await self._read()
        except ServerFault as error:
            # Those who wait ask again when their time is over.
            log_.warning("Not known what other processes took: %s", error)
            return self._numbers or {}


def _numbers(connection: Connection) -> dict[str, int]:
    return {row.id: row.head for row in connection.execute(select(schema.logs))}


def _wake(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)
