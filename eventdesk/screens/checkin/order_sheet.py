"""A whole order: its tickets, what each would get at this door, and all of them admitted at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from eventdesk.desk.commands import AdmitOrder
from eventdesk.desk.hooks import OrderShown
from eventdesk.domain.catalogue import Catalogue
from eventdesk.domain.decision import Outcome, Verdict
from eventdesk.i18n import tr
from eventdesk.screens.checkin.sheet import Sheet
from eventdesk.screens.checkin.shown import guest_name
from eventdesk.screens.widgets.basics import Button, boxed, column, label
from eventdesk.screens.words import joined, says

SIGNS = {Outcome.OK: "✓", Outcome.INCOMPLETE: "?", Outcome.ERROR: "✕"}
TONES = {Outcome.OK: "good", Outcome.INCOMPLETE: "warn", Outcome.ERROR: "bad"}


class OrderSheet(Sheet):
    """`wanted` gives the command for the tickets that are ticked."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._order = ""
        self._boxes: dict[str, QCheckBox] = {}
        self._admit = Button(tr("Admit (Enter)"), "check", "primary", self.submit)
        self.buttons.addWidget(self._admit, 1)
        self.add_close()

    def show_order(self, shown: OrderShown, catalogue: Catalogue | None) -> None:
        """Those that may pass are ticked; what is refused can't be."""
        self._order = shown.order
        self._boxes = {}
        self.empty()
        tickets = [verdict for verdict in shown.verdicts if verdict.ticket]
        order = tickets[0].ticket.order if tickets and tickets[0].ticket else None
        title = tr("Order {code}: {number} tickets", code=order.code if order else "", number=len(tickets))
        self.set_title(joined(tr("TEST ORDER") if order and order.testmode else "", title))
        for verdict in tickets:
            self._add(verdict, catalogue)
        self.body.addStretch()
        self._count()
        self._admit.setFocus()

    def _add(self, verdict: Verdict, catalogue: Catalogue | None) -> None:
        assert verdict.ticket is not None
        ticket = verdict.ticket
        product = catalogue.products.get(ticket.product) if catalogue else None
        name = joined(guest_name(verdict), product.name if product else "")
        box = QCheckBox(name)
        box.setChecked(verdict.outcome is Outcome.OK)
        box.setEnabled(verdict.outcome is Outcome.OK)
        box.toggled.connect(self._count)
        reason = label(
            f"{SIGNS[verdict.outcome]} {says(verdict.headline)}", TONES[verdict.outcome], wrap=True
        )
        box.setAccessibleDescription(reason.text())
        self._boxes[ticket.id] = box
        self.body.addWidget(boxed(column(box, reason, spacing=0)))

    def chosen(self) -> list[str]:
        return [ticket for ticket, box in self._boxes.items() if box.isChecked()]

    def _count(self) -> None:
        number = len(self.chosen())
        self._admit.setText(tr("Admit {number} (Enter)", number=number))
        self._admit.setEnabled(number > 0)

    def submit(self) -> None:
        if self.chosen():
            self.wanted.emit(AdmitOrder(self._order, self.chosen()))
