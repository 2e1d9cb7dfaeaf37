"""A node's process: it listens, serves its application, and ends gracefully.

On the first signal nothing new is taken, long polls are answered empty, what is under way is finished. A
second signal ends at once: what was answered is on the disk anyway.
"""

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from sync.errors import SyncError
from sync.server.connections import WatchedProtocol
from sync.server.http.application import Application

# Opens the stores and makes the application of them, in the loop that will serve it.
Opener = Callable[[], AbstractAsyncContextManager[Application]]

_BACKLOG = 4096
_KEEP_ALIVE_S = 75
_GRACE_S = 20
# A full collection over ten thousand idle connections would halt everyone for a fifth of a second.
_GC = (20_000, 20, 100)


class CannotServe(SyncError):
    """The node can't begin: its port or its surroundings."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where and how a node listens. No `certificate`: plain HTTP, behind a proxy.

    `proxies`: the addresses (comma-separated, or `*`) whose word counts on whom they ask for.
    """

    host: str = ""
    port: int = 8443
    certificate: Path | None = None
    key: Path | None = None
    proxies: str = ""
    processes: int = 1
    log_level: str = "info"


def bound(listening: Listening) -> socket.socket:
    """The listening socket, on both families where no host is named. Raises CannotServe."""
    host, port = listening.host, listening.port
    both = not host and socket.has_dualstack_ipv6()
    family = socket.AF_INET6 if both or ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG, dualstack_ipv6=both)
    except (OSError, OverflowError) as error:
        words = getattr(error, "strerror", None) or str(error)
        raise CannotServe(
            f"Port {port} of {host or 'this computer'} can't be used: {words}.",
            "Another program may use it: end that one, or choose another port by --port.",
        ) from error


class Server(uvicorn.Server):
    """uvicorn's, with our signals, our watch and our way to end."""

    def __init__(self, listening: Listening, app: Application, ready: Callable[[], None]) -> None:
        super().__init__(_config(listening, app))
        self._app = app
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """`run` sees to them."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:
            now = asyncio.get_running_loop().time()
            connections = self.server_state.connections
            self._app.parts.standing.connections = len(connections)
            for connection in list(connections):
                if isinstance(connection, WatchedProtocol):
                    connection.end_if_overdue(now)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._app.stop()
        await super().shutdown(sockets)

    def end(self) -> None:
        """A wish to end; the second one is granted at once."""
        if self.should_exit:
            os._exit(1)
        self.should_exit = True


def _config(listening: Listening, app: Application) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="none",
        http=WatchedProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=_BACKLOG,
        proxy_headers=bool(listening.proxies),
        forwarded_allow_ips=listening.proxies or None,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.key,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_GRACE_S,
    )


async def serve(
    opener: Opener,
    listening: Listening,
    listener: socket.socket,
    ready: Callable[[], None],
    began: Callable[[Server], None],
) -> None:
    """Serves until `Server.end` was called; `began` is told the server before it starts."""
    async with opener() as app:
        server = Server(listening, app, ready)
        began(server)
        await server.serve([listener])


def run(
    opener: Opener,
    listening: Listening,
    listener: socket.socket,
    ready: Callable[[], None],
    signals: Sequence[signal.Signals] = (signal.SIGTERM, signal.SIGINT),
) -> None:
    """Serve in this process's main thread until a signal comes."""
    _allow_many_files()
    gc.set_threshold(*_GC)

    def began(server: Server) -> None:
        loop = asyncio.get_running_loop()
        for one in signals:
            if sys.platform == "win32":
                signal.signal(one, lambda *_: loop.call_soon_threadsafe(server.end))
            else:
                loop.add_signal_handler(one, server.end)

    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(serve(opener, listening, listener, ready, began))


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """uvloop's where there is one (not on Windows)."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop


def _allow_many_files() -> None:
    """As many open connections as the system lets this user have."""
    try:
        import resource
    except ImportError:
        return
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
