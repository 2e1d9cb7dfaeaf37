"""Every size of screen: words never go, nothing widens the window, and long texts end in an ellipsis."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.screens import theme
from eventdesk.screens.checkin.fitting import Style
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.checkin.verdict_painter import VerdictPainter
from eventdesk.screens.line.status import StripButton
from eventdesk.screens.messages import Messages
from eventdesk.screens.widgets.basics import WideButton
from eventdesk.screens.widgets.status_strip import StatusStrip
from eventdesk.screens.window import MainWindow
from tests.screens.making import Desk, app, given, ticket, used

SIZES = [(800, 480, True), (1024, 600, True), (1280, 800, False)]
LONG = (
    "camera 0 can't be opened. Plug it in, or close the program that uses it; it is opened again by itself."
)


@pytest.fixture(autouse=True)
def english_again() -> object:
    yield
    i18n.load("en")
    theme.apply(app(), theme.Look())


def shown(qtbot: QtBot, desk: Desk, language: str, size: tuple[int, int, bool]) -> MainWindow:
    """The window in a language, on a screen of that size (and touched, or not)."""
    i18n.load(language)
    theme.apply(app(), theme.Look(touch=size[2]), language)
    window = MainWindow(desk.bridge, Messages())
    qtbot.addWidget(window)
    window.add_page("checkin", "Check-in", "scan", CheckInPage(desk.bridge), arranges_itself=True)
    window.add_page("wide", "Veranstaltungen", "event", wide_page())
    window.resize(*size[:2])
    window.show()
    qtbot.waitExposed(window)
    desk.stand()
    return window


def wide_page() -> QLabel:
    made = QLabel("a table that would be wider than any small screen " * 4)
    made.setMinimumSize(1500, 900)
    return made


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size", SIZES)
def test_no_button_is_clipped_and_the_window_fits(
    qtbot: QtBot, desk: Desk, language: str, size: tuple[int, int, bool]
) -> None:
    window = shown(qtbot, desk, language, size)
    window.devices.show_state("camera", "gone", LONG)
    window.devices.show_state("printer", "degraded", LONG)
    desk.hooks.verdict_given(used())
    app().processEvents()
    wide = {
        type(one).__name__: one.minimumSizeHint().width()
        for one in window.findChildren(QWidget)
        if one.minimumSizeHint().width() > 400
    }
    assert (window.width(), window.height()) == size[:2], f"held open by {wide}"
    buttons = [one for one in window.findChildren(QPushButton) if one.isVisible() and one.text()]
    assert len(buttons) > 4
    clipped = [one.text() for one in buttons if one.minimumSizeHint().width() > one.width() + 3]
    assert not [text for text in clipped if not text.endswith("…")]


@pytest.mark.parametrize("height", [70, 90, 120, 200, 400])
def test_a_verdict_has_its_word_however_low_it_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, page: CheckInPage, desk: Desk, height: int
) -> None:
    """On a small screen a sheet leaves a strip: a colour and a sign alone are not enough."""
    painted: list[str] = []

    def paint(_painter: QPainter, text: str, box: QRectF, style: Style, _flags: object) -> float:
        if box.height() >= style.smallest * 0.8:
            painted.append(text)
        return min(box.height(), style.largest * 1.2)

    monkeypatch.setattr("eventdesk.screens.checkin.verdict_painter.paint", paint)
    desk.hooks.verdict_given(used())
    panel = page.parts.verdict
    image = QImage(500, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ground, ink = QColor("red"), QColor("white")
    VerdictPainter(painter, panel.shown(), image.rect(), ground, ink, 20, 0.0, False).paint()
    painter.end()
    assert any("STOP" in text for text in painted)
    assert any("Already used" in text for text in painted)


def test_a_strip_is_never_lower_than_its_words(page: CheckInPage) -> None:
    assert page.parts.verdict.minimumSizeHint().height() >= page.fontMetrics().height() * 3


def test_a_page_scrolls_only_where_it_must(qtbot: QtBot, desk: Desk) -> None:
    window = shown(qtbot, desk, "en", (1000, 700, False))
    window.show_page("wide")
    assert window.width() == 1000
    assert window.current_page() == "wide"
    assert window.page("wide").isVisible()


def test_the_strip_of_devices_cuts_long_words_and_keeps_names(qtbot: QtBot) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    strip.add("camera", "Camera", "camera")
    strip.add("database", "Database", "database")
    strip.show_state("camera", "gone", LONG)
    strip.show_state("database", "ready")
    strip.resize(400, 34)
    strip.show()
    assert strip.minimumSizeHint().width() < 400
    database = strip.findChildren(QLabel)[-1]
    assert database.width() >= database.sizeHint().width(), "what is short stays whole"


def test_a_long_door_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    made = WideButton("event", "quiet")
    qtbot.addWidget(made)
    made.show_text("Main entrance & back · North gate · Harbour Lights Conference")
    made.resize(200, 34)
    made.show()
    assert made.text().endswith("…")
    made.resize(900, 34)
    assert made.text().replace("&&", "&") == made.accessibleName()


def test_keys_act_on_the_page_after_a_sheet(page: CheckInPage, desk: Desk) -> None:
    """And not on the button that happens to be next: Space on Undo would be a slip."""
    desk.hooks.verdict_given(given(ticket=ticket("Grace Hopper")))
    QTest.keyClick(page, Qt.Key.Key_F8)
    QTest.keyClick(app().focusWidget() or page, Qt.Key.Key_Escape)
    assert page.hasFocus()
    page.parts.search.start("gra")
    desk.hooks.verdict_given(given(request="another"))
    assert page.parts.search.box.hasFocus(), "what is being typed stays"


def test_an_upright_screen_has_the_last_scans_below(qtbot: QtBot, desk: Desk) -> None:
    window = shown(qtbot, desk, "de", (600, 1000, True))
    assert (window.width(), window.height()) == (600, 1000)
    page = window.page("checkin")
    assert isinstance(page, CheckInPage)
    desk.hooks.verdict_given(used())
    qtbot.waitUntil(lambda: page.parts.scans.y() > page.parts.verdict.geometry().bottom())
    assert page.parts.scans.width() > 250, "names can be read"


def test_the_strip_is_whole_below_a_title_bar_an_alarm_and_a_message(qtbot: QtBot, desk: Desk) -> None:
    """480 pixels less those of a title bar, with as many pages as the program has."""
    window = shown(qtbot, desk, "en", (800, 440, False))
    for number in range(7):
        window.add_page(f"more {number}", "More", "event", QLabel("more"))
    window.alarm.show()
    window.message_bar.show()
    app().processEvents()
    assert window.height() == 440
    strip = window.devices.mapTo(window, window.devices.rect().bottomLeft()).y()
    assert strip <= window.height()


def test_the_lines_words_come_before_a_devices_long_ones(qtbot: QtBot) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    line = StripButton("alone")
    strip.add("camera", "Camera", "camera")
    strip.add_leading(line)
    strip.show_state("camera", "gone", LONG)
    strip.resize(900, 40)
    strip.show()
    words = "Alone · knows all until 10:42 (7 min) · 3 waiting"
    line.show_texts(words, "Alone")
    qtbot.waitUntil(lambda: line.text() == words)
