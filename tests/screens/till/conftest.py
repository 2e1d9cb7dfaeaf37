"""The drawer's pages over a real engine at the demo event; a test speaks for the card terminal."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import OpenTill
from eventdesk.screens import theme
from eventdesk.screens.bridge import Bridge
from tests.desk.conftest import Clock
from tests.desk.till.conftest import TillDesk
from tests.screens.making import app


@pytest.fixture
def till(qtbot: QtBot, tmp_path: Path) -> Iterator[TillDesk]:
    """A till without a shift; `bridge` tells its screens."""
    i18n.load("en")
    theme.apply(app(), theme.Look())
    desk = TillDesk(tmp_path, secrets.token_bytes(48), Clock())
    desk.start()
    desk.do(OpenTill(LOG))
    yield desk
    desk.stop()


@pytest.fixture
def bridge(till: TillDesk) -> Bridge:
    return Bridge(till.hooks, till.post)


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Puts a page on the screen."""

    def shown(page: QWidget) -> None:
        qtbot.addWidget(page)
        page.resize(1180, 740)
        page.show()
        qtbot.waitExposed(page)

    return shown
