"""The guests of an event as a table: pages from the engine as one scrolls, or what a search found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from eventdesk.domain.guests import GuestRow, Hit
from eventdesk.domain.tickets import OrderStatus, Ticket
from eventdesk.i18n import tr
from eventdesk.screens.words import in_cell, joined

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One guest as the table shows it; `state` is empty where nothing is out of the ordinary."""

    ticket: str
    name: str
    product: str
    company: str
    email: str
    order: str
    state: str

    def cells(self) -> tuple[str, ...]:
        return (self.name, self.product, self.state, self.order, self.company, self.email)


class GuestTable(QAbstractTableModel):
    """Asks for the next page by `wanted` (the ticket to go on after, or None) when it is scrolled to."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._total = 0
        self._asked = False

    def clear(self, total: int = 0) -> None:
        """Start afresh; `total` guests are there to be paged through."""
        self.beginResetModel()
        self._lines, self._total, self._asked = [], total, False
        self.endResetModel()

    def show_found(self, lines: Sequence[Line]) -> None:
        """What a search found, whole."""
        self.beginResetModel()
        self._lines, self._total, self._asked = list(lines), len(lines), False
        self.endResetModel()

    def append(self, lines: Sequence[Line], total: int) -> None:
        """The next page."""
        self._asked = False
        first = len(self._lines)
        # An empty page ends it, whatever was counted: guests may go while one scrolls.
        self._total = total if lines else first
        if lines:
            self.beginInsertRows(ROOT, first, first + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def line(self, row: int) -> Line | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def update(self, line: Line) -> None:
        """One guest was changed: show it where it stands."""
        row = self.row_of(line.ticket)
        if row >= 0:
            self._lines[row] = line
            self.dataChanged.emit(self.index(row, 0), self.index(row, COLUMNS - 1))

    def row_of(self, ticket: str) -> int:
        return next((row for row, line in enumerate(self._lines) if line.ticket == ticket), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return in_cell(self._lines[index.row()].cells()[index.column()], role)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return headers()[section]
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._asked and len(self._lines) < self._total

    def fetchMore(self, _parent: Index) -> None:
        self._asked = True
        self.wanted.emit(self._lines[-1].ticket if self._lines else None)


def headers() -> tuple[str, ...]:
    return (tr("Name"), tr("Product"), tr("State"), tr("Order"), tr("Company"), tr("E-mail"))


def line_of_guest(row: GuestRow) -> Line:
    product = f"{row.product}, {row.variation}" if row.variation else row.product
    state = _marked(row.testmode, _state(row.canceled, row.blocked, row.status))
    return Line(row.ticket, row.name, product, row.company, row.email, row.order_code, state)


def line_of_hit(hit: Hit) -> Line:
    state = _marked(hit.testmode, tr("inside") if hit.inside else tr("was here") if hit.used else "")
    return Line(hit.ticket, hit.name, hit.product, hit.company, hit.email, hit.order_code, state)


def line_of_ticket(ticket: Ticket, product: str) -> Line:
    order = ticket.order
    state = _marked(order.testmode, _state(ticket.canceled, ticket.blocked, order.status))
    email = ticket.email or ticket.order.email
    return Line(ticket.id, ticket.name, product, ticket.company, email, order.code, state)


def _marked(testmode: bool, state: str) -> str:
    return joined(tr("test order"), state) if testmode else state


def _state(canceled: bool, blocked: bool, status: OrderStatus) -> str:
    if canceled or status is OrderStatus.CANCELED:
        return tr("canceled")
    if blocked:
        return tr("blocked")
    return {OrderStatus.PENDING: tr("unpaid"), OrderStatus.EXPIRED: tr("expired")}.get(status, "")
