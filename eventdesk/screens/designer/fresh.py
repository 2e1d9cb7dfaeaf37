"""What a new element begins as, and the pages that badges are made on."""

from collections.abc import Mapping
from typing import Any

from eventdesk.screens.designer.geometry import Rect, rounded

KINDS = ("text", "qr", "barcode", "image", "photo", "box", "ellipse", "line")

# Of a page of middle size; smaller ones get smaller elements.
_SIZES: Mapping[str, tuple[float, float]] = {
    "text": (50, 10),
    "qr": (25, 25),
    "barcode": (45, 15),
    "image": (30, 20),
    "photo": (25, 32),
    "box": (40, 20),
    "ellipse": (25, 25),
    "line": (50, 0),
}
_OWN: Mapping[str, Mapping[str, Any]] = {
    "text": {"content": "{name}", "size": 16, "min_size": 7},
    "qr": {"content": "{code}"},
    "barcode": {"content": "{code}", "kind": "code128"},
    "box": {"stroke": "#000000", "thickness": 0.3},
    "ellipse": {"stroke": "#000000", "thickness": 0.3},
}


def fresh(kind: str, page: Rect, at: tuple[float, float] | None = None) -> dict[str, Any]:
    """An element of this kind about `at` (the middle of the page)."""
    width, height = _SIZES[kind]
    shrink = min(1.0, page.width * 0.8 / width, page.height * 0.8 / height if height else 1.0)
    width, height = rounded(width * shrink), rounded(height * shrink)
    middle = at or page.centre
    x = rounded(max(middle[0] - width / 2, 0))
    y = rounded(max(middle[1] - height / 2, 0))
    made = {"type": kind, "x": x, "y": y, **_OWN.get(kind, {})}
    if kind == "line":
        return {**made, "to_x": rounded(x + width), "to_y": y}
    return {**made, "width": width, "height": height}


def empty(name: str, width: float = 85.6, height: float = 54.0) -> dict[str, Any]:
    """A layout to begin with: a name, a company and the code."""
    page = Rect(0, 0, width, height)
    side = min(25.0, width * 0.3, height * 0.45)
    wide = rounded(width - side - 14)
    return {
        "name": name,
        "page": {"width": width, "height": height},
        "elements": [
            {
                "type": "text",
                "id": "name",
                "x": 5,
                "y": rounded(page.height * 0.25),
                "width": wide,
                "height": rounded(page.height * 0.3),
                "content": "{name}",
                "size": 24,
                "min_size": 9,
                "bold": True,
            },
            {
                "type": "text",
                "id": "company",
                "x": 5,
                "y": rounded(page.height * 0.58),
                "width": wide,
                "height": rounded(page.height * 0.15),
                "content": "{company}",
                "size": 13,
                "min_size": 8,
            },
            {
                "type": "qr",
                "id": "code",
                "x": rounded(width - side - 5),
                "y": rounded((height - side) / 2),
                "width": rounded(side),
                "height": rounded(side),
            },
        ],
    }
