"""Ready states are made by a process of their own while the node serves: minutes of work for large events.

The node looks now and then whether a log has grown enough. Of several processes of a node on one computer
the one that holds the lock looks; where it ends, another one takes over.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import IO

from eventdesk.errors import EventDeskError
from eventdesk.node import keys
from eventdesk.node.places import Place, open_database
from eventdesk.node.ready_states import ReadyStates, is_due
from eventdesk.storage.meaning import TicketMeaning
from sync.errors import SyncError
from sync.server import journal
from sync.server.accounts import SqlAccounts
from sync.server.ports import Identity, Logs
from sync.server.store.logs import SqlLogs, wall_ms

LOOK_S = 20.0
LOCK_NAME = "making.lock"
KEY_NAME = "mirrors.key"
_NICE = 10


@asynccontextmanager
async def made_beside(place: Place, logs: Logs) -> AsyncIterator[None]:
    """Ready states are made meanwhile. Runs in the node's event loop, which does none of the work."""
    maker = _Maker(place, logs)
    task = asyncio.create_task(maker.watch())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await maker.end()


class _Maker:
    def __init__(self, place: Place, logs: Logs) -> None:
        self._place = place
        self._logs = logs
        self._process: BaseProcess | None = None

    async def watch(self) -> None:
        lock: IO[bytes] | None = None
        try:
            while True:
                await asyncio.sleep(LOOK_S)
                lock = lock or _locked(self._place.folder / LOCK_NAME)
                try:
                    if lock is not None and await self._is_due():
                        await self._make()
                except SyncError:
                    pass  # the database does not answer: it is looked again
                except Exception as error:  # noqa: BLE001 - looked again too: desks are served without
                    journal.fault("ready states not made", error)
        finally:
            if lock is not None:
                lock.close()

    async def _is_due(self) -> bool:
        for log in await self._logs.ids():
            if await is_due(self._logs, log):
                return True
        return False

    async def _make(self) -> None:
        process = get_context("spawn").Process(target=_make, args=(self._place,), name="ready states")
        self._process = process
        process.start()
        await asyncio.to_thread(process.join)
        journal.note("ready states made", code=process.exitcode)

    async def end(self) -> None:
        """What is half made is nobody's: the next one begins anew."""
        if self._process is not None:
            self._process.terminate()
            await asyncio.to_thread(self._process.join)


def _make(place: Place) -> None:
    """The process's whole life: it yields to those who serve."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    key = place.key or keys.kept_in(place.folder / KEY_NAME)
    database = open_database(place)
    try:
        accounts = SqlAccounts(database, Identity(database.node, database.name, "", ""), wall_ms)
        asyncio.run(_refresh(SqlLogs(database, TicketMeaning(), accounts.keys), place.folder, key))
    finally:
        database.close()


async def _refresh(logs: SqlLogs, folder: Path, key: bytes) -> None:
    try:
        await ReadyStates(logs, folder, key).refresh_all()
    except (EventDeskError, SyncError) as error:
        journal.fault("ready states not made", error)
    finally:
        await logs.close()


def _locked(path: Path) -> IO[bytes] | None:
    """The open file while the lock is ours; None where another process has it."""
    stream = path.open("ab")
    try:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return stream  # a system on which a node has one process
    except OSError:
        stream.close()
        return None
    return stream
