"""The venue on every screen, in every language, for every eye and by every hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.screens import theme
from eventdesk.screens.messages import Messages
from eventdesk.screens.venue.page import VenuePage
from eventdesk.screens.window import MainWindow
from tests.screens.making import Desk, app
from tests.screens.venue.making import calls, flow, message, venue

SIZES = [(800, 480, True), (600, 1024, True), (1280, 800, False)]


@pytest.fixture(autouse=True)
def english_again() -> object:
    yield
    i18n.load("en")
    theme.apply(app(), theme.Look())


def shown(qtbot: QtBot, desk: Desk, language: str, size: tuple[int, int, bool], dark: bool) -> VenuePage:
    """All parts filled, a desk chosen, in a window with as many pages as the program has."""
    i18n.load(language)
    theme.apply(app(), theme.Look(dark, size[2]), language)
    window = MainWindow(desk.bridge, Messages())
    qtbot.addWidget(window)
    page = VenuePage(desk.bridge)
    window.add_page("venue", i18n.tr("Venue"), "grid", page)
    for number in range(13):
        window.add_page(str(number), "Veranstaltungen", "event", QLabel("a page"))
    window.resize(*size[:2])
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    desk.stand()
    for place, part in enumerate((page.readiness, page.live, page.desks, page.calls)):
        page.tabs.setCurrentIndex(place)
        app().processEvents()
        desk.hooks.venue_changed(venue(12))
        desk.hooks.flow_changed(flow(6, 16, 3120))
        desk.hooks.help_changed(calls())
        if part is not page.live:
            part.table.selectRow(2)  # type: ignore[attr-defined]
    app().processEvents()
    return page


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "dark"), [("en", True), ("de", False)])
def test_no_button_is_clipped_and_the_window_fits(
    qtbot: QtBot, desk: Desk, language: str, dark: bool, size: tuple[int, int, bool]
) -> None:
    page = shown(qtbot, desk, language, size, dark)
    window = page.window()
    for place in range(4):
        page.tabs.setCurrentIndex(place)
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
        *page.findChildren(QComboBox),
        page.live.plot,
        page.desks.picture.picture,
    ]
    unnamed = [one for one in controls if not one.accessibleName() and not _inner(one)]
    assert not unnamed
    assert page.live.plot.accessibleDescription()


def _inner(widget: QWidget) -> bool:
    """The line of a combo that can be typed in: the combo has the name."""
    return isinstance(widget.parent(), QComboBox)


def test_tab_goes_through_all_parts_and_out_again(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "en", SIZES[2], dark=False)
    page.tabs.setCurrentIndex(2)
    page.tabs.tabBar().setFocus()
    seen: list[QWidget] = []
    for _ in range(40):
        QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Tab)
        focus = page.window().focusWidget()
        assert focus is not None
        seen.append(focus)
    assert page.desks.table in seen
    assert page.desks.ordering.message_button in seen
    assert page.desks.ordering.restart_button in seen
    assert any(not page.isAncestorOf(one) for one in seen), "nobody is caught on the page"


def test_a_message_lies_over_the_page_on_the_smallest_screen(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "de", SIZES[0], dark=True)
    desk.hooks.desk_ordered(message("Bitte alle Gäste zum Nordtor schicken. " * 4))
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.rect().contains(window.message_card.geometry())
    assert window.message_card.read_button.hasFocus()
