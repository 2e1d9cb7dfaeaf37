"""Badges as PDF for printers and as pictures for screens. Any thread may render."""

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter

from eventdesk.badges import fonts
from eventdesk.badges.fitting import UNITS_PER_INCH
from eventdesk.badges.layout import Layout
from eventdesk.badges.painting import paint
from eventdesk.domain.badges import BadgeContents
from eventdesk.errors import DeviceError


def render_pdf(layout: Layout, contents: BadgeContents, dpi: int = 300) -> bytes:
    """One badge as a PDF of one page of the layout's size. Raises BadInput for what can't be drawn."""
    return render_many(layout, [contents], dpi)


def render_many(layout: Layout, badges: Iterable[BadgeContents], dpi: int = 300) -> bytes:
    """Badges as a PDF of a page each. Texts and codes are vectors: `dpi` is the grid of places."""
    fonts.prepare()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = pdf_writer(buffer, QSizeF(layout.page.width, layout.page.height), dpi)
    painter = QPainter(writer)
    try:
        for number, contents in enumerate(badges):
            if number:
                writer.newPage()
            painter.resetTransform()
            painter.scale(dpi / UNITS_PER_INCH, dpi / UNITS_PER_INCH)
            paint(painter, layout, contents)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def render_image(layout: Layout, contents: BadgeContents, dpi: int = 200) -> QImage:
    """One badge as a picture, white where nothing is printed."""
    fonts.prepare()
    size = QSizeF(layout.page.width, layout.page.height) * (dpi / 25.4)
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(dpi / UNITS_PER_INCH, dpi / UNITS_PER_INCH)
        paint(painter, layout, contents)
    finally:
        painter.end()
    return image


def render_png(layout: Layout, contents: BadgeContents, dpi: int = 200) -> bytes:
    """One badge as a PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not render_image(layout, contents, dpi).save(buffer, "PNG"):  # type: ignore[call-overload]
        raise DeviceError("The badge can't be made a PNG.", "Install EventDesk anew.")
    data: QByteArray = buffer.data()
    return bytes(data.data())


def pdf_writer(buffer: QBuffer, size: QSizeF, dpi: int) -> QPdfWriter:
    """Writes pages of `size` millimetres without margins."""
    writer = QPdfWriter(buffer)
    writer.setResolution(dpi)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setCreator("EventDesk")
    return writer
