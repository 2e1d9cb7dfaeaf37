"""A node in a thread of another program: a desk that is a hub."""

import asyncio
import socket
import threading
from concurrent.futures import Future

from sync.server.running import Listening, Opener, Server, bound, loop_factory, serve


class ThreadedNode:
    """Serves from `start` to `stop`; both may be called from any thread but the node's own."""

    def __init__(self, opener: Opener, listening: Listening) -> None:
        self._opener = opener
        self._listening = listening
        self._began: Future[None] = Future()
        self._server: Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="node")
        self._listener: socket.socket | None = None
        self.port = 0

    def start(self, seconds: float = 30.0) -> None:
        """Returns when the node answers. Raises CannotServe, or whatever the opener raised."""
        self._listener = bound(self._listening)
        self.port = int(self._listener.getsockname()[1])
        self._thread.start()
        self._began.result(seconds)

    def stop(self) -> None:
        """Ends gracefully; returns when it has ended."""
        if self._loop is not None and self._server is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._wish_to_end, self._server)
        self._thread.join()

    @staticmethod
    def _wish_to_end(server: Server) -> None:
        server.should_exit = True

    def _run(self) -> None:
        assert self._listener is not None
        try:
            with asyncio.Runner(loop_factory=loop_factory()) as runner:
                runner.run(serve(self._opener, self._listening, self._listener, self._ready, self._hold))
        except BaseException as error:
            if self._began.done():
                raise
            self._began.set_exception(error)
        finally:
            self._listener.close()

    def _hold(self, server: Server) -> None:
        self._server, self._loop = server, asyncio.get_running_loop()

    def _ready(self) -> None:
        if not self._began.done():
            self._began.set_result(None)
