"""Fixtures of the screens: a desk that stands for the engine, and the check-in page on it."""

import pytest
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.screens import theme
from eventdesk.screens.checkin.page import CheckInPage
from eventdesk.screens.messages import Messages
from eventdesk.screens.window import MainWindow
from tests.screens.making import Desk, app


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    i18n.load("en")
    theme.apply(app(), theme.Look())
    return Desk()


@pytest.fixture
def messages(qtbot: QtBot) -> Messages:
    return Messages()


@pytest.fixture
def sounds() -> list[str]:
    """The names of the sounds that were played."""
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, sounds: list[str]) -> CheckInPage:
    made = CheckInPage(desk.bridge, sounds.append)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    qtbot.waitExposed(made)
    desk.stand()
    return made


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, messages: Messages, page: CheckInPage) -> MainWindow:
    made = MainWindow(desk.bridge, messages)
    qtbot.addWidget(made)
    made.add_page("checkin", "Check-in", "scan", page)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made
