"""The calls of winspool.drv, in Python's values. Any of them may hang; `printers.py` sees to that."""

import ctypes
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import wintypes
from dataclasses import dataclass
from typing import Any

from eventdesk.devices.printers.queues import PageSize
from eventdesk.devices.printers.windows.structures import DevMode, JobInfo1, PrinterInfo2

ENUM_LOCAL_AND_CONNECTED = 0x2 | 0x4
ALL = 0xFFFFFFFF
DC_FIELDS, DC_PAPERS, DC_PAPERSIZE, DC_DUPLEX = 1, 2, 3, 7
DM_OUT_BUFFER, DM_IN_BUFFER = 2, 8
ERROR_INSUFFICIENT_BUFFER = 122
ERROR_INVALID_PARAMETER = 87
# What is asked for may grow between two calls.
TRIES = 5


class SpoolerFault(Exception):
    """A call failed with this code of winerror.h; 0 where none was told."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Queue:
    """A printer as Windows calls it; `status` and `attributes` are bits of winspool.h."""

    name: str
    port: str = ""
    status: int = 0
    attributes: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """`status` is bits of winspool.h, `words` what the driver or the port says instead of them."""

    number: int
    title: str
    status: int = 0
    words: str = ""
    pages: int = 0
    pages_printed: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A paper that a driver offers: the number by which it is asked for, and its size upright."""

    number: int
    size: PageSize


