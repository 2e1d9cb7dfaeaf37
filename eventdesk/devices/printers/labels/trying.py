"""Is there a label printer at an address, and which ones are on this network: for whoever sets up a desk."""

import threading
from contextlib import suppress
from dataclasses import dataclass

import zeroconf
from zeroconf import ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

from eventdesk.devices.printers.labels.addresses import open_label_printer
from eventdesk.devices.printers.queues import PageSize
from eventdesk.domain.printing.setup import PrinterSetup

SERVICE = "_pdl-datastream._tcp.local."
MOST_FOUND = 50
# How the makers' names begin, as printers announce them.
_FAMILIES = {"zebra": "zebra", "ztc": "zebra", "zd": "zebra", "brother ql": "brother", "ql-": "brother"}
_FAULTS = (OSError, zeroconf.Error, RuntimeError, TimeoutError)


@dataclass(frozen=True, slots=True)
class LabelPrinterFound:
    """`media`: width and height of its labels in millimetres, height 0 for an endless tape; None where it
    does not know. `ready`: nothing keeps it from printing; else `words` say what does."""

    address: str
    model: str
    dpi: float
    media: PageSize | None
    ready: bool = True
    words: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """A printer that announces itself, which need not be what it says: `try_address` tells."""

    address: str
    name: str


def try_address(address: str) -> LabelPrinterFound:
    """Ask the printer; takes up to three seconds. Raises BadInput for what is no address, PrintSystemSilent
    where nothing answers as such a printer does."""
    printer = open_label_printer(address, PrinterSetup())
    try:
        found = printer.condition()
    finally:
        printer.close()
    words, waits = found.told()
    return LabelPrinterFound(address, found.model, found.dpi, found.media, not waits, words)


def announced(seconds: float, interfaces: tuple[str, ...] = ()) -> list[Announced]:
    """Those that announce themselves within the time. Empty without a network."""
    try:
        made = Zeroconf(interfaces=list(interfaces)) if interfaces else Zeroconf()
    except _FAULTS:
        return []
    try:
        names = _Names()
        browser = ServiceBrowser(made, SERVICE, names)
        threading.Event().wait(seconds)
        browser.cancel()
        return [found for name in names.heard() if (found := _read(made, name))]
    except _FAULTS:
        return []
    finally:
        made.close()


class _Names(ServiceListener):
    """Names alone: what stands behind them is read at the end."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._lock = threading.Lock()

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:  # noqa: ARG002 - the port's form
        with self._lock:
            if len(self._names) < MOST_FOUND:
                self._names.add(name)

    update_service = add_service

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:  # noqa: ARG002 - as above
        with self._lock:
            self._names.discard(name)

    def heard(self) -> list[str]:
        with self._lock:
            return sorted(self._names)


def _read(made: Zeroconf, name: str) -> Announced | None:
    """None for printers of other makers."""
    info = None
    with suppress(*_FAULTS):
        info = made.get_service_info(SERVICE, name, timeout=500)
    if info is None or not info.port:
        return None
    said = _said(info) or name.removesuffix(f".{SERVICE}")
    family = next((family for begin, family in _FAMILIES.items() if said.lower().startswith(begin)), "")
    hosts = info.parsed_addresses(zeroconf.IPVersion.V4Only) or [
        f"[{host}]" for host in info.parsed_addresses()
    ]
    return Announced(f"{family}://{hosts[0]}:{info.port}", said) if family and hosts else None


def _said(info: ServiceInfo) -> str:
    told = info.properties.get(b"ty") or info.properties.get(b"product") or b""
    text = told.decode("utf-8", "replace").strip("() ")
    return "".join(letter for letter in text if letter.isprintable())[:80]
