"""The cart as rows of a list: its lines with what makes each of them cost what it costs, then discounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPalette

from eventdesk.domain.till.approvals import percent_text
from eventdesk.domain.till.cart import CartLine
from eventdesk.domain.till.seats import label
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.state import TillState
from eventdesk.screens.widgets.rows import Index, Role, RowDelegate
from eventdesk.screens.words import joined, number


@dataclass(frozen=True, slots=True)
class CartRow:
    """`line` or `discount` is an id, the other one empty; of a person's discount on the whole both are."""

    title: str
    detail: str = ""
    amount: str = ""
    sign: str = ""
    line: str = ""
    discount: str = ""


def rows(state: TillState) -> list[CartRow]:
    """Lines, add-ons under what they belong to, then what is taken off the whole."""
    if state.cart is None:
        return []
    cart = state.cart.cart
    found = [_of_line(state, line) for line in _ordered(cart.lines)]
    for id_ in cart.discounts:
        discount = state.setup.discounts.get(id_)
        name, code = (discount.name, discount.code) if discount else (id_, "")
        found.append(CartRow(name, code, discount=id_))
    if cart.percent or cart.off:
        found.append(CartRow(_off(state, cart.percent, cart.off), cart.reason))
    return found


def _ordered(lines: Sequence[CartLine]) -> list[CartLine]:
    """Each add-on behind what it belongs to."""
    found = []
    for line in lines:
        if not line.parent:
            found += [line, *(one for one in lines if one.parent == line.id)]
    return found


def _of_line(state: TillState, line: CartLine) -> CartRow:
    title = f"+ {state.name(line)}" if line.parent else state.name(line)
    return CartRow(
        title, _detail(state, line), state.bare(state.gross(line)), number(line.quantity), line=line.id
    )


def _detail(state: TillState, line: CartLine) -> str:
    priced = [one for one in (state.cart.priced.lines if state.cart else ()) if one.of == line.id]
    own = [one for one in priced if not one.fee and one.gross + one.discount]
    fees = sum(one.gross for one in priced if one.fee)
    parts = []
    if line.quantity > 1 and own:
        parts.append(tr("{price} each", price=state.bare(own[0].price)))
    if line.comp:
        parts.append(tr("given away: {reason}", reason=line.reason or "?"))
    elif line.percent or line.off:
        parts.append(joined(_off(state, line.percent, line.off), line.reason))
    if fees:
        parts.append(tr("with a fee of {amount}", amount=state.bare(fees)))
    seats = [label(state.setup.seatings.values(), one) for one in line.seats if one]
    return joined(*parts, ", ".join(seats), ", ".join(one for one in line.names if one))


def _off(state: TillState, percent: int, off: int) -> str:
    amount = f"{percent_text(percent)} %" if percent else state.says(off)
    return tr("Discount of {amount}", amount=amount)


class CartModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[CartRow] = ()

    def show(self, found: Sequence[CartRow]) -> None:
        self.beginResetModel()
        self._rows = found
        self.endResetModel()

    def row(self, place: int) -> CartRow:
        return self._rows[place]

    def place(self, line: str) -> int:
        """Where the line stands; -1 where it does not."""
        return next((at for at, one in enumerate(self._rows) if one.line == line), -1)

    def rowCount(self, _parent: Any = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        answers = {
            int(Role.TITLE): row.title,
            int(Role.DETAIL): row.detail,
            int(Role.TRAILING): row.amount,
            int(Role.SIGN): row.sign,
            int(Qt.ItemDataRole.DisplayRole): joined(row.sign, row.title, row.detail, row.amount, by=", "),
        }
        return answers.get(int(role))


class CartDelegate(RowDelegate):
    """The number of pieces before each line."""

    def draw_sign(self, painter: QPainter, index: Index, box: QRectF, selected: bool) -> None:
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.setPen(self._view.palette().color(role))
        text = str(index.data(Role.SIGN)) or "%"
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.Bold)
        if len(text) > 3:
            font.setPixelSize(max(9, round(font.pixelSize() * 3 / len(text))))
        painter.setFont(font)
        painter.drawText(box.adjusted(-6, 0, 6, 0), Qt.AlignmentFlag.AlignCenter, text)
