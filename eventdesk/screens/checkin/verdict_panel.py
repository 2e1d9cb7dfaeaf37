"""The verdict: colour, sign, word. Painted as one picture, so that nothing of it can lag behind."""

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.domain.decision import Mode
from eventdesk.i18n import tr
from eventdesk.screens.checkin import signs
from eventdesk.screens.checkin.fitting import Style, paint
from eventdesk.screens.checkin.shown import Face, Shown, ready
from eventdesk.screens.palette import ADMITTED, ASKING
from eventdesk.screens.widgets.message_bar import announce

TICK_MS = 250
BAR = 8


class VerdictPanel(QWidget):
    """`show_verdict` at once; the verdict fades to READY when its seconds are over.

    `verdict_painted(request, moment)` tells the first painting of each, `moment` in `time.monotonic()`.
    """

    verdict_painted = Signal(str, float)
    faded = Signal()

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._mode = Mode.ENTRY
        self._shown = ready(self._mode)
        self._since = 0.0
        self._told = True
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._speak()

    def sizeHint(self) -> QSize:
        return QSize(720, 360)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 150)

    def shown(self) -> Shown:
        return self._shown

    def set_mode(self, mode: Mode) -> None:
        """What READY waits for."""
        self._mode = mode
        self.clear()

    def show_verdict(self, shown: Shown) -> None:
        self._shown, self._since, self._told = shown, self._now(), False
        self._speak()
        announce(self, shown.sentence(), urgent=True)
        self._timer.start()
        self.update()

    def clear(self) -> None:
        """Back to READY."""
        self._shown, self._told = ready(self._mode), True
        self._timer.stop()
        self._speak()
        self.update()

    def _speak(self) -> None:
        # The panel paints its text, so a screen reader has nothing but the name.
        self.setAccessibleName(self._shown.sentence())

    def _tick(self) -> None:
        if self._shown.seconds and self._now() - self._since >= self._shown.seconds:
            self.clear()
            self.faded.emit()
        else:
            self.update(0, 0, self.width(), self._unit() * 3)
            self.update(0, self.height() - BAR, self.width(), BAR)

    def _unit(self) -> int:
        return self.fontMetrics().height()

    def _colours(self) -> tuple[QColor, QColor]:
        coat = signs.COATS.get(self._shown.face)
        if coat:
            return QColor(coat.ground), QColor(coat.ink)
        role = QPalette.ColorRole
        return self.palette().color(role.Base), self.palette().color(role.WindowText)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground, ink = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        painter.setBrush(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()), 14, 14)
        painter.setPen(ink)
        self._paint_inside(painter, ground, ink)
        painter.end()
        self._tell_painted()

    def _tell_painted(self) -> None:
        if not self._told:
            self._told = True
            self.verdict_painted.emit(self._shown.request, self._now())

    def _paint_inside(self, painter: QPainter, ground: QColor, ink: QColor) -> None:
        margin = max(14.0, self.height() * 0.06)
        room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin - BAR)
        if self._shown.attention:
            room.setBottom(room.bottom() - self._paint_attention(painter))
        side = min(room.height() * 0.62, room.width() * 0.26)
        flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        sign = QRectF(room.right() - side if flipped else room.left(), room.top(), side, side)
        signs.draw(painter, self._shown.face, sign, ground, ink)
        gap = side * 0.22
        text = room.adjusted(0, 0, -side - gap, 0) if flipped else room.adjusted(side + gap, 0, 0, 0)
        self._paint_texts(painter, text, room.width() if self.height() > 260 else 0)
        self._paint_age(painter, room, ink)

    def _paint_texts(self, painter: QPainter, box: QRectF, _wide: float) -> None:
        shown, high = self._shown, box.height()
        unit = self._unit()
        bold, black, plain = QFont.Weight.DemiBold, QFont.Weight.Black, QFont.Weight.Normal
        lines = [
            (shown.word, Style(high * 0.30, unit * 1.2, black), high * 0.34),
            (shown.name, Style(high * 0.19, unit * 1.0, bold, 2), high * 0.34),
            (self._second_line(), Style(high * 0.125, unit * 0.95, bold, 2), high * 0.24),
            (shown.product, Style(high * 0.10, unit * 0.95, plain, 1), high * 0.14),
            (shown.note, Style(high * 0.08, unit * 0.9, bold, 1), high * 0.12),
            (shown.explanation, Style(high * 0.085, unit * 0.95, plain, 3), high * 0.34),
            (shown.remedy, Style(high * 0.085, unit * 0.95, bold, 2), high * 0.25),
        ]
        top = box.top()
        for text, style, room in lines:
            left = QRectF(box.left(), top, box.width(), min(room, box.bottom() - top))
            top += paint(painter, text, left, style, Qt.AlignmentFlag.AlignLeading) * 1.02

    def _second_line(self) -> str:
        """A refusal's headline is news; that of an admission repeats the word."""
        return "" if self._shown.face is Face.ADMITTED and self._shown.name else self._shown.headline

    def _paint_age(self, painter: QPainter, room: QRectF, ink: QColor) -> None:
        """How long ago, in words at the corner and as a bar that shrinks."""
        if self._shown.face is Face.READY:
            return
        age = self._now() - self._since
        font = QFont(self.font())
        painter.setFont(font)
        text = tr("now") if age < 1 else tr("{seconds} s ago", seconds=int(age))
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing, text)
        if self._shown.seconds:
            left = max(0.0, 1 - age / self._shown.seconds)
            bar = QRectF(14, self.height() - BAR, (self.width() - 28) * left, BAR - 3)
            painter.fillRect(bar, ink)

    def _paint_attention(self, painter: QPainter) -> float:
        """A band that nobody overlooks, whatever the verdict; returns its height."""
        high = max(self._unit() * 1.8, self.height() * 0.13)
        band = QRectF(0, self.height() - high - BAR, self.width(), high)
        framed = self._shown.face is Face.ASKING
        painter.fillRect(band, QColor(ADMITTED.ink if framed else ASKING.ground))
        painter.save()
        painter.setPen(QColor(ASKING.ink))
        text = "⚠  " + tr("ATTENTION: look closely, see the note")
        style = Style(high * 0.55, self._unit(), QFont.Weight.Bold)
        box = band.adjusted(16, high * 0.14, -16, 0)
        paint(painter, text, box, style, Qt.AlignmentFlag.AlignHCenter)
        painter.restore()
        return high
