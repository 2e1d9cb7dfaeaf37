"""The label printers of this desk, as the rack has its other printers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from eventdesk.devices.printers.labels.addresses import is_label_printer, open_label_printer
from eventdesk.devices.printers.labels.printer import LabelPrinter
from eventdesk.devices.printers.queues import JobStatus, PageSize, QueueInfo, QueueRefused
from eventdesk.domain.printing.setup import PrinterSetup, PrintingSetup
from eventdesk.errors import BadInput

# What is set for this desk's printers, as it is now.
Setups = Callable[[], PrintingSetup]


class LabelPrinters:
    """`setups` is read again whenever a printer is used: one whose setup has changed is opened anew."""

    def __init__(self, setups: Setups) -> None:
        self._setups = setups
        self._lock = Lock()
        self._open: dict[str, tuple[PrinterSetup, LabelPrinter]] = {}

    def queues(self) -> list[QueueInfo]:
        """Those that the settings name; a silent one is there too, and says so."""
        setups = self._setups()
        named = dict.fromkeys([*setups.queues, *setups.printers])
        addresses = [address for address in named if is_label_printer(address)]
        found = []
        for address in addresses:
            try:
                found.append(self._printer(address))
            except QueueRefused:
                continue
        if not found:
            return []
        with ThreadPoolExecutor(len(found), thread_name_prefix="labels") as pool:
            return list(pool.map(LabelPrinter.info, found))

    def send(self, queue: str, pdf: bytes, title: str, size: PageSize | None = None) -> str:
        return self._printer(queue).send(pdf, title, size)

    def takes_more(self, queue: str) -> bool:
        try:
            return self._printer(queue).takes_more()
        except QueueRefused:
            # `send` says what is wrong.
            return True

    def find(self, queue: str, title: str) -> str:
        return self._printer(queue).find(title)

    def status(self, queue: str, reference: str) -> JobStatus:
        return self._printer(queue).status(reference)

    def cancel(self, queue: str, reference: str) -> None:
        self._printer(queue).cancel(reference)

    def close(self) -> None:
        with self._lock:
            for _, printer in self._open.values():
                printer.close()
            self._open.clear()

    def _printer(self, address: str) -> LabelPrinter:
        setup = self._setups().of(address)
        with self._lock:
            kept = self._open.get(address)
            # One that is at work keeps its setup until the label is out.
            if kept is not None and (kept[0] == setup or not kept[1].takes_more()):
                return kept[1]
            try:
                printer = open_label_printer(address, setup)
            except BadInput as error:
                raise QueueRefused(error.message, error.remedy) from error
            if kept is not None:
                kept[1].close()
            self._open[address] = setup, printer
            return printer
