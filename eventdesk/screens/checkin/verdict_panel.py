"""The verdict: colour, sign, word. Painted as one picture, so that nothing of it can lag behind."""

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.domain.decision import Mode
from eventdesk.screens.checkin import signs
from eventdesk.screens.checkin.shown import Shown, ready
from eventdesk.screens.checkin.verdict_painter import BAR, VerdictPainter
from eventdesk.screens.widgets.message_bar import announce

TICK_MS = 250


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
        # A sign and two lines: with less, a verdict would be a colour without words.
        return QSize(240, round(self._unit() * 3.4) + BAR)

    def shown(self) -> Shown:
        return self._shown

    def set_mode(self, mode: Mode) -> None:
        """What READY waits for."""
        self._mode = mode
        self.clear()

    def show_verdict(self, shown: Shown) -> None:
        self._shown, self._since, self._told = shown, self._now(), False
        # At once and not with the next round of painting: the card and the lists can wait.
        self.repaint()
        self._speak()
        announce(self, shown.sentence(), urgent=True)
        self._timer.start()

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
        return self.palette().color(role.Base), self.palette().color(role.PlaceholderText)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground, ink = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        painter.setBrush(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()), 14, 14)
        painter.setPen(ink)
        self._painter_of(painter, ground, ink).paint()
        painter.end()
        self._tell_painted()

    def _painter_of(self, painter: QPainter, ground: QColor, ink: QColor) -> VerdictPainter:
        age = self._now() - self._since
        flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return VerdictPainter(painter, self._shown, self.rect(), ground, ink, self._unit(), age, flipped)

    def _tell_painted(self) -> None:
        if not self._told:
            self._told = True
            self.verdict_painted.emit(self._shown.request, self._now())
