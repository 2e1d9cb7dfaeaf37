"""What was sold: find a sale, look at it, give back, exchange, print again."""

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from eventdesk.desk.commands import Command
from eventdesk.desk.till.commands import FindSales, PrintReceipt, ReverseSale, ShowSale, StartExchange
from eventdesk.desk.till.values import (
    CartChanged,
    PaymentChanged,
    PrintState,
    ReceiptChanged,
    SaleReversed,
    SalesFound,
    SaleShown,
    ShiftChanged,
    TillOpened,
)
from eventdesk.i18n import tr
from eventdesk.screens.bridge import Bridge
from eventdesk.screens.checkin.search import SearchLine
from eventdesk.screens.manage.look import alone, button, card, fill, note, say, scrolled
from eventdesk.screens.till.asking import Asking
from eventdesk.screens.till.refund_form import RefundForm
from eventdesk.screens.till.sale_card import SaleCard
from eventdesk.screens.till.sale_rows import SaleDelegate, SaleRows
from eventdesk.screens.till.words import money
from eventdesk.screens.widgets.basics import boxed, column, label
from eventdesk.screens.widgets.rows import RowList
from eventdesk.screens.words import joined

NARROW_PX = 860
LIST_PX = 420
PAUSE_MS = 150
# Their faults are told on this page, not once more under it.
TOLD_HERE: frozenset[type[Command]] = frozenset({ReverseSale, StartExchange, PrintReceipt, ShowSale})


