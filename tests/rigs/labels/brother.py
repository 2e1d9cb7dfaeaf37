"""A Brother QL made of software, after Brother's raster command reference: it takes jobs byte by byte,
tells when a label is out and what keeps it from that."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

_LENGTHS = {
    b"\x1b@": 2,
    b"\x1biS": 3,
    b"\x1bia": 4,
    b"\x1bi!": 4,
    b"\x1biz": 13,
    b"\x1biM": 4,
    b"\x1biA": 4,
    b"\x1biK": 4,
    b"\x1bid": 5,
    b"M": 2,
}


@dataclass
class Brother:
    """`media`: width and length of the labels in millimetres, length 0 for a tape, None for no roll.
    `stopped` holds "media", "cutter" or "cover"; `slow`: labels come by `finish` alone. `resumes`: goes
    on with the label once a fault is mended; it drops it otherwise. `mute`: its wire takes bytes alone,
    `beside` is told its status. `jobs`: what was sent, job by job."""

    media: tuple[int, int] | None = (62, 100)
    model: int = 0x41
    stopped: set[str] = field(default_factory=set)
    silent: bool = False
    slow: bool = False
    resumes: bool = False
    mute: bool = False
    beside: Callable[[bytes], None] = lambda _: None
    pages: int = 0
    jobs: list[bytes] = field(default_factory=list)
    unknown: bytes = b""

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._rest = b""
        self._job = b""
        self._printing = 0
        self._said = b""

    def feed(self, data: bytes) -> bytes:
        with self._lock:
            self._rest += data
            said = self._said
            self._said = b""
            while used := self._used():
                command, self._rest = self._rest[:used], self._rest[used:]
                said += self._obey(command)
            self.beside(self._status(0))
        return b"" if self.silent or self.mute else said

    def poll(self) -> bytes:
        with self._lock:
            said, self._said = self._said, b""
        return b"" if self.silent or self.mute else said

    def power_cycle(self) -> None:
        with self._lock:
            self._rest, self._job, self._said, self._printing = b"", b"", b"", 0
            self.silent = False
            self.beside(self._status(0))

    def mend(self) -> None:
        with self._lock:
            self.stopped.clear()
            if self.resumes and self._printing:
                self._said += self._out()
            self._printing = 0
            self.beside(self._status(0))

    def break_down(self, fault: str) -> None:
        """In the middle of a label."""
        with self._lock:
            self.stopped.add(fault)
            self._said += self._status(2)
            self.beside(self._status(0))

    def finish(self) -> None:
        """The label that it is at comes out."""
        with self._lock:
            self._said += self._out()
            self._printing = 0
            self.beside(self._status(0))

    def _used(self) -> int:
        """How many bytes the first command has, 0 while it is not whole."""
        data = self._rest
        if not data:
            return 0
        if data[0] == 0:
            return len(data) - len(data.lstrip(b"\x00"))
        if data[:1] in {b"g", b"w"}:
            return 3 + data[2] if len(data) > 2 and len(data) >= 3 + data[2] else 0
        if data[:1] in {b"\x0c", b"\x1a"}:
            return 1
        head = next((head for head in _LENGTHS if data.startswith(head)), None)
        if head is not None:
            return _LENGTHS[head] if len(data) >= _LENGTHS[head] else 0
        if len(data) < 3:
            return 0
        self.unknown += data[:1]
        return 1

    def _obey(self, command: bytes) -> bytes:
        if command == b"\x1biS":
            return self._status(0)
        if command == b"\x1b@":
            self._job, self._printing = b"", 0
        self._job += command
        if command == b"\x1a":
            self.jobs.append(self._job)
        if command in {b"\x0c", b"\x1a"}:
            return self._page()
        return b""

    def _page(self) -> bytes:
        if self.stopped or self.media is None or not self._fits():
            self._printing = 1
            return self._status(2)
        told = self._status(6, printing=True)
        self._printing = 1
        if self.slow:
            return told
        told += self._out()
        self._printing = 0
        return told

    def _fits(self) -> bool:
        told = self._job.rpartition(b"\x1biz")[2]
        return self.media == (told[2], told[3])

    def _out(self) -> bytes:
        self.pages += 1
        return self._status(1, printing=True) + self._status(6)

    def _status(self, kind: int, *, printing: bool = False) -> bytes:
        one = 0x01 * ("media" in self.stopped) | 0x04 * ("cutter" in self.stopped)
        two = 0x10 * ("cover" in self.stopped) | 0x01 * (kind == 2 and not self.stopped)
        width, length = self.media or (0, 0)
        form = 0 if self.media is None else (0x0B if length else 0x0A)
        told = [0x80, 0x20, 0x42, 0x34, self.model, 0x30, 0, 0, one, two, width, form, 0, 0, 0, 0, 0, length]
        told += [kind, 1 if printing or (self._printing and not self.stopped) else 0]
        return bytes(told + [0] * (32 - len(told)))
