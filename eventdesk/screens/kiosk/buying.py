"""A ticket on the spot: what, for whom."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from eventdesk.desk.kiosk.commands import BuyAtKiosk
from eventdesk.desk.kiosk.values import KioskState
from eventdesk.domain.catalogue import Product, Variation
from eventdesk.i18n import tr
from eventdesk.screens.kiosk.big_button import BigButton
from eventdesk.screens.kiosk.entry import Entry
from eventdesk.screens.kiosk.key_rows import Kind
from eventdesk.screens.kiosk.page import KioskPage, Leaves, Sides
from eventdesk.screens.kiosk.paying import amount
from eventdesk.screens.kiosk.scrolled import scrolling
from eventdesk.screens.kiosk.visit import Visit
from eventdesk.screens.widgets.basics import boxed, column, label
from eventdesk.screens.words import isolate, joined

ACROSS = 2
Choice = tuple[Product, Variation | None]


class BuyingPage(KioskPage):
    def __init__(self, visit: Visit, state: KioskState) -> None:
        super().__init__(visit, state)
        self.tiles: list[BigButton] = []
        self._chosen: Choice | None = None
        self.name_field = Entry(tr("First and last name"), Kind.NAME)
        self.what = label("", "heading", wrap=True)
        self.back = BigButton(tr("Another ticket"), icon="undo", pressed=self._back)
        self.buy = BigButton(tr("Go on to pay"), icon="cash", kind="primary", pressed=self._buy)
        self.stack = Leaves()
        self.choice = self._choices()
        buttons = Sides(self.back, self.buy)
        self.form = scrolling(boxed(column(self.what, self.name_field, buttons, 1)))
        self.stack.addWidget(self.choice)
        self.stack.addWidget(self.form)
        self.name_field.line.returnPressed.connect(self._buy)
        self.whole.addWidget(self.stack, 1)

    def title(self) -> str:
        return tr("Which ticket?") if self._chosen is None else tr("Who is it for?")

    def show_state(self, state: KioskState) -> None:
        super().show_state(state)
        self.buy.setEnabled(True)

    def _choices(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for choice in _offered(self.state):
            product, variation = choice
            name = joined(product.name, variation.name if variation else "")
            price = self.state.prices.get((product.id, variation.id if variation else ""), 0)
            paid = amount(self.state, price)
            tile = BigButton(name, paid, pressed=partial(self._choose, choice))
            grid.addWidget(tile, len(self.tiles) // ACROSS, len(self.tiles) % ACROSS)
            self.tiles.append(tile)
        grid.setRowStretch(grid.rowCount(), 1)
        return scrolling(inside)

    def _choose(self, choice: Choice) -> None:
        self._chosen = choice
        product, variation = choice
        name = joined(product.name, variation.name if variation else "")
        self.what.setText(isolate(name))
        self.stack.turn_to(self.form)
        self.titled.emit()
        self.name_field.line.setFocus()

    def _back(self) -> None:
        self._chosen = None
        self.stack.turn_to(self.choice)
        self.titled.emit()
        self.setFocus()

    def _buy(self) -> None:
        if self._chosen is None or not self.buy.isEnabled():
            return
        if not self.name_field.text():
            self.name_field.line.setFocus()
            return
        product, variation = self._chosen
        self.buy.setEnabled(False)
        id_ = variation.id if variation else None
        self.visit.ask(BuyAtKiosk, product=product.id, variation=id_, name=self.name_field.text())


def _offered(state: KioskState) -> list[Choice]:
    found: list[Choice] = []
    for product in state.products:
        found += [(product, one) for one in product.variations] or [(product, None)]
    return [one for one in found if (one[0].id, one[1].id if one[1] else "") in state.prices]
