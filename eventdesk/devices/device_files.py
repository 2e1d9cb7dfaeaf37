"""Printers that the system shows as a file."""

import os
import select
import stat
import time
from pathlib import Path

from eventdesk.devices.links import STALL_SECONDS


class FileLink:
    """A device file such as /dev/usb/lp0, which is asked and listened to as any other; or a plain file, to
    which everything is added. python-escpos' own can't listen, and waits for ever."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._device = False

    @property
    def speaks(self) -> bool:
        return self._device

    def open(self) -> None:
        flags = os.O_NONBLOCK | getattr(os, "O_NOCTTY", 0)
        self._device = self._path.exists() and stat.S_ISCHR(self._path.stat().st_mode)
        flags |= os.O_RDWR if self._device else os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._file = os.open(self._path, flags, 0o600)

    def send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            if not select.select([], [self._file], [], STALL_SECONDS)[1]:
                raise TimeoutError("the printer takes no more bytes")
            view = view[os.write(self._file, view) :]

    def listen(self, seconds: float) -> bytes:
        end = time.monotonic() + seconds
        while select.select([self._file], [], [], max(0.0, end - time.monotonic()))[0]:
            if said := os.read(self._file, 16):
                return said
            # usblp calls itself readable with nothing to read.
            time.sleep(0.02)
            if time.monotonic() > end:
                break
        return b""

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
