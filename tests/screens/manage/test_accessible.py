"""Every control of every page has a name that a screen reader can say, and Tab reaches it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from eventdesk.screens import theme
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.doctor_page import DoctorPage
from eventdesk.screens.manage.event_editor import EventEditor
from eventdesk.screens.manage.events_page import EventsPage
from eventdesk.screens.manage.guests_page import GuestsPage
from eventdesk.screens.manage.jobs_page import JobsPage
from eventdesk.screens.manage.settings_page import SettingsPage
from eventdesk.screens.manage.wizard import Wizard
from tests.screens.manage.conftest import Desk
from tests.screens.manage.test_event_editor import WHOLE

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)


def whole_editor(bridge: Bridge) -> EventEditor:
    page = EventEditor(bridge, WHOLE)
    for items in (page.pages.sessions, page.pages.products, page.pages.gates):
        items.open_all()
    return page


PAGES: list[Callable[[Bridge], QWidget]] = [
    DoctorPage,
    EventsPage,
    GuestsPage,
    JobsPage,
    SettingsPage,
    Wizard,
    whole_editor,
]


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_every_control_has_a_name(qtbot: QtBot, desk: Desk, make: Callable[[Bridge], QWidget]) -> None:
    page = make(desk.bridge)
    qtbot.addWidget(page)
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and is_ours(widget) and not name_of(widget)
    ]
    assert nameless == []


def is_ours(widget: QWidget) -> bool:
    """Not a part that Qt makes inside a control (the list of a combo box, the days of a calendar)."""
    if widget.objectName().startswith("qt_") or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
        return False
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, CONTROLS):
            return False
        parent = parent.parentWidget()
    return True


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or str(widget.property("text") or "")


@pytest.fixture
def fingers(qtbot: QtBot) -> Iterator[None]:
    """The look for fingers; the usual one again afterwards."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Look(touch=True))
    yield
    theme.apply(application, theme.Look())


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_every_control_is_a_finger_high(
    qtbot: QtBot, desk: Desk, fingers: None, make: Callable[[Bridge], QWidget]
) -> None:
    page = make(desk.bridge)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    small = [
        (name_of(widget), widget.height())
        for widget in page.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and is_ours(widget) and widget.isVisible() and widget.height() < 44
    ]
    assert small == []
