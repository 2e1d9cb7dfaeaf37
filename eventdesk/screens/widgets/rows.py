"""Lists whose rows have a sign, a title, a line of detail and something at the end."""

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a model of rows answers beside the text for screen readers (DisplayRole)."""

    TITLE = Qt.ItemDataRole.UserRole + 1
    DETAIL = Qt.ItemDataRole.UserRole + 2
    TRAILING = Qt.ItemDataRole.UserRole + 3
    SIGN = Qt.ItemDataRole.UserRole + 4
    STRUCK = Qt.ItemDataRole.UserRole + 5


class RowDelegate(QStyledItemDelegate):
    """Paints a row; subclasses draw the sign. Rows are a finger high where touch is on."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = self._view.fontMetrics().height()
        return QSize(120, max(round(line * 2.5), 48))

    def draw_sign(self, painter: QPainter, index: Index, box: QRectF, selected: bool) -> None:
        """Draw what stands at the leading end of the row, in the square `box`."""

    def reserved(self, _index: Index, _height: int) -> int:
        """Pixels at the trailing end that the texts keep clear of."""
        return 0

    def mirrored(self, box: QRectF, option: QStyleOptionViewItem) -> QRectF:
        """`box`, laid out from the left, where it stands in the desk's direction."""
        if self._view.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return box
        whole = QRectF(option.rect)
        return QRectF(whole.left() + whole.right() - box.right(), box.top(), box.width(), box.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, box, selected)
        inner = box.adjusted(10, 5, -10 - self.reserved(index, option.rect.height()), -5)
        side = inner.height() * 0.66
        sign = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        self.draw_sign(painter, index, self.mirrored(sign, option), selected)
        text = self.mirrored(inner.adjusted(side + 12, 0, 0, 0), option)
        self._paint_texts(painter, option, index, text)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, selected: bool
    ) -> None:
        role = QPalette.ColorRole
        if selected:
            painter.fillRect(box, option.palette.color(role.Highlight))
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, option.palette.color(role.Mid))

    def _paint_texts(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        strong, faint = _inks(option)
        title, detail, trailing = (str(index.data(r) or "") for r in (Role.TITLE, Role.DETAIL, Role.TRAILING))
        half = box.height() / 2
        upper = QRectF(box.left(), box.top(), box.width(), half if detail else box.height())
        _line(painter, option.font, trailing, upper, Qt.AlignmentFlag.AlignRight, faint, self._flipped())
        taken = QFontMetricsF(option.font).horizontalAdvance(trailing) + (8 if trailing else 0)
        upper.setWidth(upper.width() - taken)
        if self._flipped():
            upper.translate(taken, 0)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        font.setStrikeOut(bool(index.data(Role.STRUCK)))
        _line(painter, font, title, upper, Qt.AlignmentFlag.AlignLeft, strong, self._flipped())
        lower = QRectF(box.left(), box.top() + half, box.width(), half)
        _line(painter, option.font, detail, lower, Qt.AlignmentFlag.AlignLeft, faint, self._flipped())

    def _flipped(self) -> bool:
        return self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft


def _inks(option: QStyleOptionViewItem) -> tuple[QColor, QColor]:
    """The colours of title and detail."""
    role = QPalette.ColorRole
    if option.state & QStyle.StateFlag.State_Selected:
        return (option.palette.color(role.HighlightedText),) * 2
    return option.palette.color(role.Text), option.palette.color(role.PlaceholderText)


def _line(
    painter: QPainter,
    font: QFont,
    text: str,
    box: QRectF,
    side: Qt.AlignmentFlag,
    colour: QColor,
    flipped: bool,
) -> None:
    """One line of text, cut with an ellipsis where it is too long; `side` as on a left-to-right screen.

    AlignAbsolute, since Qt would turn the side round for a text that runs from right to left.
    """
    flags = Qt.AlignmentFlag
    if flipped:
        side = flags.AlignLeft if side is flags.AlignRight else flags.AlignRight
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, side | flags.AlignAbsolute | flags.AlignVCenter, shown)


class RowList(QListView):
    """A list of rows. Letters typed here are not for the list: they go on to the page (the search)."""

    chosen = Signal(object)

    def __init__(self, model: QAbstractItemModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self.chosen.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def step(self, rows: int) -> None:
        """Move the selection, as the arrow keys do, while the focus is elsewhere."""
        count = self.model().rowCount()
        if count:
            row = min(max(self.currentIndex().row() + rows, 0), count - 1)
            self.setCurrentIndex(self.model().index(row, 0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
