"""A whole node to be attacked: real databases and sockets, what tickets mean, and desks that lie."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import requests
from sqlalchemy import select

from eventdesk.storage.meaning import TicketMeaning
from sync import pairing, wire
from sync.chain import Head, head_of, new_salt, seal
from sync.keys import KeyPair, enrol_message, sign_in_message
from sync.relay.logs import RelayedLogs
from sync.server import schema
from sync.server.accounts import SqlAccounts
from sync.server.database import Database
from sync.server.http.application import Application, application
from sync.server.ports import Identity
from sync.server.running import Listening
from sync.server.settings import Rate, Settings
from sync.server.threads import ThreadedNode

FAST = Rate(100_000, 100_000)
SETTINGS = Settings(version="1", desk=FAST, hub=FAST, address=FAST, entry=FAST, token_s=0.2)
LOG, OTHER = "event-a", "event-b"
# What every request that is served may change, whoever asks: when a desk was seen.
_SEEN = frozenset({"seen_ms"})


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class Desk:
    """A desk with a chain of its own, which says what a test has it say."""

    def __init__(self, id_: str, roles: Sequence[str], logs: Sequence[str] = ()) -> None:
        self.id = id_
        self.roles = list(roles)
        self.logs = list(logs)
        self.pair = KeyPair.new()
        self.token = ""
        self.heads: dict[str, Head] = {}

    def enrolment(self, code: str, name: str = "Gate A") -> wire.EnrolAsked:
        lookup = pairing.lookup(code)
        signature = self.pair.sign(enrol_message(self.id, lookup))
        return wire.EnrolAsked(lookup, self.id, name, self.pair.public, signature)

    def sign_in(self, node: str, at_ms: int) -> wire.SignInAsked:
        signature = self.pair.sign(sign_in_message(node, self.id, at_ms))
        return wire.SignInAsked(self.id, at_ms, signature)

    def fact(
        self, kind: str, subject: str, payload: object = None, *, log: str = LOG, **other: Any
    ) -> wire.WireFact:
        """The next one of its chain; `other` members of the envelope in place of good ones."""
        head = self.heads.get(log, Head())
        seq = head.seq + 1
        stamp = other.get("stamp") or f"{now_ms():012x}-0000-{self.id}"
        data = payload if isinstance(payload, bytes) else msgspec.json.encode(payload or {})
        id_ = other.get("id", f"{self.id}-{log}-{seq}")
        record = seal(head, id_, log, kind, subject, stamp, self.id, data, new_salt())
        self.heads[log] = head_of(record)
        return wire.WireFact(
            id_, kind, subject, stamp, self.id, seq, record.chain, record.payload, record.salt
        )

    def signed(self, log: str = LOG) -> wire.SignedHead:
        return self.pair.signed_head(log, self.id, self.heads[log])


class Node:
    def __init__(self, url: str, settings: Settings = SETTINGS) -> None:
        self._url = url
        self._settings = settings
        self._thread = ThreadedNode(self._opened, Listening("127.0.0.1", 0))
        self._session = requests.Session()
        self._thread.start()
        self.port = self._thread.port

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[Application]:
        self.database = await asyncio.to_thread(Database.open, self._url, name="Centre")
        identity = Identity(self.database.node, "Centre", "centre", "")
        self.accounts = SqlAccounts(self.database, identity, now_ms)
        self.store = RelayedLogs(self.database, TicketMeaning(), self.accounts.keys, now_ms=now_ms)
        try:
            yield application(self.store, self.accounts, None, self._settings)
        finally:
            await self.store.close()
            await asyncio.to_thread(self.database.close)

    def close(self) -> None:
        self._session.close()
        self._thread.stop()

    def ask(
        self, method: str, path: str, body: Any = None, by: "Desk | str" = "", **more: Any
    ) -> requests.Response:
        """`body` is a struct (told in JSON), or bytes as they are. `by`: a desk, or a token."""
        token = by.token if isinstance(by, Desk) else by
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        if data is not None:
            headers["Content-Type"] = wire.JSON
        headers |= more.pop("headers", {})
        url = f"http://127.0.0.1:{self.port}{path}"
        return self._session.request(
            method, url, data=data, headers=headers, timeout=30, allow_redirects=False, **more
        )

    def code(self, roles: Sequence[str], logs: Sequence[str] = ()) -> str:
        code = pairing.new_code()
        asked = wire.CodeAsked(pairing.lookup(code), "", list(roles), list(logs))
        asyncio.run(self.accounts.make_code("(server)", asked, ["organizer"]))
        return code

    def join(self, id_: str, *roles: str, logs: Sequence[str] = ()) -> Desk:
        desk = Desk(id_, roles, logs)
        answer = self.ask("POST", "/v1/enrol", desk.enrolment(self.code(roles, logs)))
        desk.token = msgspec.json.decode(answer.content, type=wire.SignedIn).token
        return desk

    def push(
        self, by: Desk, *facts: wire.WireFact, log: str = LOG, heads: Sequence[wire.SignedHead] = ()
    ) -> wire.Pushed:
        answer = self.ask("POST", f"/v1/logs/{log}/facts", wire.Push(list(facts), list(heads)), by)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=wire.Pushed)

    def pull(self, by: Desk, log: str = LOG) -> list[wire.WireFact]:
        """All that the desk gets of a log, from the beginning."""
        epoch = self.ask("GET", "/v1/hello").json()["epoch"]
        answer = self.ask("POST", "/v1/pull", wire.Pull(epoch, {log: 0}), by)
        assert answer.status_code == 200, answer.text
        pages = msgspec.json.decode(answer.content, type=wire.Pulled).pages
        return pages[log].facts if log in pages else []

    def whys(self, pushed: wire.Pushed) -> list[str]:
        return [refusal.why for refusal in pushed.refused]

    def kept(self) -> Mapping[str, list[dict[str, Any]]]:
        """Every row of every table, but for when desks were last seen."""

        def work(connection: Any) -> dict[str, list[dict[str, Any]]]:
            return {
                table.name: sorted(
                    (
                        {name: value for name, value in row._mapping.items() if name not in _SEEN}
                        for row in connection.execute(select(table))
                    ),
                    key=repr,
                )
                for table in schema.metadata.sorted_tables
                if table.name != "cursors"
            }

        return self.database.read_now(work)
