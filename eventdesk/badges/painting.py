"""The elements of a layout, painted in the unit of `fitting`."""

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from eventdesk.badges import codes, conditions, pictures, template
from eventdesk.badges.elements import (
    AnyElement,
    Area,
    Barcode,
    Box,
    Code,
    Line,
    Photo,
    Picture,
    Shape,
    Side,
    Text,
)
from eventdesk.badges.fitting import UNITS_PER_MM, Setting, fit
from eventdesk.badges.layout import Layout, name_of
from eventdesk.badges.watermark import paint_watermark
from eventdesk.domain.badges import BadgeContents
from eventdesk.errors import BadInput
from eventdesk.i18n import tr

# Of the watermark's letters.
STROKE = 4
# The last of the Latin letters, before those that are put on top of others.
LAST_PLAIN = "\u024f"
# So much of a letter may stand out of its rectangle: some do by a hair's breadth.
OVERHANG = QMarginsF(5, 5, 5, 5)


def paint(painter: QPainter, layout: Layout, contents: BadgeContents, side: Side = "front") -> None:
    """Paint one side of a badge with its top left corner at the painter's origin. Raises BadInput."""
    for element in layout.elements:
        if shown(element, contents, side):
            paint_element(painter, element, contents, layout)
    if contents.training:
        size = QSizeF(layout.page.width, layout.page.height) * UNITS_PER_MM
        paint_watermark(painter, tr("TRAINING"), size, STROKE)


def shown(element: AnyElement, contents: BadgeContents, side: Side) -> bool:
    """Whether an element stands on this side of this guest's badge."""
    if element.side not in (side, "both") or (element.copy_mark and not contents.copy):
        return False
    return conditions.holds(element.when, contents)


def paint_element(painter: QPainter, element: AnyElement, contents: BadgeContents, layout: Layout) -> None:
    """Paint one element, whatever its conditions, with the page's corner at the painter's origin.

    Raises BadInput, which names the element and its member.
    """
    painter.save()
    try:
        _paint_element(painter, element, contents, layout)
    except BadInput as error:
        member = (
            "font" if isinstance(element, Text) else "data" if isinstance(element, Picture) else "content"
        )
        named = f'{name_of(layout, element)}, member "{member}"'
        raise BadInput(f"{named}: {error.message}", error.remedy) from error
    finally:
        painter.restore()


def _paint_element(painter: QPainter, element: AnyElement, contents: BadgeContents, layout: Layout) -> None:
    if isinstance(element, Line):
        _paint_line(painter, element)
        return
    area = _turn(painter, element)
    if isinstance(element, Text):
        _paint_text(painter, element, area, template.fill(element.content, contents), layout)
    elif isinstance(element, Code):
        _paint_code(painter, area, codes.QR, template.fill(element.content, contents))
    elif isinstance(element, Barcode):
        _paint_code(painter, area, element.kind, template.fill(element.content, contents))
    elif isinstance(element, Shape):
        _paint_shape(painter, element, area, contents)
    elif isinstance(element, Photo):
        _paint_photo(painter, area, contents.photo)
    else:
        _paint_picture(painter, element, area)


def _turn(painter: QPainter, element: Area) -> QRectF:
    """Move the origin to the element's centre, turned; the element's rectangle as seen from there."""
    width, height = element.width * UNITS_PER_MM, element.height * UNITS_PER_MM
    painter.translate(element.x * UNITS_PER_MM + width / 2, element.y * UNITS_PER_MM + height / 2)
    painter.rotate(element.rotation)
    return QRectF(-width / 2, -height / 2, width, height)


def _paint_text(painter: QPainter, element: Text, area: QRectF, text: str, layout: Layout) -> None:
    if not text:
        return
    setting = fit(element, text, layout.fonts)
    spare = area.height() - setting.height
    top = {"top": 0.0, "middle": spare / 2, "bottom": spare}[element.valign]
    painter.setPen(QColor(element.color))
    if _may_reach_out(setting, element, area):
        painter.setClipRect(area.marginsAdded(OVERHANG))
    setting.layout.draw(painter, QPointF(area.left(), area.top() + top))


def _may_reach_out(setting: Setting, element: Text, area: QRectF) -> bool:
    """Whether ink may lie beyond the lines: piled-up accents, a font of other people's, a letter too wide.
    (Clipping costs a tenth of a badge, and most names need none.)"""
    if element.font or max(setting.layout.text(), default="") > LAST_PLAIN:
        return True
    return setting.width > area.width() or setting.height > area.height()


def _paint_code(painter: QPainter, area: QRectF, kind: str, text: str) -> None:
    if not text:
        return
    drawn, width, height = codes.path(text, kind)
    size = QSizeF(area.size())
    if kind != "code128":
        size = QSizeF(width, height).scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    white = QRectF(QPointF(-size.width() / 2, -size.height() / 2), size)
    painter.fillRect(white, Qt.GlobalColor.white)
    painter.translate(white.topLeft())
    painter.scale(size.width() / width, size.height() / height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillPath(drawn, Qt.GlobalColor.black)


def _paint_shape(painter: QPainter, element: Shape, area: QRectF, contents: BadgeContents) -> None:
    fill = element.fills.get(contents.variation) or element.fills.get(contents.product) or element.fill
    pen = QPen(Qt.PenStyle.NoPen)
    if element.stroke:
        pen = QPen(QColor(element.stroke), element.thickness * UNITS_PER_MM)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    if isinstance(element, Box):
        radius = element.radius * UNITS_PER_MM
        painter.drawRoundedRect(area, radius, radius)
    else:
        painter.drawEllipse(area)


def _paint_line(painter: QPainter, element: Line) -> None:
    painter.setPen(QPen(QColor(element.color), element.thickness * UNITS_PER_MM))
    start, end = QPointF(element.x, element.y), QPointF(element.to_x, element.to_y)
    painter.drawLine(start * UNITS_PER_MM, end * UNITS_PER_MM)


def _paint_picture(painter: QPainter, element: Picture, area: QRectF) -> None:
    image = pictures.logo(element.data)
    if image.isNull():
        raise BadInput("this is no PNG or JPEG in base64.", "Put the picture in anew.")
    size = QSizeF(image.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    whole = QRectF(QPointF(0, 0), size)
    whole.moveCenter(area.center())
    painter.drawImage(whole, _as_fine_as_printed(image, size))


def _paint_photo(painter: QPainter, area: QRectF, address: str) -> None:
    """A photo that can't be shown leaves its place empty: the guest still gets a badge."""
    image = pictures.photo(address) if address else QImage()
    if image.isNull():
        return
    size = QSizeF(image.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    image = _as_fine_as_printed(image, size)
    seen = QSizeF(area.width() / size.width() * image.width(), area.height() / size.height() * image.height())
    middle = QRectF(QPointF(0, 0), seen)
    middle.moveCenter(QPointF(image.width() / 2, image.height() / 2))
    painter.drawImage(area, image, middle)


def _as_fine_as_printed(image: QImage, size: QSizeF) -> QImage:
    """The image with no more pixels than units: no badge printer shows more."""
    pixels = size.toSize()
    if pixels.width() >= image.width() or pixels.isEmpty():
        return image
    return image.scaled(
        pixels, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
