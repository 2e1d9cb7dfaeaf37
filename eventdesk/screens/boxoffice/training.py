"""A frame that nobody takes for the real till: stripes all round, and the word above everything."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.palette import ASKING

EDGE = 12


class TrainingBand(QWidget):
    """The word, over and over."""

    def sizeHint(self) -> QSize:
        return QSize(200, round(self.fontMetrics().height() * 1.8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_stripes(painter, QRectF(self.rect()))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Black)
        font.setPixelSize(round(self.height() * 0.6))
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 4)
        painter.setFont(font)
        word = f" {tr('TRAINING')} · {tr('no real money, no real tickets')} "
        wide = painter.fontMetrics().horizontalAdvance(word)
        shown = word if wide < self.width() - 20 else f" {tr('TRAINING')} "
        wide = painter.fontMetrics().horizontalAdvance(shown)
        box = QRectF((self.width() - wide) / 2, 0, wide, self.height())
        painter.fillRect(box, QColor(ASKING.ground))
        painter.setPen(QColor(ASKING.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()


class TrainingFrame(QFrame):
    """`inside` takes what it frames."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("")
        self._is_training = False
        self.band = TrainingBand()
        self.band.setAccessibleName(tr("TRAINING"))
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(8)
        self._whole.addWidget(self.band)
        self.inside = QVBoxLayout()
        self._whole.addLayout(self.inside, 1)
        self.show_training(False)

    def show_training(self, training: bool) -> None:
        """Stripes and word, but for a frame within one: the window has its own."""
        training = training and not self._is_framed()
        self._is_training = training
        self.band.setVisible(training)
        edge = EDGE + 6 if training else 10
        self._whole.setContentsMargins(edge, 0 if training else edge, edge, edge)
        self.update()

    def _is_framed(self) -> bool:
        around = self.parentWidget()
        while around is not None:
            if isinstance(around, TrainingFrame) and around.is_training():
                return True
            around = around.parentWidget()
        return False

    def is_training(self) -> bool:
        return self._is_training

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_training:
            return
        painter = QPainter(self)
        whole = QRectF(self.rect())
        for box in (
            QRectF(0, 0, EDGE, whole.height()),
            QRectF(whole.width() - EDGE, 0, EDGE, whole.height()),
            QRectF(0, whole.height() - EDGE, whole.width(), EDGE),
        ):
            paint_stripes(painter, box)
        painter.end()


def paint_stripes(painter: QPainter, box: QRectF) -> None:
    """Black on yellow, as round a building site."""
    painter.save()
    painter.setClipRect(box)
    painter.fillRect(box, QColor(ASKING.ground))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ASKING.ink), 10))
    at = box.left() - box.height()
    while at < box.right():
        painter.drawLine(round(at), round(box.bottom()), round(at + box.height()), round(box.top()))
        at += 28
    painter.restore()
