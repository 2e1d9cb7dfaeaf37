"""The till beside selling: the shift, what was sold, the reports, who did what."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import fill
from eventdesk.screens.till.approving import Approving
from eventdesk.screens.till.audit import AuditPage
from eventdesk.screens.till.sales_page import SalesPage
from eventdesk.screens.till.shift_page import ShiftPage


class TillPage(QWidget):
    """`selling_wanted`: the next thing is done at the box office."""

    selling_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.shift, self.sales = ShiftPage(bridge), SalesPage(bridge)
        self.audit = AuditPage(bridge)
        self.shift.tabs.insertTab(1, self.sales, tr("Sales"))
        self.shift.tabs.addTab(self.audit, tr("Who did what"))
        self._show_parts(False)
        bridge.till_opened.connect(lambda _opened: self._show_parts(True))
        fill(self, self.shift)
        self.approving = Approving(bridge, self)
        self.shift.opened.connect(self.selling_wanted)
        self.sales.exchange_started.connect(self.selling_wanted)
        self.audit.sale_wanted.connect(self.show_sale)

    def show_sale(self, sale: str) -> None:
        """Look at this one."""
        self.shift.tabs.setCurrentWidget(self.sales)
        self.sales.show_sale(sale)

    def _show_parts(self, visible: bool) -> None:
        """Where nothing is sold there is nothing to look up."""
        for place in range(1, self.shift.tabs.count()):
            self.shift.tabs.setTabVisible(place, visible)

    def take_scan(self, code: str, seen_at: float) -> bool:
        """A code is looked up where sales are; else it is the door's."""
        if self.shift.tabs.currentWidget() is not self.sales:
            return False
        return self.sales.take_scan(code, seen_at)
