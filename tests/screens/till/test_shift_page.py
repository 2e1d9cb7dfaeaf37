"""A shift by keyboard on its page, over the real engine."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.demo import LOG
from eventdesk.desk.settings import RECEIPT_PRINTER
from eventdesk.desk.till.commands import AddProduct, OpenShift, OpenTill, Pay
from eventdesk.desk.till.values import SaleMade
from eventdesk.devices.terminals.port import Answer, Fate
from eventdesk.domain.facts import Kind
from eventdesk.domain.till.sales import Movement
from eventdesk.domain.till.setup import Tender
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.till.shift_page import ShiftPage
from tests.desk.till.conftest import TillDesk
from tests.rigs.printers.escpos import EscposPrinter, on_network

WAIT_MS = 20_000


@pytest.fixture
def page(till: TillDesk, bridge: Bridge, show: Callable[[QWidget], None], qtbot: QtBot) -> ShiftPage:
    made = ShiftPage(bridge)
    show(made)
    bridge.post(OpenTill(LOG))
    qtbot.waitUntil(made.opening.open_button.isVisible, timeout=WAIT_MS)
    return made


def opened(qtbot: QtBot, till: TillDesk, page: ShiftPage, amount: int = 10000) -> ShiftPage:
    till.do(OpenShift("2", amount))
    qtbot.waitUntil(lambda: "Float" in page.report.texts(), timeout=WAIT_MS)
    return page


def test_a_shift_opens_by_what_is_counted(qtbot: QtBot, page: ShiftPage, till: TillDesk) -> None:
    page.opening.drawer.put("Front")
    table = page.opening.table
    QTest.keyClicks(table.pieces[2000].entry, "3")
    QTest.keyClick(table.pieces[2000].entry, Qt.Key.Key_Return)
    QTest.keyClicks(table.pieces[1000].entry, "4")
    assert "100.00" in table.total.text()
    with qtbot.waitSignal(page.opened, timeout=WAIT_MS):
        page.opening.open_button.click()
    qtbot.waitUntil(lambda: page.report.texts().get("Float") == "100.00", timeout=WAIT_MS)
    with till.store.reader() as reader:
        (shift,) = reader.open_shifts(LOG, "desk-a")
        (fact,) = reader.facts(LOG, shift.id, Kind.SHIFT_OPENED)
    assert (shift.drawer, shift.float_) == ("Front", 10000)
    assert fact.payload["count"] == {"2000": 3, "1000": 4}


def test_a_float_that_is_no_amount_is_told_at_its_field(page: ShiftPage) -> None:
    page.opening.table.only_sum.put(True)
    page.opening.table.sum.put(None)
    page.opening.table.sum.line.setText("12,345.678")
    page.opening.open_button.click()
    assert page.opening.table.sum.mistake


def test_a_count_by_finger_goes_from_note_to_note(qtbot: QtBot, page: ShiftPage) -> None:
    table = page.opening.table
    keys = {key.accessibleName(): key for key in table.keypad.findChildren(QPushButton)}
    table.pieces[5000].entry.setFocus()
    for press in ("1", "2", "Enter", "7", "Take the last digit back", "4"):
        keys[press].click()
    assert dict(table.count()) == {5000: 12, 2000: 4}
    keys["Clear"].click()
    assert "600.00" in table.total.text()


def test_enter_alone_is_no_count(page: ShiftPage, till: TillDesk) -> None:
    page.opening.open_button.click()
    assert page.opening.table.nothing.text()
    with till.store.reader() as reader:
        assert reader.open_shifts(LOG, "desk-a") == []


def test_cash_is_moved_and_the_drawer_opened_for_a_reason(
    qtbot: QtBot, page: ShiftPage, till: TillDesk
) -> None:
    opened(qtbot, till, page)
    page.move_cash(Movement.PAY_OUT)
    page.cash.amount.line.setText("12.50")
    page.cash.submit()
    assert page.cash.reason.mistake  # a pay-out says what for
    page.cash.reason.put("Gaffer tape")
    page.cash.submit()
    qtbot.waitUntil(lambda: page.report.texts().get("Pay-outs (1)") == "-12.50", timeout=WAIT_MS)
    page.move_cash(None)
    page.cash.reason.put("A guest wants change")
    page.cash.submit()
    qtbot.waitUntil(lambda: page.report.texts().get("Opened without a sale") == "1", timeout=WAIT_MS)


def test_what_the_engine_refuses_is_told_on_the_page(qtbot: QtBot, page: ShiftPage, till: TillDesk) -> None:
    opened(qtbot, till, page, 1000)
    page.move_cash(Movement.DROP)
    page.cash.amount.line.setText("5000")
    page.cash.submit()
    qtbot.waitUntil(lambda: "does not hold so much" in page.told.text(), timeout=WAIT_MS)
    assert page.cash.isVisible()  # what was typed is still there
    assert page.cash.amount.line.text() == "5000"


def test_the_count_is_blind_then_the_difference_is_confirmed(
    qtbot: QtBot, page: ShiftPage, till: TillDesk, bridge: Bridge
) -> None:
    opened(qtbot, till, page)
    sold: list[SaleMade] = []
    bridge.sale_made.connect(sold.append)
    till.do(AddProduct("workshop"))
    till.do(Pay(Tender.CASH, given=5000))
    qtbot.waitUntil(lambda: "Sales (1)" in page.report.texts(), timeout=WAIT_MS)
    assert "Expected" not in page.report.texts()
    expected = 10000 + sold[0].sale.total
    page.count()
    page.close_form.table.only_sum.put(True)
    page.close_form.table.sum.put(expected - 150)
    page.close_form.submit()
    qtbot.waitUntil(page.close_form.close_button.isVisible, timeout=WAIT_MS)
    assert "1.50 missing" in page.close_form.difference.text()
    page.close_form.close_button.click()
    qtbot.waitUntil(page.opening.open_button.isVisible, timeout=WAIT_MS)
    assert "Shift 1 is closed" in page.told.text()
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.shifts.report.texts().get("Difference") == "-1.50", timeout=WAIT_MS)


def test_a_shift_is_handed_over_with_what_was_counted(qtbot: QtBot, page: ShiftPage, till: TillDesk) -> None:
    opened(qtbot, till, page)
    page.count()
    table = page.close_form.table
    QTest.keyClicks(table.pieces[5000].entry, "2")
    page.close_form.submit()
    qtbot.waitUntil(page.close_form.hand_over_button.isVisible, timeout=WAIT_MS)
    assert page.close_form.difference.text() == "✓ The drawer is right."
    page.close_form.hand_over_button.click()
    qtbot.waitUntil(lambda: "Shift 2" in page.about.text(), timeout=WAIT_MS)
    page.count()
    assert page.close_form.table.pieces[5000].entry.text() == ""  # the next person counts anew


def test_a_slip_that_did_not_come_out_is_told(qtbot: QtBot, page: ShiftPage, till: TillDesk) -> None:
    opened(qtbot, till, page)
    with on_network(EscposPrinter()) as port:
        till.preferences.put(RECEIPT_PRINTER, f"tcp://127.0.0.1:{port}")
    page.move_cash(Movement.DROP)
    page.cash.amount.line.setText("20")
    page.cash.submit()
    qtbot.waitUntil(lambda: "can't be reached" in page.told.text(), timeout=WAIT_MS)


def test_a_payment_whose_fate_is_not_known_is_asked_about_or_settled(
    qtbot: QtBot, page: ShiftPage, till: TillDesk
) -> None:
    opened(qtbot, till, page)
    till.do(AddProduct("workshop"))
    till.do(Pay(Tender.CARD))
    till.terminal.answers.put(Answer(Fate.UNKNOWN))
    till.terminal.answers.put(Answer(Fate.UNKNOWN))
    qtbot.waitUntil(page.open_payments.isVisible, timeout=WAIT_MS)
    (payment,) = page.open_payments.payments
    page.open_payments._settle(payment, True)
    assert page.open_payments.confirm.isVisible()
    page.open_payments.confirm.agree()
    assert page.open_payments.confirm.field.mistake  # the slip's number goes into the books
    page.open_payments.confirm.field.put("4711")
    page.open_payments.confirm.agree()
    qtbot.waitUntil(lambda: not page.open_payments.isVisible(), timeout=WAIT_MS)
    with till.store.reader() as reader:
        kept = reader.payment(LOG, payment.id)
    assert kept is not None
    assert (kept.settled_by, kept.reference) == ("person", "4711")
