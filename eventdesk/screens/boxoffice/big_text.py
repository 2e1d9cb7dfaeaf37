"""A sum to be read from across a counter: as large as its box allows."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from eventdesk.screens.checkin.fitting import Style, fitted

LARGEST = 200.0


class BigText(QWidget):
    """One line, fitted. `least_lines`: its height at least, in lines of the page's letters."""

    def __init__(self, least_lines: float = 1.6, most_px: float = LARGEST) -> None:
        super().__init__()
        self._text, self._ink = "", ""
        self._least, self._most = least_lines, most_px
        self._end = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_text(self, text: str, ink: str = "") -> None:
        """`ink` a colour; empty: that of texts."""
        self._text, self._ink = text, ink
        self.setAccessibleName(text)
        self.update()

    def text(self) -> str:
        return self._text

    def at_end(self) -> "BigText":
        """The text stands at the trailing edge, as sums do."""
        self._end = True
        return self

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 4, round(line * self._least))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        box = QRectF(self.rect())
        style = Style(min(self._most, box.height() * 0.9), 10, QFont.Weight.Bold)
        painter.setFont(fitted(self.font(), self._text, box, style))
        ink = QColor(self._ink) if self._ink else self.palette().color(QPalette.ColorRole.Text)
        painter.setPen(ink)
        flags = Qt.AlignmentFlag
        flipped = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = (flags.AlignLeft if flipped else flags.AlignRight) if self._end else flags.AlignHCenter
        painter.drawText(box, side | flags.AlignAbsolute | flags.AlignVCenter, self._text)
        painter.end()
