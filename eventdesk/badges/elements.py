"""What may stand on a badge. Lengths and places are millimetres from the page's top left corner."""

from math import cos, radians, sin
from typing import Annotated, Any, Literal

import msgspec

Length = Annotated[float, msgspec.Meta(gt=0, le=1000)]
Offset = Annotated[float, msgspec.Meta(ge=0, le=1000)]
# Below 0 begins what reaches over the page's edge, and what is turned about its centre to lie along it.
Place = Annotated[float, msgspec.Meta(ge=-1000, le=1000)]
Points = Annotated[float, msgspec.Meta(ge=3, le=400)]
Degrees = Annotated[float, msgspec.Meta(ge=-360, le=360)]
Color = Annotated[str, msgspec.Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]
Template = Annotated[str, msgspec.Meta(max_length=2_000)]
# Three quarters of this many bytes: a logo, not a poster.
PictureData = Annotated[str, msgspec.Meta(min_length=1, max_length=2_800_000)]
Side = Literal["front", "back"]
# A colour by the name of a product or a variation.
Fills = Annotated[dict[str, Color], msgspec.Meta(max_length=200)]


class Element(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
):
    """`id` names the element in messages. One with `copy_mark` is drawn on reprints only, one with `when`
    where that condition (JSON logic, see `conditions`) holds."""

    x: Place
    y: Place
    id: str = ""
    copy_mark: bool = False
    side: Literal["front", "back", "both"] = "front"
    when: dict[str, Any] | None = None


class Area(Element, frozen=True, kw_only=True):
    """An element that fills a rectangle, turned clockwise by `rotation` degrees about its centre."""

    width: Length
    height: Length
    rotation: Degrees = 0


class Text(Area, frozen=True, kw_only=True, tag="text"):
    """A text fitted into its rectangle: shrunk to `min_size`, then wrapped, then cut with an ellipsis.

    Sizes in points. "start" is left for scripts that run to the right and right for those that
    run to the left. `font` is a family; scripts that it lacks come from the bundled ones.
    """

    content: Template
    size: Points
    min_size: Points = 6
    font: str = ""
    bold: bool = False
    color: Color = "#000000"
    align: Literal["start", "center", "end", "left", "right"] = "start"
    valign: Literal["top", "middle", "bottom"] = "middle"


class Code(Area, frozen=True, kw_only=True, tag="qr"):
    """A QR code, as large as the rectangle lets it be with four modules of white around it."""

    content: Template = "{code}"


class Barcode(Area, frozen=True, kw_only=True, tag="barcode"):
    """A code of another kind, with the white that its standard asks for; code128 fills the rectangle, the
    others keep their shape."""

    kind: Literal["code128", "datamatrix", "pdf417", "aztec"] = "code128"
    content: Template = "{code}"


class Picture(Area, frozen=True, kw_only=True, tag="image"):
    """A PNG or JPEG in base64 (or a `data:` address), whole within its rectangle."""

    data: PictureData


class Photo(Area, frozen=True, kw_only=True, tag="photo"):
    """The guest's photo, filling its rectangle; nothing where there is none."""


class Shape(Area, frozen=True, kw_only=True):
    """A `stroke` line of `thickness` mm, a `fill`, or both. `fills` go before `fill`: the variation's colour,
    then the product's."""

    stroke: Color | None = None
    fill: Color | None = None
    fills: Fills = {}
    thickness: Length = 0.3


class Box(Shape, frozen=True, kw_only=True, tag="box"):
    radius: Offset = 0


class Ellipse(Shape, frozen=True, kw_only=True, tag="ellipse"):
    pass


class Line(Element, frozen=True, kw_only=True, tag="line"):
    to_x: Place
    to_y: Place
    thickness: Length = 0.3
    color: Color = "#000000"


AnyElement = Text | Code | Barcode | Picture | Photo | Box | Ellipse | Line


def reach(element: AnyElement) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where the element may reach across and down: as it is written, and as it is turned."""
    if isinstance(element, Line):
        half = element.thickness / 2
        xs, ys = sorted((element.x, element.to_x)), sorted((element.y, element.to_y))
        return (xs[0] - half, xs[1] + half), (ys[0] - half, ys[1] + half)
    angle = radians(element.rotation)
    turned_across = abs(element.width * cos(angle)) + abs(element.height * sin(angle))
    turned_down = abs(element.width * sin(angle)) + abs(element.height * cos(angle))
    across, down = max(element.width, turned_across), max(element.height, turned_down)
    x, y = element.x + element.width / 2, element.y + element.height / 2
    return (x - across / 2, x + across / 2), (y - down / 2, y + down / 2)
