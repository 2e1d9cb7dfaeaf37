"""Where no shift is open: for which event is sold, from which drawer, and what it begins with."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from eventdesk.desk.till.commands import OpenShift, OpenTill
from eventdesk.desk.till.values import TillOpened
from eventdesk.domain.till.money import currency_of, denominations
from eventdesk.domain.till.refused import Refused
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.entries import LineField
from eventdesk.screens.manage.event_choice import EventChoice
from eventdesk.screens.manage.look import button, card, fill, heading, note, say
from eventdesk.screens.till.counting import CountTable
from eventdesk.screens.widgets.basics import boxed, row
from eventdesk.screens.words import isolate, says


class OpeningForm(QWidget):
    """`wanted` gives commands."""

    wanted = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._opened: TillOpened | None = None
        self.event_choice = EventChoice(bridge)
        self.sell_button = button(tr("Sell for this event"), self._sell, "primary", "event")
        self.sells = note()
        self.drawer = LineField(tr("Drawer"), tr("Such as its number: it stands on the reports."))
        self.table = CountTable()
        self.open_button = button(tr("Open the shift"), self.submit, "primary", "check")
        self._shift = self._shift_card()
        fill(
            self,
            self._shift,
            card(heading(tr("Sell for")), self.event_choice, self.sells, boxed(row(self.sell_button, 1))),
            1,
            spacing=14,
        )
        self.event_choice.chosen.connect(lambda _log: self._show())
        self.table.finished.connect(self.submit)
        self._show()

    def _shift_card(self) -> QFrame:
        return card(
            heading(tr("Open a shift")),
            self.drawer,
            heading(tr("Float")),
            note(tr("What lies in the drawer for change before the first sale.")),
            self.table,
            boxed(row(self.open_button, 1)),
        )

    def use(self, opened: TillOpened) -> None:
        """The till stands at this event."""
        self._opened = opened
        event = opened.catalogue.event
        self.event_choice.choose(event.id)
        try:
            currency = currency_of(event.currency)
        except Refused as error:
            say(self.sells, f"{says(error.words)} {says(error.remedy)}", "bad")
            self._shift.hide()
            return
        self.table.use(currency.code, denominations(currency, opened.setup.rules))
        self._show()

    def submit(self) -> None:
        if self.table.check():
            count = dict(self.table.count())
            self.wanted.emit(OpenShift(str(self.drawer.value()), self.table.amount(), count))

    def _sell(self) -> None:
        if self.event_choice.log:
            self.wanted.emit(OpenTill(self.event_choice.log))

    def _show(self) -> None:
        opened = self._opened.catalogue.event if self._opened else None
        stands = opened is not None and opened.id == self.event_choice.log
        self._shift.setVisible(stands)
        self.sell_button.setVisible(not stands)
        self.sell_button.setEnabled(bool(self.event_choice.log))
        told = tr("This till sells for {event}.", event=isolate(opened.name)) if opened else ""
        say(self.sells, told)
