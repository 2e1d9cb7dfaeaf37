"""The conflicts as rows: the guest, both places and times; a sign for what is open and what is settled."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import QAbstractListModel, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from eventdesk.desk.upstream.values import ConflictShown
from eventdesk.i18n import tr
from eventdesk.screens.checkin import signs
from eventdesk.screens.checkin.shown import Face
from eventdesk.screens.line import conflict_words as words
from eventdesk.screens.widgets.rows import Index, Role, RowDelegate
from eventdesk.screens.words import clock, isolate


class ConflictRows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.shown: Sequence[ConflictShown] = ()
        self.zone: tzinfo | None = None

    def show_conflicts(self, conflicts: Sequence[ConflictShown]) -> None:
        self.beginResetModel()
        self.shown = list(conflicts)
        self.endResetModel()

    def conflict(self, row: int) -> ConflictShown | None:
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def row_of(self, conflict: str) -> int:
        """The row of a conflict's id, or -1."""
        return next((row for row, one in enumerate(self.shown) if one.conflict.id == conflict), -1)

    def rowCount(self, _parent: Any = None) -> int:
        return len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.shown[index.row()]
        answers: dict[int, Callable[[], Any]] = {
            int(Role.TITLE): lambda: isolate(words.who(one)),
            int(Role.DETAIL): lambda: self._detail(one),
            int(Role.TRAILING): lambda: clock(one.conflict.second.at, self.zone),
            int(Role.SIGN): lambda: Face.ADMITTED if one.conflict.word else Face.ASKING,
            int(Qt.ItemDataRole.DisplayRole): lambda: self._spoken(one),
        }
        answer = answers.get(int(role))
        return answer() if answer else None

    def _detail(self, one: ConflictShown) -> str:
        return isolate(one.conflict.word) if one.conflict.word else words.where(one, self.zone, words.place)

    def _spoken(self, one: ConflictShown) -> str:
        state = tr("settled") if one.conflict.word else tr("open")
        return f"{words.who(one)}, {state}, {self._detail(one)}"


class ConflictDelegate(RowDelegate):
    def draw_sign(self, painter: QPainter, index: Index, box: QRectF, _selected: bool) -> None:
        face = Face(index.data(Role.SIGN))
        coat = signs.COATS[face]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(coat.ground))
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 7, 7)
        signs.draw(painter, face, box.adjusted(2, 2, -2, -2), QColor(coat.ground), QColor(coat.ink))
