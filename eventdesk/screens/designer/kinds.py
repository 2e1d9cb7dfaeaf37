"""The fields of each kind of element: which member each shows, and what stands where it is left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QFontDatabase

from eventdesk.badges import fonts
from eventdesk.i18n import tr
from eventdesk.screens.designer.fields.colour import ColourField
from eventdesk.screens.designer.fields.condition import ConditionField
from eventdesk.screens.designer.fields.fills import FillsField
from eventdesk.screens.designer.fields.picture import PictureField
from eventdesk.screens.designer.fields.plain import DEGREES, POINTS, Choice, NumberField, TextLine, Tick
from eventdesk.screens.designer.fields.template import TemplateField
from eventdesk.screens.manage.field import Field


@dataclass(frozen=True, slots=True)
class Bound:
    """`otherwise` is what a layout means where it leaves the member out; such a member is left out again.
    `alone`: only where one element is chosen. `half`: takes half of a line."""

    member: str
    field: Field
    otherwise: Any = None
    alone: bool = False
    half: bool = False


Build = Callable[[Sequence[str]], list[Bound]]


def place_fields(kind: str) -> list[Bound]:
    if kind == "line":
        words = (
            ("x", tr("From left")),
            ("y", tr("From top")),
            ("to_x", tr("To left")),
            ("to_y", tr("To top")),
        )
        return [Bound(member, NumberField(word, -1000, 1000), 0, True, True) for member, word in words]
    return [
        Bound("x", NumberField(tr("Left"), -1000, 1000), 0, True, True),
        Bound("y", NumberField(tr("Top"), -1000, 1000), 0, True, True),
        Bound("width", NumberField(tr("Width"), 1, 1000), 1, half=True),
        Bound("height", NumberField(tr("Height"), 1, 1000), 1, half=True),
        Bound("rotation", NumberField(tr("Turned by"), -360, 360, DEGREES, 1), 0, half=True),
    ]


def own_fields(kind: str, families: Sequence[str]) -> list[Bound]:
    """`families`: of the layout's own fonts."""
    build = _OWN.get(kind)
    return build(families) if build else []


def shared_fields(*, back: bool) -> list[Bound]:
    """Of elements of any kind. `back`: the badge has another side."""
    sides = [("front", tr("Front side")), ("back", tr("Back side")), ("both", tr("Both sides"))]
    side = [Bound("side", Choice(tr("Side"), sides), "front")] if back else []
    hint = tr("Goes with the condition above.")
    return [
        *side,
        Bound("when", ConditionField()),
        Bound("copy_mark", Tick(tr("On reprints only"), hint), False),
        Bound("id", TextLine(tr("Name of the element"), tr("Stands in the list and in messages.")), "", True),
    ]


def _text(families: Sequence[str]) -> list[Bound]:
    return [
        Bound("content", TemplateField(tr("Text")), ""),
        Bound("size", NumberField(tr("Size"), 3, 400, POINTS), 12, half=True),
        Bound("min_size", NumberField(tr("Smallest size"), 3, 400, POINTS), 6, half=True),
        Bound("font", Choice(tr("Font"), _fonts(families)), ""),
        Bound("bold", Tick(tr("Bold")), False, half=True),
        Bound("color", ColourField(tr("Colour")), "#000000", half=True),
        Bound("align", Choice(tr("Across"), _aligns()), "start", half=True),
        Bound("valign", Choice(tr("Down"), _valigns()), "middle", half=True),
    ]


def _fonts(families: Sequence[str]) -> list[tuple[str, str]]:
    """The standard one, the layout's own, then those of this computer."""
    fonts.prepare()
    ours = [(family, tr("{font} (in the layout)", font=family)) for family in families]
    hidden = ("layout-", ".")
    every = [one for one in QFontDatabase.families() if one not in families and not one.startswith(hidden)]
    return [("", tr("Standard ({font})", font=fonts.LATIN)), *ours, *((one, one) for one in every)]


def _aligns() -> list[tuple[str, str]]:
    return [
        ("start", tr("Start")),
        ("center", tr("Centred")),
        ("end", tr("End")),
        ("left", tr("Left")),
        ("right", tr("Right")),
    ]


def _valigns() -> list[tuple[str, str]]:
    return [("top", tr("Top")), ("middle", tr("Middle")), ("bottom", tr("Bottom"))]


def _qr(_families: Sequence[str]) -> list[Bound]:
    return [Bound("content", TemplateField(tr("What the code says")), "{code}")]


def _barcode(_families: Sequence[str]) -> list[Bound]:
    kinds = [("code128", "Code 128"), ("datamatrix", "Data Matrix"), ("pdf417", "PDF417"), ("aztec", "Aztec")]
    return [Bound("kind", Choice(tr("Kind of code"), kinds), "code128"), *_qr(_families)]


def _image(_families: Sequence[str]) -> list[Bound]:
    return [Bound("data", PictureField(), "")]


def _ellipse(_families: Sequence[str]) -> list[Bound]:
    return [
        Bound("fill", ColourField(tr("Fill"), tr("No colour")), half=True),
        Bound("stroke", ColourField(tr("Edge"), tr("No colour")), half=True),
        Bound("thickness", NumberField(tr("Thickness"), 0.1, 50, step=0.1), 0.3, half=True),
        Bound("fills", FillsField()),
    ]


def _box(_families: Sequence[str]) -> list[Bound]:
    shape = _ellipse(_families)
    radius = Bound("radius", NumberField(tr("Round corners"), 0, 500), 0, half=True)
    return [*shape[:3], radius, *shape[3:]]


def _line(_families: Sequence[str]) -> list[Bound]:
    return [
        Bound("thickness", NumberField(tr("Thickness"), 0.1, 50, step=0.1), 0.3, half=True),
        Bound("color", ColourField(tr("Colour")), "#000000", half=True),
    ]


_OWN: dict[str, Build] = {
    "text": _text,
    "qr": _qr,
    "barcode": _barcode,
    "image": _image,
    "box": _box,
    "ellipse": _ellipse,
    "line": _line,
}
