"""Printers on the screen: their state, rolls, calibration, routes, addresses."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import PrintTestBadge, PutSetting
from eventdesk.desk.hooks import Trouble
from eventdesk.desk.listings import BadgeTried, CatalogueShown, DevicesListed, PrinterChoice, SettingsListed
from eventdesk.desk.printing.commands import ListPrinters, LoadRoll, PrintCalibration
from eventdesk.desk.printing.values import PrintersTold, PrinterTold
from eventdesk.desk.settings import PRINT_ROUTES, PRINTERS, TAKE_OVER
from eventdesk.devices.states import DeviceState, Status
from eventdesk.domain.badges import JobState
from eventdesk.domain.catalogue import Catalogue, Event, Product
from eventdesk.screens.printing.page import PrintingPage
from eventdesk.screens.printing.printers_page import PrintersPage
from tests.screens.manage.conftest import Desk, desk

__all__ = ["desk"]
NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)
CATALOGUE = Catalogue(
    Event("e", "Summit", "Europe/Berlin", NOW),
    products={"a": Product("a", "Visitor"), "b": Product("b", "VIP")},
)
KEPT: dict[str, Any] = {
    PRINTERS: {"left": {"dx": 1.5, "dpi": 203}},
    PRINT_ROUTES: [{"products": ["b"], "queues": ["right"]}, {"products": [], "queues": ["left", "right"]}],
    "printer": "left",
}


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PrintersPage:
    made = PrintersPage(desk.bridge)
    qtbot.addWidget(made)
    made.use_log("e")
    made.show()
    desk.hooks.settings_listed(SettingsListed("", KEPT))
    desk.hooks.devices_listed(
        DevicesListed("", [], [PrinterChoice("left", "Left"), PrinterChoice("right", "")])
    )
    desk.hooks.catalogue_shown(CatalogueShown("", CATALOGUE))
    tell(desk)
    return made


def tell(desk: Desk, left: int | None = 12, state: Status = Status.READY, message: str = "") -> None:
    told = PrinterTold("left", DeviceState("Left", state, message), 3, left)
    desk.hooks.printers_told(PrintersTold([told, PrinterTold("right", DeviceState("right", Status.READY))]))


def plain(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\u2068\u2069")))


def test_a_card_shows_the_printer(page: PrintersPage, desk: Desk) -> None:
    assert desk.count(ListPrinters) == 1
    card = page.cards["left"]
    assert plain(card.words.text()) == "ready · 3 badges wait"
    assert (card.left.text(), card.left.property("tone")) == ("Labels left: 12.", "warn")
    tell(desk, 0, Status.DEGRADED, "Out of paper")
    assert plain(card.words.text()).startswith("Out of paper")
    assert card.left.property("tone") == "bad"
    assert page.cards["right"].left.text() == "Labels are not counted."
    desk.hooks.printers_told(PrintersTold([]))
    assert page.cards == {}
    assert not page.none.isHidden()


def test_a_new_roll_is_told(page: PrintersPage, desk: Desk) -> None:
    card = page.cards["left"]
    card.load_button.click()
    assert desk.count(LoadRoll) == 0
    card.labels.put(500)
    card.load_button.click()
    assert (desk.last(LoadRoll).queue, desk.last(LoadRoll).labels) == ("left", 500)
    card.uncount_button.click()
    assert desk.last(LoadRoll).labels is None


def test_the_calibration_is_kept_beside_what_is_set_otherwise(page: PrintersPage, desk: Desk) -> None:
    card = page.cards["left"]
    assert card.dx.value() == 1.5
    card.dx.line.setText("-0,5")
    card.dy.line.setText("wide")
    card.keep_button.click()
    assert card.dy.mistake
    assert desk.count(PutSetting) == 0
    card.dy.line.setText("2")
    card.turn.put(180)
    card.keep_button.click()
    kept = desk.last(PutSetting)
    assert kept.key == PRINTERS
    assert kept.value == {"left": {"dx": -0.5, "dy": 2.0, "turn": 180, "warn": 20, "sheet": "", "dpi": 203}}


def test_pages_to_try_are_printed_and_told(page: PrintersPage, desk: Desk) -> None:
    card = page.cards["left"]
    card.ruler_button.click()
    request = desk.last(PrintCalibration).request
    desk.hooks.test_badge_told(BadgeTried(request, "left", JobState.FAILED, "Paper jam"))
    assert "failed" in card.told.text()
    card.test_button.click()
    assert desk.last(PrintTestBadge).printer == "left"
    desk.hooks.trouble_told(Trouble(desk.last(PrintTestBadge).request, "It is gone.", "Look."))
    assert card.told.text() == "It is gone. Look."


def test_routes_are_added_moved_and_removed(page: PrintersPage, desk: Desk) -> None:
    routes = page.routes
    routes.add_button.click()
    assert routes.told.text() == "Tick a printer first."
    routes.products.put({"a"})
    routes.queues.put({"right"})
    routes.add_button.click()
    added = desk.last(PutSetting)
    assert (added.key, added.value) == (
        PRINT_ROUTES,
        [*KEPT[PRINT_ROUTES], {"products": ["a"], "queues": ["right"]}],
    )
    routes._swap(2)
    assert [one["products"] for one in desk.last(PutSetting).value] == [["b"], ["a"], []]
    routes._remove(0)
    assert [one["products"] for one in desk.last(PutSetting).value] == [["a"], []]
    assert desk.count(ListPrinters) == 4


def test_taking_over_can_be_switched_off(page: PrintersPage, desk: Desk) -> None:
    assert page.takes_over.value() is True
    page.takes_over.box.click()
    assert (desk.last(PutSetting).key, desk.last(PutSetting).value) == (TAKE_OVER, False)


def test_a_label_printer_is_tried_and_added_by_its_address(page: PrintersPage, desk: Desk) -> None:
    page.try_button.click()
    assert page.address.mistake
    page.address.put("zebra://192.168.1.60")
    page.try_button.click()
    desk.hooks.test_badge_told(BadgeTried(desk.last(PrintTestBadge).request, "zebra", JobState.PRINTED))
    assert page.told.text()
    page.add_button.click()
    assert desk.last(PutSetting).value == {**KEPT[PRINTERS], "zebra://192.168.1.60": {}}
    desk.hooks.setting_kept((PRINTERS, desk.last(PutSetting).value))
    assert page.routes.queues.list.count() == 3


@pytest.mark.parametrize("kept", [5, [], {"left": 5}, None])
def test_settings_that_cannot_be_read_take_nothing_down(page: PrintersPage, desk: Desk, kept: Any) -> None:
    desk.hooks.settings_listed(SettingsListed("", {PRINTERS: kept, PRINT_ROUTES: kept}))
    page.cards["right"].keep_button.click()
    assert desk.last(PutSetting).value["right"]["turn"] == 0


def test_the_event_is_asked_for_where_it_matters(qtbot: QtBot, desk: Desk) -> None:
    page = PrintingPage(desk.bridge)
    qtbot.addWidget(page)
    page.show()
    assert page.event_choice.isHidden()
    page.tabs.setCurrentIndex(1)
    assert not page.event_choice.isHidden()
