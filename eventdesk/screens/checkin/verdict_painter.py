"""How a verdict is painted: the sign and the word above, the reasons below, attention as a band."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from eventdesk.i18n import tr
from eventdesk.screens.checkin import signs
from eventdesk.screens.checkin.fitting import Style, paint
from eventdesk.screens.checkin.shown import Face, Shown
from eventdesk.screens.palette import ASKING
from eventdesk.screens.words import joined

BAR = 8
# Below so many lines of the program's text there is room for the sign and two lines beside it.
LOW_LINES = 7.5
BLACK, BOLD, PLAIN = QFont.Weight.Black, QFont.Weight.DemiBold, QFont.Weight.Normal

Line = tuple[str, Style, float]


@dataclass(slots=True)
class VerdictPainter:
    """Paints `shown` in `frame`. `unit` is the height of the program's text, `age` in seconds."""

    painter: QPainter
    shown: Shown
    frame: QRect
    ground: QColor
    ink: QColor
    unit: int
    age: float
    flipped: bool

    def paint(self) -> None:
        margin = max(12.0, min(30.0, self.frame.height() * 0.06))
        room = QRectF(self.frame).adjusted(margin, margin, -margin, -margin * 0.5 - BAR)
        if self.frame.height() < self.unit * LOW_LINES:
            self._low(room.adjusted(0, -4, 0, 4))
        else:
            if self.shown.attention:
                room.setBottom(room.bottom() - self._attention())
            bottom = self._upper(room)
            self._lower(room, bottom)
        self._age(room)

    def _low(self, room: QRectF) -> None:
        """A strip above a sheet on a small screen: the sign, the word, and what it is about."""
        sign = QRectF(room.left(), room.top(), room.height(), room.height())
        signs.draw(self.painter, self.shown.face, self._side(sign, room), self.ground, self.ink)
        text = room.adjusted(room.height() + 14, 0, 0, 0)
        high = text.height()
        attention = "⚠ " + tr("ATTENTION: look closely") if self.shown.attention else ""
        words = [self.shown.word, attention] if attention else [self.shown.word, self._lead()]
        upper, lower = " · ".join(one for one in words if one), attention and self._lead()
        lines = [
            (upper, Style(high * 0.44, self.unit * 0.8, BLACK), 0.62),
            (lower or self._second() or self.shown.explanation, Style(high * 0.32, self.unit * 0.75), 0.4),
        ]
        # The age stands in the upper corner.
        self._lines(lines, self._side(text.adjusted(0, 0, -self.unit * 4, 0), room), high)

    def _upper(self, room: QRectF) -> float:
        """Sign, word and what comes next; returns where it ends."""
        reasons = bool(self.shown.explanation or self.shown.texts)
        side = min(room.height() * (0.52 if reasons else 0.66), room.width() * 0.25)
        sign = QRectF(room.left(), room.top(), side, side)
        text = room.adjusted(side * 1.2, 0, 0, 0)
        signs.draw(self.painter, self.shown.face, self._side(sign, room), self.ground, self.ink)
        high = room.height()
        lines = [
            (self.shown.word, Style(high * 0.29, self.unit * 1.2, BLACK), 0.30),
            (self._lead(), Style(high * 0.17, self.unit * 1.05, BOLD, 3), 0.30 if reasons else 0.46),
            (self._second(), Style(high * 0.105, self.unit * 0.95, PLAIN, 2), 0.20),
        ]
        return max(sign.bottom(), self._lines(lines, self._side(text, room), high)) + self.unit * 0.4

    def _lower(self, room: QRectF, top: float) -> None:
        """Over the whole width: what to tell the guest, why, and what would help."""
        below = QRectF(room.left(), top, room.width(), max(0.0, room.bottom() - top))
        high = room.height()
        lines = [
            (self.shown.texts, Style(high * 0.10, self.unit * 0.95, BOLD, 3), 0.4),
            (self.shown.note, Style(high * 0.075, self.unit * 0.95, BOLD), 0.3),
            (self.shown.explanation, Style(high * 0.09, self.unit * 0.95, PLAIN, 3), 0.55),
            (self.shown.remedy, Style(high * 0.08, self.unit * 0.95, BOLD, 3), 1.0),
        ]
        self._lines(lines, below, below.height())

    def _lines(self, lines: list[Line], box: QRectF, high: float) -> float:
        """Each line below the last, in its share of `high` at most; returns the bottom of the last."""
        top = box.top()
        for text, style, share in lines:
            room = QRectF(box.left(), top, box.width(), min(high * share, box.bottom() - top))
            top += paint(self.painter, text, room, style, Qt.AlignmentFlag.AlignLeading)
        return top

    def _lead(self) -> str:
        """An admission's news is who; a refusal's is why."""
        calm = self.shown.face in (Face.ADMITTED, Face.LEFT, Face.PRINTING)
        return self.shown.name or self.shown.headline if calm else self.shown.headline

    def _second(self) -> str:
        lead = self._lead()
        if self.shown.face is Face.READY:
            return ""
        name = "" if lead == self.shown.name else self.shown.name
        return joined(name, self.shown.product)

    def _side(self, box: QRectF, room: QRectF) -> QRectF:
        """`box` where it stands in the desk's direction."""
        if not self.flipped:
            return box
        return QRectF(room.left() + room.right() - box.right(), box.top(), box.width(), box.height())

    def _age(self, room: QRectF) -> None:
        """How long ago, in words at the corner and as a bar that shrinks."""
        if self.shown.face is Face.READY:
            return
        text = tr("now") if self.age < 1 else tr("{seconds} s ago", seconds=int(self.age))
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing
        self.painter.drawText(room.adjusted(0, -8, 0, 0), flags, text)
        if self.shown.seconds:
            left = max(0.0, 1 - self.age / self.shown.seconds)
            width = (self.frame.width() - 28) * left
            self.painter.fillRect(QRectF(14, self.frame.height() - BAR, width, BAR - 3), self.ink)

    def _attention(self) -> float:
        """A band that nobody overlooks, whatever the verdict; returns its height."""
        high = max(self.unit * 1.7, self.frame.height() * 0.13)
        band = QRectF(0, self.frame.height() - high - BAR - 4, self.frame.width(), high)
        yellow = self.shown.face is not Face.ASKING
        self.painter.save()
        self.painter.fillRect(band, QColor(ASKING.ground if yellow else ASKING.ink))
        self.painter.setPen(QColor(ASKING.ink if yellow else ASKING.ground))
        style = Style(high * 0.6, self.unit, QFont.Weight.Bold)
        box = band.adjusted(16, high * 0.1, -16, 0)
        paint(self.painter, "⚠ " + tr("ATTENTION: look closely"), box, style, Qt.AlignmentFlag.AlignHCenter)
        self.painter.restore()
        return high + BAR
