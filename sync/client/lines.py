"""Connections kept open, by purpose: a long poll never stands in the way of a push or a claim."""

import http.client
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from sync.client.address import Address, proxy_for
from sync.client.connection import Connection, Way
from sync.client.resolving import Resolver
from sync.client.sockets import Limits, Live
from sync.client.tls import context

MOST_IDLE = 4


class Request(NamedTuple):
    method: str
    path: str
    body: bytes | None
    headers: Mapping[str, str]


class Line:
    """The connections of one purpose. Threads take one each and give it back."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._lock = threading.Lock()
        self._idle: list[Connection] = []

    def take(self) -> Connection | None:
        """A connection that is open and quiet, if there is one."""
        with self._lock:
            return self._idle.pop() if self._is_warm() else None

    def is_warm(self) -> bool:
        """Whether `take` would find one now."""
        with self._lock:
            return self._is_warm()

    def _is_warm(self) -> bool:
        while self._idle:
            if self._idle[-1].is_good():
                return True
            self._idle.pop().close()
        return False

    def new(self, limits: Limits) -> Connection:
        made = Connection(self._way)
        made.open(limits)
        return made

    def give_back(self, connection: Connection) -> None:
        """After an answer that was read to its end."""
        with self._lock:
            if connection.sock is not None and len(self._idle) < MOST_IDLE and not self._closed():
                self._idle.append(connection)
                return
        connection.close()

    def send(self, connection: Connection, request: Request, limits: Limits) -> http.client.HTTPResponse:
        """Ask, and wait for the answer's head."""
        assert connection.sock is not None
        connection.sock.limits = limits
        # Who refuses a long body may answer and hang up before its end: the answer counts.
        with suppress(BrokenPipeError, ConnectionResetError):
            headers = dict(self._headers(request))
            connection.request(request.method, self._target(request.path), request.body, headers)
        return connection.getresponse()

    def close(self) -> None:
        with self._lock:
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    def _closed(self) -> bool:
        return self._way.live.closed.is_set()

    def _target(self, path: str) -> str:
        """A proxy on the way of plain HTTP wants the whole address."""
        address = self._way.address
        own = f"{address.prefix}{path}"
        if self._way.proxy and not self._way.context:
            return f"http://{address.host}:{address.port}{own}"
        return own

    def _headers(self, request: Request) -> Mapping[str, str]:
        if self._way.proxy and not self._way.context:
            return {**request.headers, **self._way.proxy.headers}
        return request.headers


class Lines:
    """All lines to one node."""

    def __init__(self, address: Address, fingerprint: bytes) -> None:
        self.live = Live()
        proxy = proxy_for(address)
        host, port = (proxy.host, proxy.port) if proxy else (address.host, address.port)
        tls = context(fingerprint) if address.secure else None
        self._way = Way(address, proxy, Resolver(host, port), fingerprint, tls, self.live)
        self._lines = {name: Line(self._way) for name in ("push", "pull", "claim", "other")}

    def __getitem__(self, name: str) -> Line:
        return self._lines[name]

    def close(self) -> None:
        self.live.close()
        for line in self._lines.values():
            line.close()
