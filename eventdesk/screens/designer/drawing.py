"""One side of a badge for the canvas, element by element as the renderer paints it.

Unlike `badges.render`, it goes on where one element can't be drawn, and says which.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from eventdesk.badges import fonts, painting
from eventdesk.badges.elements import Side, Text
from eventdesk.badges.fitting import UNITS_PER_MM, fit
from eventdesk.badges.template import fill
from eventdesk.domain.badges import BadgeContents
from eventdesk.errors import BadInput
from eventdesk.screens.designer.checking import Checked, Fault, fault_of


@dataclass(frozen=True)
class Drawn:
    """`image` is the page. Of elements, by place: `painted` stand on this guest's badge, of those in `cut`
    the text was cut, those in `failed` can't be drawn."""

    image: QImage
    painted: frozenset[int] = frozenset()
    cut: frozenset[int] = frozenset()
    failed: Mapping[int, Fault] = field(default_factory=dict)


def draw(checked: Checked, contents: BadgeContents, side: Side, zoom: float, ratio: float = 1.0) -> Drawn:
    """`zoom` in pixels a millimetre, `ratio` of the screen's own pixels to those."""
    fonts.prepare()
    image = _page(checked, zoom * ratio)
    painted, failed = set(), {}
    with _painter(image, zoom * ratio) as painter:
        for place, element in checked.elements.items():
            if not painting.shown(element, contents, side):
                continue
            try:
                painting.paint_element(painter, element, contents, checked.layout)
            except BadInput as error:
                failed[place] = fault_of(error.message)
            else:
                painted.add(place)
    image.setDevicePixelRatio(ratio)
    return Drawn(image, frozenset(painted), _cut(checked, painted, contents), failed)


def _cut(checked: Checked, painted: set[int], contents: BadgeContents) -> frozenset[int]:
    texts = {place: one for place, one in checked.elements.items() if isinstance(one, Text)}
    filled = {place: fill(one.content, contents) for place, one in texts.items() if place in painted}
    own = checked.layout.fonts
    return frozenset(place for place, text in filled.items() if text and fit(texts[place], text, own).cut)


def _page(checked: Checked, zoom: float) -> QImage:
    page = checked.layout.page
    image = QImage((QSizeF(page.width, page.height) * zoom).toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


@contextmanager
def _painter(image: QImage, zoom: float) -> Iterator[QPainter]:
    """As `badges.render.render_image` sets it up."""
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(zoom / UNITS_PER_MM, zoom / UNITS_PER_MM)
        yield painter
    finally:
        painter.end()
