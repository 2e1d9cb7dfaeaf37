"""docs/receipt-printers.md says what the program takes."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from eventdesk.devices.receipts.addresses import _OPTIONS, open_receipt_printer
from tests.devices.receipts.no_queues import NO_QUEUES

GUIDE = (Path(__file__).parents[3] / "docs" / "receipt-printers.md").read_text(encoding="utf-8")
ADDRESSES = re.findall(r"`((?:tcp|file|usb|serial|queue):[^`]+)`", GUIDE)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_in_it_is_one(address: str) -> None:
    with closing(open_receipt_printer(address, NO_QUEUES)) as printer:
        assert printer.name


def test_every_option_is_told() -> None:
    assert len(ADDRESSES) >= 7
    for name, values in _OPTIONS.items():
        assert f"`{name}=" in GUIDE
        assert any(f"{name}={value}" in GUIDE for value in values)
