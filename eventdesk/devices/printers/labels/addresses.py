"""Where a label printer is, in one line as settings keep it: `zebra://192.168.1.60`, `zebra:/dev/usb/lp0`,
`brother://ql820.local:9100`, `brother:/dev/usb/lp1`; behind these two `?red=yes` where the roll has two
colours, and `snmp=161` for the port where one on the network tells how it is."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

from eventdesk.devices.device_files import FileLink
from eventdesk.devices.links import Link, NetworkLink
from eventdesk.devices.printers.labels.brother import Brother
from eventdesk.devices.printers.labels.conditions import Language
from eventdesk.devices.printers.labels.printer import LabelPrinter
from eventdesk.devices.printers.labels.snmp import PORT as SNMP_PORT
from eventdesk.devices.printers.labels.snmp import SideDoor
from eventdesk.devices.printers.labels.zebra import Zebra
from eventdesk.domain.printing.setup import PrinterSetup
from eventdesk.errors import BadInput

PORT = 9100
_FAMILY = re.compile(r"(zebra|brother):([^?]+)(?:\?(.*))?")
_NETWORK = re.compile(r"//(?:\[([0-9a-fA-F:]+)\]|([^\s/:]+))(?::(\d{1,5}))?/?")


def is_label_printer(queue: str) -> bool:
    """Whether a queue's name is the address of a label printer."""
    return _FAMILY.match(queue) is not None


def open_label_printer(address: str, setup: PrinterSetup) -> LabelPrinter:
    """Nothing is connected yet. Raises BadInput."""
    match = _FAMILY.fullmatch(address.strip())
    if match is None:
        raise _bad(address)
    link = _link(address, match[2])
    options = dict(parse_qsl(match[3] or "", keep_blank_values=True))
    language: Language = Zebra(setup)
    if match[1] == "brother":
        language = _brother(address, link, options)
    elif options:
        raise _bad(address)
    return LabelPrinter(address, link, language)


def _brother(address: str, link: Link, options: dict[str, str]) -> Brother:
    red, snmp = options.pop("red", "no"), options.pop("snmp", str(SNMP_PORT))
    if options or red not in {"yes", "no"} or not re.fullmatch(r"\d{1,5}", snmp):
        raise _bad(address)
    side = SideDoor(link.host, int(snmp)) if isinstance(link, NetworkLink) else None
    return Brother(red=red == "yes", side=side)


def _link(address: str, where: str) -> Link:
    if (match := _NETWORK.fullmatch(where)) and 0 < int(match[3] or PORT) < 65536:
        return NetworkLink(match[1] or match[2], int(match[3] or PORT))
    if where.startswith("/") and not where.startswith("//"):
        return FileLink(Path(where))
    raise _bad(address)


def _bad(address: str) -> BadInput:
    return BadInput(
        f'"{address}" is no address of a label printer.',
        "Write it as zebra://192.168.1.6, zebra:/dev/usb/lp0, brother://192.168.1.7 or brother:/dev/usb/lp0.",
    )
