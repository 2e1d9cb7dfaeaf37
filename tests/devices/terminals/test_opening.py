"""Terminals from settings: keys by their names only."""

import subprocess
import sys

import pytest

from eventdesk.devices.states import Status
from eventdesk.devices.terminals.beside import TerminalBeside
from eventdesk.devices.terminals.opening import TerminalSettings, open_terminal
from eventdesk.devices.terminals.stripe import StripeTerminal
from eventdesk.devices.terminals.sumup import SumUpTerminal
from eventdesk.errors import DeviceError
from tests.rigs.payments import stripe, sumup

STRIPE = {"kind": "stripe", "name": "Front", "reader": stripe.READER, "key": "front-key"}
SUMUP = {
    "kind": "sumup",
    "name": "Bar",
    "reader": sumup.READER,
    "merchant": sumup.MERCHANT,
    "app": "org.example.desk",
    "key": "bar-key",
    "affiliate_key": "bar-affiliate",
}
KEYRING = {
    "front-key": stripe.KEY.encode(),
    "bar-key": sumup.KEY.encode() + b"\n",
    "bar-affiliate": sumup.AFFILIATE.encode(),
}


def test_each_kind(stripe: stripe.StripeRig, sumup: sumup.SumUpRig) -> None:
    rows = [{**STRIPE, "url": stripe.url}, {**SUMUP, "url": sumup.url}, {"kind": "beside", "colour": "red"}]
    for row, kind in zip(rows, (StripeTerminal, SumUpTerminal, TerminalBeside), strict=True):
        terminal = open_terminal(TerminalSettings.of(row), KEYRING.get)
        assert isinstance(terminal, kind)
        assert terminal.state().status is Status.READY
        terminal.close()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({**STRIPE, "kind": "barter"}, "barter"),
        ({**STRIPE, "reader": ""}, "reader"),
        ({**SUMUP, "merchant": None}, "merchant"),
        ({**STRIPE, "key": stripe.KEY}, "its name"),
        ({**STRIPE, "url": "http://pay.example.org"}, "https"),
        ({**STRIPE, "url": "http://127.0.0.1.example.org"}, "https"),
    ],
)
def test_settings_that_can_not_be_right(row: dict[str, object], words: str) -> None:
    with pytest.raises(DeviceError, match=words) as told:
        TerminalSettings.of(row)
    assert told.value.remedy
    assert stripe.KEY not in str(told.value)


@pytest.mark.parametrize("found", [None, b"", b"\xff\xfe"])
def test_a_key_that_is_not_there(found: bytes | None) -> None:
    with pytest.raises(DeviceError, match="Front has no key") as told:
        open_terminal(TerminalSettings.of(STRIPE), lambda name: found)
    assert told.value.remedy


def test_a_desk_without_a_terminal_loads_no_makers_library() -> None:
    program = (
        "import sys; from eventdesk.devices.terminals import opening; "
        "opening.open_terminal(opening.TerminalSettings('beside', 'B'), lambda name: None); "
        "sys.exit(len({'stripe', 'sumup', 'httpx', 'pydantic'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
