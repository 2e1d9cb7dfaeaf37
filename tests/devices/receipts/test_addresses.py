"""Addresses of receipt printers as settings keep them."""

from contextlib import closing

import pytest

from eventdesk.devices.receipts.addresses import open_receipt_printer
from eventdesk.devices.receipts.escpos import EscposPrinter
from eventdesk.devices.receipts.queue import QueuePrinter
from eventdesk.errors import BadInput
from tests.devices.receipts.no_queues import NO_QUEUES


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("tcp://192.168.1.50:9100", EscposPrinter),
        ("tcp://receipts.local", EscposPrinter),
        ("tcp://[fe80::1]:9100", EscposPrinter),
        (" tcp://receipts.local:9100?paper=58mm&drawer=low&cut=no ", EscposPrinter),
        ("usb:04b8:0E15", EscposPrinter),
        ("serial:/dev/ttyUSB0?baud=38400&flow=rtscts", EscposPrinter),
        ("serial:COM3", EscposPrinter),
        ("file:/dev/usb/lp0", EscposPrinter),
        ("queue:Office_Laser?paper=a4", QueuePrinter),
    ],
)
def test_each_kind_is_made_without_touching_it(address: str, kind: type[object]) -> None:
    with closing(open_receipt_printer(address, NO_QUEUES)) as printer:
        assert isinstance(printer, kind)
        assert "?" not in printer.name


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("", "no address"),
        ("192.168.1.50", "no address"),
        ("tcp://", "no address"),
        ("tcp://host:port", "no address"),
        ("usb:4b8:e15", "no address"),
        ("queue:", "no address"),
        ("tcp://host?paper=90mm", "paper=90mm"),
        ("tcp://host?paper=", "paper="),
        ("tcp://host?colour=red", "colour=red"),
        ("serial:/dev/ttyS0?baud=0", "baud=0"),
        ("tcp://host?paper=a4", "rolls"),
    ],
)
def test_what_cannot_be_an_address_is_told(address: str, word: str) -> None:
    with pytest.raises(BadInput, match=word) as told:
        open_receipt_printer(address, NO_QUEUES)
    assert told.value.remedy
