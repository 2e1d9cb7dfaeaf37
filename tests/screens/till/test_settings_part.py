"""The till's settings at a desk: the printer is tried, a terminal is saved with its key and asked."""

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import PutSetting
from eventdesk.desk.settings import RECEIPT_PRINTER, TERMINALS
from eventdesk.desk.till.commands import CheckTerminal, KeepSecret, TryReceiptPrinter
from eventdesk.desk.till.values import ReceiptPrinterTried, TerminalChanged
from eventdesk.devices.states import DeviceState, Status
from eventdesk.screens.till.settings_part import TillSettings
from tests.screens.making import Desk


@pytest.fixture
def part(qtbot: QtBot, desk: Desk) -> TillSettings:
    made = TillSettings(desk.bridge)
    qtbot.addWidget(made)
    made.show()
    made.show_terminals([])
    return made


def test_the_printer_is_tried_as_it_is_typed(part: TillSettings, desk: Desk) -> None:
    part.fields[RECEIPT_PRINTER].put("tcp://192.168.1.50?paper=58mm")
    part.try_button.click()
    command = desk.last(TryReceiptPrinter)
    assert command.address == "tcp://192.168.1.50?paper=58mm"
    gone = DeviceState("bar", Status.GONE, "The printer has no paper.", "Put a roll in.")
    desk.hooks.receipt_printer_tried(ReceiptPrinterTried(command.request, gone, printed=False))
    assert "no paper" in part.tried.text()
    assert "Put a roll in." in part.tried.text()


def test_a_key_goes_to_the_keyring_and_its_name_to_the_settings(part: TillSettings, desk: Desk) -> None:
    part.terminals.add_button.click()
    (form,) = part.terminals.forms
    form.kind.put("stripe")
    form.kind.changed.emit()
    form.name.put("Bar")
    form.save()
    assert form.parts["reader"].mistake
    assert form.parts["key"].mistake
    form.parts["reader"].put("tmr_1")
    form.parts["key"].put("sk_test_1")
    form.save()
    kept = desk.last(KeepSecret)
    setting = desk.last(PutSetting)
    (row,) = setting.value
    assert (setting.key, row["key"], kept.value) == (TERMINALS, kept.name, "sk_test_1")
    assert "sk_test_1" not in repr(setting)
    assert (row["kind"], row["name"], row["reader"]) == ("stripe", "Bar", "tmr_1")
    assert form.parts["key"].line.text() == ""  # it is not on show
    desk.hooks.setting_kept((TERMINALS, setting.value))
    assert desk.last(CheckTerminal).terminal == "Bar"
    ready = DeviceState("Bar", Status.READY, "The terminal is ready.")
    desk.hooks.terminal_changed(TerminalChanged("Bar", ready))
    assert "ready" in form.state.text()


def test_a_kept_key_need_not_be_typed_again(part: TillSettings, desk: Desk) -> None:
    row = {"id": "a", "kind": "stripe", "name": "Bar", "reader": "tmr_1", "key": "terminal.a.key"}
    part.show_terminals([row])
    (form,) = part.terminals.forms
    form.parts["reader"].put("tmr_2")
    form.save()
    assert not [one for one in desk.posted if isinstance(one, KeepSecret)]
    assert desk.last(PutSetting).value == [{**row, "reader": "tmr_2"}]


def test_two_terminals_have_two_names(part: TillSettings, desk: Desk) -> None:
    part.show_terminals([{"id": "a", "kind": "beside", "name": "Bar"}])
    part.terminals.add_button.click()
    part.terminals.forms[1].name.put("Bar")
    part.terminals.forms[1].save()
    assert part.terminals.forms[1].name.mistake
    part.terminals.forms[0].removed.emit()
    assert desk.last(PutSetting).value == []
