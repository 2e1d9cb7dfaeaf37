"""An ESC/POS printer made of software: draws what it is sent, answers as Epson's reference says, and can run
out of paper, open its cover, fall silent or hang up. It shares no code with what it is to judge."""

import os
import socket
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Condition as Wakeup
from threading import Lock, Thread

from PIL import Image

FEED_ROWS = 30
# Bytes of each command that it knows; all else is noted as unknown.
SIZES = {
    b"\x1b@": 2,
    b"\x1bd": 3,
    b"\x1bp": 5,
    b"\x1da": 3,
    b"\x1dr": 3,
    b"\x1dV": 3,
    b"\x1dv0": 8,
    b"\x10\x04": 3,
    b"\x10\x14": 5,
}
MOST_BYTES = 256


@dataclass
class Faults:
    """What is wrong with the printer; may be changed while it runs. `paper_rows`: so many rows of paper are
    left; `hang_up_after`: so many bytes of a connection are taken; `ends_unsaid`: GS r is not answered."""

    cover_open: bool = False
    paper_low: bool = False
    paper_rows: int | None = None
    silent: bool = False
    ends_unsaid: bool = False
    hang_up_after: int | None = None
    drawer_high: bool = False


@dataclass
class EscposPrinter:
    """The printer itself, fed with bytes. `receipts` were cut off, `kicks` are pulses for the drawer."""

    dots: int = 576
    faults: Faults = field(default_factory=Faults)
    receipts: list[Image.Image] = field(default_factory=list)
    kicks: int = 0
    unknown: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._waiting = b""
        self._tail = b""
        self._pitch = self._picture_rows = 0
        self._rows: list[bytes] = []
        self._lock = Lock()
        self.changed = Wakeup()

    @property
    def rows(self) -> int:
        """Printed since the last cut."""
        return len(self._rows)

    def feed(self, data: bytes) -> bytes:
        """Take bytes; what the printer answers."""
        with self._lock:
            said = self._at_once(data) + self._take(data)
        with self.changed:
            self.changed.notify_all()
        return b"" if self.faults.silent else said

    def mend(self) -> None:
        """New paper is in and the cover is shut: go on with what waited."""
        self.faults = Faults()
        self.feed(b"")

    def _at_once(self, data: bytes) -> bytes:
        """DLE commands are obeyed wherever they come, even within pictures."""
        whole, self._tail = self._tail + data, (self._tail + data)[-2:]
        said = b""
        for at in range(len(whole) - 2):
            if whole[at : at + 2] == b"\x10\x04" and 1 <= whole[at + 2] <= 4:
                said += self._status(whole[at + 2])
            elif whole[at : at + 3] == b"\x10\x14\x01":
                self.kicks += 1
        return said

    def _status(self, number: int) -> bytes:
        faults = self.faults
        bits = {
            1: 0x04 * faults.drawer_high | 0x08 * self._stopped(),
            2: 0x04 * faults.cover_open | 0x20 * (faults.paper_rows == 0),
            3: 0,
            4: 0x0C * faults.paper_low | 0x60 * (faults.paper_rows == 0),
        }
        return bytes((0x12 | bits[number],))

    def _stopped(self) -> bool:
        return self.faults.cover_open or self.faults.paper_rows == 0

    def _take(self, data: bytes) -> bytes:
        self._waiting += data
        said = b""
        at = 0
        while at < len(self._waiting) and not self._stopped():
            used, answer = self._command(self._waiting[at : at + MOST_BYTES])
            if not used:
                break
            at += used
            said += answer
        self._waiting = self._waiting[at:]
        return said

    def _command(self, data: bytes) -> tuple[int, bytes]:
        """How many bytes the first command has, 0 while it is not whole, and what it answers."""
        if self._picture_rows:
            return self._picture_row(data), b""
        if data[:1] == b"\x00":
            return 1, b""
        size = next((size for head, size in SIZES.items() if data.startswith(head)), 0)
        if not size and len(data) > 2:
            self.unknown.append(data[:4])
            return 1, b""
        if len(data) < size:
            return 0, b""
        return size, self._obey(data[:size])

    def _obey(self, command: bytes) -> bytes:
        head = command[:2]
        if head == b"\x1bd":
            for _ in range(FEED_ROWS * command[2]):
                self._print_row(b"")
        elif head == b"\x1bp":
            self.kicks += 1
        elif head == b"\x1dr" and not self.faults.ends_unsaid:
            return bytes((0x03 * self.faults.paper_low,))
        elif head == b"\x1dV":
            self._cut()
        elif head == b"\x1dv":
            self._pitch = int.from_bytes(command[4:6], "little")
            self._picture_rows = int.from_bytes(command[6:8], "little")
        return b""

    def _picture_row(self, data: bytes) -> int:
        if len(data) < self._pitch:
            return 0
        self._print_row(data[: self._pitch])
        self._picture_rows -= 1
        return self._pitch

    def _print_row(self, row: bytes) -> None:
        wide = self.dots // 8
        self._rows.append(row[:wide].ljust(wide, b"\x00"))
        if self.faults.paper_rows:
            self.faults.paper_rows -= 1

    def _cut(self) -> None:
        data = bytes(255 - byte for row in self._rows for byte in row)
        self.receipts.append(Image.frombytes("1", (self.dots, len(self._rows)), data))
        self._rows = []


@contextmanager
def on_network(printer: EscposPrinter) -> Iterator[int]:
    """The printer on a free TCP port of this machine, one connection at a time as the real ones."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        open_lines: list[socket.socket] = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _ = server.accept()
                    open_lines[:] = [line]
                    with line, suppress(OSError):
                        _talk(printer, line)

        thread = Thread(target=serve, name="escpos", daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            # Closing alone does not wake a thread that accepts.
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            for line in open_lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
            server.close()
            thread.join(10)


def _talk(printer: EscposPrinter, line: socket.socket) -> None:
    taken = 0
    while data := line.recv(4096):
        limit = printer.faults.hang_up_after
        if limit is not None and taken + len(data) > limit:
            printer.feed(data[: limit - taken])
            return
        taken += len(data)
        if said := printer.feed(data):
            line.sendall(said)


@contextmanager
def on_terminal(printer: EscposPrinter) -> Iterator[str]:
    """The printer on a pseudo-terminal, whose path is a serial line's or a device file's."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)

    def serve() -> None:
        with suppress(OSError):
            while data := os.read(ours, 4096):
                if data == _GOODBYE:
                    return
                if said := printer.feed(data):
                    os.write(ours, said)

    thread = Thread(target=serve, name="escpos", daemon=True)
    thread.start()
    try:
        yield os.ttyname(theirs)
    finally:
        os.write(theirs, _GOODBYE)
        thread.join(10)
        os.close(theirs)
        os.close(ours)


_GOODBYE = b"\x04\x04goodbye"
