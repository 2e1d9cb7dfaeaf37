"""uvicorn's HTTP protocol with a watch on it: nobody holds a connection by sending or reading nothing.

A request that is refused before its body has come is answered, and the rest of the body is thrown away for
a while: closed at once, the connection would be reset, and who still sends would never see the answer.
"""

from asyncio import BaseTransport, Transport
from collections.abc import Callable
from typing import Any, cast

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sync.wire import Problem


def _closing(status: bytes, problem: Problem, more: bytes = b"") -> bytes:
    body = msgspec.json.encode(problem)
    head = b"HTTP/1.1 %b\r\ncontent-type: application/problem+json\r\nconnection: close\r\n%b"
    return head % (status, more) + b"content-length: %d\r\n\r\n%b" % (len(body), body)


_FULL = Problem(503, "busy", "Service Unavailable", "Too many connections are open.")
_FULL_ANSWER = _closing(b"503 Service Unavailable", _FULL, b"retry-after: 5\r\n")
_LONG = Problem(431, "length", "Request Header Fields Too Large", "The request's head is too long.")
_LONG_ANSWER = _closing(b"431 Request Header Fields Too Large", _LONG)


class _Corked:
    """A transport that sends a response's head together with what follows it: one packet, one call of
    the system, where uvicorn would make two. That halves the time to tell ten thousand who wait."""

    __slots__ = ("_head", "_lingers", "_transport")

    def __init__(self, transport: Transport, lingers: Callable[[], bool]) -> None:
        """`lingers`: asked before the connection is closed; whether it must stay open for a while."""
        self._transport = transport
        self._lingers = lingers
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
        if not self._lingers():
            self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class WatchedProtocol(HttpToolsProtocol):
    """`overdue` is asked about every second, so that no connection needs timers of its own."""

    MOST = 25_000  # connections of a process
    MOST_HEAD = 64 << 10  # bytes of a request's head
    HEAD_S = 10.0  # for the head of a request, from its first byte; for the first, from the connection on
    READ_S = 60.0  # for the other side to read on, when the buffers are full

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._head_since: float = self.loop.time()
        self._head_bytes = 0
        self._stuck_since = 0.0
        self._in_body = False
        self._lingering = False

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast("Any", _Corked(cast("Transport", transport), self._lingers)))
        if len(self.connections) > self.MOST:
            self.transport.write(_FULL_ANSWER)
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        if not self._head_since and (self.cycle is None or self.cycle.response_complete):
            self._head_since = self.loop.time()
        if not self._in_body:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > self.MOST_HEAD and not self.transport.is_closing():
            self.transport.write(_LONG_ANSWER)
            self.transport.abort()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Of what follows a body nothing is kept."""
        if not self._in_body:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._head_since = 0.0
        self._head_bytes = 0
        self._in_body = True
        super().on_headers_complete()

    def on_message_begin(self) -> None:
        if not self._head_since:  # the next one of a pipeline
            self._head_since = self.loop.time()
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._in_body = False
        super().on_message_complete()
        if self._lingering:
            self.transport.close()

    def _lingers(self) -> bool:
        """Once, where an answer went out before all of its request has come; `HEAD_S` ends it."""
        cycle = self.cycle
        if self._lingering or cycle is None or not (cycle.response_complete and self._in_body):
            return False
        self._lingering = True
        self._head_since = self.loop.time()
        self._unset_keepalive_if_required()
        self.flow.resume_reading()
        if self.transport.can_write_eof():  # not with TLS
            self.transport.write_eof()
        return True

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
