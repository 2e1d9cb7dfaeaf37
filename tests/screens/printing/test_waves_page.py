"""Waves on the screen: begun by a form, steered by their cards."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.hooks import Ended, Trouble
from eventdesk.desk.listings import CatalogueShown, DevicesListed, PrinterChoice
from eventdesk.desk.printing.commands import BeginWave, ListWaves, SteerWave
from eventdesk.desk.printing.values import Wave, WavesListed
from eventdesk.domain.badges import JobState
from eventdesk.domain.catalogue import Catalogue, CheckInList, Event, Product
from eventdesk.screens.printing.waves_page import WavesPage
from tests.screens.manage.conftest import Desk, desk

__all__ = ["desk"]
NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)
CATALOGUE = Catalogue(
    Event("e", "Summit", "Europe/Berlin", NOW),
    products={"a": Product("a", "Visitor"), "goods": Product("goods", "Mug", admits=False)},
    lists={"main": CheckInList("main", "Main entrance")},
)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> WavesPage:
    made = WavesPage(desk.bridge)
    qtbot.addWidget(made)
    made.use_log("e")
    made.show()
    desk.hooks.catalogue_shown(CatalogueShown("", CATALOGUE))
    desk.hooks.devices_listed(DevicesListed("", [], [PrinterChoice("left", "Left")]))
    return made


def wave(id_: str = "w", *, paused: bool = False, total: int = 10, **states: int) -> Wave:
    counts = {JobState(state): number for state, number in states.items()}
    return Wave(id_, "e", "Friday", NOW, total, paused, counts)


def test_a_wave_is_begun_with_what_is_entered(page: WavesPage, desk: Desk) -> None:
    assert desk.count(ListWaves) == 1
    page.begin_button.click()
    assert page.name.mistake
    assert desk.count(BeginWave) == 0
    page.name.put("Friday")
    assert page.products.list.count() == 1
    page.products.put({"a"})
    page.list.put("main")
    page.by.put("company")
    page.printer.put("left")
    page.sheet.put("a4-2x5")
    page.begin_button.click()
    begun = desk.last(BeginWave)
    assert (begun.log, begun.name, begun.products, begun.list, begun.by, begun.printer, begun.sheet) == (
        "e", "Friday", ("a",), "main", "company", "left", "a4-2x5"
    )  # fmt: skip
    assert not page.begin_button.isEnabled()


@pytest.mark.parametrize(
    ("tell", "words"),
    [
        (lambda request: Ended(request, "wave", 12), "Badges in this wave: 12."),
        (lambda request: Ended(request, "wave", 0), "Everyone has a badge already, or nobody may come."),
        (
            lambda request: Ended(request, "wave", error=Trouble("", "This list is gone.", "Choose one.")),
            "This list is gone. Choose one.",
        ),
    ],
)
def test_how_the_beginning_went_is_told(
    page: WavesPage, desk: Desk, tell: Callable[[str], Ended], words: str
) -> None:
    page.name.put("Friday")
    page.begin_button.click()
    desk.hooks.operation_ended(Ended("another", "import", 5))
    assert not page.begin_button.isEnabled()
    desk.hooks.operation_ended(tell(desk.last(BeginWave).request))
    assert page.told.text() == words
    assert page.begin_button.isEnabled()


def test_a_refusal_is_told(page: WavesPage, desk: Desk) -> None:
    page.name.put("Friday")
    page.begin_button.click()
    desk.hooks.trouble_told(Trouble(desk.last(BeginWave).request, "No printer is chosen.", "Choose one."))
    assert page.told.text() == "No printer is chosen. Choose one."
    assert page.begin_button.isEnabled()


def test_a_card_shows_how_far_its_wave_is(page: WavesPage, desk: Desk) -> None:
    desk.hooks.waves_listed(WavesListed([wave(printed=4, sent=2, queued=3, failed=1)]))
    card = page.cards["w"]
    assert (card.bar.value(), card.bar.maximum()) == (4, 10)
    said = card.words.text().translate(dict.fromkeys(map(ord, "\u2068\u2069")))
    assert said == "4 of 10 printed · 2 at the printer · 1 in need of you"
    assert page.none.isHidden()
    desk.hooks.waves_listed(WavesListed([wave(printed=10)]))
    assert page.cards["w"] is card
    assert card._actions.isHidden()
    desk.hooks.waves_listed(WavesListed([]))
    assert page.cards == {}


def test_a_wave_is_paused_and_resumed(page: WavesPage, desk: Desk) -> None:
    desk.hooks.waves_listed(WavesListed([wave(queued=3)]))
    card = page.cards["w"]
    card.pause_button.click()
    assert (desk.last(SteerWave).wave, desk.last(SteerWave).choice) == ("w", "pause")
    desk.hooks.waves_listed(WavesListed([wave(queued=3, paused=True)]))
    assert "paused" in card.words.text()
    card.pause_button.click()
    assert desk.last(SteerWave).choice == "resume"


def test_a_wave_is_canceled_after_a_second_word(page: WavesPage, desk: Desk) -> None:
    desk.hooks.waves_listed(WavesListed([wave(queued=3)]))
    card = page.cards["w"]
    card.cancel_button.click()
    assert desk.count(SteerWave) == 0
    assert card.sure_button.text() == "Cancel 3 badges"
    card.keep_button.click()
    card.cancel_button.click()
    card.sure_button.click()
    assert desk.last(SteerWave).choice == "cancel"


def test_the_newest_wave_stands_first(page: WavesPage, desk: Desk) -> None:
    desk.hooks.waves_listed(WavesListed([wave("old", queued=1)]))
    desk.hooks.waves_listed(WavesListed([wave("new", queued=1), wave("old", queued=1)]))
    assert [page._column.indexOf(page.cards[id_]) for id_ in ("new", "old")] == [0, 1]
