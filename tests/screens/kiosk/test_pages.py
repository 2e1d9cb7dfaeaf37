"""Page by page: what a guest touches becomes a command of their visit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eventdesk.desk.kiosk import commands
from eventdesk.desk.kiosk.values import Page, Works
from eventdesk.domain.kiosk.setup import Amend, Find, Photo, Second
from eventdesk.domain.venue import Reason
from eventdesk.domain.verdicts import Words
from eventdesk.screens.kiosk.answers import CountryField, TilesField, YesNoField
from eventdesk.screens.kiosk.buying import BuyingPage
from eventdesk.screens.kiosk.choosing import ChoosingPage
from eventdesk.screens.kiosk.details import DetailsPage
from eventdesk.screens.kiosk.document import DocumentPage
from eventdesk.screens.kiosk.ending import DonePage, SorryPage
from eventdesk.screens.kiosk.finding import FindingPage
from eventdesk.screens.kiosk.page import KioskPage
from eventdesk.screens.kiosk.paying import PayingPage
from eventdesk.screens.kiosk.photo import PhotoPage
from eventdesk.screens.kiosk.questions import QuestionsPage
from eventdesk.screens.kiosk.welcome import WelcomePage
from eventdesk.screens.kiosk.window import KioskWindow
from tests.screens.kiosk.making import ARABIC, SETUP, WAIVER, guest, state
from tests.screens.making import Desk


def page_of(kiosk: KioskWindow, kind: type[KioskPage]) -> KioskPage:
    assert kiosk.frame is not None
    assert isinstance(kiosk.frame.page, kind)
    return kiosk.frame.page


def shown(desk: Desk, kiosk: KioskWindow, page: Page, **members: object) -> KioskPage:
    desk.hooks.kiosk_changed(state(page, **members))
    return page_of(kiosk, KioskPage)


@pytest.mark.parametrize("page", list(Page))
def test_every_step_has_a_page_with_words(desk: Desk, kiosk: KioskWindow, page: Page) -> None:
    assert shown(desk, kiosk, page).title()
    assert kiosk.visit.state.page is page


def test_welcome_begins_in_the_language_that_was_touched(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.WELCOME)
    assert isinstance(page, WelcomePage)
    assert "Harbour Lights" in page.title()
    page.tongues["de"].click()
    assert desk.last(commands.BeginVisit).language == "de"
    page.start.click()
    assert desk.last(commands.BeginVisit).language == "en"
    assert list(page.tongues) == ["en", "de"]


def test_a_name_needs_both_facts_and_names_its_visit(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.FINDING)
    assert isinstance(page, FindingPage)
    page.ways["name"].click()
    form = page.forms[Find.NAME]
    form.first.line.setText("  Ada Lovelace ")
    form.search.click()
    assert "both fields" in page.told.text()
    assert not [one for one in desk.posted if isinstance(one, commands.FindByName)]
    form.second.line.setText("ada@example.org")
    form.search.click()
    found = desk.last(commands.FindByName)
    assert (found.visit, found.name, found.second) == ("v1", "Ada Lovelace", "ada@example.org")


def test_what_was_typed_stays_when_it_was_wrong(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.FINDING)
    assert isinstance(page, FindingPage)
    page.open_form(Find.ORDER)
    page.forms[Find.ORDER].first.line.setText("KX7P2")
    assert shown(desk, kiosk, Page.FINDING, words=Words("We found nobody by that.")) is page
    assert page.forms[Find.ORDER].first.text() == "KX7P2"
    assert kiosk.frame is not None
    assert kiosk.frame.head.words.text() == "We found nobody by that."


def test_the_second_fact_is_named_as_the_organizer_chose(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.FINDING)
    assert isinstance(page, FindingPage)
    assert page.forms[Find.NAME].second.caption.text() == "E-mail address or order code"
    assert page.forms[Find.ORDER].second.caption.text() == "E-mail address"
    kiosk.show_state(state(Page.FINDING, visit="v2", setup=replace(SETUP, second=(Second.COMPANY,))))
    other = page_of(kiosk, FindingPage)
    assert isinstance(other, FindingPage)
    assert other.forms[Find.NAME].second.caption.text() == "Company"


def test_too_many_tries_wait_and_count_down(desk: Desk, kiosk: KioskWindow) -> None:
    until = datetime.now(UTC) + timedelta(seconds=30)
    page = shown(desk, kiosk, Page.FINDING, wait_until=until)
    assert isinstance(page, FindingPage)
    page.open_form(Find.NAME)
    form = page.forms[Find.NAME]
    form.first.line.setText("Ada")
    form.second.line.setText("ada@example.org")
    form.second.line.returnPressed.emit()
    assert not form.search.isEnabled()
    assert not [one for one in desk.posted if isinstance(one, commands.FindByName)]
    kiosk.visit.code("a-code", camera=True)
    assert desk.last(commands.FindByCode).code == "a-code", "codes go on"


def test_only_the_ways_that_are_set_up_are_offered(desk: Desk, kiosk: KioskWindow) -> None:
    setup = replace(SETUP, finds=frozenset({Find.CODE}), sells=())
    page = shown(desk, kiosk, Page.FINDING, setup=setup)
    assert isinstance(page, FindingPage)
    assert not page.ways
    kiosk.show_state(state(Page.FINDING, visit="v2"))
    with_all = page_of(kiosk, FindingPage)
    assert isinstance(with_all, FindingPage)
    with_all.ways["buy"].click()
    assert desk.last(commands.ShowProducts).visit == "v1" or desk.last(commands.ShowProducts).visit == "v2"


def test_a_group_says_who_is_here(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.CHOOSING)
    assert isinstance(page, ChoosingPage)
    assert not page.guests["t4"].isEnabled(), "already in"
    page.guests["t2"].click()
    page.go.click()
    assert desk.last(commands.ChooseGuests).tickets == ("t1", "t3")
    for button in page.guests.values():
        button.setChecked(False)
    assert not page.go.isEnabled()
    page.all.click()
    assert page.chosen() == ("t1", "t2", "t3")


def test_details_are_right_or_mended(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.DETAILS)
    assert isinstance(page, DetailsPage)
    page.go.click()
    assert desk.last(commands.GoOn).visit == "v1"
    page.change.click()
    page.fields[Amend.COMPANY].line.setText("Royal Society")
    page.go.click()
    amended = desk.last(commands.AmendGuest)
    assert (amended.ticket, amended.members) == ("t1", {"company": "Royal Society"})
    shown(desk, kiosk, Page.DETAILS, guests=(guest(company="Royal Society"),))
    assert not page.fields, "kept, and shown"


def test_nothing_can_be_mended_where_the_organizer_does_not_allow_it(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.DETAILS, amends=frozenset({Amend.EMAIL}))
    assert isinstance(page, DetailsPage)
    page.change.click()
    assert list(page.fields) == [Amend.EMAIL]
    other = shown(desk, kiosk, Page.DETAILS, visit="v2", amends=frozenset())
    assert isinstance(other, DetailsPage)
    assert other.change.isHidden()


def test_questions_are_answered_in_large(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.QUESTIONS)
    assert isinstance(page, QuestionsPage)
    page.go.click()
    assert page.problems[0].text() == "An answer is needed."
    meal, rules, tracks, land = page.fields[:4]
    assert isinstance(meal, TilesField)
    assert isinstance(rules, YesNoField)
    assert isinstance(tracks, TilesField)
    assert isinstance(land, CountryField)
    meal.tiles["o1"].click()
    meal.tiles["o2"].click()
    rules.tiles["true"].click()
    tracks.tiles["o1"].click()
    tracks.tiles["o3"].click()
    QTest.keyClicks(land.line, "germ")
    land.tiles[0].click()
    page.go.click()
    answered = desk.last(commands.AnswerQuestions)
    assert answered.answers == {"meal": "o2", "rules": "true", "tracks": ["o1", "o3"], "land": "DE"}


def test_a_document_is_read_to_its_end_before_it_is_signed(
    qtbot: QtBot, desk: Desk, kiosk: KioskWindow
) -> None:
    page = shown(desk, kiosk, Page.DOCUMENT)
    assert isinstance(page, DocumentPage)
    qtbot.wait(50)
    assert page.pad.isHidden()
    assert not page.sign.isEnabled()
    for _ in range(60):
        page.text.move_by(0.8)
    qtbot.waitUntil(lambda: page.text.has_ended)
    qtbot.waitUntil(page.pad.isVisible)
    QTest.mousePress(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseRelease(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert not page.sign.isEnabled(), "a dot is no signature"
    draw(page)
    assert page.sign.isEnabled()
    page.clear.click()
    assert not page.sign.isEnabled()
    draw(page)
    page.sign.click()
    signed = desk.last(commands.SignDocument)
    assert (signed.document, signed.ticket, signed.text) == ("w1", "t1", kiosk.visit.state.text)
    assert signed.signature.startswith("M")
    assert " L" in signed.signature


def draw(page: DocumentPage) -> None:
    QTest.mousePress(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    for x in range(30, 200, 10):
        QTest.mouseMove(page.pad, QPoint(x, 20 + x % 40))
    QTest.mouseRelease(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 30))


def test_a_document_that_is_only_ticked(qtbot: QtBot, desk: Desk, kiosk: KioskWindow) -> None:
    short = replace(WAIVER, drawn=False)
    page = shown(desk, kiosk, Page.DOCUMENT, document=short, text="Be kind.")
    assert isinstance(page, DocumentPage)
    qtbot.waitUntil(lambda: page.text.has_ended)
    page.tick.click()
    page.sign.click()
    assert desk.last(commands.SignDocument).signature == ""
    page.refuse.click()
    assert desk.last(commands.SignDocument).refused


def test_a_photo_is_counted_down_taken_again_and_kept(qtbot: QtBot, desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.PHOTO)
    assert isinstance(page, PhotoPage)
    page.camera.offer(np.random.default_rng(1).integers(0, 255, (1080, 1920, 3), dtype=np.uint8))
    page.take.click()
    assert page.count.text() == "3"
    for _ in range(3):
        page._tick()
    assert not page.keep.isHidden()
    page.again.click()
    assert page.keep.isHidden()
    page.camera.offer(np.random.default_rng(2).integers(0, 255, (1080, 1920, 3), dtype=np.uint8))
    page.take.click()
    for _ in range(3):
        page._tick()
    page.keep.click()
    jpeg = desk.last(commands.TakePhoto).jpeg
    picture = QImage.fromData(jpeg)
    assert 1000 < len(jpeg) <= 200_000, "noise is the hardest picture there is"
    assert picture.height() > picture.width()


def test_no_photo_where_it_is_only_offered(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.PHOTO)
    assert isinstance(page, PhotoPage)
    page.without.click()
    assert desk.last(commands.TakePhoto).jpeg == b""
    must = shown(desk, kiosk, Page.PHOTO, visit="v2", setup=replace(SETUP, photo=Photo.REQUIRED))
    assert isinstance(must, PhotoPage)
    assert must.without.isHidden()
    must.take.click()
    for _ in range(3):
        must._tick()
    assert "no picture" in must.told.text(), "and it can be tried again"


def test_paying_asks_the_terminal_once(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.PAYING)
    assert isinstance(page, PayingPage)
    assert page.sum.text() == "€49.00"
    page.pay.click()
    page.pay.click()
    assert len([one for one in desk.posted if isinstance(one, commands.PayAtKiosk)]) == 1


def test_a_ticket_is_bought_for_a_name(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.BUYING)
    assert isinstance(page, BuyingPage)
    assert len(page.tiles) == 4
    page.tiles[0].click()
    page.buy.click()
    assert not [one for one in desk.posted if isinstance(one, commands.BuyAtKiosk)], "no name yet"
    page.name_field.line.setText(ARABIC)
    page.buy.click()
    bought = desk.last(commands.BuyAtKiosk)
    assert (bought.product, bought.variation, bought.name) == ("day", "adult", ARABIC)


def test_done_goes_back_by_itself(qtbot: QtBot, desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.DONE, guests=(guest(name=ARABIC),))
    assert isinstance(page, DonePage)
    assert page.next.text().strip("\u2068\u2069") == "Hall B, left"
    assert page._timer.interval() == 6000
    page._timer.setInterval(10)
    qtbot.waitUntil(lambda: any(isinstance(one, commands.EndVisit) for one in desk.posted))
    assert not desk.last(commands.EndVisit).idle


def test_the_quiet_line_says_what_works_and_that_staff_knows(desk: Desk, kiosk: KioskWindow) -> None:
    missing = frozenset(Works) - {Works.CAMERA, Works.PRINTER}
    shown(desk, kiosk, Page.FINDING, works=missing, calls=frozenset({Reason.CAMERA_GONE}))
    assert kiosk.frame is not None
    said = kiosk.frame.quiet.text()
    assert said.startswith("No camera just now: type your order code")
    assert "No badges" in said
    assert "Staff has been called." in said
    shown(desk, kiosk, Page.FINDING)
    assert kiosk.frame.quiet.isHidden()


def test_who_is_not_served_reads_large_where_to_go(desk: Desk, kiosk: KioskWindow) -> None:
    page = shown(desk, kiosk, Page.SORRY)
    assert isinstance(page, SorryPage)
    assert page.way.text() == "Please go to the information desk."
    assert kiosk.frame is not None
    assert not kiosk.frame.head.remedy.isVisible()
    shown(desk, kiosk, Page.SORRY, remedy=Words(""))
    assert "they know already" in page.way.text()
