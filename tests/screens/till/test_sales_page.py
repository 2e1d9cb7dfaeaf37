"""Sales on their page, over the real engine: found, looked at, given back, exchanged."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import AddProduct, OpenShift, OpenTill, Pay
from eventdesk.desk.till.values import SaleMade
from eventdesk.devices.terminals.port import Answer, Fate
from eventdesk.domain.till.setup import Tender
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.till.sales_page import SalesPage
from tests.desk.till.conftest import TillDesk

WAIT_MS = 20_000


@pytest.fixture
def sold(till: TillDesk, bridge: Bridge, qtbot: QtBot) -> list[SaleMade]:
    """Two workshops in cash, then three coffees."""
    made: list[SaleMade] = []
    bridge.sale_made.connect(made.append)
    till.do(OpenShift("1", 10000))
    till.do(AddProduct("workshop", quantity=2))
    till.do(Pay(Tender.CASH, given=10000))
    till.do(AddProduct("coffee", quantity=3))
    till.do(Pay(Tender.CASH))
    qtbot.waitUntil(lambda: len(made) == 2, timeout=WAIT_MS)
    return made


@pytest.fixture
def page(sold: list[SaleMade], bridge: Bridge, show: Callable[[QWidget], None], qtbot: QtBot) -> SalesPage:
    made = SalesPage(bridge)
    show(made)
    bridge.post(OpenTill(LOG))
    qtbot.waitUntil(lambda: len(made.rows.rows) == 2, timeout=WAIT_MS)
    return made


def looked_at(qtbot: QtBot, page: SalesPage, sale: str) -> SalesPage:
    page.show_sale(sale)
    qtbot.waitUntil(lambda: page.card.shown is not None and page.card.shown.sale.id == sale, timeout=WAIT_MS)
    return page


def test_the_latest_stand_first_and_a_number_finds_one(
    qtbot: QtBot, page: SalesPage, sold: list[SaleMade]
) -> None:
    assert [row.number for row in page.rows.rows] == [2, 1]
    QTest.keyClicks(page.box, "1")
    QTest.keyClick(page.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.card.title.text().startswith("Receipt 1 "), timeout=WAIT_MS)
    assert page.card.shown is not None
    assert page.card.shown.sale.id == sold[0].sale.id


def test_a_scanned_ticket_brings_up_its_sale(
    qtbot: QtBot, page: SalesPage, sold: list[SaleMade], till: TillDesk
) -> None:
    with till.store.reader() as reader:
        ticket = reader.ticket(LOG, sold[0].tickets[0])
    assert ticket is not None
    assert page.take_scan(ticket.secret, 0.0)
    qtbot.waitUntil(lambda: page.card.shown is not None, timeout=WAIT_MS)
    assert page.card.shown is not None
    assert page.card.shown.sale.id == sold[0].sale.id


def test_one_of_two_goes_back_in_cash(qtbot: QtBot, page: SalesPage, sold: list[SaleMade]) -> None:
    looked_at(qtbot, page, sold[0].sale.id)
    page.card.back_button.click()
    (step,) = page.refund.steps
    step.more.click()
    assert "35.00" in page.refund.sum.text()
    page.refund.submit()
    assert page.refund.reason.mistake
    page.refund.reason.put("Comes alone")
    page.refund.submit()
    qtbot.waitUntil(page.hand_over.isVisible, timeout=WAIT_MS)
    assert "35.00" in page.hand_over.text()
    qtbot.waitUntil(lambda: page.rows.rows[1].left == 3500, timeout=WAIT_MS)
    looked_at(qtbot, page, sold[0].sale.id)
    page.card.back_button.click()
    assert page.refund.steps[0].most == 1
    assert page.refund.lines() == ((sold[0].sale.lines[0].id, 1),)  # all that is left is chosen


def test_a_whole_sale_goes_back_once(qtbot: QtBot, page: SalesPage, sold: list[SaleMade]) -> None:
    looked_at(qtbot, page, sold[1].sale.id)
    page.card.back_button.click()
    page.refund.all_button.click()
    page.refund.reason.put("Cold")
    page.refund.submit()
    qtbot.waitUntil(lambda: not page.card.back_button.isEnabled(), timeout=WAIT_MS)
    assert "given back" in page.card.may_not.text()


def test_why_not_is_told_where_it_was_asked(qtbot: QtBot, page: SalesPage, sold: list[SaleMade]) -> None:
    looked_at(qtbot, page, sold[0].sale.id)
    page.card.print_button.click()
    qtbot.waitUntil(lambda: "No receipt printer" in page.told.text(), timeout=WAIT_MS)


def test_an_exchange_goes_on_at_the_box_office(qtbot: QtBot, page: SalesPage, sold: list[SaleMade]) -> None:
    looked_at(qtbot, page, sold[0].sale.id)
    page.card.exchange_button.click()
    page.refund.steps[0].more.click()
    with qtbot.waitSignal(page.exchange_started, timeout=WAIT_MS):
        page.refund.go.click()


def test_on_a_small_screen_the_sale_stands_in_the_place_of_the_list(
    qtbot: QtBot, page: SalesPage, sold: list[SaleMade]
) -> None:
    page.resize(700, 440)
    looked_at(qtbot, page, sold[0].sale.id)
    qtbot.waitUntil(lambda: not page.list.isVisible(), timeout=WAIT_MS)
    page.back_button.click()
    assert page.list.isVisible()


def test_a_card_is_asked_to_give_back_and_the_page_says_so(
    qtbot: QtBot, page: SalesPage, till: TillDesk, sold: list[SaleMade]
) -> None:
    till.do(AddProduct("workshop"))
    till.do(Pay(Tender.CARD))
    till.terminal.answers.put(Answer(Fate.PAID, "p1", 3500))
    qtbot.waitUntil(lambda: len(sold) == 3, timeout=WAIT_MS)
    looked_at(qtbot, page, sold[2].sale.id)
    page.card.back_button.click()
    assert Tender.CASH in {page.refund.tender.combo.itemData(place) for place in range(2)}
    page.refund.reason.put("Ill")
    page.refund.submit()
    qtbot.waitUntil(lambda: "being asked" in page.told.text(), timeout=WAIT_MS)
    till.terminal.answers.put(Answer(Fate.PAID, "r1", 3500))
    qtbot.waitUntil(lambda: not page.card.back_button.isEnabled(), timeout=WAIT_MS)
    assert not page.hand_over.isVisible()  # nothing is handed over
    assert [one[0] for one in till.terminal.asked] == ["charge", "give_back"]
