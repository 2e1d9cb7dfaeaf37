"""A text fitted into a rectangle: shrunk, then wrapped, then cut with an ellipsis.

All lengths here are in the painter's unit, a 300th of an inch: a dot of a good badge printer.
Colour emoji are embedded as pictures of a pixel a unit, so that a finer unit would bloat the PDF.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from msgspec import structs
from PySide6.QtCore import QPointF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QTextLayout, QTextOption

from eventdesk.badges import fonts
from eventdesk.badges.cleaning import clean
from eventdesk.badges.elements import Text

UNITS_PER_INCH = 300
UNITS_PER_MM = UNITS_PER_INCH / 25.4
UNITS_PER_POINT = UNITS_PER_INCH / 72
STEP = 0.5
ELLIPSIS = "…"
# A text on one line may shrink to this share of its size before wrapping is tried.
ONE_LINE = 0.6
# The width of an "i" or "l", of its height.
NARROWEST = 0.2
MOST_KEPT = 100
NO_FONTS: Mapping[str, str] = MappingProxyType({})
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
Wrap = QTextOption.WrapMode


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set at one size: `layout` ready to draw, with its extent. `size` in points; `cut`: not all of it
    is there."""

    layout: QTextLayout
    size: float
    width: float
    height: float
    cut: bool = False


class _Kept(threading.local):
    """What was set last on this thread: the event's name is the same on every badge. What is known by an `id`
    is kept beside it, or its place might be another's by now."""

    def __init__(self) -> None:
        self.settings: dict[tuple[int, str], tuple[Text, Mapping[str, str], Setting]] = {}


_kept = _Kept()


def fit(element: Text, text: str, own_fonts: Mapping[str, str] = NO_FONTS) -> Setting:
    """`text` as large as the element lets it be; on one line as long as that stays easy to read.

    `own_fonts` are those of the layout. Raises BadInput for one that can't be used.
    """
    text = clean(text)
    found = _kept.settings.get((id(element), text))
    if found is None or found[0] is not element or found[1] is not own_fonts:
        found = element, own_fonts, _fit(element, text, own_fonts)
        if len(_kept.settings) >= MOST_KEPT:
            _kept.settings.clear()
        _kept.settings[id(element), text] = found
    return found[2]


def _fit(element: Text, text: str, own_fonts: Mapping[str, str]) -> Setting:
    if element.font in own_fonts:
        element = structs.replace(element, font=fonts.chosen(element.font, own_fonts))
    if len(text) > (most := _most_letters(element)) and len(ends := _letters(text)) > most:
        return replace(_cut(element, _start(text, ends[most]) + ELLIPSIS), cut=True)
    line = _largest(element, text, Wrap.NoWrap)
    if line and line.size >= ONE_LINE * element.size:
        return line
    lines = _largest(element, text, Wrap.WordWrap)
    if line and lines:
        return max(line, lines, key=lambda setting: setting.size)
    return line or lines or _cut(element, text)


def _most_letters(element: Text) -> int:
    """More than have room at the smallest size: to set thousands of letters of many scripts takes seconds."""
    letter = element.min_size * UNITS_PER_POINT
    width, height = _room(element)
    return int((width / (letter * NARROWEST) + 1) * (height / letter + 1))


def _largest(element: Text, text: str, wrap: Wrap) -> Setting | None:
    """The text at the largest size between the element's two at which it fits, or None."""

    def setting(step: int) -> Setting:
        return set_text(element, text, element.min_size + step * STEP, wrap)

    steps = round((element.size - element.min_size) / STEP)
    if _fits(largest := setting(steps), element):
        return largest
    if not steps:
        return None
    if wrap is Wrap.NoWrap:
        return _shrunk(largest, element, setting, steps)
    if not _fits(smallest := setting(0), element):
        return None
    best = _last(steps - 1, lambda step: _fits(setting(step), element))
    return setting(best) if best else smallest


def _shrunk(largest: Setting, element: Text, setting: Callable[[int], Setting], steps: int) -> Setting | None:
    """A text of one line at the largest size that fits. Its extent grows with its size, but for rounding: so
    the place to look is known."""
    room = _room(element)
    # Marks that stand on no letter have no width.
    share = min(room[0] / max(largest.width, 1), room[1] / max(largest.height, 1))
    step = min(steps - 1, int((largest.size * share - element.min_size) / STEP) + 1)
    while step >= 0:
        if _fits(found := setting(step), element):
            return found
        step -= 1
    return None


def _cut(element: Text, text: str) -> Setting:
    """As much of the text as fits at the smallest size, and an ellipsis."""

    def setting(length: int) -> Setting:
        kept = text if length == len(ends) else _start(text, ends[length]).rstrip() + ELLIPSIS
        return set_text(element, kept, element.min_size, Wrap.WrapAtWordBoundaryOrAnywhere)

    ends = _letters(text)
    whole = setting(len(ends))
    if _fits(whole, element):
        return whole
    return replace(setting(_last(len(ends) - 1, lambda length: _fits(setting(length), element))), cut=True)


def _last(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest number up to `limit` that holds, where all below it do; 0 if none does."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def set_text(element: Text, text: str, size: float, wrap: Wrap) -> Setting:
    """Lay the text out in lines of the element's width."""
    layout = QTextLayout(
        text.replace("\n", "\u2028"),
        fonts.font(text, element.font, size * UNITS_PER_POINT, element.bold),
    )
    option = QTextOption(_side(element.align, text))
    option.setWrapMode(wrap)
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    return Setting(layout, size, *_break_lines(layout, element.width * UNITS_PER_MM))


def _side(align: str, text: str) -> Qt.AlignmentFlag:
    if align == "center":
        return Qt.AlignmentFlag.AlignHCenter
    start, end = (_RIGHT, _LEFT) if fonts.runs_to_left(text) else (_LEFT, _RIGHT)
    return {"start": start, "end": end, "left": _LEFT, "right": _RIGHT}[align]


def _break_lines(layout: QTextLayout, line_width: float) -> tuple[float, float]:
    width = height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(line_width)
        line.setPosition(QPointF(0, height))
        width = max(width, line.naturalTextWidth())
        height += line.height()
    layout.endLayout()
    return width, height


def _fits(setting: Setting, element: Text) -> bool:
    room = _room(element)
    return setting.width <= room[0] and setting.height <= room[1]


def _room(element: Text) -> tuple[float, float]:
    return element.width * UNITS_PER_MM, element.height * UNITS_PER_MM


def _letters(text: str) -> list[int]:
    """Where each letter as people see it begins, in UTF-16 units: joined emoji stay whole."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    starts = [0]
    while (following := finder.toNextBoundary()) > 0:
        starts.append(following)
    return starts[:-1] or starts


def _start(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
