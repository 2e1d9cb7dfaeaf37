"""Paying and buying on a real engine with a real till: what a guest touches, and what stands then."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eventdesk import i18n
from eventdesk.desk.demo import LOG
from eventdesk.desk.kiosk.commands import FindByCode
from eventdesk.desk.kiosk.values import Page
from eventdesk.screens import theme
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.kiosk.buying import BuyingPage
from eventdesk.screens.kiosk.finding import FindingPage
from eventdesk.screens.kiosk.paying import PaidWaitPage, PayingPage
from eventdesk.screens.kiosk.welcome import WelcomePage
from eventdesk.screens.kiosk.window import KioskWindow
from tests.desk.conftest import Clock
from tests.desk.kiosk.paying_desk import PayingDesk
from tests.screens.kiosk.making import ARABIC
from tests.screens.making import app

OLE = "hl-ole-1HP2X6"
PATIENCE_MS = 30_000


@pytest.fixture
def paying(tmp_path: Path) -> Iterator[PayingDesk]:
    desk = PayingDesk(tmp_path, secrets.token_bytes(48), Clock())
    desk.start()
    yield desk
    desk.stop()


@pytest.fixture
def window(qtbot: QtBot, paying: PayingDesk) -> Iterator[KioskWindow]:
    bridge = Bridge(paying.hooks, paying.post)
    made = KioskWindow(app(), bridge, "en")
    qtbot.addWidget(made, before_close_func=KioskWindow.close_for_good)
    made.resize(1080, 1920)
    made.show()
    paying.becomes_kiosk()
    at(qtbot, made, Page.WELCOME)
    yield made
    made.close_for_good()
    i18n.load("en")
    theme.apply(app(), theme.Look())


def at(qtbot: QtBot, window: KioskWindow, page: Page) -> object:
    """The page, once it is shown."""
    qtbot.waitUntil(lambda: window.visit.state.page is page, timeout=PATIENCE_MS)
    assert window.frame is not None
    return window.frame.page


def pays(qtbot: QtBot, window: KioskWindow, paying: PayingDesk, due: str) -> None:
    page = at(qtbot, window, Page.PAYING)
    assert isinstance(page, PayingPage)
    assert due in page.sum.text()
    page.pay.click()
    page.pay.click()
    waiting = at(qtbot, window, Page.PAID_WAIT)
    assert isinstance(waiting, PaidWaitPage)
    qtbot.waitUntil(lambda: bool(paying.terminal.charges), timeout=PATIENCE_MS)
    paying.answers()
    at(qtbot, window, Page.DONE)
    assert len(paying.terminal.charges) == 1


def test_what_is_owed(qtbot: QtBot, window: KioskWindow, paying: PayingDesk) -> None:
    paying.post(FindByCode(OLE, camera=True))
    pays(qtbot, window, paying, "149.00")
    assert paying.passes(f"demo-{OLE}") == 1


def test_a_ticket_on_the_spot(qtbot: QtBot, window: KioskWindow, paying: PayingDesk) -> None:
    welcome = at(qtbot, window, Page.WELCOME)
    assert isinstance(welcome, WelcomePage)
    welcome.start.click()
    finding = at(qtbot, window, Page.FINDING)
    assert isinstance(finding, FindingPage)
    finding.ways["buy"].click()
    page = at(qtbot, window, Page.BUYING)
    assert isinstance(page, BuyingPage)
    price = next(iter(window.visit.state.prices.values()))
    page.tiles[0].click()
    page.name_field.line.setText(ARABIC)
    page.buy.click()
    pays(qtbot, window, paying, f"{price / 100:.2f}")
    (sale,) = paying.sales()
    ticket = paying.reads(lambda reader: reader.ticket(LOG, sale.lines[0].tickets[0]))
    assert ticket is not None
    assert (ticket.name, paying.passes(ticket.id)) == (ARABIC, 1)
