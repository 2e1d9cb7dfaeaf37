"""A kiosk's window on a desk that stands for the engine."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.screens import theme
from eventdesk.screens.kiosk.window import KioskWindow
from tests.screens.making import Desk, app


@pytest.fixture
def kiosk(qtbot: QtBot, desk: Desk) -> Iterator[KioskWindow]:
    made = KioskWindow(app(), desk.bridge, "en")
    qtbot.addWidget(made, before_close_func=KioskWindow.close_for_good)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close_for_good()
    i18n.load("en")
    theme.apply(app(), theme.Look())
