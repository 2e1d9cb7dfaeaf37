"""Cash counted piece by piece, or typed as a sum where the pieces don't matter."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLineEdit, QWidget

from eventdesk.domain.till.drawer import sum_of
from eventdesk.i18n import tr
from eventdesk.screens.boxoffice.keypad import Keypad
from eventdesk.screens.manage.entries import TickField
from eventdesk.screens.manage.field import name_control
from eventdesk.screens.manage.look import bring_into_sight, note, say
from eventdesk.screens.till.amount_field import AmountField
from eventdesk.screens.till.words import money
from eventdesk.screens.widgets.basics import boxed, column, label, row

PIECE_PX = 200
PAD_PX = 230
NARROW_PX = 560
ENTRY_PX = 76


class CountTable(QWidget):
    """One line a note or coin, the largest first; Enter goes to the next. `finished`: Enter on the last."""

    changed = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.currency = "EUR"
        self.pieces: dict[int, _Piece] = {}
        self._columns = 0
        self.only_sum = TickField(tr("Type the sum only"))
        self.sum = AmountField(tr("Sum"))
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self.total = label("", "heading")
        self.nothing = note()
        self._line: QLineEdit = self.sum.line
        self.keypad = Keypad(self._line, self._enter)
        self.keypad.setFixedWidth(PAD_PX)
        self.keypad.setMaximumHeight(PAD_PX)
        typed = boxed(column(self.only_sum, self._holder, self.total, self.sum, self.nothing, 1))
        self._above = QWidget()
        self._above.setFixedHeight(0)
        pad = boxed(column(self._above, self.keypad, 1, spacing=0))
        self._both: QBoxLayout = row(typed, pad, spacing=24)
        self._both.setStretch(0, 1)
        self.setLayout(self._both)
        self.only_sum.changed.connect(self._show_way)
        self.sum.changed.connect(self.changed)
        self.sum.line.returnPressed.connect(self.finished)
        self.sum.line.installEventFilter(self)
        self._show_way()

    def use(self, currency: str, denominations: Sequence[int]) -> None:
        """Other notes and coins; without any, the sum is typed."""
        if (currency, tuple(denominations)) == (self.currency, tuple(self.pieces)) and self.pieces:
            return
        self.currency = self.sum.currency = currency
        for piece in self.pieces.values():
            piece.setParent(None)
            piece.deleteLater()
        self.pieces = {value: _Piece(value, currency) for value in denominations}
        entries = [piece.entry for piece in self.pieces.values()]
        for piece, after in zip(self.pieces.values(), [*entries[1:], None], strict=True):
            piece.entry.textChanged.connect(self._typed)
            piece.entry.installEventFilter(self)
            piece.entry.returnPressed.connect(after.setFocus if after else self.finished.emit)
        self.only_sum.setVisible(bool(denominations))
        if not denominations:
            self.only_sum.put(True)
        self._place()
        self._show_way()

    def clear(self) -> None:
        """Nothing counted."""
        for piece in self.pieces.values():
            piece.entry.clear()
        self.sum.put(None)
        self.sum.tell("")
        self._typed()

    def begin(self) -> None:
        """Ready to be typed into."""
        first = next(iter(self.pieces.values()), None)
        (self.sum if first is None or self.by_sum else first.entry).setFocus()

    @property
    def by_sum(self) -> bool:
        return bool(self.only_sum.value())

    def count(self) -> Mapping[int, int]:
        """How many of each; empty where the sum was typed."""
        if self.by_sum:
            return {}
        return {value: piece.number() for value, piece in self.pieces.items() if piece.number()}

    def check(self) -> bool:
        """Whether something was counted, be it 0: Enter alone is no count."""
        if self.by_sum:
            return self.sum.check()
        typed = any(piece.entry.text() for piece in self.pieces.values())
        say(self.nothing, "" if typed else tr("Nothing is counted yet. Type a 0 where it is empty."), "bad")
        return typed

    def amount(self) -> int:
        """In minor units. Raises Wrong where a sum was typed that can't be."""
        return int(self.sum.value()) if self.by_sum else sum_of(self.count())

    def _enter(self) -> None:
        self._line.returnPressed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keypad types where the person is."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self._line = watched
            self.keypad.type_into(watched)
            self._follow(watched)
        return super().eventFilter(watched, event)

    def _follow(self, entry: QLineEdit) -> None:
        """The keypad stands beside what is typed into: on a small screen the table scrolls."""
        is_beside = self._both.direction() is not QBoxLayout.Direction.TopToBottom
        beside = entry.mapTo(self, QPoint(0, 0)).y() + entry.height() - PAD_PX
        lowest = self.height() - PAD_PX - 10
        self._above.setFixedHeight(max(0, min(beside, lowest)) if is_beside else 0)
        bring_into_sight(self.keypad if is_beside else entry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW_PX
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._both.setDirection(way)
        if self._wanted() != self._columns:
            self._place()

    def _wanted(self) -> int:
        room = self.width() - (0 if self.width() < NARROW_PX else PAD_PX + 24)
        return max(1, min(3, room // PIECE_PX))

    def _place(self) -> None:
        """Down one column, then the next."""
        self._columns = self._wanted()
        rows = -(-len(self.pieces) // self._columns) or 1
        for place, piece in enumerate(self.pieces.values()):
            self._grid.addWidget(piece, place % rows, place // rows)
        for place in range(3):
            self._grid.setColumnStretch(place, 1 if place < self._columns else 0)

    def _show_way(self) -> None:
        self._holder.setVisible(not self.by_sum)
        self.total.setVisible(not self.by_sum)
        self.sum.setVisible(self.by_sum)
        self._typed()

    def _typed(self) -> None:
        for piece in self.pieces.values():
            piece.tell()
        say(self.nothing, "")
        if self.pieces:
            self.total.setText(tr("Sum: {amount}", amount=money(sum_of(self.count()), self.currency)))
        self.changed.emit()


class _Piece(QWidget):
    """One denomination: its value, how many, what they come to."""

    def __init__(self, value: int, currency: str) -> None:
        super().__init__()
        self._value, self._currency = value, currency
        worth = money(value, currency)
        self.entry = QLineEdit()
        self.entry.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,5}"), self))
        self.entry.setPlaceholderText("0")
        self.entry.setFixedWidth(ENTRY_PX)
        self.entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.entry.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        name_control(self.entry, tr("How many of {worth}", worth=worth))
        self._sum = label("", "muted")
        line = QGridLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setHorizontalSpacing(8)
        line.addWidget(label(worth), 0, 0)
        line.addWidget(self.entry, 0, 1)
        line.addWidget(self._sum, 0, 2)
        line.setColumnMinimumWidth(0, 80)
        line.setColumnStretch(2, 1)

    def number(self) -> int:
        return int(self.entry.text() or 0)

    def tell(self) -> None:
        self._sum.setText(money(self._value * self.number(), self._currency) if self.number() else "")
