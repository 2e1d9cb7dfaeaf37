"""Whole nodes in threads: database, accounts, HTTP; a hub with its relay, and wires between them."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sync import pairing, wire
from sync.chain import Record
from sync.client.enrolling import enrol
from sync.client.http import HttpUpstream, Times
from sync.client.session import Session
from sync.keys import KeyPair
from sync.meaning import Counter, Use
from sync.relay.logs import RelayedLogs
from sync.relay.relay import Pace, Relay
from sync.server.accounts import SqlAccounts
from sync.server.database import Database
from sync.server.http.application import Application, application
from sync.server.ports import Identity
from sync.server.running import Listening
from sync.server.settings import Rate, Settings
from sync.server.threads import ThreadedNode
from tests.replication.client.memory import DeskStore
from tests.replication.meanings import NoMeaning

QUICK = Pace(poll=1.0, look=1.0, meet=0.3, lease=3.0, notes=0.3)
FAST = Rate(100_000, 100_000)
SETTINGS = Settings(desk=FAST, hub=FAST, address=FAST, entry=FAST, token_s=0.1)


class QuotaMeaning(NoMeaning):
    """`quota` facts define a counter of as many as their payload says; `sold` ones use one of it."""

    def counter(self, record: Record) -> Counter | None:
        return Counter(record.subject, int(record.payload)) if record.kind == "quota" else None

    def uses(self, record: Record) -> Sequence[Use]:
        return [Use(record.subject, 1)] if record.kind == "sold" else []


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def eventually(holds: Callable[[], object], seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.02)


class Node:
    """`start` and `stop` as often as wanted, on one database and one port. `via`: the wire's port that leads
    to the centre, for a hub."""

    def __init__(self, folder: Path, name: str, url: str = "") -> None:
        self.name = name
        self.url_of_database = url or f"sqlite:///{folder}/{name}.db"
        self.pair = KeyPair.new()
        self.session: Session | None = None
        self.via = 0
        self.relay: Relay | None = None
        self._threaded: ThreadedNode | None = None
        self.port = 0
        database = self.open()
        self.id = database.node
        database.close()

    def open(self) -> Database:
        return Database.open(self.url_of_database, name=self.name)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._threaded = ThreadedNode(self._opened, Listening("127.0.0.1", self.port))
        self._threaded.start()
        self.port = self._threaded.port

    def stop(self) -> None:
        if self._threaded is not None:
            self._threaded.stop()
            self._threaded = None

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[Application]:
        database = await asyncio.to_thread(self.open)
        kind = "hub" if self.via else "centre"
        accounts = SqlAccounts(database, Identity(database.node, self.name, kind, ""), now_ms)
        logs = RelayedLogs(database, QuotaMeaning(), accounts.keys, kind=kind)
        self.accounts, self.logs = accounts, logs
        self.relay = relay = self._relay(logs, accounts)
        try:
            if relay is not None:
                await relay.start()
            yield application(logs, accounts, relay.beyond if relay else None, SETTINGS)
        finally:
            if relay is not None:
                await relay.stop()
            await logs.close()
            await asyncio.to_thread(database.close)

    def _relay(self, logs: RelayedLogs, accounts: SqlAccounts) -> Relay | None:
        if self.session is None:
            return None
        times = Times(call=2, push=5, beyond_wait=2)
        at = f"http://127.0.0.1:{self.via}"
        upstream = HttpUpstream(at, self.session.token, node=self.session.node, times=times)
        return Relay(logs, accounts, upstream, self.session, QUICK)

    def back_up(self, to: Path) -> None:
        """While it is stopped: as an operator copies the file."""
        shutil.copyfile(self._file, to)

    def restore(self, backup: Path) -> None:
        for path in self._file.parent.glob(f"{self._file.name}*"):
            path.unlink()
        shutil.copyfile(backup, self._file)
        database = self.open()
        try:
            asyncio.run(_begin_epoch(database))
        finally:
            database.close()

    @property
    def _file(self) -> Path:
        return Path(self.url_of_database.removeprefix("sqlite:///"))

    def code(self, *roles: str) -> str:
        """Of a person at this node itself."""
        code = pairing.new_code()
        asked = wire.CodeAsked(pairing.lookup(code), "", list(roles), [])
        asyncio.run(self.accounts.make_code("server", asked, ["organizer"]))
        return code

    def become_hub(self, centre: "Node", via: int) -> None:
        """Enrolled at the centre, under its node's id; to be started after this."""
        upstream = HttpUpstream(centre.url)
        try:
            invitation = pairing.Invitation(centre.code("hub"))
            signed_in = enrol(upstream, invitation, self.id, self.name, self.pair).signed_in
        finally:
            upstream.close()
        self.via = via
        self.session = Session(self.id, self.pair, centre.id, signed_in.token, signed_in.token_until_ms)

    def desks(self) -> dict[str, wire.DeskKnown]:
        return {desk.desk: desk for desk in asyncio.run(self.accounts.desks())}


async def _begin_epoch(database: Database) -> None:
    logs = RelayedLogs(database, QuotaMeaning(), _no_keys)
    await logs.begin_epoch()
    await logs.close()


async def _no_keys(desks: Collection[str]) -> Mapping[str, bytes]:
    return {}


class Desk(DeskStore):
    """A desk with a token at one node."""

    def join(self, node: Node, *roles: str) -> HttpUpstream:
        self.token = ""
        self.upstream = HttpUpstream(node.url, lambda: self.token, times=Times(call=5, push=5))
        invitation = pairing.Invitation(node.code(*(roles or ("organizer",))))
        self.token = enrol(self.upstream, invitation, self.desk, self.desk, self.pair).signed_in.token
        return self.upstream
