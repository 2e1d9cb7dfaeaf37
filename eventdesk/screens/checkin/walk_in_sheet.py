"""A walk-in: a guest without a ticket gets one, is admitted, and has a badge printed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit

from eventdesk.desk.commands import AddWalkIn
from eventdesk.domain.catalogue import Catalogue
from eventdesk.i18n import tr
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.widgets.basics import Button, label


class WalkInSheet(Sheet):
    """`wanted` gives the command once name and product are there."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(tr("Walk-in: a guest without a ticket"))
        self._name = self._line(tr("Name"))
        self._company = self._line(tr("Company"))
        self._email = self._line(tr("E-mail"))
        self._product = QComboBox()
        self._product.setAccessibleName(tr("Product"))
        self._product.setPlaceholderText(tr("Choose"))
        self._admit = QCheckBox(tr("Admit at once"))
        self._admit.setChecked(True)
        self._problem = label(tone="bad", wrap=True)
        form = QFormLayout()
        for line in (self._name, self._company, self._email):
            form.addRow(line.accessibleName(), line)
        form.addRow(tr("Product"), self._product)
        form.addRow("", self._admit)
        self.body.addLayout(form)
        self.body.addWidget(self._problem)
        self.body.addStretch()
        self.buttons.addWidget(Button(tr("Issue ticket (Enter)"), "walk_in", "primary", self.submit), 1)
        self.add_close()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        return line

    def offer(self, catalogue: Catalogue, name: str = "") -> None:
        """Empty fields and the products of the event; `name` is what was searched for in vain."""
        for line in (self._name, self._company, self._email):
            line.clear()
        self._name.setText(name)
        self._problem.clear()
        chosen = self._product.currentData()
        self._product.clear()
        for product in catalogue.products.values():
            # Goods admit nobody, and who needs a seat buys it at the till.
            if not (product.admits and product.ticket) or product.gift_card or product.seating:
                continue
            for variation in product.variations:
                self._product.addItem(f"{product.name} · {variation.name}", (product.id, variation.id))
            if not product.variations:
                self._product.addItem(product.name, (product.id, None))
        # Nobody gets the first product of the list by a hasty Enter: the last one issued, or asked for.
        only = 0 if self._product.count() == 1 else -1
        offered = [self._product.itemData(row) for row in range(self._product.count())]
        self._product.setCurrentIndex(offered.index(chosen) if chosen in offered else only)
        self._name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the product or the box is as good as in a field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        name = self._name.text().strip()
        if not name:
            self._problem.setText(tr("The guest's name is missing."))
            self._name.setFocus()
            return
        if self._product.currentIndex() < 0:
            none = tr("This event has no product that admits a guest.")
            self._problem.setText(tr("Which product does the guest get?") if self._product.count() else none)
            self._product.setFocus()
            return
        product, variation = self._product.currentData()
        self.wanted.emit(
            AddWalkIn(
                name,
                product,
                variation,
                self._company.text().strip(),
                self._email.text().strip(),
                self._admit.isChecked(),
            )
        )
