import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk.desk import settings as keys
from eventdesk.desk.commands import ListSettings, PrintTestBadge, PutSetting, StartTraining
from eventdesk.desk.listings import BadgeTried, CameraChoice, DevicesListed, PrinterChoice, SettingsListed
from eventdesk.domain.badges import JobState
from eventdesk.screens.manage.entries import LineField
from eventdesk.screens.manage.formats_field import FormatsField
from eventdesk.screens.manage.settings_page import SettingsPage
from tests.screens.manage.conftest import Desk

KEPT = {keys.PRINTER: "gone-9", keys.CAMERA_SOURCE: "rtsp://cam/1", keys.STATION: "North 2"}
DEVICES = DevicesListed("", [CameraChoice("0", "Webcam")], [PrinterChoice("badges", "Label printer")])


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> SettingsPage:
    made = SettingsPage(desk.bridge)
    qtbot.addWidget(made)
    made.show()
    desk.hooks.settings_listed(SettingsListed(desk.last(ListSettings).request, KEPT))
    desk.hooks.devices_listed(DEVICES)
    return made


def puts(desk: Desk) -> dict[str, object]:
    return {command.key: command.value for command in desk.posted if isinstance(command, PutSetting)}


def test_showing_settings_changes_none(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    qtbot.wait(500)
    assert puts(desk) == {}
    assert page.camera.value() == "rtsp://cam/1"
    assert page.printer.value() == "gone-9"
    assert "not there now" in page.printer.combo.currentText()


def test_every_setting_has_its_field(page: SettingsPage) -> None:
    kept_by_the_desk = {keys.DOOR, keys.CLOCK_ERROR_MS, keys.PAIRING, keys.HUB, keys.PIN_TRIES}
    kept_by_the_desk |= {keys.TILL_LOG, keys.TERMINALS, keys.TRAINING}
    # Those of the pages Printing and pretix, of the kiosk and of orders.
    elsewhere = {keys.PRINT_ROUTES, keys.PRINTERS, keys.LABELS_LEFT, keys.TAKE_OVER, keys.PRETIX}
    elsewhere |= {
        keys.KIOSK,
        keys.KIOSK_TRIES,
        keys.KIOSK_UNFINISHED,
        keys.KIOSK_PAYMENTS,
        keys.LOCK_ORDERED,
        keys.ORDERS_DONE,
    }
    assert set(keys.DEFAULTS) - set(page.fields) == kept_by_the_desk | elsewhere


def test_a_training_is_started_and_has_a_terminal_that_answers(page: SettingsPage, desk: Desk) -> None:
    answers = page.training.fields[keys.TRAINING_CARDS]
    assert page.training.start_button.isVisibleTo(page)
    assert not answers.isVisibleTo(page)
    page.training.start_button.click()
    assert desk.last(StartTraining).log == ""
    made_up = {keys.TRAINING: True, keys.TERMINALS: [{"kind": "made up", "name": "Training terminal"}]}
    listed = SettingsListed(desk.last(ListSettings).request, {**keys.DEFAULTS, **made_up})
    desk.hooks.settings_listed(listed)
    assert not page.training.start_button.isVisibleTo(page)
    assert answers.isVisibleTo(page)


def test_a_change_is_kept_once_and_by_itself(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    station = page.fields[keys.STATION]
    assert isinstance(station, LineField)
    QTest.keyClicks(station.line, "b")
    QTest.keyClicks(station.line, "c")
    qtbot.waitUntil(lambda: bool(puts(desk)))
    assert puts(desk) == {keys.STATION: "North 2bc"}
    assert desk.count(PutSetting) == 1
    desk.hooks.setting_kept((keys.STATION, "North 2bc"))
    assert "Name of this desk" in page.told.text()


def test_a_camera_address_is_typed_or_a_camera_chosen(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    page.camera.combo.setCurrentIndex(1)
    page.camera.combo.activated.emit(1)
    qtbot.waitUntil(lambda: puts(desk) == {keys.CAMERA_SOURCE: "0"})


def test_a_test_badge_says_how_it_goes(page: SettingsPage, desk: Desk) -> None:
    page.test_button.click()
    request = desk.last(PrintTestBadge).request
    desk.hooks.test_badge_told(BadgeTried(request, "gone-9", JobState.FAILED, "Out of paper"))
    assert "failed" in page.tried.text()
    assert "Out of paper" in page.tried.text()
    desk.hooks.test_badge_told(BadgeTried("another", "gone-9", JobState.PRINTED))
    assert "failed" in page.tried.text()


def test_at_least_one_kind_of_code_is_read(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    kinds = page.fields[keys.CODE_FORMATS]
    assert isinstance(kinds, FormatsField)
    kinds.list.item(1).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: puts(desk) == {keys.CODE_FORMATS: ["QRCode", "Aztec"]})
    for row in (0, 1):
        kinds.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert kinds.mistake == "Tick at least one."
