"""A node put together: its database, who may ask, what tickets mean, and what is beyond."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from eventdesk.node.places import Place, open_database
from eventdesk.storage.meaning import TicketMeaning
from sync.server.accounts import SqlAccounts
from sync.server.database import Database
from sync.server.http.application import Application, application
from sync.server.ports import Identity
from sync.server.settings import Settings
from sync.server.store.logs import SqlLogs


@dataclass(frozen=True, slots=True)
class NodeOptions:
    """Everything that each process of a node is told. `kind`: `centre` or `hub`.

    `upstream`: a hub's invitation, at its first start.
    """

    place: Place
    name: str = ""
    kind: str = "centre"
    upstream: str = field(default="", repr=False)
    settings: Settings = field(default_factory=Settings)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


@asynccontextmanager
async def opened(options: NodeOptions) -> AsyncIterator[Application]:
    """The application of a node, to be served in this event loop. Raises EventDeskError."""
    database = await asyncio.to_thread(open_database, options.place, options.name)
    try:
        accounts, logs = parts(database, options.kind)
        try:
            yield application(logs, accounts, None, options.settings)
        finally:
            await logs.close()
    finally:
        await asyncio.to_thread(database.close)


def parts(database: Database, kind: str) -> tuple[SqlAccounts, SqlLogs]:
    """What stands on a node's database; used in one event loop."""
    identity = Identity(database.node, database.name, kind, "")
    accounts = SqlAccounts(database, identity, now_ms)
    return accounts, SqlLogs(database, TicketMeaning(), accounts.keys, now_ms=now_ms, kind=kind)
