"""The shift at this till: open it, move cash, count, close; reports of this one and of those before."""

from dataclasses import replace
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from eventdesk.desk.commands import Command, ListSettings
from eventdesk.desk.listings import SettingsListed
from eventdesk.desk.settings import TILL_DRAWER
from eventdesk.desk.till.commands import (
    CloseShift,
    CountCash,
    MoveCash,
    OpenDrawer,
    OpenShift,
    PrintReport,
    ShowShift,
)
from eventdesk.desk.till.values import (
    PaymentChanged,
    PrintState,
    ReceiptChanged,
    ShiftChanged,
    ShiftClosed,
    ShiftShown,
    ShiftsListed,
    TillOpened,
)
from eventdesk.domain.till.money import currency_of, denominations
from eventdesk.domain.till.refused import Refused
from eventdesk.domain.till.sales import Movement, PaymentState, Shift
from eventdesk.domain.till.setup import TillRules
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.manage.look import (
    PAGE_MARGIN,
    bring_into_sight,
    button,
    fill,
    heading,
    note,
    scrolled,
    tabs,
)
from eventdesk.screens.till.asking import Asking
from eventdesk.screens.till.cash_form import CashForm
from eventdesk.screens.till.close_form import CloseForm
from eventdesk.screens.till.one_of import OneOf
from eventdesk.screens.till.open_payments import OpenPayments
from eventdesk.screens.till.opening_form import OpeningForm
from eventdesk.screens.till.report_view import ReportView
from eventdesk.screens.till.shift_list import ShiftList
from eventdesk.screens.till.words import money, payment_words
from eventdesk.screens.words import clock, isolate, joined

DEED_PX = 190
# Their faults are told on this page, not once more under it.
TOLD_HERE: frozenset[type[Command]] = frozenset({OpenShift, MoveCash, OpenDrawer, CountCash, CloseShift})


