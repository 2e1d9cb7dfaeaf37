"""The page of the venue on a desk that stands for the engine."""

import pytest
from pytestqt.qtbot import QtBot

from eventdesk.screens.messages import Messages
from eventdesk.screens.venue.page import VenuePage
from eventdesk.screens.window import MainWindow
from tests.screens.making import Desk


@pytest.fixture
def venue_page(qtbot: QtBot, desk: Desk, messages: Messages, sounds: list[str]) -> VenuePage:
    """In the window of a desk."""
    window = MainWindow(desk.bridge, messages, sounds.append)
    qtbot.addWidget(window)
    page = VenuePage(desk.bridge)
    window.add_page("venue", "Venue", "grid", page)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    desk.stand()
    return page
