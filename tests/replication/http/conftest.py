"""A node with parts in memory, served on a real socket by the real server in a thread."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import msgspec
import pytest
import requests

from sync.server.http.application import Application, application
from sync.server.ports import Beyond
from sync.server.running import Listening
from sync.server.settings import Settings
from sync.server.threads import ThreadedNode
from tests.replication.http.memory import MemoryAccounts, MemoryLogs


class Node:
    """The node as a test sees it: over HTTP, and what is behind it."""

    def __init__(self, settings: Settings, beyond: Beyond | None, kind: str) -> None:
        self._settings = settings
        self._beyond = beyond
        self._kind = kind
        self.logs: MemoryLogs
        self.accounts = MemoryAccounts()
        self.app: Application
        self.thread = ThreadedNode(self.opener, Listening("127.0.0.1", 0))
        self.session = requests.Session()

    @property
    def opener(self) -> Callable[[], AbstractAsyncContextManager[Application]]:
        @asynccontextmanager
        async def opened() -> AsyncIterator[Application]:
            self.loop = asyncio.get_running_loop()
            self.logs = MemoryLogs(self._kind)
            self.app = application(self.logs, self.accounts, self._beyond, self._settings)
            yield self.app

        return opened

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.thread.port}"

    def ask(
        self, method: str, path: str, body: Any = None, token: str = "desk1:door:", **more: Any
    ) -> requests.Response:
        """JSON; `body` may be bytes. An empty token: none."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        if data is not None:
            headers["Content-Type"] = "application/json"
        headers |= more.pop("headers", {})
        return self.session.request(
            method, self.url + path, data=data, headers=headers, timeout=30, allow_redirects=False, **more
        )

    def close(self) -> None:
        self.session.close()
        self.thread.stop()


NodeMaker = Callable[..., Node]


@pytest.fixture
def make_node() -> Iterator[NodeMaker]:
    made: list[Node] = []

    def make(settings: Settings | None = None, beyond: Beyond | None = None, kind: str = "centre") -> Node:
        node = Node(settings or Settings(version="1"), beyond, kind)
        node.thread.start()
        made.append(node)
        return node

    yield make
    for node in made:
        node.close()


@pytest.fixture
def node(make_node: NodeMaker) -> Node:
    return make_node()
