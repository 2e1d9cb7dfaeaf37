"""The box office: its parts, and how what the engine tells reaches them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from eventdesk.desk.commands import ListSettings
from eventdesk.desk.listings import SettingsListed
from eventdesk.desk.settings import CUSTOMER_DISPLAY, TERMINALS
from eventdesk.desk.till.commands import (
    ChangeCart,
    PrintReceipt,
    ReturnPayment,
)
from eventdesk.desk.till.values import (
    CartChanged,
    PaymentChanged,
    SaleMade,
    SaleReversed,
    ShiftChanged,
    StockChanged,
    TillOpened,
)
from eventdesk.domain.catalogue import Product
from eventdesk.domain.till.sales import Way
from eventdesk.domain.till.setup import Tender
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.actions import Actions
from eventdesk.screens.boxoffice.adding import Adding
from eventdesk.screens.boxoffice.codes import Codes
from eventdesk.screens.boxoffice.count import Count
from eventdesk.screens.boxoffice.customer_display import CustomerDisplay
from eventdesk.screens.boxoffice.display_choice import choose_display
from eventdesk.screens.boxoffice.event_prompt import EventPrompt
from eventdesk.screens.boxoffice.halves import Halves
from eventdesk.screens.boxoffice.keys import bind_keys, take_key
from eventdesk.screens.boxoffice.lessening import Lessening
from eventdesk.screens.boxoffice.line_wishes import LineWishes
from eventdesk.screens.boxoffice.side import Side
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.boxoffice.taking import Taking
from eventdesk.screens.boxoffice.wishes import Wishes
from eventdesk.screens.boxoffice.work import Work
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.till.approving import Approving
from eventdesk.screens.widgets.basics import label


class BoxOfficePage(QWidget):
    """Everything is done by the engine; the page asks and shows."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.state = TillState(bridge)
        self.count = Count()
        self.work = Work(bridge, self.state)
        self.side = Side(self.state)
        self.cart_view = self.side.cart
        self.actions_row = Actions()
        self.adding = Adding(self.state, self.work)
        less = Lessening(self.state, self.work)
        self.lines = LineWishes(self.state, self.work, self.adding, less)
        self.wishes = Wishes(self.state, self.work, self.lines, less)
        self.codes = Codes(self.state, self.work)
        self.taking = Taking(self.state, self.work, self.lines, self.codes)
        self.taking.refused = self.cart_view.tell
        self.display = CustomerDisplay(bridge, self.state)
        self.events = EventPrompt(self.state, self.work)
        self.approving = Approving(bridge, self)
        self.wishes.choose_event = self.events.ask
        self.wishes.choose_display = lambda: choose_display(self.state, self.work)
        self.wishes.find_guest = self.find_guest
        self.wishes.ask_code = self.codes.ask
        self._number = label(tone="title")
        self._number.setAccessibleName(tr("How many"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self._hear_engine(bridge)
        self._hear_person()
        bind_keys(self)
        self._refresh()

    def _lay_out(self) -> None:
        self._halves = Halves(self.work, self.side, self.actions_row, self._number)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 10, 10, 10)
        whole.addLayout(self._halves)
        # Its parts stand another way where there is less room: what they need now is no limit.
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def _hear_engine(self, bridge: Bridge) -> None:
        bridge.till_opened.connect(self._till_opened)
        bridge.stock_changed.connect(self._stock_changed)
        bridge.shift_changed.connect(self._shift_changed)
        bridge.cart_changed.connect(self._cart_changed)
        bridge.carts_listed.connect(self.wishes.carts_listed)
        bridge.code_known.connect(self.codes.code_known)
        bridge.seats_shown.connect(self.work.seats.seats_shown)
        bridge.payment_changed.connect(self._payment_changed)
        bridge.sale_made.connect(self._sale_made)
        bridge.sale_reversed.connect(self._sale_reversed)
        bridge.receipt_changed.connect(self.side.done.show_receipt)
        bridge.mail_asked.connect(self.side.done.show_mail)
        bridge.trouble_told.connect(lambda trouble: self.taking.answered(trouble.request))
        bridge.approval_needed.connect(lambda needed: self.taking.answered(needed.request))
        bridge.events_listed.connect(self.events.events_listed)
        bridge.setting_kept.connect(self._setting_kept)
        bridge.settings_listed.connect(self._settings_listed)

    def _hear_person(self) -> None:
        work, side = self.work, self.side
        work.tiles.chosen.connect(self._add)
        work.sheet_changed.connect(self._sheet_changed)
        work.questions.answered.connect(self.adding.answered)
        work.shift.wanted.connect(self.state.post)
        work.guest.wanted.connect(self._guest_chosen)
        side.pay.clicked.connect(lambda _checked: self.taking.pay())
        side.card.clicked.connect(lambda _checked: self.taking.by_card())
        side.cart.opened.connect(self.wishes.open_row)
        side.cart.stepped.connect(self.lines.step_line)
        side.cart.removed.connect(self.wishes.remove_row)
        side.cart.returned.connect(lambda payment: self.state.post(ReturnPayment(payment)))
        side.done.mail_wanted.connect(self.wishes.mail)
        side.done.next_wanted.connect(self.next_guest)
        side.done.print_wanted.connect(lambda sale, number: self.state.post(PrintReceipt(sale, number)))
        actions, wishes = self.actions_row, self.wishes
        actions.code.connect(wishes.enter_code)
        actions.discount.connect(wishes.discount)
        actions.guest.connect(self.find_guest)
        actions.park.connect(wishes.park)
        actions.parked.connect(wishes.show_parked)
        actions.admit.connect(wishes.toggle_admit)
        actions.more.connect(wishes.more)

    # What others may call

    def take_scan(self, code: str, _seen_at: float) -> bool:
        """A hand scanner's code, while this page is open: a voucher, a gift card or a ticket."""
        if not self.state.can_sell:
            return True
        self.side.show_done(False)
        if self.codes.is_asking():
            self.work.typing.fill(code)
        else:
            self.codes.enter(code)
        return True

    # What the engine tells

    def _till_opened(self, told: TillOpened) -> None:
        another = self.state.opened is None or self.state.opened.catalogue.event != told.catalogue.event
        self.state.opened, self.state.left = told, told.left
        self.work.tiles.show_products()
        if another:
            self.work.close_sheet()
            self.side.show_done(False)
        self._refresh()

    def _stock_changed(self, told: StockChanged) -> None:
        self.state.left = told.left
        self.work.tiles.refresh_left()

    def _shift_changed(self, told: ShiftChanged) -> None:
        self.state.shift = told.shift
        self._refresh()
        if told.shift is not None and self.work.is_open(self.work.shift):
            self.work.close_sheet()
        self._ask_for_what_is_missing()

    def _cart_changed(self, told: CartChanged) -> None:
        self.state.cart = told
        if told.cart.lines:
            self.side.show_done(False)
        if told.request != self.taking.failed:
            self.cart_view.tell("")
        self._refresh()
        self.work.tiles.refresh_left()
        self.taking.cart_changed(told)
        self.adding.cart_changed(told)

    def _payment_changed(self, told: PaymentChanged) -> None:
        """What is given back from another page shows there."""
        if told.payment.way is Way.IN or self.isVisible():
            self.taking.payment_changed(told)

    def _sale_made(self, made: SaleMade) -> None:
        self.work.close_sheet()
        self.side.done.show_sale(made)
        self.side.show_done(True)
        self.setFocus()

    def _sale_reversed(self, told: SaleReversed) -> None:
        """Of an exchange; what is given back elsewhere shows there."""
        if self.isVisible():
            self.side.done.show_reversal(told)
            self.side.show_done(True)

    def _settings_listed(self, listed: SettingsListed) -> None:
        self.state.terminals = listed.settings.get(TERMINALS) or ()
        self.display.place(str(listed.settings.get(CUSTOMER_DISPLAY) or ""))

    def _setting_kept(self, kept: tuple[str, Any]) -> None:
        if kept[0] == TERMINALS:
            self.state.terminals = kept[1] or ()
        elif kept[0] == CUSTOMER_DISPLAY:
            self.display.place(str(kept[1]))

    def _refresh(self) -> None:
        self.side.refresh()
        self.actions_row.refresh(self.state)
        self._show_count()

    def _ask_for_what_is_missing(self) -> None:
        """An event, then a shift: without them there is nothing to sell."""
        if not self.isVisible():
            return
        if self.state.opened is None:
            self.events.ask()
        elif self.state.shift is None and not self.work.is_open(self.work.card):
            self.work.open_sheet(self.work.shift)
            self.work.shift.ask()

    # What the person wants

    def _add(self, product: Product) -> None:
        number = self.count.take()
        self._show_count()
        if self.state.can_sell:
            self.side.show_done(False)
            self.adding.start(product, number)
        else:
            self._ask_for_what_is_missing()

    def _show_count(self) -> None:
        self._number.setText(f"{self.count.text} ×" if self.count.text else "")
        self._number.setVisible(bool(self.count.text))

    def next_guest(self) -> None:
        self.side.show_done(False)
        self.setFocus()

    def pay_or(self, tender: Tender, otherwise: Callable[[], object]) -> None:
        """Keys that name another way to pay while money is taken."""
        if self.work.is_open(self.work.pay):
            self.work.pay.want(tender)
        else:
            otherwise()

    def _guest_chosen(self, command: ChangeCart) -> None:
        self.work.close_sheet()
        self.state.post(command)

    def find_guest(self) -> None:
        """Who is here already, as the customer; or somebody new."""
        if self.state.can_sell:
            self.work.open_sheet(self.work.guest)
            self.work.guest.ask()

    # Qt

    def _sheet_changed(self, is_open: bool) -> None:
        self.side.set_sheet(is_open)
        self._halves.arrange(self.size())
        if not is_open:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nobody else wanted: digits count, letters are products."""
        if self.work.is_open() or not take_key(self, Qt.Key(event.key()), event.text()):
            super().keyPressEvent(event)
        self._show_count()

    def enter(self) -> None:
        """Pay; after a sale, on to the next guest."""
        if self.side.is_done_shown():
            self.next_guest()
        elif not self.state.can_sell:
            self._ask_for_what_is_missing()
        else:
            self.taking.pay()

    def escape(self) -> None:
        self.count.text = ""
        self.side.show_done(False)

    def type_count(self, digit: str) -> None:
        """How many of the next product."""
        self.side.show_done(False)
        self.count.type(digit)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.state.post(ListSettings())
        if not self.work.is_open():
            self.setFocus()
        self._ask_for_what_is_missing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._halves.arrange(self.size())

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 300)
