"""A node put together: its database, who may ask, what tickets mean, and what is beyond."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from eventdesk.node.making import made_beside
from eventdesk.node.places import Place, open_database
from eventdesk.node.upstream import Upstream
from eventdesk.storage.meaning import TicketMeaning
from sync.relay.logs import RelayedLogs
from sync.relay.relay import Relay
from sync.server.accounts import SqlAccounts
from sync.server.database import Database
from sync.server.http.application import Application, application
from sync.server.ports import Beyond, Identity
from sync.server.settings import Settings


@dataclass(frozen=True, slots=True)
class NodeOptions:
    """Everything that each process of a node is told. `kind`: `centre` or `hub`.

    `upstream`: a hub's pairing with what is beyond it. `announced`: desks on its network find it.
    """

    place: Place
    name: str = ""
    kind: str = "centre"
    upstream: Upstream | None = None
    announced: bool = True
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
            beside = made_beside(options.place, logs)
            async with beside, _beyond(options.upstream, logs, accounts) as beyond:
                yield application(logs, accounts, beyond, options.settings)
        finally:
            await logs.close()
    finally:
        await asyncio.to_thread(database.close)


@asynccontextmanager
async def _beyond(
    upstream: Upstream | None, logs: RelayedLogs, accounts: SqlAccounts
) -> AsyncIterator[Beyond | None]:
    """A hub's relay at work, for as long as the node serves; None at the centre."""
    if upstream is None:
        yield None
        return
    relay = Relay.over_http(logs, accounts, upstream.address, upstream.fingerprint, upstream.session())
    await relay.start()
    try:
        yield relay.beyond
    finally:
        await relay.stop()


def parts(database: Database, kind: str) -> tuple[SqlAccounts, RelayedLogs]:
    """What stands on a node's database; used in one event loop."""
    identity = Identity(database.node, database.name, kind, "")
    accounts = SqlAccounts(database, identity, now_ms)
    return accounts, RelayedLogs(database, TicketMeaning(), accounts.keys, now_ms=now_ms, kind=kind)
