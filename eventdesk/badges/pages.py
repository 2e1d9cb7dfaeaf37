"""Pages of a PDF, one after the other, each drawn in the unit of `fitting`."""

from typing import Self

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from eventdesk.badges import fonts
from eventdesk.badges.fitting import UNITS_PER_INCH, UNITS_PER_MM
from eventdesk.badges.place import CENTRED, Place


class PdfPages:
    """A PDF of pages of `size` (width and height in millimetres), put on the paper as `place` says."""

    def __init__(self, size: tuple[float, float], dpi: int = 300, place: Place = CENTRED) -> None:
        fonts.prepare()
        self._size, self._dpi, self._place = size, dpi, place
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = pdf_writer(self._buffer, QSizeF(*place.page(*size)), dpi)
        self._painter = QPainter()

    def __enter__(self) -> Self:
        self._painter.begin(self._writer)
        self._number = 0
        return self

    def __exit__(self, *_: object) -> None:
        self._painter.end()

    def next(self) -> QPainter:
        """Begin a page; the page's top left corner is at the painter's origin."""
        if self._number:
            self._writer.newPage()
        self._number += 1
        self._painter.resetTransform()
        self._painter.scale(self._dpi / UNITS_PER_INCH, self._dpi / UNITS_PER_INCH)
        self._put()
        return self._painter

    def data(self) -> bytes:
        """The PDF, once all pages are drawn."""
        return bytes(self._buffer.data().data())

    def _put(self) -> None:
        """Turn the page about its middle, and move it as the printer needs it."""
        width, height = self._place.page(*self._size)
        self._painter.translate(self._place.dx * UNITS_PER_MM, self._place.dy * UNITS_PER_MM)
        if self._place.turn:
            self._painter.translate(width / 2 * UNITS_PER_MM, height / 2 * UNITS_PER_MM)
            self._painter.rotate(self._place.turn)
            self._painter.translate(-self._size[0] / 2 * UNITS_PER_MM, -self._size[1] / 2 * UNITS_PER_MM)


def pdf_writer(buffer: QBuffer, size: QSizeF, dpi: int) -> QPdfWriter:
    """Writes pages of `size` millimetres without margins."""
    writer = QPdfWriter(buffer)
    writer.setResolution(dpi)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setCreator("EventDesk")
    return writer
