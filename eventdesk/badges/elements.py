"""What may stand on a badge. Lengths and places are millimetres from the page's top left corner."""

from typing import Annotated, Literal

import msgspec

Length = Annotated[float, msgspec.Meta(gt=0, le=1000)]
Place = Annotated[float, msgspec.Meta(ge=0, le=1000)]
Points = Annotated[float, msgspec.Meta(ge=3, le=400)]
Degrees = Annotated[float, msgspec.Meta(ge=-360, le=360)]
Color = Annotated[str, msgspec.Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]
Template = Annotated[str, msgspec.Meta(max_length=2_000)]
# Three quarters of this many bytes: a logo, not a poster.
PictureData = Annotated[str, msgspec.Meta(min_length=1, max_length=2_800_000)]


class Element(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """`id` names the element in messages. One with `copy_mark` is drawn on reprints only."""

    x: Place
    y: Place
    id: str = ""
    copy_mark: bool = False


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


class Picture(Area, frozen=True, kw_only=True, tag="image"):
    """A PNG or JPEG in base64 (or a `data:` address), whole within its rectangle."""

    data: PictureData


class Photo(Area, frozen=True, kw_only=True, tag="photo"):
    """The guest's photo, filling its rectangle; nothing where there is none."""


class Box(Area, frozen=True, kw_only=True, tag="box"):
    """A rectangle with a `stroke` line of `thickness` mm, a `fill`, or both."""

    stroke: Color | None = None
    fill: Color | None = None
    thickness: Length = 0.3
    radius: Place = 0


class Line(Element, frozen=True, kw_only=True, tag="line"):
    to_x: Place
    to_y: Place
    thickness: Length = 0.3
    color: Color = "#000000"


AnyElement = Text | Code | Picture | Photo | Box | Line
