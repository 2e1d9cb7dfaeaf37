"""The camera's picture, painted at camera speed: newest frame wins, and nothing piles up."""

import threading
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.desk.hooks import Sighted
from eventdesk.i18n import tr
from eventdesk.screens.checkin import hints

Frame = NDArray[np.uint8]
Point = tuple[float, float]

OUTLINE_S = 0.3
HINT_S = 2.5
SILENT_S = 3.0


class CameraView(QWidget):
    """`offer`, `show_outline`, `show_hint` and `show_sighted` may be called from any thread.

    A frame is a BGR picture (height, width, 3) of bytes that its owner no longer writes to.
    """

    _woken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._frame: Frame | None = None
        self._frame_at = 0.0
        self._awaited = False
        self._outline: tuple[Sequence[Point], float] = ((), 0.0)
        self._hint = ("", 0.0)
        self._state = tr("No camera")
        self.mirrored = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Camera picture"))
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self.update)
        self._timer.start()

    def sizeHint(self) -> QSize:
        return QSize(400, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 90)

    def offer(self, frame: Frame) -> None:
        """The newest frame; an older one that was not painted yet is dropped."""
        with self._lock:
            self._frame, self._frame_at = frame, time.monotonic()
            awaited, self._awaited = self._awaited, True
        if not awaited:
            self._woken.emit()

    def show_outline(self, points: Sequence[Point]) -> None:
        """The corners of the code seen, in the frame's pixels."""
        self._outline = (tuple(points), time.monotonic())

    def show_hint(self, text: str) -> None:
        """Why nothing is read ("too dark"); it goes by itself."""
        self._hint = (text, time.monotonic())

    def show_sighted(self, sighted: Sighted) -> None:
        if sighted.corners:
            self.show_outline(sighted.corners)
        if sighted.cause:
            self.show_hint(hints.sentence(sighted.cause))

    def hint(self) -> str:
        """The hint that is on show now."""
        text, since = self._hint
        return text if time.monotonic() - since < HINT_S else ""

    def set_state(self, words: str) -> None:
        """What to say where no picture comes (GUI thread)."""
        self._state = words
        self.update()

    def _wake(self) -> None:
        self.update()

    def _newest(self) -> Frame | None:
        with self._lock:
            self._awaited = False
            fresh = time.monotonic() - self._frame_at < SILENT_S
            return self._frame if fresh else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        frame = self._newest()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#05070A"))
        if frame is None:
            self._paint_state(painter)
        else:
            where = self._place(frame)
            painter.drawImage(where, self._picture(frame, where))
            self._paint_outline(painter, where, frame)
            self._paint_hint(painter)
        painter.end()

    def _place(self, frame: Frame) -> QRectF:
        """Where the whole frame fits, centred."""
        high, wide = frame.shape[:2]
        scale = min(self.width() / wide, self.height() / high)
        size = (wide * scale, high * scale)
        return QRectF((self.width() - size[0]) / 2, (self.height() - size[1]) / 2, *size)

    def _picture(self, frame: Frame, where: QRectF) -> QImage:
        """The frame thinned to about the size on the screen: painting all of 1080p costs too much."""
        step = max(1, int(frame.shape[1] / max(1.0, where.width() * self.devicePixelRatioF())))
        thin = np.ascontiguousarray(frame[::step, :: -step if self.mirrored else step])
        high, wide = thin.shape[:2]
        # QImage does not own the bytes; the copy does, and is what painting keeps.
        return QImage(thin.data, wide, high, thin.strides[0], QImage.Format.Format_BGR888).copy()

    def _paint_outline(self, painter: QPainter, where: QRectF, frame: Frame) -> None:
        points, since = self._outline
        if len(points) < 3 or time.monotonic() - since > OUTLINE_S:
            return
        scale = where.width() / frame.shape[1]
        corners = QPolygonF(
            [
                QPointF(
                    where.right() - x * scale if self.mirrored else where.left() + x * scale,
                    where.top() + y * scale,
                )
                for x, y in points
            ]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(0, 0, 0, 160), 7.0), (QColor("#3DF5A6"), 3.5)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolygon(corners)

    def _paint_hint(self, painter: QPainter) -> None:
        text = self.hint()
        if not text:
            return
        high = self.fontMetrics().height() * 1.9
        band = QRectF(0, self.height() - high, self.width(), high)
        painter.fillRect(band, QColor(0, 0, 0, 205))
        painter.setPen(QColor("#FFD666"))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(band, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_state(self, painter: QPainter) -> None:
        painter.setPen(QColor("#C9D3DF"))
        box = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(box, flags, self._state)
