"""A QR code on the screen, dark on white in either look, with its quiet zone: for another desk's camera."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from eventdesk.i18n import tr

QUIET = 4
LEAST_PX = 230


class QrView(QWidget):
    """Whole pixels for each module, so that edges are sharp."""

    def __init__(self) -> None:
        super().__init__()
        self._modules: list[list[bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("QR code for another desk's camera"))

    def show_text(self, text: str) -> None:
        """Encode and show `text`; empty shows nothing."""
        self._modules = modules(text) if text else []
        self.setVisible(bool(text))
        self.update()

    def sizeHint(self) -> QSize:
        """The least: it takes what is left, and a page must not scroll for more."""
        return QSize(LEAST_PX, LEAST_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_PX, LEAST_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._modules:
            return
        count = len(self._modules)
        unit = max(1, min(self.width(), self.height()) // count)
        left, top = (self.width() - unit * count) // 2, 0
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(left, top, unit * count, unit * count), QColor("#FFFFFF"))
        for y, line in enumerate(self._modules):
            for x, dark in enumerate(line):
                if dark:
                    painter.fillRect(left + x * unit, top + y * unit, unit, unit, QColor("#000000"))


def modules(text: str) -> list[list[bool]]:
    """The code's modules with its quiet zone, row by row; True is dark."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(one) for one in line] for line in code.get_matrix()]
