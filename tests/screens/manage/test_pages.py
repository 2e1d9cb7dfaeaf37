from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.desk.commands import ListEvents, OpenDemoEvent
from eventdesk.desk.listings import EventsListed
from eventdesk.screens.manage.pages import SETUP, ManagePages, add_pages
from eventdesk.screens.messages import Messages
from eventdesk.screens.window import MainWindow
from tests.screens.manage.conftest import Desk
from tests.screens.manage.real_desk import RealDesk
from tests.screens.manage.test_event_editor import EVENT


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    made = MainWindow(desk.bridge, Messages())
    qtbot.addWidget(made)
    return made


@pytest.fixture
def pages(window: MainWindow, desk: Desk) -> ManagePages:
    return add_pages(window, desk.bridge, "guests")


def test_a_desk_without_an_event_opens_the_set_up(window: MainWindow, pages: ManagePages, desk: Desk) -> None:
    desk.hooks.events_listed(EventsListed(desk.last(ListEvents).request, []))
    assert window.current_page() == SETUP


def test_a_desk_with_an_event_stays_where_it_is(window: MainWindow, pages: ManagePages, desk: Desk) -> None:
    desk.hooks.events_listed(EventsListed(desk.last(ListEvents).request, [EVENT]))
    assert window.current_page() == "guests"


def test_the_set_up_is_asked_for_and_ends_at_home(window: MainWindow, pages: ManagePages) -> None:
    pages.events.wizard_button.click()
    assert window.current_page() == SETUP
    pages.wizard.finished.emit()
    assert window.current_page() == "guests"


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealDesk]:
    made = RealDesk(tmp_path)
    yield made
    made.close()


def test_every_page_is_shown_over_a_real_engine(qtbot: QtBot, real: RealDesk) -> None:
    window = MainWindow(real.bridge, Messages())
    qtbot.addWidget(window)
    pages = add_pages(window, real.bridge, "guests")
    with qtbot.waitActive(window):
        window.show()
    qtbot.waitUntil(lambda: window.current_page() == SETUP)
    real.bridge.post(OpenDemoEvent())
    for key in ("events", "jobs", "settings", "doctor", "guests"):
        window.show_page(key)
    qtbot.waitUntil(lambda: pages.guests.list.model.rowCount() > 0)
    window.show_page("doctor")
    qtbot.waitUntil(pages.doctor.again_button.isEnabled, timeout=8000)
    window.show_page("events")
    qtbot.waitUntil(lambda: pages.events.editor() is not None)
