"""A Zebra printer made of software, after Zebra's ZPL II programming guide: it keeps the labels that it
printed, answers ~HS, ~HQES, ~HI and its count, and stands still for what a test has set."""

import re
from dataclasses import dataclass, field
from threading import Lock

_TOKEN = re.compile(rb'~HS|~HQES|~HI|~JX|~JA|! U1 getvar "([a-z._]+)"\r\n|\^XA')
_CONTROL = re.compile(rb"~HS|~HQES|~HI|~JX|~JA")


@dataclass
class Zebra:
    """`stopped` holds "media", "ribbon", "head", "pause" or "cutter". `slow`: labels come by `print_next`
    alone; `mute_when_stopped`: ~HS is not answered then, as the guide has it; `counts`: knows its
    odometer."""

    model: str = "ZD421-203dpi"
    dots: int = 8
    stopped: set[str] = field(default_factory=set)
    silent: bool = False
    slow: bool = False
    counts: bool = True
    knows_errors: bool = True
    mute_when_stopped: bool = False
    labels: list[bytes] = field(default_factory=list)
    fed: bytes = b""
    unknown: bytes = b""

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[bytes] = []
        self._begun = b""
        self._rest = b""
        self._count = 7000

    def feed(self, data: bytes) -> bytes:
        with self._lock:
            self.fed += data
            said = self._take(self._rest + data)
        return b"" if self.silent else said

    def poll(self) -> bytes:
        return b""

    def power_cycle(self) -> None:
        """All that was in its memory is lost."""
        with self._lock:
            self._waiting, self._begun, self._rest = [], b"", b""
            self.silent = False

    def mend(self) -> None:
        """The fault is over: it goes on with what waited."""
        with self._lock:
            self.stopped.clear()
            self._print()

    def print_next(self) -> None:
        with self._lock:
            self._print(1)

    def _take(self, data: bytes) -> bytes:
        said = b""
        while data:
            if self._begun:
                data, answer = self._format(data)
                said += answer
                continue
            match = _TOKEN.search(data)
            if match is None:
                break
            self.unknown += data[: match.start()].strip()
            data = data[match.end() :]
            if match[0] == b"^XA":
                self._begun = b"^XA"
            else:
                said += self._obey(match[0], match[1])
        self._rest = b"" if self._begun else data
        return said

    def _format(self, data: bytes) -> tuple[bytes, bytes]:
        """Take what belongs to the format at hand; what is left of the data, and what is said to it."""
        whole = self._begun + data
        end, control = whole.find(b"^XZ"), _CONTROL.search(whole)
        if control is not None and (end < 0 or control.start() < end):
            # A control command is obeyed wherever it stands.
            self._begun = b"" if control[0] == b"~JX" else whole[: control.start()]
            return whole[control.end() :], self._obey(control[0], None)
        if end < 0:
            self._begun = whole
            return b"", b""
        self._waiting.append(whole[: end + 3])
        self._begun = b""
        if not self.slow:
            self._print()
        return whole[end + 3 :], b""

    def _obey(self, command: bytes, variable: bytes | None) -> bytes:
        if command == b"~HS":
            return b"" if self.stopped and self.mute_when_stopped else self._status()
        if command == b"~HQES":
            return self._errors() if self.knows_errors else b""
        if command == b"~HI":
            return f"\x02{self.model},V93.21.26Z,{self.dots},8192KB\x03\r\n".encode()
        if command == b"~JA":
            self._waiting, self._begun = [], b""
        if variable == b"odometer.total_label_count":
            return f'"{self._count}"'.encode() if self.counts else b'"?"'
        return b""

    def _status(self) -> bytes:
        def flag(name: str) -> int:
            return int(name in self.stopped)

        partial = int(bool(self._begun))
        first = f"030,{flag('media')},{flag('pause')},0812,{len(self._waiting):03},0,0,{partial},000,0,0,0"
        second = f"001,0,{flag('head')},{flag('ribbon')},1,2,6,0,00000000,1,000"
        return "".join(f"\x02{line}\x03\r\n" for line in (first, second, "1234,0")).encode()

    def _errors(self) -> bytes:
        bits = {"media": 1, "ribbon": 2, "head": 4, "cutter": 8, "pause": 0x10000}
        found = sum(bits[name] for name in self.stopped)
        return (
            f"\x02\r\n  PRINTER STATUS                             \r\n"
            f"   ERRORS:         {int(bool(found))} 00000000 {found:08X}\r\n"
            f"   WARNINGS:       0 00000000 00000000\r\n\x03\r\n"
        ).encode()

    def _print(self, most: int = 1000) -> None:
        while self._waiting and not self.stopped and most:
            self.labels.append(self._waiting.pop(0))
            self._count += 1
            most -= 1
