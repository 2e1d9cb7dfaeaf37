"""Run by the Python of Windows: one JSON line a call on stdin, one a reply on stdout.

A call is {"do": name, "with": [...]}, a reply {"is": value} or
{"raised": class, "message": ..., "remedy": ...}.
"""

import base64
import ctypes
import json
import sys
from ctypes import wintypes
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eventdesk.devices.printers.rack import open_printers
from eventdesk.devices.printers.windows.jobs import PRINTER_ATTRIBUTE_WORK_OFFLINE
from eventdesk.devices.printers.windows.printers import WindowsPrinters
from eventdesk.devices.printers.windows.winspool import Winspool
from eventdesk.errors import DeviceError

PATIENCE_SECONDS = 120.0


class DocInfo1(ctypes.Structure):
    _fields_ = [(name, wintypes.LPCWSTR) for name in ("pDocName", "pOutputFile", "pDatatype")]


class Driver:
    """What can be called."""

    def __init__(self) -> None:
        self._printers = WindowsPrinters(PATIENCE_SECONDS)
        self._winspool = Winspool()

    def queues(self) -> list[Any]:
        return [asdict(queue) for queue in self._printers.queues()]

    def offered(self) -> list[str]:
        """What a desk on Windows offers to print on; none where it says that something is wrong."""
        rack = open_printers(Path(r"C:\badges"))
        names = [] if rack.trouble()[0] else [queue.name for queue in rack.queues()]
        rack.close()
        return names

    def send(self, queue: str, pdf: str, title: str, size: list[float] | None = None) -> str:
        given = (size[0], size[1]) if size else None
        return self._printers.send(queue, base64.b64decode(pdf), title, given)

    def find(self, queue: str, title: str) -> str:
        return self._printers.find(queue, title)

    def status(self, queue: str, reference: str) -> list[str]:
        told = self._printers.status(queue, reference)
        return [told.progress, told.detail]

    def cancel(self, queue: str, reference: str) -> None:
        self._printers.cancel(queue, reference)

    def begin_anew(self) -> None:
        """As after a restart of the program: nothing is remembered."""
        self._printers.close()
        self._printers = WindowsPrinters(PATIENCE_SECONDS)

    def set_offline(self, queue: str, offline: bool) -> None:
        """As a person does in the window of the queue. Wine tells these bits on, unlike those of Status."""
        if sys.platform == "win32":
            import winreg

            path = rf"SYSTEM\CurrentControlSet\Control\Print\Printers\{queue}"
            bits = PRINTER_ATTRIBUTE_WORK_OFFLINE if offline else 0
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path, 0, winreg.KEY_WRITE) as key:
                winreg.SetValueEx(key, "Attributes", 0, winreg.REG_DWORD, bits)

    def leave_open(self, queue: str, title: str) -> int:
        """The number of a job that stays in the spooler, since nobody ends it."""
        handle = wintypes.HANDLE()
        dll = self._winspool._dll
        assert dll.OpenPrinterW(queue, ctypes.byref(handle), None)
        return int(dll.StartDocPrinterW(handle, 1, ctypes.byref(DocInfo1(title, None, "RAW"))))

    def close(self) -> None:
        self._printers.close()


def main() -> None:
    driver = Driver()
    for line in sys.stdin:
        call = json.loads(line)
        try:
            reply = {"is": getattr(driver, call["do"])(*call["with"])}
        except DeviceError as error:
            reply = {"raised": type(error).__name__, "message": error.message, "remedy": error.remedy}
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