class SalesPage(QWidget):
    """`exchange_started`: what comes instead is chosen at the box office."""

    exchange_started = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._search = self._shown = self._exchange = ""
        self._scanned = False
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._connect()

    def look(self) -> None:
        """Ask for what is typed; nothing typed: the latest."""
        command = FindSales(self.box.text().strip())
        self._search = command.request
        self._bridge.post(command)

    def show_sale(self, sale: str) -> None:
        """Look at this one."""
        command = ShowSale(sale)
        self._shown = command.request
        self._bridge.post(command)

    def take_scan(self, code: str, _seen_at: float) -> bool:
        """A ticket, an order or a receipt's number: its sale is looked up."""
        self._scanned = True
        self.box.setText(code)
        self._pause.stop()
        self.look()
        return True

    def _build(self) -> None:
        self.box = SearchLine()
        self.box.setPlaceholderText(tr("Receipt number, order, name; or scan a ticket"))
        self.box.setAccessibleName(tr("Search sales"))
        self.box.setClearButtonEnabled(True)
        self.rows = SaleRows()
        self.list = RowList(self.rows, tr("Sales"))
        self.list.setItemDelegate(SaleDelegate(self.list))
        self.none = note()
        self.card, self.refund = SaleCard(), RefundForm()
        self.told = note()
        self.told.hide()
        self.asking = Asking(self._bridge, self.told)
        self.hand_over = label("", "title", wrap=True)
        self.hand_over.hide()
        self.back_button = button(tr("All sales"), self._close_card, "quiet", "list")
        self._area = QStackedWidget()
        self._area.addWidget(card(scrolled(self.card, wide=True), margin=14))
        self._area.addWidget(scrolled(self.refund, wide=True))
        self._left = boxed(column(self.box, self.none, self.list))
        self._right = boxed(column(alone(self.back_button), self.hand_over, self.told, self._area))
        self._right.hide()
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self._left, 2)
        both.addWidget(self._right, 3)
        both.setContentsMargins(0, 12, 0, 0)
        fill(self).addLayout(both, 1)

    def _connect(self) -> None:
        self.box.textChanged.connect(lambda _text: self._pause.start())
        self.box.stepped.connect(self.list.step)
        self.box.left.connect(self.box.clear)
        self.box.returnPressed.connect(self._enter)
        self.list.chosen.connect(self._chosen)
        self.card.wanted.connect(self.asking.ask)
        self.card.back_wanted.connect(lambda: self._begin(is_exchange=False))
        self.card.exchange_wanted.connect(lambda: self._begin(is_exchange=True))
        self.refund.wanted.connect(self._asked)
        self.refund.closed.connect(self._show_card)
        bridge = self._bridge
        bridge.till_opened.connect(self._till_opened)
        bridge.shift_changed.connect(self._shift_changed)
        bridge.sales_found.connect(self._found)
        bridge.sale_shown.connect(self._sale_shown)
        bridge.sale_reversed.connect(self._reversed)
        bridge.sale_made.connect(lambda _made: self._refresh())
        bridge.payment_changed.connect(self._payment_changed)
        bridge.cart_changed.connect(self._cart_changed)
        bridge.receipt_changed.connect(self._receipt_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self.box.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """One beside the other where there is room; else one at a time."""
        is_narrow = self.width() < NARROW_PX
        is_open = self.card.shown is not None
        self._right.setVisible(is_open)
        self._left.setVisible(not (is_narrow and is_open))
        self.back_button.setVisible(is_narrow and self._area.currentIndex() == 0)

    def _close_card(self) -> None:
        self.card.shown = None
        self._arrange()
        self.box.setFocus()

    def _show_card(self) -> None:
        self._area.setCurrentIndex(0)
        self._arrange()
        self.card.back_button.setFocus()

    def _begin(self, is_exchange: bool) -> None:
        if self.card.shown is not None:
            self.asking.tell("")
            self.hand_over.hide()
            self._area.setCurrentIndex(1)
            self.back_button.hide()
            self.refund.begin(self.card.shown, is_exchange)

    def _asked(self, command: Command) -> None:
        self._exchange = command.request if isinstance(command, StartExchange) else ""
        self.asking.ask(command)

    def _enter(self) -> None:
        """The chosen row, or the first."""
        place = self.list.currentIndex().row()
        sale = self.rows.row(max(place, 0))
        if sale is not None and not self._pause.isActive():
            self.show_sale(sale.id)
        else:
            self._scanned = True
            self.look()

    def _chosen(self, index: QModelIndex) -> None:
        sale = self.rows.row(index.row())
        if sale is not None:
            self.show_sale(sale.id)

    def _refresh(self) -> None:
        if self.isVisible() and not self.box.text():
            self.look()

    # What the engine tells

    def _till_opened(self, opened: TillOpened) -> None:
        event = opened.catalogue.event
        self.rows.currency, self.rows.zone = event.currency, event.zone
        self.card.zone = event.zone

    def _shift_changed(self, changed: ShiftChanged) -> None:
        if changed.shift is not None:
            self.card.desk = changed.shift.desk

    def _found(self, found: SalesFound) -> None:
        if found.request != self._search:
            return
        self.rows.show_rows(found.rows)
        nothing = tr("Nothing was sold yet.") if not found.text else tr("No sale was found for this.")
        say(self.none, "" if found.rows else nothing)
        if self._scanned and len(found.rows) == 1:
            self.show_sale(found.rows[0].id)
        self._scanned = False

    def _sale_shown(self, shown: SaleShown) -> None:
        if shown.request != self._shown:
            return
        before = self.card.shown
        if before is None or before.sale.id != shown.sale.id:
            self.asking.tell("")
            self.hand_over.hide()
        self.card.show_sale(shown)
        self._show_card()

    def _reversed(self, back: SaleReversed) -> None:
        if not self.asking.is_answer(back.request) and not self._is_shown(back.sale.id):
            return
        sale = back.sale
        if back.cash:
            amount = money(back.cash, sale.currency)
            self.hand_over.setText(tr("Hand over {amount} in cash", amount=amount))
        self.hand_over.setVisible(bool(back.cash))
        amount = money(back.reversal.amount, sale.currency)
        self.asking.tell(
            tr("✓ {amount} given back, receipt {number}", amount=amount, number=back.reversal.number)
        )
        self.show_sale(sale.id)
        self.look()

    def _is_shown(self, sale: str) -> bool:
        return self.card.shown is not None and self.card.shown.sale.id == sale

    def _payment_changed(self, changed: PaymentChanged) -> None:
        """A terminal is asked to give back: what it says, or what to do."""
        if self.isVisible() and self.refund.isVisible() and (changed.busy or changed.words):
            words = joined(changed.words, changed.remedy, by=" ") or tr(
                "The card terminal is being asked ..."
            )
            self.asking.tell(words, "muted" if changed.busy else "warn")

    def _cart_changed(self, changed: CartChanged) -> None:
        if self._exchange and changed.request == self._exchange:
            self._exchange = ""
            self._show_card()
            self.exchange_started.emit()

    def _receipt_changed(self, changed: ReceiptChanged) -> None:
        """That it came out is told where nothing else was."""
        if not self.isVisible() or not self._is_shown(changed.sale):
            return
        if changed.state is PrintState.FAILED:
            self.asking.tell(tr(changed.words), "warn")
        elif changed.state is PrintState.PRINTED and self.told.isHidden():
            self.asking.tell(tr("✓ Printed"))
