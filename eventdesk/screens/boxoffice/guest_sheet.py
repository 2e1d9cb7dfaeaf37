"""To whom is sold: a guest who is here already, or somebody new, as an invoice needs it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from eventdesk.desk.till.commands import ChangeCart
from eventdesk.domain.guests import Hit
from eventdesk.domain.till.cart import Customer
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.search import Search
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.manage.look import note
from eventdesk.screens.widgets.basics import Button


class GuestSheet(Sheet):
    """`wanted` gives the command."""

    wanted = Signal(object)

    def __init__(self, bridge: Bridge, state: TillState) -> None:
        super().__init__()
        self._state = state
        self.set_title(tr("For whom?"))
        self.search = Search(bridge)
        self.search.picked.connect(self._picked)
        self.search.searching.connect(self._searching)
        self.name = self._line(tr("Name"))
        self.company = self._line(tr("Company"))
        self.email = self._line(tr("E-mail"))
        self.address = self._line(tr("Address"))
        self._form = QWidget()
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(note(tr("Or somebody new:")))
        for line in (self.name, self.company, self.email, self.address):
            form.addRow(line.accessibleName(), line)
            line.returnPressed.connect(self.submit)
        self.body.addWidget(self.search, 1)
        self.body.addWidget(self._form)
        self.body.addStretch()
        self.buttons.addWidget(Button(tr("Take it (Enter)"), "check", "primary", self.submit), 1)
        self._nobody = Button(tr("Nobody"), pressed=self._take_away)
        self.buttons.addWidget(self._nobody)
        self.add_close()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setMaxLength(300)
        return line

    def ask(self) -> None:
        """What is known of the cart's customer stands there."""
        customer = self._state.cart.cart.customer if self._state.cart else Customer()
        self.search.clear()
        self.search.log = self._state.catalogue.event.id if self._state.catalogue else ""
        self.name.setText(customer.name)
        self.company.setText(customer.company)
        self.email.setText(customer.email)
        self.address.setText(customer.address)
        self._nobody.setVisible(customer != Customer())
        self.search.start()

    def _searching(self, active: bool) -> None:
        self._form.setVisible(not active)

    def _picked(self, hit: Hit) -> None:
        self.wanted.emit(ChangeCart(customer=Customer(hit.name, hit.email, hit.company, order=hit.order)))

    def _take_away(self) -> None:
        self.wanted.emit(ChangeCart(customer=Customer()))

    def submit(self) -> None:
        """While there is a search, the guest who is marked; else what the form says. The order that it was
        attached to stays, where only more is told of the guest."""
        if self.search.box.text().strip():
            self.search.box.returnPressed.emit()
            return
        before = self._state.cart.cart.customer if self._state.cart else Customer()
        texts = (self.name, self.email, self.company, self.address)
        name, email, company, address = (one.text().strip() for one in texts)
        order = before.order if name == before.name else ""
        self.wanted.emit(ChangeCart(customer=Customer(name, email, company, address, order)))
