"""uvicorn's HTTP protocol with a watch on it: nobody holds a connection by sending or reading nothing."""

from asyncio import BaseTransport, Transport
from typing import Any, cast

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sync.wire import Problem

_FULL = msgspec.json.encode(Problem(503, "busy", "Service Unavailable", "Too many connections are open."))
_FULL_ANSWER = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\n"
    b"retry-after: 5\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%b" % (len(_FULL), _FULL)
)


class _Corked:
    """A transport that sends a response's head together with what follows it: one packet, one call of
    the system, where uvicorn would make two. That halves the time to tell ten thousand who wait."""

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._head = b""

    def write(self, data: bytes) -> None:
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head + data)
        elif data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 1"):
            self._head = data
        else:
            self._transport.write(data)

    def flush(self) -> None:
        if self._head:
            self.write(b"")

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class WatchedProtocol(HttpToolsProtocol):
    """`overdue` is asked about every second, so that no connection needs timers of its own."""

    MOST = 25_000  # connections of a process
    HEAD_S = 10.0  # for the head of a request, from its first byte; for the first, from the connection on
    READ_S = 60.0  # for the other side to read on, when the buffers are full

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._head_since: float = self.loop.time()
        self._stuck_since = 0.0

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast("Any", _Corked(cast("Transport", transport))))
        if len(self.connections) > self.MOST:
            self.transport.write(_FULL_ANSWER)
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        if not self._head_since and (self.cycle is None or self.cycle.response_complete):
            self._head_since = self.loop.time()
        super().data_received(data)

    def on_headers_complete(self) -> None:
        self._head_since = 0.0
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        cast("Any", self.transport).flush()
        super().on_response_complete()

    def pause_writing(self) -> None:
        self._stuck_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        self._stuck_since = 0.0
        super().resume_writing()

    def end_if_overdue(self, now: float) -> None:
        late = self._head_since and now - self._head_since > self.HEAD_S
        stuck = self._stuck_since and now - self._stuck_since > self.READ_S
        if (late or stuck) and not self.transport.is_closing():
            self.transport.abort()
