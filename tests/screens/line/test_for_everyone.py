"""Names for screen readers, targets for fingers, every size of screen, both directions, each part filled."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.desk.upstream.values import ConflictsFound, HubState, StaffState
from eventdesk.domain.staff import Role
from eventdesk.screens import theme
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.line.conflicts_page import ConflictsPage
from eventdesk.screens.line.desks_page import DesksPage
from eventdesk.screens.messages import Messages
from eventdesk.screens.window import MainWindow
from tests.screens.line.making import (
    LONG_NAME,
    alone,
    conflict,
    fill_part,
    tell_code,
    tell_conflicts,
)
from tests.screens.making import NOON, Desk, app
from tests.screens.test_access import controls

PARTS = range(6)
ARABIC = "محمد بن عبد الله"
MARA = StaffState("s1", LONG_NAME, frozenset({Role.SUPERVISOR}))


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    i18n.load("en")
    theme.apply(app(), theme.Look())


def conflicts(desk: Desk) -> ConflictsPage:
    page = ConflictsPage(desk.bridge)
    page.show()
    desk.stand()
    tell_conflicts(desk, conflict("c1", LONG_NAME), conflict("c2", ARABIC), conflict("c3", "", "Twins"))
    return page


def part(number: int) -> Callable[[Desk], DesksPage]:
    def make(desk: Desk) -> DesksPage:
        page = DesksPage(desk.bridge)
        page.show()
        fill_part(desk, page, number)
        return page

    make.__name__ = f"part{number}"
    return make


def with_code(desk: Desk) -> DesksPage:
    page = part(2)(desk)
    page.desks.invitation.name.put(LONG_NAME)
    page.desks.invitation.make()
    tell_code(desk)
    return page


def with_questions(desk: Desk) -> DesksPage:
    """Everything is being asked at once, and the hub runs."""
    page = part(0)(desk)
    desk.hooks.line_changed(alone())
    desk.hooks.hub_changed(HubState(True, ["https://192.168.0.10:8443", "https://[fe80::1]:8443"]))
    page.this_desk.leave_button.click()
    return page


PAGES: list[Callable[[Desk], QWidget]] = [conflicts, *(part(one) for one in PARTS), with_code, with_questions]


def window_of(desk: Desk, touch: bool, language: str = "en", dark: bool = False) -> MainWindow:
    """The window with a locked screen, a card and an alarm filled."""
    i18n.load(language)
    theme.apply(app(), theme.Look(dark, touch), language)
    window = MainWindow(desk.bridge, Messages())
    window.add_page("checkin", "Check-in", "scan", CheckInPage(desk.bridge), arranges_itself=True)
    for page, key in ((ConflictsPage(desk.bridge), "conflicts"), (DesksPage(desk.bridge), "desks")):
        window.add_page(key, i18n.tr("Desks"), "desks", page)
    for number in range(6):
        window.add_page(str(number), "Veranstaltungen", "event", QLabel("a page"))
    return window


def fill_window(window: MainWindow, desk: Desk) -> None:
    desk.stand()
    desk.hooks.line_changed(alone(refused=12, trouble="The network wants a log-in page first."))
    desk.hooks.staff_changed(MARA)
    app().processEvents()
    desk.hooks.conflicts_found(
        ConflictsFound("gala", [conflict("c1", LONG_NAME), conflict("c2", ARABIC)], True)
    )


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_every_control_has_a_name(qtbot: QtBot, desk: Desk, make: Callable[[Desk], QWidget]) -> None:
    page = make(desk)
    qtbot.addWidget(page)
    assert controls(page)
    assert nameless(page) == []
    for label in page.findChildren(QLabel):
        assert not (label.text() and label.accessibleName()), label.text()


def nameless(root: QWidget) -> list[str]:
    found = []
    for control in controls(root):
        interface = QAccessible.queryAccessibleInterface(control)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(control).__name__} in {type(control.parent()).__name__}")
    return found


def test_every_control_of_the_window_has_a_name(qtbot: QtBot, desk: Desk) -> None:
    window = window_of(desk, touch=False)
    qtbot.addWidget(window)
    window.show()
    fill_window(window, desk)
    window.log_on.open_card()
    assert nameless(window) == []


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_every_control_is_a_finger_high(qtbot: QtBot, desk: Desk, make: Callable[[Desk], QWidget]) -> None:
    theme.apply(app(), theme.Look(touch=True))
    page = make(desk)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    app().processEvents()
    small = [
        (one.accessibleName(), one.height())
        for one in controls(page)
        if one.isVisible() and one.height() < 44
    ]
    assert small == []


@pytest.mark.parametrize("size", [(740, 420), (540, 960), (1190, 740)])
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_a_page_fits_its_screen(
    qtbot: QtBot, desk: Desk, make: Callable[[Desk], QWidget], language: str, size: tuple[int, int]
) -> None:
    """No wider than the screen, no button clipped, no sentence cut off."""
    i18n.load(language)
    theme.apply(app(), theme.Look(touch=True), language)
    page = make(desk)
    qtbot.addWidget(page)
    page.resize(*size)
    app().processEvents()
    assert page.width() == size[0]
    wide = [
        (type(one).__name__, one.accessibleName() or str(one.property("text")))
        for one in page.findChildren(QWidget)
        if one.isVisible() and type(one) in (QPushButton, QAbstractButton) and is_cut(one)
    ]
    assert wide == []
    assert [one.text() for one in page.findChildren(QLabel) if one.isVisible() and is_squeezed(one)] == []


def is_cut(widget: QWidget) -> bool:
    return widget.minimumSizeHint().width() > widget.width() + 3


def is_squeezed(label: QLabel) -> bool:
    """A wrapped sentence has fewer lines than it needs."""
    if not label.wordWrap() or not label.text():
        return False
    return label.heightForWidth(label.width()) > label.height() + 2


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size", [(800, 480), (1024, 600), (1280, 800)])
def test_the_window_fits_with_alarm_and_card(
    qtbot: QtBot, desk: Desk, language: str, size: tuple[int, int]
) -> None:
    window = window_of(desk, size[0] < 1200, language)
    qtbot.addWidget(window)
    window.line_status._now = lambda: NOON
    window.resize(*size)
    window.show()
    app().processEvents()
    fill_window(window, desk)
    app().processEvents()
    assert (window.width(), window.height()) == size
    assert "12" in window.line_status.text(), "what was refused is readable at a glance"
    assert "3" in window.line_status.text()
    assert "7 min" in window.line_status.text()
    window.log_on.open_card()
    app().processEvents()
    assert window.rect().contains(window.log_on.geometry())
    strip = window.devices.mapTo(window, window.devices.rect().topLeft()).y()
    assert window.log_on.geometry().bottom() < strip


@pytest.mark.parametrize("size", [(800, 480), (600, 1024), (1280, 800)])
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_locked_screen_is_whole(qtbot: QtBot, desk: Desk, language: str, size: tuple[int, int]) -> None:
    window = window_of(desk, touch=True, language=language)
    qtbot.addWidget(window)
    window.show()
    desk.hooks.line_changed(alone(locked=True))
    screen = window.lock_screen
    screen.setParent(None)
    qtbot.addWidget(screen)
    screen.resize(*size)
    screen.show()
    app().processEvents()
    for key in (*screen.pad.keys.values(), screen.pad.enter, screen.try_button):
        corner = key.mapTo(screen, key.rect().bottomRight())
        assert screen.rect().contains(corner), key.accessibleName() or key.text()
        assert min(key.width(), key.height()) >= 48
    assert not is_squeezed(screen.words)


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_every_control_is_reached_by_tab(qtbot: QtBot, desk: Desk, make: Callable[[Desk], QWidget]) -> None:
    page = make(desk)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    wanted = [one for one in controls(page) if one.isVisible() and one.isEnabled()]
    wanted = [one for one in wanted if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    wanted[0].setFocus()
    seen = set()
    for _ in range(len(wanted) * 2 + 20):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert [one.accessibleName() for one in wanted if one not in seen] == []
    assert not isinstance(page, DesksPage) or any(isinstance(one, QTabBar) for one in seen)


@pytest.mark.parametrize("dark", [False, True])
def test_arabic_turns_the_window_round(qtbot: QtBot, desk: Desk, dark: bool) -> None:
    window = window_of(desk, touch=False, language="ar", dark=dark)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    fill_window(window, desk)
    window.log_on.open_card()
    app().processEvents()
    assert window.log_on.geometry().left() < 100
    assert window.line_status.mapTo(window, window.line_status.rect().center()).x() > 640
    assert window.log_on.pad.keys["1"].x() < window.log_on.pad.keys["3"].x(), "keys stand as on a telephone"
