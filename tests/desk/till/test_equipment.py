"""The till's devices as people set them up."""

import secrets
from pathlib import Path

import pytest

from eventdesk.desk.settings import TERMINALS
from eventdesk.desk.till.commands import CheckTerminal, KeepSecret, TryReceiptPrinter
from eventdesk.devices.states import Status
from eventdesk.storage.secrets import Secrets
from tests.desk.conftest import Clock
from tests.desk.till.conftest import TillDesk
from tests.rigs.printers.escpos import EscposPrinter, on_network


@pytest.fixture
def key() -> bytes:
    """Of a desk with a passphrase: its secrets lie in the database, as there is no keyring here."""
    return secrets.token_bytes(47) + b"\x01"


def test_a_trial_comes_out_of_the_printer_that_was_typed(desk: TillDesk) -> None:
    printer = EscposPrinter()
    with on_network(printer) as port:
        desk.do(TryReceiptPrinter(f"tcp://127.0.0.1:{port}"))
        tried = desk.heard.next(desk.hooks.receipt_printer_tried)
    assert (tried.printed, tried.state.status) == (True, Status.READY)
    assert len(printer.receipts) == 1
    assert printer.kicks == 0  # a trial is no way to open the drawer


def test_a_printer_that_is_not_there_is_told_with_what_to_do(desk: TillDesk) -> None:
    printer = EscposPrinter()
    with on_network(printer) as port:
        pass
    desk.do(TryReceiptPrinter(f"tcp://127.0.0.1:{port}"))
    tried = desk.heard.next(desk.hooks.receipt_printer_tried)
    assert (tried.printed, tried.state.status) == (False, Status.GONE)
    assert "can't be reached" in tried.state.message


def test_an_address_that_is_none_is_refused(desk: TillDesk) -> None:
    desk.do(TryReceiptPrinter("the one at the window"))
    assert desk.trouble().remedy


def test_a_key_goes_where_secrets_lie_and_nowhere_else(desk: TillDesk) -> None:
    command = KeepSecret("terminal.t1.key", " sk_test_123 ")
    desk.do(command)
    assert desk.heard.next(desk.hooks.secret_kept).name == "terminal.t1.key"
    assert Secrets(desk.store).get("terminal.t1.key") == b"sk_test_123"
    assert "sk_test" not in repr(command)  # nor into a log
    with desk.store.reader() as reader:
        assert "sk_test" not in repr(reader.settings.get(TERMINALS))


def test_a_keyring_that_is_not_there_is_told(tmp_path: Path, clock: Clock) -> None:
    desk = TillDesk(tmp_path, secrets.token_bytes(47) + b"\x00", clock)
    desk.start()
    try:
        desk.do(KeepSecret("terminal.t1.key", "sk_test_123"))
        told = desk.trouble()
    finally:
        desk.stop()
    assert told.remedy
    assert "sk_test" not in f"{told.message} {told.remedy}"


@pytest.mark.parametrize("value", ["", "  ", "two words", "schlüssel", "x" * 501])
def test_what_can_be_no_key_is_refused(desk: TillDesk, value: str) -> None:
    desk.do(KeepSecret("terminal.t1.key", value))
    assert desk.trouble().message == "This can't be a key."


def test_a_terminal_is_asked_as_the_settings_have_it_now(desk: TillDesk) -> None:
    desk.do(CheckTerminal("t1"))
    told = desk.heard.next(desk.hooks.terminal_changed)
    assert (told.terminal, told.state.status) == ("t1", Status.READY)
