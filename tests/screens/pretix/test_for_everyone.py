"""The page on every screen, in every language, for every eye and by the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QProgressBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.desk.pretix.values import BridgeState, Phase
from eventdesk.screens import theme
from eventdesk.screens.messages import Messages
from eventdesk.screens.pretix.page import PretixPage
from eventdesk.screens.window import MainWindow
from tests.screens.making import Desk, app
from tests.screens.pretix.making import UNMAPPED, state, tell_calls, tell_events

SIZES = [(800, 480, True), (600, 1024, True), (1280, 800, False)]
STATES = (
    state(Phase.NONE),
    state(Phase.CHOOSING),
    state(Phase.FETCHING, done=1850, total=5000, unmapped=UNMAPPED),
    state(waiting=3, refused=2, testmode=1),
    state(Phase.ELSEWHERE, holder="Wolfeschlegelsteinhausenbergerdorff-Bartholomäus Maximilian"),
    state(Phase.PAUSED),
)


@pytest.fixture(autouse=True)
def english_again() -> object:
    yield
    i18n.load("en")
    theme.apply(app(), theme.Look())


def shown(qtbot: QtBot, desk: Desk, language: str, size: tuple[int, int, bool], dark: bool) -> PretixPage:
    i18n.load(language)
    theme.apply(app(), theme.Look(dark, size[2]), language)
    window = MainWindow(desk.bridge, Messages())
    qtbot.addWidget(window)
    page = PretixPage(desk.bridge)
    window.add_page("pretix", "pretix", "globe", page)
    for number in range(6):
        window.add_page(str(number), "Veranstaltungen", "event", QLabel("a page"))
    window.resize(*size[:2])
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    desk.stand()
    return page


def fill(desk: Desk, page: PretixPage, told: BridgeState) -> None:
    desk.hooks.pretix_changed(told)
    if told.phase is Phase.CHOOSING:
        tell_events(desk)
    app().processEvents()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "dark"), [("en", True), ("de", False)])
def test_no_button_is_clipped_and_the_window_fits(
    qtbot: QtBot, desk: Desk, language: str, dark: bool, size: tuple[int, int, bool]
) -> None:
    page = shown(qtbot, desk, language, size, dark)
    window = page.window()
    for told in STATES:
        fill(desk, page, told)
        for place in range(2):
            page.tabs.setCurrentIndex(place)
            if place and told.log:
                tell_calls(desk)
            app().processEvents()
            assert (window.width(), window.height()) == size[:2]
            buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.text()]
            clipped = [one.text() for one in buttons if one.minimumSizeHint().width() > one.width() + 3]
            assert not clipped
            ends = {one.text(): one.mapTo(page, one.rect().bottomRight()).x() for one in buttons}
            assert not {text for text, end in ends.items() if end > page.width()}, "beyond the edge"


def test_every_control_has_a_name(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "en", SIZES[2], dark=False)
    controls: list[QWidget] = [
        *page.findChildren(QTableView),
        *page.findChildren(QLineEdit),
        *page.findChildren(QProgressBar),
    ]
    assert not [one for one in controls if not one.accessibleName()]
    assert all(one.text() for one in page.findChildren(QCheckBox))


def test_tab_goes_through_the_page_and_out_again(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "en", SIZES[2], dark=False)
    page.tabs.tabBar().setFocus()
    seen: list[QWidget] = []
    for _ in range(20):
        QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Tab)
        focus = page.window().focusWidget()
        assert focus is not None
        seen.append(focus)
    assert page.token.token.line in seen
    assert page.token.pair_button in seen
    assert any(not page.isAncestorOf(one) for one in seen), "nobody is caught on the page"
