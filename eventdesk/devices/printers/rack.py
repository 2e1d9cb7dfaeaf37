"""All the printers of this desk in one: the system's queues, label printers, and the folder of PDF files."""

import sys
from pathlib import Path

from eventdesk.devices.printers import folder as pdf_folder
from eventdesk.devices.printers.cups import CupsPrinters
from eventdesk.devices.printers.folder import FolderPrinters
from eventdesk.devices.printers.labels.addresses import is_label_printer
from eventdesk.devices.printers.labels.printers import LabelPrinters, Setups
from eventdesk.devices.printers.queues import (
    JobStatus,
    PageSize,
    Printers,
    PrintSystemSilent,
    QueueInfo,
    QueueRefused,
)
from eventdesk.devices.printers.windows.printers import WindowsPrinters
from eventdesk.devices.printers.words import NO_SPOOLER, START_ANEW
from eventdesk.domain.printing.setup import PrintingSetup

NO_PYCUPS = (
    "The print system can't be used because pycups is not installed: badges become PDF files.",
    "Install libcups2-dev and gcc, then run `make setup` again.",
)


class Rack:
    """`system` is None where there is no print system; `why_none` then tells why and what would help."""

    def __init__(
        self,
        system: Printers | None,
        files: FolderPrinters,
        why_none: tuple[str, str],
        labels: LabelPrinters | None = None,
    ) -> None:
        self._system = system
        self._labels = labels or LabelPrinters(PrintingSetup)
        self._files = files
        self._why_none = why_none

    def trouble(self) -> tuple[str, str]:
        """Why only the PDF folder can be printed to, and what would help; two empty texts otherwise."""
        if self._system is None:
            return self._why_none
        try:
            self._system.queues()
        except PrintSystemSilent as error:
            return error.message, error.remedy
        return "", ""

    def queues(self) -> list[QueueInfo]:
        """Those of the system first. One that is silent takes away its own queues only; see `trouble`."""
        found: list[QueueInfo] = []
        if self._system is not None:
            try:
                found = self._system.queues()
            except PrintSystemSilent:
                found = []
        return [*found, *self._labels.queues(), *self._files.queues()]

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        return self._of(queue).send(queue, pdf, title, size)

    def takes_more(self, queue: str) -> bool:
        nothing_there = self._system is None and not is_label_printer(queue)
        return nothing_there or self._of(queue).takes_more(queue)

    def find(self, queue: str, title: str) -> str:
        return self._of(queue).find(queue, title)

    def status(self, queue: str, reference: str) -> JobStatus:
        return self._of(queue).status(queue, reference)

    def cancel(self, queue: str, reference: str) -> None:
        self._of(queue).cancel(queue, reference)

    def close(self) -> None:
        self._labels.close()
        if self._system is not None:
            self._system.close()

    def _of(self, queue: str) -> Printers:
        if queue == pdf_folder.NAME:
            return self._files
        if is_label_printer(queue):
            return self._labels
        if self._system is None:
            raise QueueRefused(*self._why_none)
        return self._system


def open_printers(files: Path, setups: Setups = PrintingSetup) -> Rack:
    """The printers of this computer; `files` is where the PDF folder shall lie, `setups` what is
    set for its printers, as it is now."""
    system, why_none = _system()
    return Rack(system, FolderPrinters(files), why_none, LabelPrinters(setups))


def _system() -> tuple[Printers | None, tuple[str, str]]:
    """The system's queues, and why there are none."""
    if sys.platform == "win32":
        try:
            return WindowsPrinters(), ("", "")
        except OSError:
            return None, (NO_SPOOLER, START_ANEW)
    try:
        return CupsPrinters(), ("", "")
    except ImportError:
        return None, NO_PYCUPS