class ShiftPage(QWidget):
    """`opened` tells that a shift was opened here: the next thing is to sell."""

    opened = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._shift: Shift | None = None
        self._changed = ShiftChanged("", None)
        self._shown: ShiftShown | None = None
        self._rules = TillRules()
        self._zone: tzinfo | None = None
        self._counting = False
        self._build()
        for part in (self.opening, self.cash, self.close_form, self.open_payments, self.shifts):
            part.wanted.connect(self._asked)
        self.cash.closed.connect(self._show_report)
        self.close_form.closed.connect(self._show_report)
        bridge.till_opened.connect(self._till_opened)
        bridge.shift_changed.connect(self._shift_changed)
        bridge.shift_shown.connect(self._shift_shown)
        bridge.shift_closed.connect(self._shift_closed)
        bridge.shifts_listed.connect(self._shifts_listed)
        bridge.settings_listed.connect(self._settings_listed)
        bridge.receipt_changed.connect(self._receipt_changed)
        bridge.payment_changed.connect(self._payment_changed)
        for signal in (bridge.sale_made, bridge.sale_reversed):
            signal.connect(lambda _told: self._refresh())

    def move_cash(self, way: Movement | None) -> None:
        """Begin a movement; None: open the drawer without a sale."""
        if self._shift is not None:
            self._show_form(self.cash)
            self.cash.begin(way, self._shift.currency)
            self._look_at_focus()

    def count(self) -> None:
        """Count the drawer, and then close."""
        if self._shift is None:
            return
        self._use_denominations(self._shift)
        self._show_form(self.close_form)
        self.close_form.begin()
        self._look_at_focus()

    def _build(self) -> None:
        self.told = note()
        self.told.hide()
        self.asking = Asking(self._bridge, self.told)
        self.opening = OpeningForm(self._bridge)
        self.cash, self.close_form = CashForm(), CloseForm()
        self.open_payments, self.report = OpenPayments(), ReportView()
        self.shifts = ShiftList()
        self.about = heading("")
        self._deeds = self._make_deeds()
        self._deed_area = QWidget()
        self._grid = QGridLayout(self._deed_area)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._area = OneOf(self.report, self.cash, self.close_form)
        self._here = QWidget()
        fill(self._here, self.about, self._deed_area, self.open_payments, self._area, 1)
        self._states = OneOf(self.opening, self._here)
        self.tabs = tabs(tr("Parts of this page"))
        self.tabs.addTab(scrolled(self._states, wide=True), tr("Shift"))
        self._reports = scrolled(self.shifts, wide=True)
        self.tabs.addTab(self._reports, tr("Reports"))
        self.tabs.currentChanged.connect(lambda _index: self._refresh())
        fill(self, self.told, self.tabs, margin=PAGE_MARGIN)

    def _make_deeds(self) -> list[QWidget]:
        return [
            button(tr("Count and close"), self.count, "primary", "check"),
            button(tr("Pay in"), lambda: self.move_cash(Movement.PAY_IN), "", "entry"),
            button(tr("Pay out"), lambda: self.move_cash(Movement.PAY_OUT), "", "exit"),
            button(tr("Drop"), lambda: self.move_cash(Movement.DROP), "", "lock"),
            button(tr("Open the drawer"), lambda: self.move_cash(None)),
            button(tr("Print the X report"), lambda: self._asked(PrintReport()), "", "printer"),
        ]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.post(ListSettings())
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max(2, min(len(self._deeds), (event.size().width() - 2 * PAGE_MARGIN) // DEED_PX))
        for place, deed in enumerate(self._deeds):
            self._grid.addWidget(deed, place // columns, place % columns)

    def _asked(self, command: Command) -> None:
        if type(command) in TOLD_HERE:
            self._counting = isinstance(command, CountCash)
            self.asking.ask(command)
        else:
            self._bridge.post(command)

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        if self.tabs.currentWidget() is self._reports:
            self.shifts.refresh()
        elif self._shift is not None:
            self._bridge.post(ShowShift(self._shift.id))

    def _show_form(self, form: QWidget) -> None:
        """In the place of the report and its buttons: a small screen needs the room."""
        self.asking.tell("")
        self._deed_area.hide()
        self._area.show_part(form)

    def _look_at_focus(self) -> None:
        focus = self.window().focusWidget()
        if focus is not None:
            bring_into_sight(focus)

    def _show_report(self) -> None:
        self._area.show_part(self.report)
        self._deed_area.show()
        self._deeds[0].setFocus()

    def _use_denominations(self, shift: Shift) -> None:
        try:
            pieces = denominations(currency_of(shift.currency), self._rules)
        except Refused:
            pieces = ()
        self.close_form.table.use(shift.currency, pieces)

    # What the engine tells

    def _till_opened(self, opened: TillOpened) -> None:
        self._rules, self._zone = opened.setup.rules, opened.catalogue.event.zone
        self.open_payments.zone = self.shifts.zone = self._zone
        self.opening.use(opened)

    def _settings_listed(self, listed: SettingsListed) -> None:
        if not self.opening.drawer.value():
            self.opening.drawer.put(listed.settings.get(TILL_DRAWER, ""))

    def _shift_changed(self, changed: ShiftChanged) -> None:
        before, self._shift, self._changed = self._shift, changed.shift, changed
        self.open_payments.show_payments(changed.open_payments)
        is_mine = self.asking.is_answer(changed.request)
        if changed.shift is None:
            self._states.show_part(self.opening)
            return
        self.about.setText(_about(changed.shift, self._zone))
        self._states.show_part(self._here)
        is_new = before is None or before.id != changed.shift.id
        if is_new:
            self._show_report()
        if is_new and is_mine:
            self.opening.table.clear()
            self.opened.emit()
        elif is_mine and not self._counting:
            self._show_report()
            self.asking.tell(tr("✓ Written down"))
        self._refresh()

    def _shift_shown(self, shown: ShiftShown) -> None:
        if self.shifts.take(shown) or self._shift is None or shown.shift.id != self._shift.id:
            return
        self.report.show_slip(shown.report)
        if self._counting and shown.shift.counted is not None:
            self._counting = False
            self.close_form.show_result(shown, self._changed)

    def _shift_closed(self, closed: ShiftClosed) -> None:
        shift = closed.shift
        amount = money(shift.difference, shift.currency)
        words = tr("✓ Shift {number} is closed. Difference: {amount}", number=shift.number, amount=amount)
        self.asking.tell(words, "good" if not shift.difference else "warn")
        self._refresh()

    def _shifts_listed(self, listed: ShiftsListed) -> None:
        self.shifts.show_shifts(listed)

    def _payment_changed(self, changed: PaymentChanged) -> None:
        """One whose fate is not known comes to the list, and goes once it is."""
        payment, known = changed.payment, list(self.open_payments.payments)
        others = [one for one in known if one.id != payment.id]
        is_open = payment.state is PaymentState.STARTED
        if is_open and (not changed.busy or len(others) < len(known)):
            others.append(payment)
        self._changed = replace(self._changed, open_payments=others)
        self.open_payments.show_payments(others)
        was_asked = len(others) < len(known) or (is_open and payment.id in {one.id for one in known})
        if was_asked and self.isVisible():
            self._tell_fate(changed, is_open)

    def _tell_fate(self, changed: PaymentChanged, is_open: bool) -> None:
        words = joined(*(tr(one) for one in (changed.words, changed.remedy) if one), by=" ")
        if changed.busy:
            self.asking.tell(words or tr("The card terminal is being asked ..."), "muted")
        elif is_open:
            self.asking.tell(words or tr("Its fate is still not known."), "warn")
        else:
            self.asking.tell(tr("✓ Settled: {payment}", payment=payment_words(changed.payment)))

    def _receipt_changed(self, changed: ReceiptChanged) -> None:
        """A report or a slip of a shift: that it came out is told where nothing else was."""
        shifts = {one.id for one in (self._shift, *self.shifts.model.items) if one is not None}
        if not self.isVisible() or changed.sale not in shifts:
            return
        if changed.state is PrintState.FAILED:
            self.asking.tell(tr(changed.words), "warn")
        elif changed.state is PrintState.PRINTED and self.told.isHidden():
            self.asking.tell(tr("✓ Printed"))


def _about(shift: Shift, zone: tzinfo | None) -> str:
    return tr(
        "Shift {number} · drawer {drawer} · open since {time}",
        number=shift.number,
        drawer=isolate(shift.drawer),
        time=clock(shift.opened, zone),
    )
