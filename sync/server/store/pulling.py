"""Pulls: pages from a log's numbers of arrival, read once for all who ask the same."""

import asyncio
from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from sync import wire
from sync.server.database import Database
from sync.server.ports import Principal
from sync.server.store import epochs, pages
from sync.server.store.cursors import Cursors
from sync.server.store.wakes import Wakes

MOST = 2**63 - 1
# Pages that were just read: when a fact arrives, thousands of desks ask for the same one.
REMEMBERED = 64
# Who waited for news gets what follows it at once in the same answer: in a rush each fact would else cost
# every desk a page of its own, and the scans of the rush the time to read it.
GATHER_S = 0.02


class Pulling:
    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms
        self._wakes = Wakes(database)
        self._cursors = Cursors(database)
        self._epochs: epochs.Epochs | None = None
        self._pages: dict[tuple[str, int, int, int], asyncio.Task[pages.Facts]] = {}

    async def epochs(self) -> epochs.Epochs:
        if self._epochs is None:
            self._epochs = await self._database.read(epochs.read)
        return self._epochs

    def forget_epochs(self) -> None:
        self._epochs = None

    async def ids(self) -> list[str]:
        return sorted(await self._wakes.numbers())

    async def pull(self, by: Principal, pull: wire.Pull) -> wire.Pulled:
        numbers = await self._wakes.numbers()
        present = (await self.epochs()).present
        found: dict[str, wire.Page] = {}
        limit = min(max(pull.limit, 1), wire.MOST_FACTS)
        room = wire.MOST_BYTES
        for log, cursor in (await self._positions(by, pull, numbers)).items():
            if limit <= 0 or room <= 0:
                break
            if cursor < numbers[log]:
                page = await self._page(log, cursor, limit, numbers[log])
            elif cursor != pull.cursors[log] or pull.epoch != present:
                page = pages.Facts([], [], cursor, False, await self._ends(log))
            else:
                continue
            found[log] = _page(page, by.desk)
            limit -= len(page.facts)
            room -= sum(pages.ENVELOPE_BYTES + len(fact.payload) for fact in page.facts)
        usable = [log for log in numbers if by.may_use(log)]
        return wire.Pulled(present, found, sorted(usable), self._now_ms())

    async def changed(self, pull: wire.Pull, by: Principal, seconds: float) -> None:
        numbers = await self._wakes.numbers()
        if any(by.may_use(log) and log not in pull.cursors for log in numbers):
            return
        if pull.epoch == (await self.epochs()).present:
            # A log that nobody has written in yet is waited for too.
            new = {log: 0 for log in pull.cursors if log not in numbers and by.may_use(log)}
            positions = {**new, **await self._positions(by, pull, numbers)}
            if await self._wakes.wait(positions, seconds):
                await asyncio.sleep(GATHER_S)

    async def close(self) -> None:
        self._wakes.close()
        for task in tuple(self._pages.values()):
            task.cancel()
        await self._cursors.close()

    async def _positions(self, by: Principal, pull: wire.Pull, numbers: Mapping[str, int]) -> dict[str, int]:
        """Where the asker is in the logs that it may use, in our present numbers. Noted as what it holds."""
        known = await self.epochs()
        found = {}
        for log, cursor in pull.cursors.items():
            if log in numbers and by.may_use(log):
                here = known.cursor(pull.epoch, log, min(max(cursor, 0), MOST))
                found[log] = here if here <= numbers[log] else min(here, await self._head(log))
                self._cursors.note(by.desk, log, found[log])
        return found

    async def _head(self, log: str) -> int:
        """As it is now: another process may be ahead of what this one has heard."""
        return await self._database.read(lambda connection: pages.head(connection, log))

    async def _page(self, log: str, cursor: int, limit: int, number: int) -> pages.Facts:
        """The page, as read by whoever asked first since the log is at `number`."""
        key = log, cursor, limit, number
        task = self._pages.get(key)
        if task is None:

            def work(connection: Connection) -> pages.Facts:
                return pages.read(connection, log, cursor, limit)

            task = self._pages[key] = asyncio.create_task(self._database.read(work))
            task.add_done_callback(lambda done: self._forget_failed(key, done))
            while len(self._pages) > REMEMBERED:
                del self._pages[next(iter(self._pages))]
        return await asyncio.shield(task)

    def _forget_failed(self, key: tuple[str, int, int, int], done: "asyncio.Task[pages.Facts]") -> None:
        if done.cancelled() or done.exception() is not None:
            self._pages.pop(key, None)

    async def _ends(self, log: str) -> Mapping[str, int]:
        return await self._database.read(lambda connection: pages.ends(connection, log))


def _page(page: pages.Facts, desk: str) -> wire.Page:
    return wire.Page(page.facts, page.heads, page.cursor, page.more, page.ends.get(desk, 0))
