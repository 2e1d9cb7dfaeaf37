"""Sales as rows of a list: number and sum, who bought, when, and what of it was given back."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette

from eventdesk.desk.till.values import SaleRow
from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.till.words import moment, money, tender_words
from eventdesk.screens.widgets.rows import Index, Role, RowDelegate
from eventdesk.screens.words import joined

ROOT = QModelIndex()


class SaleRows(QAbstractListModel):
    """`currency` and `zone` are the event's."""

    def __init__(self) -> None:
        super().__init__()
        self.currency = "EUR"
        self.zone: tzinfo | None = None
        self.rows: Sequence[SaleRow] = ()

    def show_rows(self, rows: Sequence[SaleRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> SaleRow | None:
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        sale = self.row(index.row())
        if sale is None:
            return None
        title = joined(str(sale.number), money(sale.total, self.currency))
        when = moment(sale.at, self.zone)
        tenders = ", ".join(map(tender_words, sale.tenders))
        detail = joined(sale.name, tenders, back_words(sale, self.currency))
        if role == Qt.ItemDataRole.DisplayRole:
            return joined(title, detail, when)
        if role == Role.STRUCK:
            return bool(sale.total) and not sale.left
        told: dict[int, str] = {Role.TITLE: title, Role.DETAIL: detail, Role.TRAILING: when}
        return told.get(role)


class SaleDelegate(RowDelegate):
    """What was given back wears an arrow."""

    def draw_sign(self, painter: QPainter, index: Index, box: QRectF, selected: bool) -> None:
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        colour: QColor = self._view.palette().color(role)
        name = "undo" if index.data(Role.STRUCK) else "order"
        painter.drawPixmap(box.topLeft(), icons.pixmap(name, round(box.height()), colour))


def back_words(sale: SaleRow, currency: str) -> str:
    if sale.left == sale.total:
        return ""
    if not sale.left:
        return tr("all given back")
    return tr("{amount} given back", amount=money(sale.total - sale.left, currency))
