"""Where a receipt printer is, in one line as settings keep it.

`tcp://192.168.1.50:9100`, `usb:04b8:0e15`, `serial:/dev/ttyUSB0`, `file:/dev/usb/lp0`, `queue:Receipts`;
behind a question mark `paper=58mm` (80mm, a4), `drawer=low` (the pin's level while it is open), `cut=no`,
and for a serial line `baud=38400` and `flow=rtscts` (dsrdtr, xonxoff); several with `&` between them.
"""

import re
from pathlib import Path
from urllib.parse import parse_qsl

from eventdesk.devices import links
from eventdesk.devices.device_files import FileLink
from eventdesk.devices.links import Link
from eventdesk.devices.printers.queues import Printers
from eventdesk.devices.receipts.escpos import EscposPrinter
from eventdesk.devices.receipts.port import ReceiptPrinter
from eventdesk.devices.receipts.queue import QueuePrinter
from eventdesk.domain.paper import Paper
from eventdesk.errors import BadInput

PORT = 9100
_OPTIONS = {
    "paper": [*Paper],
    "drawer": ["high", "low"],
    "cut": ["yes", "no"],
    "baud": ["115200", "57600", "38400", "19200", "9600"],
    "flow": ["dsrdtr", "rtscts", "xonxoff"],
}


def open_receipt_printer(address: str, printers: Printers) -> ReceiptPrinter:
    """The printer at an address; `printers` is the rack for queues. Nothing is connected yet. Raises
    BadInput."""
    where, _, told = address.strip().partition("?")
    options = _read_options(address, told)
    paper = Paper(options.get("paper", Paper.ROLL_80))
    if where.startswith("queue:") and where != "queue:":
        return QueuePrinter(where.removeprefix("queue:"), printers, paper)
    if paper is Paper.A4:
        raise BadInput(f"The receipt printer {address} prints on rolls.", "Choose paper=80mm or paper=58mm.")
    baud = int(options.get("baud", _OPTIONS["baud"][0]))
    return EscposPrinter(
        where,
        _link(address, where, baud, options.get("flow", _OPTIONS["flow"][0])),
        paper,
        cuts=options.get("cut") != "no",
        open_high=options.get("drawer") != "low",
        # Ten bits a byte, and twice the time for a printer that holds the line up.
        rate=baud // 20 if where.startswith("serial:") else 20_000,
    )


def _link(address: str, where: str, baud: int, flow: str) -> Link:
    if match := re.fullmatch(r"tcp://(?:\[([0-9a-fA-F:]+)\]|([^\s/:]+))(?::(\d{1,5}))?/?", where):
        return links.NetworkLink(match[1] or match[2], int(match[3] or PORT))
    if match := re.fullmatch(r"usb:([0-9a-fA-F]{4}):([0-9a-fA-F]{4})", where):
        return links.UsbLink(int(match[1], 16), int(match[2], 16))
    if match := re.fullmatch(r"serial:(\S+)", where):
        return links.SerialLink(match[1], baud, flow)
    if match := re.fullmatch(r"file:(?://)?(.+)", where):
        return FileLink(Path(match[1]))
    raise BadInput(
        f'"{address}" is no address of a receipt printer.',
        "Write it as tcp://192.168.1.50, usb:04b8:0e15, serial:/dev/ttyS0, file:/dev/usb/lp0 or queue:NAME.",
    )


def _read_options(address: str, told: str) -> dict[str, str]:
    options = dict(parse_qsl(told, keep_blank_values=True))
    for name, value in options.items():
        if value not in _OPTIONS.get(name, ()):
            raise BadInput(
                f'"{name}={value}" in the address {address} is not known.',
                "Leave it out, or choose from paper, drawer, cut, baud and flow.",
            )
    return options
