"""Who did what, read on its page over the real engine."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eventdesk.desk.demo import LOG
from eventdesk.desk.till.commands import AddProduct, OpenDrawer, OpenShift, Pay, ReverseSale
from eventdesk.desk.till.values import SaleMade
from eventdesk.domain.facts import Draft, Kind
from eventdesk.domain.till.sales import ReversalWay
from eventdesk.domain.till.setup import Tender
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.till.audit import BACK, EVERYTHING, AuditPage
from tests.desk.till.conftest import TillDesk

WAIT_MS = 20_000


@pytest.fixture
def page(till: TillDesk, bridge: Bridge, show: Callable[[QWidget], None], qtbot: QtBot) -> AuditPage:
    """After a shift with one sale, which was given back, and a look into the drawer."""
    made: list[SaleMade] = []
    bridge.sale_made.connect(made.append)
    till.do(OpenShift("main", 10000))
    till.do(AddProduct("workshop"))
    till.do(Pay(Tender.CASH))
    qtbot.waitUntil(lambda: bool(made), timeout=WAIT_MS)
    with qtbot.waitSignal(bridge.sale_reversed, timeout=WAIT_MS):
        till.do(ReverseSale(made[0].sale.id, ReversalWay.VOID, "Wrong one"))
    till.do(OpenDrawer("Change for a guest"))
    page = AuditPage(bridge)
    show(page)
    qtbot.waitUntil(lambda: len(page.model.items) == 3, timeout=WAIT_MS)
    return page


def deeds(page: AuditPage) -> list[str]:
    return [page.model.index(row, 1).data() for row in range(page.model.rowCount())]


def test_deeds_stand_latest_first_and_a_plain_sale_is_none(page: AuditPage) -> None:
    assert deeds(page) == ["Drawer opened without a sale", "Void", "Shift opened"]
    assert page.more_button.isHidden()


def test_one_sort_can_be_looked_at_and_its_sale_be_shown(page: AuditPage, qtbot: QtBot) -> None:
    page.what.put(BACK)
    page.what.changed.emit()
    assert deeds(page) == ["Void"]
    page.table.selectRow(0)
    assert "Wrong one" in page.detail.text()
    with qtbot.waitSignal(page.sale_wanted) as told:
        page.sale_button.click()
    assert told.args[0]
    page.what.put(EVERYTHING)
    page.what.changed.emit()
    assert page._line() is not None  # what was chosen stays chosen


def test_what_other_desks_did_stands_there_with_their_people(
    page: AuditPage, till: TillDesk, qtbot: QtBot
) -> None:
    with till.store.transaction() as tx:
        name = "عبد الرحمن بن محمد" * 3
        tx.append(LOG, [Draft(Kind.STAFF_DEFINED, "abd", {"name": name, "roles": ["supervisor"]})])
        opened = {"number": 1, "drawer": "B", "at": "2026-06-10T09:00:00Z", "currency": "EUR", "float": 5}
        tx.append(LOG, [Draft(Kind.SHIFT_OPENED, "other", {**opened, "by": "abd"})])
    page.refresh()
    qtbot.waitUntil(lambda: len(page.model.items) == 4, timeout=WAIT_MS)
    page.who.put("abd")
    page.who.changed.emit()
    assert deeds(page) == ["Shift opened"]


def test_a_narrow_screen_tells_the_rest_below(page: AuditPage, qtbot: QtBot) -> None:
    page.resize(600, 800)
    qtbot.waitUntil(lambda: page.table.isColumnHidden(5))
    page.table.selectRow(0)
    assert "Change for a guest" in page.detail.text()
