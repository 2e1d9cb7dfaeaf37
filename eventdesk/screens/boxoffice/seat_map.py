"""The seats of one section, row by row from the front: free, taken, and those that were chosen."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.domain.till.seats import seat_id
from eventdesk.domain.till.setup import Section
from eventdesk.i18n import tr

LEAST_PX, MOST_PX = 24, 46
STEPS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class SeatMap(QWidget):
    """`toggled` tells the seat that was pressed or reached by the arrow keys and Space. The plan is drawn as
    it hangs on the wall, whatever the desk's language."""

    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._plan = ""
        self._section = Section("", "", ())
        self._taken: Collection[str] = ()
        self._chosen: Collection[str] = ()
        self._at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_section(self, plan: str, section: Section) -> None:
        if (plan, section) != (self._plan, self._section):
            self._plan, self._section, self._at = plan, section, (0, 0)
        self.updateGeometry()
        self._tell()

    def show_seats(self, taken: Collection[str], chosen: Collection[str]) -> None:
        self._taken, self._chosen = taken, chosen
        self._tell()

    def stand_at(self, seat: str) -> None:
        """The keys go on from there."""
        for at, row in enumerate(self._section.rows):
            for place, name in enumerate(row.seats):
                if self._id(row.name, name) == seat:
                    self._at = at, place
        self._tell()

    def _id(self, row: str, seat: str) -> str:
        return seat_id(self._plan, self._section.id, row, seat)

    def seat(self) -> str:
        """At which the keys stand; empty where the section has none."""
        at, place = self._at
        if at < len(self._section.rows) and place < len(self._section.rows[at].seats):
            row = self._section.rows[at]
            return self._id(row.name, row.seats[place])
        return ""

    def _tell(self) -> None:
        at, place = self._at
        rows = self._section.rows
        if at < len(rows) and place < len(rows[at].seats):
            seat = self.seat()
            state = (
                tr("taken") if seat in self._taken else tr("chosen") if seat in self._chosen else tr("free")
            )
            self.setAccessibleName(f"{self._section.name} {rows[at].name}/{rows[at].seats[place]}, {state}")
        self.update()

    # Where things are

    def _side(self) -> float:
        """Pixels from one seat to the next."""
        wide = max((len(row.seats) for row in self._section.rows), default=1) + 2
        return min(MOST_PX, max(LEAST_PX, self.width() / wide))

    def _box(self, at: int, place: int) -> QRectF:
        side = self._side()
        row = self._section.rows[at]
        left = (self.width() - len(row.seats) * side) / 2 + place * side
        return QRectF(left + 2, (at + 1) * side + 2, side - 4, side - 4)

    def sizeHint(self) -> QSize:
        wide = max((len(row.seats) for row in self._section.rows), default=1) + 2
        return QSize(round(wide * LEAST_PX), round((len(self._section.rows) + 1.4) * self._side()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, _event: object) -> None:
        self.updateGeometry()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, role = self._side(), QPalette.ColorRole
        front = QRectF(self.width() * 0.2, 2, self.width() * 0.6, side * 0.7)
        painter.setPen(self.palette().color(role.PlaceholderText))
        painter.drawText(front, Qt.AlignmentFlag.AlignCenter, tr("Front"))
        painter.drawLine(front.bottomLeft(), front.bottomRight())
        for at, row in enumerate(self._section.rows):
            painter.setPen(self.palette().color(role.Text))
            painter.setFont(self.font())
            for left in (0.0, self.width() - side):
                box = QRectF(left, (at + 1) * side, side, side)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.name)
            for place, name in enumerate(row.seats):
                self._paint_seat(painter, at, place, name)
        painter.end()

    def _paint_seat(self, painter: QPainter, at: int, place: int, name: str) -> None:
        role = QPalette.ColorRole
        colour = self.palette().color
        seat, box = self._id(self._section.rows[at].name, name), self._box(at, place)
        ground, ink, edge = colour(role.Base), colour(role.Text), colour(role.Dark)
        if seat in self._chosen:
            ground, ink, edge = colour(role.Highlight), colour(role.HighlightedText), colour(role.Highlight)
        elif seat in self._taken:
            ground, ink, edge = colour(role.Mid), colour(role.Dark), colour(role.Mid)
        painter.setBrush(ground)
        painter.setPen(edge)
        painter.drawRoundedRect(box, 5, 5)
        font = QFont(self.font())
        font.setPixelSize(max(10, round(box.height() * 0.42)))
        font.setBold(seat in self._chosen)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "✕" if seat in self._taken else name)
        if self.hasFocus() and (at, place) == self._at:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(QColor(colour(role.Text)))
            pen.setWidth(3)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)

    # The person

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, row in enumerate(self._section.rows):
            for place, name in enumerate(row.seats):
                if self._box(at, place).adjusted(-2, -2, 2, 2).contains(event.position()):
                    self._at = at, place
                    self.toggled.emit(self._id(row.name, name))
                    self._tell()
                    return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None and self._section.rows:
            at = min(max(self._at[0] + step[0], 0), len(self._section.rows) - 1)
            last = len(self._section.rows[at].seats) - 1
            self._at = at, max(0, min(self._at[1] + step[1], last))
            self._tell()
        elif event.key() == Qt.Key.Key_Space and self.seat():
            self.toggled.emit(self.seat())
        else:
            super().keyPressEvent(event)
