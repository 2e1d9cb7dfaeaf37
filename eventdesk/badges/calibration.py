"""A page to find out how far off a printer prints: the outlines of the labels, with rulers at their edges.

Who lays it over a sheet of labels reads off by how many millimetres to move (`Place`).
"""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from eventdesk.badges.fitting import UNITS_PER_MM
from eventdesk.badges.pages import PdfPages
from eventdesk.badges.place import CENTRED, Place
from eventdesk.badges.sheets import Sheet, corners

PEN = 2
# Ticks every millimetre from the edge inwards, every fifth one longer; millimetres.
RULER, SHORT, LONG = 10, 2.0, 4.0


def trial_page(sheet: Sheet, place: Place = CENTRED) -> bytes:
    """One page of outlines as a PDF. The sheet must know its labels' size (`Sheet.of`)."""
    with PdfPages(sheet.paper, place=place) as pages:
        painter = pages.next()
        painter.setPen(QPen(Qt.GlobalColor.black, PEN))
        for x, y in corners(sheet):
            painter.save()
            painter.translate(x * UNITS_PER_MM, y * UNITS_PER_MM)
            painter.scale(UNITS_PER_MM, UNITS_PER_MM)
            _paint_label(painter, sheet)
            painter.restore()
    return pages.data()


def _paint_label(painter: QPainter, sheet: Sheet) -> None:
    pen = painter.pen()
    pen.setWidthF(PEN / UNITS_PER_MM)
    painter.setPen(pen)
    painter.drawRect(QRectF(0, 0, sheet.width, sheet.height))
    middle_x, middle_y = sheet.width / 2, sheet.height / 2
    for millimetre in range(1, RULER + 1):
        half = (LONG if millimetre % 5 == 0 else SHORT) / 2
        painter.drawLine(QLineF(millimetre, middle_y - half, millimetre, middle_y + half))
        painter.drawLine(QLineF(middle_x - half, millimetre, middle_x + half, millimetre))
