"""What a verdict shows, says and sounds like; and that it can't be mistaken for another."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import ScanCode, SettleJob
from eventdesk.desk.hooks import OrderAdmitted, Trouble, Undone
from eventdesk.domain.decision import Mode, Outcome, Words
from eventdesk.domain.facts import Draft, Kind
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.checkin.shown import Face, of_given, of_order, ready, sound
from eventdesk.screens.checkin.signs import COATS
from eventdesk.screens.checkin.verdict_panel import VerdictPanel
from tests.screens.making import Desk, asking, given, ticket, used, verdict


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.mark.parametrize(
    ("told", "face", "tone"),
    [
        (given(), Face.ADMITTED, "admitted"),
        (given(attention=True), Face.ADMITTED, "attention"),
        (used(), Face.REFUSED, "refused"),
        (asking(), Face.ASKING, "attention"),
        (given(mode=Mode.EXIT), Face.LEFT, "admitted"),
        (given(mode=Mode.INFO), Face.INFORMING, "information"),
        (replace(used(), mode=Mode.INFO), Face.INFORMING, "information"),
        (replace(used(), mode=Mode.PRINT), Face.REFUSED, "refused"),
        (given(mode=Mode.PRINT), Face.REFUSED, "refused"),
    ],
)
def test_a_verdict_has_its_face_and_sound(told, face, tone) -> None:  # type: ignore[no-untyped-def]
    shown = of_given(told)
    assert (shown.face, sound(shown)) == (face, tone)


def test_a_test_order_says_so_first(qtbot: QtBot) -> None:
    found = given()
    assert found.verdict.ticket is not None
    ticket_ = replace(found.verdict.ticket, order=replace(found.verdict.ticket.order, testmode=True))
    shown = of_given(replace(found, verdict=replace(found.verdict, ticket=ticket_)))
    assert "TEST ORDER" not in of_given(found).sentence()
    assert shown.product.startswith("\u2068TEST ORDER")
    assert "TEST ORDER" in shown.sentence()
    assert shown.face is Face.ADMITTED


def test_only_an_admission_at_an_entry_is_green() -> None:
    greens = [
        (outcome, mode)
        for outcome in Outcome
        for mode in Mode
        if of_given(given(outcome, mode)).face is Face.ADMITTED
    ]
    assert greens == [(Outcome.OK, Mode.ENTRY)]


def test_every_face_has_a_sign_of_its_own(qtbot: QtBot) -> None:
    pictures = set()
    for face in (Face.ADMITTED, Face.LEFT, Face.REFUSED, Face.ASKING, Face.INFORMING):
        panel = VerdictPanel()
        qtbot.addWidget(panel)
        panel.resize(400, 200)
        panel.show_verdict(replace(of_given(given()), face=face, word="", name="", product="", headline=""))
        image = panel.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        mono = image.convertToFormat(QImage.Format.Format_Mono)
        pictures.add(bytes(mono.constBits()))
    assert len(pictures) == 5, "signs must differ without colour"


def test_the_panel_wears_the_colour_and_speaks_the_words(qtbot: QtBot, page: CheckInPage, desk: Desk) -> None:
    for told in (given(), used(), asking()):
        desk.hooks.verdict_given(told)
        panel = page.parts.verdict
        shown = of_given(told)
        assert panel.grab().toImage().pixelColor(panel.width() // 2, 8) == QColor(COATS[shown.face].ground)
        assert panel.accessibleName() == shown.sentence()
        assert shown.word in panel.accessibleName()
        assert "Ada Lovelace" in panel.accessibleName()


def test_a_refusal_says_why_since_when_and_what_helps(desk: Desk, page: CheckInPage) -> None:
    desk.hooks.verdict_given(used())
    spoken = page.parts.verdict.accessibleName()
    assert "Already used" in spoken
    assert "Entered at 11:42 at North gate" in spoken
    assert "a supervisor may admit the guest again" in spoken


def test_the_painting_of_a_verdict_is_told_once(qtbot: QtBot, desk: Desk, page: CheckInPage) -> None:
    with qtbot.waitSignal(page.verdict_painted) as painted:
        desk.hooks.verdict_given(given(request="r7"))
    request, moment = painted.args
    assert request == "r7"
    assert moment > 0
    with qtbot.assertNotEmitted(page.verdict_painted, wait=60):
        page.parts.verdict.update()


def test_an_old_verdict_fades_and_a_question_stays(qtbot: QtBot) -> None:
    clock = Clock()
    panel = VerdictPanel(clock)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_verdict(of_given(given()))
    clock.time += 7.9
    qtbot.wait(300)
    assert panel.shown().face is Face.ADMITTED
    clock.time += 0.2
    with qtbot.waitSignal(panel.faded):
        pass
    assert panel.shown() == ready(Mode.ENTRY)
    panel.show_verdict(of_given(asking()))
    clock.time += 3600
    qtbot.wait(300)
    assert panel.shown().face is Face.ASKING


def test_a_scan_that_could_not_be_written_is_never_green(
    qtbot: QtBot, desk: Desk, page: CheckInPage, sounds: list[str]
) -> None:
    """Whichever page the code was scanned on: it is the kind of command that counts."""
    desk.hooks.trouble_told(Trouble("of any page", "The disk is full.", "Make room.", ScanCode))
    assert page.parts.verdict.shown().face is Face.REFUSED
    assert "The disk is full" in page.parts.verdict.accessibleName()
    assert sounds[-1] == "refused"


def test_a_trouble_that_no_scan_caused_leaves_the_verdict_alone(desk: Desk, page: CheckInPage) -> None:
    desk.hooks.verdict_given(given())
    desk.hooks.trouble_told(Trouble("someone else's", "The printer is gone.", command=SettleJob))
    assert page.parts.verdict.shown().face is Face.ADMITTED


def test_an_order_is_green_only_where_all_passed() -> None:
    both = OrderAdmitted("r", "o1", [given(), given(ticket=ticket("Bob"))])
    assert of_order(both).face is Face.ADMITTED
    one = of_order(OrderAdmitted("r", "o1", [given(), used()]))
    assert one.face is Face.ASKING
    assert "Already used" in one.explanation
    assert of_order(OrderAdmitted("r", "o1", [used()])).face is Face.REFUSED
    assert of_order(OrderAdmitted("r", "o1", [])).face is Face.REFUSED


def test_an_undone_admission_shows_no_green(desk: Desk, page: CheckInPage) -> None:
    desk.hooks.verdict_given(given())
    desk.hooks.admission_undone(Undone("u", ticket(), "a1"))
    assert page.parts.verdict.shown().face is Face.INFORMING
    assert page.parts.scans.scans.line(0).undone


def test_words_in_words_are_translated() -> None:
    inner = Words("at {time}", {"time": "11:42"})
    told = given(Outcome.ERROR, explanation=Words("Entered {pass_}.", {"pass_": inner}))
    assert of_given(told).explanation == "Entered at 11:42."


@pytest.mark.parametrize("size", [(1200, 400), (430, 230), (300, 100), (240, 84)])
@pytest.mark.parametrize("name", ["", "李", "W" * 60, "محمد " * 30, "Ada " * 80, "x" * 1000])
def test_any_name_is_painted_at_any_size(qtbot: QtBot, size: tuple[int, int], name: str) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show_verdict(of_given(used()))
    panel.show_verdict(of_given(given(ticket=ticket(name), attention=True, checkin_texts=("Look " * 40,))))
    assert not panel.grab().isNull()
    assert verdict().outcome is Outcome.OK


def test_an_admission_on_this_desks_word_alone_says_so_and_stays_green() -> None:
    alone = of_given(given(confirmed=False))
    assert alone.face is Face.ADMITTED
    assert alone.note == "Unconfirmed: decided here alone"
    fact = Draft(Kind.ADMITTED, "t1", {"list": "main", "confirmed": False})
    assert of_given(given(facts=(fact,))).note == alone.note, "the fact's own mark is enough"
    assert of_given(given()).note == ""
    assert of_given(replace(given(), by_hub_alone=True)).note == "Confirmed by the hub alone"
    assert of_given(replace(used(), confirmed=False)).note == "", "a refusal needs no confirmation"
