"""The last scans of this desk: what was shown stays to be looked up, and each can be taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from eventdesk.desk.hooks import Given, Undone
from eventdesk.domain.decision import Mode, Outcome, Verdict
from eventdesk.i18n import tr
from eventdesk.screens import icons
from eventdesk.screens.checkin import signs
from eventdesk.screens.checkin.shown import Face, Shown, of_given
from eventdesk.screens.widgets.rows import Index, Role, RowDelegate, RowList
from eventdesk.screens.words import clock, joined

KEPT = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One scan, told in the event's time zone; `undone` once it was taken back."""

    given: Given
    shown: Shown
    zone: tzinfo | None = None
    undone: bool = False

    @property
    def undoable(self) -> bool:
        return bool(self.given.admission) and not self.undone

    def title(self) -> str:
        return self.shown.name or self.shown.headline

    def detail(self) -> str:
        what = tr("taken back") if self.undone else self.shown.headline
        return joined("" if what == self.title() else what, self.shown.product) or self.given.code[:40]

    def time(self) -> str:
        return clock(self.given.at, self.zone) if self.given.at else ""


class LastScans(QAbstractListModel):
    """Newest first, KEPT at most."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self.zone: tzinfo | None = None

    def rowCount(self, _parent: Any = None) -> int:
        return len(self._lines)

    def line(self, row: int) -> Line:
        return self._lines[row]

    def add(self, given: Given) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._lines.insert(0, Line(given, of_given(given), self.zone))
        self.endInsertRows()
        if len(self._lines) > KEPT:
            self.beginRemoveRows(QModelIndex(), KEPT, KEPT)
            self._lines.pop()
            self.endRemoveRows()

    def add_older(self, given: Sequence[Given]) -> None:
        """Passes from before, newest first, under those that were seen here since."""
        known = {line.given.admission for line in self._lines}
        older = [one for one in given if one.admission not in known][: KEPT - len(self._lines)]
        if older:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(older) - 1)
            self._lines += [Line(one, of_given(one), self.zone) for one in older]
            self.endInsertRows()

    def mark_undone(self, undone: Undone) -> Given:
        """Strike the pass out. Returns its scan with the ticket as it is now."""
        for row, line in enumerate(self._lines):
            if line.given.admission == undone.admission:
                self._lines[row] = replace(line, undone=True)
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
                return replace(line.given, verdict=replace(line.given.verdict, ticket=undone.ticket))
        verdict = Verdict(Outcome.OK, ticket=undone.ticket)
        return Given(undone.request, undone.ticket.secret, Mode.INFO, verdict)

    def last_undoable(self) -> Line | None:
        return next((line for line in self._lines if line.undoable), None)

    def start(self, zone: tzinfo) -> None:
        """Another place, with nothing seen there yet."""
        self.beginResetModel()
        self._lines.clear()
        self.zone = zone
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        answers: dict[int, Callable[[], Any]] = {
            int(Role.TITLE): line.title,
            int(Role.DETAIL): line.detail,
            int(Role.TRAILING): line.time,
            int(Role.STRUCK): lambda: line.undone,
            int(Role.SIGN): lambda: line.shown.face,
            int(Qt.ItemDataRole.DisplayRole): lambda: ", ".join(
                part for part in (line.shown.word, line.title(), line.detail(), line.time()) if part
            ),
        }
        answer = answers.get(int(role))
        return answer() if answer else None


class ScanDelegate(RowDelegate):
    """The verdict's sign in front; behind, where a pass can be taken back, the arrow that does it."""

    undo_asked = Signal(object)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.took_click = False

    def draw_sign(self, painter: QPainter, index: Index, box: QRectF, _selected: bool) -> None:
        coat = signs.COATS[Face(index.data(Role.SIGN))]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(coat.ground))
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 7, 7)
        inner = box.adjusted(2, 2, -2, -2)
        signs.draw(painter, Face(index.data(Role.SIGN)), inner, QColor(coat.ground), QColor(coat.ink))

    def reserved(self, index: Index, height: int) -> int:
        return height - 10 if self._line(index).undoable else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if not self._line(index).undoable:
            return
        box = self._button(option)
        size = round(box.height() * 0.42)
        selected = option.state & QStyle.StateFlag.State_Selected
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        place = box.center() - QPointF(size / 2, size / 2)
        painter.drawPixmap(place, icons.pixmap("undo", size, option.palette.color(role)))

    def _line(self, index: Index) -> Line:
        model = index.model()
        assert isinstance(model, LastScans)
        return model.line(index.row())

    def _button(self, option: QStyleOptionViewItem) -> QRectF:
        box = QRectF(option.rect)
        return self.mirrored(
            QRectF(box.right() - box.height(), box.top(), box.height(), box.height()), option
        )

    def editorEvent(
        self, event: QEvent, _model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() is not QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        if self._line(index).undoable and self._button(option).contains(event.position()):
            self.took_click = True
            self.undo_asked.emit(self._line(index))
            return True
        self.took_click = False
        return False


class LastScansList(RowList):
    """`recalled` shows a scan again; `undo_asked` wants one taken back (click, or Delete on the row)."""

    recalled = Signal(object)
    undo_asked = Signal(object)

    def __init__(self) -> None:
        self.scans = LastScans()
        super().__init__(self.scans, tr("Last scans"))
        self._delegate = ScanDelegate(self)
        self._delegate.undo_asked.connect(self.undo_asked)
        self.setItemDelegate(self._delegate)
        self.chosen.connect(self._recall)

    def _recall(self, index: Index) -> None:
        # A click on the arrow is a click on the row as well; it must not bring the card back.
        if not self._delegate.took_click:
            self.recalled.emit(self.scans.line(index.row()))
        self._delegate.took_click = False

    def focused_line(self) -> Line | None:
        """The row that a person has gone to, where the list has the focus."""
        row = self.currentIndex().row()
        return self.scans.line(row) if self.hasFocus() and row >= 0 else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row >= 0:
            if self.scans.line(row).undoable:
                self.undo_asked.emit(self.scans.line(row))
        else:
            super().keyPressEvent(event)
