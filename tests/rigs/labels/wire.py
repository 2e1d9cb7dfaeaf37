"""A device on a free TCP port of this machine, whose cable and power a test has in its hands."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from typing import Protocol


class Device(Protocol):
    def feed(self, data: bytes) -> bytes:
        """Take bytes; what it answers."""
        ...

    def poll(self) -> bytes:
        """What it says unasked."""
        ...

    def power_cycle(self) -> None: ...


class Wire:
    """Any number of connections at once, as today's print servers take them. `cut_after`: the cable breaks
    after so many bytes of a connection."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.cut_after: int | None = None
        self.port = 0
        self._plugged = Event()
        self._plugged.set()
        self._lock = Lock()
        self._lines: list[socket.socket] = []
        self._threads: list[Thread] = []
        self._server: socket.socket | None = None

    def switch_on(self) -> None:
        self._server = socket.create_server(("127.0.0.1", self.port))
        self.port = self._server.getsockname()[1]
        self._start(self._accept, self._server)

    def switch_off(self) -> None:
        """Without power: it hangs up and forgets."""
        server, self._server = self._server, None
        if server is not None:
            # Closing alone does not wake a thread that accepts.
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()
        self._hang_up()
        self.device.power_cycle()

    def power_cycle(self) -> None:
        self.switch_off()
        self.switch_on()

    def unplug(self) -> None:
        """The network cable: nothing comes through, and nobody is told."""
        self._plugged.clear()

    def plug_in(self) -> None:
        self._plugged.set()

    def close(self) -> None:
        self._plugged.set()
        self.switch_off()
        for thread in self._threads:
            thread.join(10)

    def _start(self, function: object, *arguments: object) -> None:
        thread = Thread(target=function, args=arguments, name="wire", daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _hang_up(self) -> None:
        with self._lock:
            lines, self._lines = self._lines, []
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self, server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line, _ = server.accept()
                with self._lock:
                    self._lines.append(line)
                self._start(self._talk, line)

    def _talk(self, line: socket.socket) -> None:
        taken = 0
        with line, suppress(OSError):
            line.settimeout(0.05)
            while True:
                self._plugged.wait()
                try:
                    data = line.recv(65536)
                except TimeoutError:
                    if self._plugged.is_set() and (said := self.device.poll()):
                        line.sendall(said)
                    continue
                if not data:
                    return
                if self.cut_after is not None and taken + len(data) > self.cut_after:
                    self.device.feed(data[: self.cut_after - taken])
                    return
                taken += len(data)
                self._plugged.wait()
                if said := self.device.feed(data):
                    line.sendall(said)


@contextmanager
def on_network(device: Device) -> Iterator[Wire]:
    """The device, switched on."""
    wire = Wire(device)
    wire.switch_on()
    try:
        yield wire
    finally:
        wire.close()
