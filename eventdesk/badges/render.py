"""Badges as PDF for printers and as pictures for screens. Any thread may render."""

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from eventdesk.badges import fonts
from eventdesk.badges.elements import Side
from eventdesk.badges.fitting import UNITS_PER_INCH
from eventdesk.badges.layout import Layout
from eventdesk.badges.pages import PdfPages
from eventdesk.badges.painting import paint
from eventdesk.badges.place import CENTRED, Place
from eventdesk.domain.badges import BadgeContents
from eventdesk.errors import DeviceError


def render_pdf(layout: Layout, contents: BadgeContents, dpi: int = 300, place: Place = CENTRED) -> bytes:
    """One badge as a PDF of the layout's size, a page a side. Raises BadInput for what can't be drawn."""
    return render_many(layout, [contents], dpi, place)


def render_many(
    layout: Layout, badges: Iterable[BadgeContents], dpi: int = 300, place: Place = CENTRED
) -> bytes:
    """Badges as one PDF, front and back in turn. Texts and codes are vectors: `dpi` is the grid of places."""
    with PdfPages((layout.page.width, layout.page.height), dpi, place) as pages:
        for contents in badges:
            for side in layout.page.sides:
                paint(pages.next(), layout, contents, side)
    return pages.data()


def render_image(layout: Layout, contents: BadgeContents, dpi: int = 200, side: Side = "front") -> QImage:
    """One side of a badge as a picture, white where nothing is printed."""
    fonts.prepare()
    size = QSizeF(layout.page.width, layout.page.height) * (dpi / 25.4)
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(dpi / UNITS_PER_INCH, dpi / UNITS_PER_INCH)
        paint(painter, layout, contents, side)
    finally:
        painter.end()
    return image


def render_png(layout: Layout, contents: BadgeContents, dpi: int = 200, side: Side = "front") -> bytes:
    """One side of a badge as a PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not render_image(layout, contents, dpi, side).save(buffer, "PNG"):  # type: ignore[call-overload]
        raise DeviceError("The badge can't be made a PNG.", "Install EventDesk anew.")
    data: QByteArray = buffer.data()
    return bytes(data.data())
