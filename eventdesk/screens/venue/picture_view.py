"""The screen of a desk as it looked when something failed there, as large as there is room."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.i18n import tr
from eventdesk.screens.manage.look import button, fill, note, say
from eventdesk.screens.widgets.basics import boxed, row


class PictureView(QWidget):
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told = note(tone="bad")
        self.picture = _Picture()
        self.close_button = button(tr("Back to the desks"), self.closed.emit, "primary", "back")
        fill(self, boxed(row(self.close_button, 1)), self.told).addWidget(self.picture, 1)

    def show_picture(self, jpeg: bytes, words: str) -> None:
        """`jpeg` that is none is told, and nothing else."""
        pixmap = QPixmap()
        good = pixmap.loadFromData(jpeg, "JPEG")
        self.picture.show_pixmap(pixmap if good else QPixmap(), words)
        say(self.told, words if good else tr("This picture can't be shown."), "bad")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.setAccessibleName(tr("Picture of the screen"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def show_pixmap(self, pixmap: QPixmap, words: str) -> None:
        self._pixmap = pixmap
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._pixmap.isNull():
            return
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        corner = QSize(self.width() - size.width(), self.height() - size.height()) / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRect(corner.width(), corner.height(), size.width(), size.height()), self._pixmap)
        painter.end()
