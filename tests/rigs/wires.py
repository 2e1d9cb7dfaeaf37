"""Bad networks as real sockets: a TCP wire between a client and a server that does what it is told.

    with Wire(port_of_the_server) as wire:
        client = HttpUpstream(f"http://127.0.0.1:{wire.port}")
        wire.lose_answers = True

Each fault is an attribute that may be set from any thread, at any time; `heal` takes all away.
"""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from tests.rigs.loops import let_go, stop_listening

RESET = struct.pack("ii", 1, 0)
STEP = 1 << 16


class Wire:
    """`refuse`: new connections are reset. `black_hole`: nothing passes, nobody is told. `delay_s`: each
    piece waits so long. `drip_s`: answers pass a byte at a time, with this pause. `lose_answers`: requests
    arrive and are served, then the line is reset. `cut_after`: so many bytes of each connection's
    answers pass, then it is reset. `half_open`: the server's end of a connection never reaches the client.
    """

    def __init__(self, to_port: int, to_host: str = "127.0.0.1") -> None:
        self._to = to_host, to_port
        self.heal()
        self.requests = 0  # bytes that went to the server
        self.answers = 0  # bytes that came from it
        self.connections = 0
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port: int = self._listening.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._stopped = asyncio.Event()
        self._links: set[_Link] = set()
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)

    def heal(self) -> None:
        self.refuse = False
        self.black_hole = False
        self.delay_s = 0.0
        self.drip_s = 0.0
        self.lose_answers = False
        self.cut_after: int | None = None
        self.half_open = False

    def cut(self) -> None:
        """Reset every connection there is, and those to come until `heal`."""
        self.refuse = True
        self._on_loop(self._reset_all)

    def reset(self) -> None:
        """Reset every connection there is; new ones pass."""
        self._on_loop(self._reset_all)

    def __enter__(self) -> "Wire":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(10)

    def _on_loop(self, do: Callable[[], None]) -> None:
        done = threading.Event()

        def run() -> None:
            do()
            done.set()

        self._loop.call_soon_threadsafe(run)
        assert done.wait(10), "the wire hangs"

    def _reset_all(self) -> None:
        for link in list(self._links):
            link.reset()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accepted, sock=self._listening)
        await self._stopped.wait()
        await stop_listening(server)
        for link in list(self._links):
            link.task.cancel()
        await asyncio.gather(*(link.task for link in list(self._links)), return_exceptions=True)
        self.refuse = True
        await let_go()

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        link = _Link(self, reader, writer)
        if self.refuse:
            link.reset()
            return
        self._links.add(link)
        try:
            with suppress(asyncio.CancelledError):  # the wire ends
                await link.carry(*self._to)
        finally:
            self._links.discard(link)


class _Link:
    """One connection through the wire."""

    def __init__(self, wire: Wire, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._wire = wire
        self._near = reader, writer
        self._far: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._passed = 0
        task = asyncio.current_task()
        assert task is not None
        self.task: asyncio.Task[None] = task

    async def carry(self, host: str, port: int) -> None:
        try:
            self._far = await asyncio.open_connection(host, port)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._requests(self._near[0], self._far[1]))
                both.create_task(self._answers(self._far[0], self._near[1]))
        except* OSError:
            self.reset()
        finally:
            self._close()

    def reset(self) -> None:
        """The client hears a reset, at once."""
        for _, writer in filter(None, (self._near, self._far)):
            sock = writer.get_extra_info("socket")
            with suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()

    async def _requests(self, source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        while data := await source.read(STEP):
            await self._hold()
            self._wire.requests += len(data)
            to.write(data)
            await to.drain()
        with suppress(OSError):
            to.write_eof()

    async def _answers(self, source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        while data := await source.read(STEP):
            await self._hold()
            self._wire.answers += len(data)
            if self._wire.lose_answers:
                self.reset()
                return
            await self._pass(self._allowed(data), to)
            if self._wire.cut_after is not None and self._passed >= self._wire.cut_after:
                self.reset()
                return
        while self._wire.half_open:
            await asyncio.sleep(0.02)
        with suppress(OSError):
            to.write_eof()

    async def _hold(self) -> None:
        while self._wire.black_hole:
            await asyncio.sleep(0.02)
        if self._wire.delay_s:
            await asyncio.sleep(self._wire.delay_s)

    async def _pass(self, data: bytes, to: asyncio.StreamWriter) -> None:
        pieces = [data] if not self._wire.drip_s else [data[at : at + 1] for at in range(len(data))]
        for piece in pieces:
            to.write(piece)
            await to.drain()
            self._passed += len(piece)
            if len(pieces) > 1:
                await asyncio.sleep(self._wire.drip_s)

    def _allowed(self, data: bytes) -> bytes:
        most = self._wire.cut_after
        return data if most is None else data[: max(0, most - self._passed)]

    def _close(self) -> None:
        for _, writer in filter(None, (self._near, self._far)):
            writer.close()
