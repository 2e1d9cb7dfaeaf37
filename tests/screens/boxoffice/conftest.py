"""The box office on the real engine: a till at the demo event, and what a person at it does."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.desk.till.values import CartChanged
from eventdesk.screens import theme
from eventdesk.screens.boxoffice.page import BoxOfficePage
from eventdesk.screens.bridge import Bridge
from tests.desk.conftest import Clock
from tests.desk.till.conftest import TillDesk
from tests.screens.making import app

WAIT = 20_000
Key = Qt.Key


class Office:
    """The page on a desk."""

    def __init__(self, qtbot: QtBot, desk: TillDesk, page: BoxOfficePage) -> None:
        self.qtbot, self.desk, self.page = qtbot, desk, page

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page, key)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.page, text)

    def tile(self, product: str) -> None:
        """As a finger does."""
        for place in range(9):
            if product in self.page.work.tiles.tiles():
                return self.page.work.tiles.tiles()[product].click()
            self.page.work.tiles.show_category(place)
        raise AssertionError(f"no tile of {product}")

    def add(self, product: str) -> CartChanged:
        """A product that asks for nothing, in the cart."""
        before = self.page.state.in_cart(product)
        self.tile(product)
        self.until(lambda: self.page.state.in_cart(product) > before)
        assert self.page.state.cart is not None
        return self.page.state.cart

    def cart_changes(self) -> AbstractContextManager[object]:
        return self.qtbot.waitSignal(self.page.bridge.cart_changed, timeout=WAIT)

    def until(self, so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(so, timeout=WAIT)

    def wait_done(self) -> None:
        self.until(self.page.side.is_done_shown)

    def texts(self, part: QWidget) -> list[str]:
        return [one.text() for one in part.findChildren(QLabel) if one.isVisible() and one.text()]

    def rows(self) -> list[str]:
        model = self.page.cart_view.model
        return [str(model.data(model.index(at, 0))) for at in range(model.rowCount())]


@pytest.fixture
def till(tmp_path: Path) -> Iterator[TillDesk]:
    desk = TillDesk(tmp_path, secrets.token_bytes(48), Clock())
    yield desk
    desk.stop()


@pytest.fixture
def closed_office(qtbot: QtBot, till: TillDesk) -> Office:
    """Neither an event is chosen nor a shift open."""
    i18n.load("en")
    theme.apply(app(), theme.Look())
    bridge = Bridge(till.hooks, till.post)
    page = BoxOfficePage(bridge)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    till.start()
    return Office(qtbot, till, page)


@pytest.fixture
def office(closed_office: Office) -> Office:
    """Ready to sell."""
    closed_office.desk.opened()
    state = closed_office.page.state
    closed_office.until(lambda: state.can_sell and state.cart is not None)
    closed_office.until(lambda: not closed_office.page.work.is_open())
    return closed_office
