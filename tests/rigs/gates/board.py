"""A relay board with a turnstile on it: pymodbus' own server on a free port of this machine."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from tests.rigs.loops import let_go, stop_listening
from tests.rigs.printers.processes import free_port

COIL, INPUT = 2, 3
WRITE_COIL, READ_INPUTS = 5, 2


class Board:
    """It has 16 coils and inputs: coil 2 releases the turnstile, input 3 is on while somebody turns it.
    `silent`: the wire is dead."""

    def __init__(self) -> None:
        self.port = free_port()
        self.released = False
        self.releases = 0
        self.turning = False
        self.silent = False
        self.looks = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: Any = None
        self._thread: Thread | None = None

    def switch_on(self) -> None:
        up = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._serve(up)), name="relay board", daemon=True)
        self._thread.start()
        assert up.wait(20)

    def switch_off(self) -> None:
        if self._thread is None or self._loop is None or self._server is None:
            return
        self.silent = False
        asyncio.run_coroutine_threadsafe(self._shut_down(), self._loop)
        self._thread.join(20)
        self._thread = None
        # Relays fall off without power.
        self.released = False

    async def _serve(self, up: Event) -> None:
        bits = [SimData(0, values=[False] * 16, datatype=DataType.BITS)]
        none = [SimData(0, values=0, datatype=DataType.REGISTERS)]
        blocks = (bits, bits, none, none)
        device = SimDevice(1, simdata=blocks, use_bit_addressing=True, action=self._act)
        self._server = ModbusTcpServer(device, address=("127.0.0.1", self.port))
        self._loop = asyncio.get_running_loop()
        await self._server.serve_forever(background=True)
        up.set()
        await self._server.serving
        await let_go()

    async def _shut_down(self) -> None:
        await stop_listening(self._server.transport)
        await self._server.shutdown()

    async def _act(
        self,
        function: int,
        start: int,
        address: int,
        count: int,
        registers: list[int],
        values: list[int] | list[bool] | None,
    ) -> ExcCodes | None:
        while self.silent:
            await asyncio.sleep(0.02)
        if function == WRITE_COIL and values and address == COIL:
            self.releases += bool(values[0]) and not self.released
            self.released = bool(values[0])
        if function == READ_INPUTS:
            registers[0] = 0
            if self.turning and address == INPUT:
                registers[0] = 1 << INPUT
            self.looks += 1
        return None


@contextmanager
def relay_board() -> Iterator[Board]:
    board = Board()
    board.switch_on()
    try:
        yield board
    finally:
        board.switch_off()
