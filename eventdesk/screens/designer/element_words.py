"""What elements are called: in lists, to screen readers, in messages."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QLocale

from eventdesk.i18n import tr
from eventdesk.screens.designer.geometry import box_of


def kind_words(kind: str) -> str:
    return {
        "text": tr("Text"),
        "qr": tr("QR code"),
        "barcode": tr("Barcode"),
        "image": tr("Picture"),
        "photo": tr("Guest's photo"),
        "box": tr("Box"),
        "ellipse": tr("Ellipse"),
        "line": tr("Line"),
    }.get(kind, kind)


def title_of(element: Mapping[str, Any]) -> str:
    """Its kind, and what tells it from others of its kind: what it says, or else its name."""
    kind = kind_words(str(element.get("type", "")))
    own = str(element.get("content", "")) if element.get("type") == "text" else str(element.get("id", ""))
    own = " ".join(own.split())
    return f"{kind}: {own}" if own else kind


def millimetres(value: float) -> str:
    return tr("{number} mm", number=QLocale().toString(round(value, 1), "g", 5))


def said(element: Mapping[str, Any]) -> str:
    """For who does not see it: what it is, where it is, how large."""
    box = box_of(element)
    return tr(
        "{title}, {left} from the left, {top} from the top, {width} wide, {height} high",
        title=title_of(element),
        left=millimetres(box.left),
        top=millimetres(box.top),
        width=millimetres(box.width),
        height=millimetres(box.height),
    )