class Winspool:
    """Raises OSError where this is not Windows, and each call SpoolerFault."""

    def __init__(self) -> None:
        # 64-bit Windows has one calling convention, so CDLL, which every system knows, does for WinDLL.
        self._dll = dll = ctypes.CDLL("winspool.drv", use_last_error=True)
        dll.OpenPrinterW.argtypes = [wintypes.LPCWSTR, ctypes.c_void_p, ctypes.c_void_p]
        dll.DeviceCapabilitiesW.argtypes = [
            wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.WORD, ctypes.c_void_p, ctypes.c_void_p,
        ]  # fmt: skip
        dll.DocumentPropertiesW.argtypes = [
            wintypes.HWND, wintypes.HANDLE, wintypes.LPCWSTR, *[ctypes.c_void_p] * 2, wintypes.DWORD,
        ]  # fmt: skip
        dll.SetJobW.argtypes = [
            wintypes.HANDLE, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD,
        ]  # fmt: skip

    def queues(self) -> list[Queue]:
        count = wintypes.DWORD()
        buffer = _filled(
            lambda *into: self._dll.EnumPrintersW(
                ENUM_LOCAL_AND_CONNECTED, None, 2, *into, ctypes.byref(count)
            )
        )
        return [
            Queue(one.pPrinterName or "", one.pPortName or "", one.Status, one.Attributes)
            for one in (PrinterInfo2 * count.value).from_buffer(buffer)
        ]

    def default(self) -> str:
        """The name of the default printer, "" where there is none."""
        name = ctypes.create_unicode_buffer(1024)
        length = wintypes.DWORD(len(name))
        return name.value if self._dll.GetDefaultPrinterW(name, ctypes.byref(length)) else ""

    def queue(self, name: str) -> Queue:
        with self._open(name) as handle:
            buffer = _filled(lambda *into: self._dll.GetPrinterW(handle, 2, *into))
        one = PrinterInfo2.from_buffer(buffer)
        return Queue(name, one.pPortName or "", one.Status, one.Attributes)

    def jobs(self, queue: str) -> list[Job]:
        count = wintypes.DWORD()
        with self._open(queue) as handle:
            buffer = _filled(lambda *into: self._dll.EnumJobsW(handle, 0, ALL, 1, *into, ctypes.byref(count)))
        return [_job(one) for one in (JobInfo1 * count.value).from_buffer(buffer)]

    def job(self, queue: str, number: int) -> Job | None:
        """None where the spooler has no such job (any more)."""
        with self._open(queue) as handle:
            try:
                buffer = _filled(lambda *into: self._dll.GetJobW(handle, wintypes.DWORD(number), 1, *into))
            except SpoolerFault as fault:
                if fault.code in {0, ERROR_INVALID_PARAMETER}:
                    return None
                raise
        return _job(JobInfo1.from_buffer(buffer))

    def control(self, queue: str, number: int, command: int) -> None:
        """Let the spooler do something with a job: JOB_CONTROL_..."""
        with self._open(queue) as handle:
            _check(self._dll.SetJobW(handle, number, 0, None, command))

    def forms(self, queue: Queue) -> list[Form]:
        """The papers that the driver offers."""
        count = self._capability(queue, DC_PAPERS)
        if count <= 0:
            return []
        numbers = (wintypes.WORD * count)()
        sizes = (wintypes.POINT * count)()
        self._capability(queue, DC_PAPERS, numbers)
        self._capability(queue, DC_PAPERSIZE, sizes)
        return [Form(number, (at.x / 10, at.y / 10)) for number, at in zip(numbers, sizes, strict=True)]

    def fields(self, queue: Queue) -> int:
        """The members of DEVMODE that the driver heeds, as bits: DM_..."""
        return max(self._capability(queue, DC_FIELDS), 0)

    def prints_both_sides(self, queue: Queue) -> bool:
        return self._capability(queue, DC_DUPLEX) == 1

    def settings(self, queue: str, wanted: bytes = b"") -> bytes:
        """The DEVMODE of a queue: as it is set, or what its driver makes of the one that is wanted."""
        properties = self._dll.DocumentPropertiesW
        with self._open(queue) as handle:
            size = properties(None, handle, queue, None, None, 0)
            if size < ctypes.sizeof(DevMode):
                raise SpoolerFault(last_error())
            into = ctypes.create_string_buffer(size)
            given = ctypes.create_string_buffer(wanted, size) if wanted else None
            if (
                properties(None, handle, queue, into, given, DM_OUT_BUFFER | (DM_IN_BUFFER if wanted else 0))
                < 0
            ):
                raise SpoolerFault(last_error())
            return into.raw

    @contextmanager
    def _open(self, queue: str) -> Iterator[wintypes.HANDLE]:
        handle = wintypes.HANDLE()
        _check(self._dll.OpenPrinterW(queue, ctypes.byref(handle), None))
        try:
            yield handle
        finally:
            self._dll.ClosePrinter(handle)

    def _capability(self, queue: Queue, which: int, into: Any = None) -> int:
        """-1 where the driver does not know."""
        return int(self._dll.DeviceCapabilitiesW(queue.name, queue.port, which, into, None))


def _filled(call: Callable[..., int]) -> Any:
    """The buffer that a call fills, which tells the size it needs. Takes (buffer, size, needed)."""
    needed = wintypes.DWORD()
    size = 0
    for _ in range(TRIES):
        # Never empty: a structure is read from it even where nothing is listed.
        buffer = ctypes.create_string_buffer(max(size, 1))
        _forget_error()
        if call(buffer if size else None, wintypes.DWORD(size), ctypes.byref(needed)):
            return buffer
        if last_error() != ERROR_INSUFFICIENT_BUFFER:
            break
        size = needed.value
    raise SpoolerFault(last_error())


def _check(succeeded: int) -> None:
    if not succeeded:
        raise SpoolerFault(last_error())


def last_error() -> int:
    """Of the last call on this thread."""
    if sys.platform == "win32":
        return ctypes.get_last_error()
    return 0


def _forget_error() -> None:
    """Some calls fail without a word, and the word of the one before must not stand for it."""
    if sys.platform == "win32":
        ctypes.set_last_error(0)


def _job(one: JobInfo1) -> Job:
    return Job(
        one.JobId, one.pDocument or "", one.Status, one.pStatus or "", one.TotalPages, one.PagesPrinted
    )
