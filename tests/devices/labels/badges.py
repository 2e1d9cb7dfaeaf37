"""Badges for label printers, drawn as the desk draws them."""

from eventdesk.badges import layout as layouts
from eventdesk.badges.place import CENTRED, Place
from eventdesk.badges.render import render_many
from eventdesk.domain.badges import BadgeContents

CODE = "PH7WZ-4XR9Q-2K8TD-LABEL"
GUEST = BadgeContents(
    ticket="t1",
    name="Zoë Ångström-Öztürk",
    company="Quetzalcóatl & Söhne",
    product="Speaker",
    event="Autumn fair",
    code=CODE,
)


def badge(width: float = 62, height: float = 100, pages: int = 1, place: Place = CENTRED) -> bytes:
    """A badge that is neither like its mirror image nor like itself upside down."""
    return render_many(_layout(width, height), [GUEST] * pages, place=place)


def _layout(width: float, height: float) -> layouts.Layout:
    code = min(width, height) * 0.55
    return layouts.parse(
        {
            "name": "Label",
            "page": {"width": width, "height": height},
            "elements": [
                {
                    "type": "text", "id": "name", "x": 4, "y": 4, "width": width - 8, "height": height * 0.2,
                    "content": "{name}", "size": 22, "min_size": 8, "bold": True,
                },
                {"type": "qr", "id": "code", "x": 5, "y": height * 0.3, "width": code, "height": code},
                {"type": "box", "id": "corner", "x": width - 9, "y": height - 9, "width": 5, "height": 4,
                 "fill": "#000000"},
            ],
        }
    )  # fmt: skip
