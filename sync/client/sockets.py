"""Sockets whose every wait ends: at the call's deadline, or when the client is closed.

A socket's own timeout starts anew with each byte; a server that drips one byte a second would hold
a call for ever. So each wait here lasts for what is left of the whole call.
"""

import io
import selectors
import socket
import threading
import time
from contextlib import suppress
from typing import Any

from sync.errors import Unreachable


class Limits:
    """`total_s` for all of a call, from now on; within it, `silence_s` for each wait."""

    def __init__(self, total_s: float, silence_s: float = float("inf")) -> None:
        self.total_s = total_s
        self.silence_s = silence_s
        self._until = time.monotonic() + total_s

    def left(self) -> float:
        """Seconds for the next wait. Raises TimeoutError when there are none."""
        left = min(self._until - time.monotonic(), self.silence_s)
        if left <= 0:
            raise TimeoutError("the call's time is over")
        return left


class Live:
    """The sockets of a client: `close` wakes whoever waits for one, and lets no new one be."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self.closed = threading.Event()

    def add(self, sock: socket.socket) -> None:
        with self._lock:
            if self.closed.is_set():
                sock.close()
                raise closed_here()
            self._sockets.add(sock)

    def discard(self, sock: socket.socket) -> None:
        with self._lock:
            self._sockets.discard(sock)

    def close(self) -> None:
        self.closed.set()
        with self._lock:
            for sock in self._sockets:
                _shut(sock)


def closed_here() -> Unreachable:
    return Unreachable("The connection was closed at this desk.")


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        # Not SSLSocket's own: that one takes the TLS state away from under the thread that reads.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


class TimedSocket:
    """What `http.client` needs of a socket. `limits` are those of the call that uses it now."""

    def __init__(self, sock: socket.socket, live: Live, limits: Limits) -> None:
        self.plain = sock
        self._live = live
        self.limits = limits
        live.add(sock)

    def arm(self) -> None:
        self.plain.settimeout(self.limits.left())

    def sendall(self, data: Any) -> None:
        with memoryview(data).cast("B") as rest:
            sent = 0
            while sent < len(rest):
                self.arm()
                sent += self.plain.send(rest[sent : sent + (1 << 16)])

    def makefile(self, _mode: str = "rb") -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self), 1 << 16)

    def setsockopt(self, *option: Any) -> None:
        self.plain.setsockopt(*option)

    def is_quiet(self) -> bool:
        """Whether an idle connection is still good: anything that came, an end too, is not for us."""
        with suppress(OSError, ValueError), selectors.DefaultSelector() as selector:
            selector.register(self.plain, selectors.EVENT_READ)
            return not selector.select(0)
        return False

    def replaced(self, sock: socket.socket) -> None:
        """TLS has taken the socket over."""
        self._live.discard(self.plain)
        self.plain = sock
        self._live.add(sock)

    def close(self) -> None:
        self._live.discard(self.plain)
        self.plain.close()


class _TimedReader(io.RawIOBase):
    def __init__(self, timed: TimedSocket) -> None:
        self._timed = timed
        self._raw = timed.plain.makefile("rb", buffering=0)  # keeps the socket open for an answer's rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._timed.arm()
        return self._raw.readinto(buffer) or 0

    def close(self) -> None:
        self._raw.close()
        super().close()
