"""Badge layouts: texts, codes and pictures of guests; what has no counterpart is told by name."""

import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import requests

from eventdesk.bridges.pretix.mapping.ids import Of, subject
from eventdesk.bridges.pretix.mapping.values import Row, Wanted, said
from eventdesk.domain.facts import Kind
from eventdesk.i18n import tr

# Where the background does not say how large it is: A6, as pretix' own.
PAGE_MM: Final = (148.0, 105.0)
MM: Final = 72 / 25.4
TIMEOUT_S: Final = 20
LARGEST_PDF: Final = 10_000_000
CONTENTS: Final[Mapping[str, str]] = {
    "attendee_name": "{name}",
    "attendee_name_given_name": "{name.first}",
    "attendee_name_family_name": "{name.last}",
    "attendee_company": "{company}",
    "item": "{product}",
    "variation": "{variation}",
    "order": "{order}",
    "secret": "{code}",
    "event_name": "{event}",
    "seat": "{seat}",
    "addons": "{addons}",
    "price": "{price}",
}
LINE: Final = 1.3
_BOX: Final = re.compile(rb"/MediaBox\s*\[\s*([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s*\]")
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PLACE: Final = re.compile(r"\{([-a-zA-Z0-9:_]+)\}")


class Assigned(dict[int, str]):
    """Layouts by item; of any other the default. Those that are not here (`known`) are none."""

    def __init__(self, of_items: Mapping[int, str], default: str, known: Collection[str]) -> None:
        super().__init__({item: id_ if id_ in known else "" for item, id_ in of_items.items()})
        self._default = default if default in known else ""

    def __missing__(self, _item: int) -> str:
        return self._default


class Backgrounds:
    """Page sizes in mm, by address: each is fetched once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, float] | None] = {}

    def size(self, address: str) -> tuple[float, float] | None:
        if address not in self._known:
            self._known[address] = page_size(_fetched(address)) if address else None
        return self._known[address]


def layout(row: Row, backgrounds: Backgrounds, language: str) -> tuple[Wanted | None, list[str]]:
    """The layout, None where nothing of it is left; and what is missing of it."""
    told: list[str] = []
    size = backgrounds.size(str(row.get("background") or ""))
    width, height = size or PAGE_MM
    made: list[dict[str, Any]] = []
    for one in row["layout"]:
        element, missing = _element(one, height, language)
        if element is not None and _is_on(element, width, height):
            made.append(element)
        told += [
            tr("Badge layout “{name}”: “{element}” has no counterpart here.", name=row["name"], element=what)
            for what in missing
        ]
    if row.get("background") and not str(row["background"]).rpartition("/")[2].startswith("badge_default"):
        told.append(tr("Badge layout “{name}”: its background is not taken over.", name=row["name"]))
    if not made:
        return None, told
    members = {
        "name": row["name"] or "pretix",
        "page": {"width": round(width, 2), "height": round(height, 2)},
        "elements": made,
    }
    return Wanted(Kind.LAYOUT_DEFINED, subject(Of.LAYOUT, row["id"]), members), told


def page_size(pdf: bytes) -> tuple[float, float] | None:
    """Of the first page, in mm."""
    for text in (pdf, *_unpacked(pdf)):
        found = _BOX.search(text)
        if found:
            left, bottom, right, top = (float(one) for one in found.groups())
            if right > left and top > bottom:
                return (right - left) / MM, (top - bottom) / MM
    return None


def _unpacked(pdf: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(pdf):
        try:
            yield zlib.decompressobj().decompress(found.group(1), 1_000_000)
        except zlib.error:
            continue


def _fetched(address: str) -> bytes:
    try:
        answer = requests.get(address, timeout=TIMEOUT_S, allow_redirects=False)
    except requests.RequestException:
        return b""
    return answer.content[:LARGEST_PDF] if answer.ok else b""


def _element(one: Row, page: float, language: str) -> tuple[dict[str, Any] | None, list[str]]:
    kind = one.get("type")
    if kind in ("textarea", "textcontainer"):
        return _text(one, page, language)
    if kind == "barcodearea":
        content, missing = _content(one, language)
        side = float(one["size"])
        return _placed("qr", one, page, side, side) | {"content": content or "{code}"}, missing
    if kind == "imagearea" and "photo" in str(one.get("content") or ""):
        return _placed("photo", one, page, float(one["width"]), float(one["height"])), []
    if kind == "poweredby":
        return None, []  # a badge is no place for it here
    return None, [str(one.get("content") or kind)]


def _text(one: Row, page: float, language: str) -> tuple[dict[str, Any] | None, list[str]]:
    content, missing = _content(one, language)
    if not content:
        return None, missing
    size = float(one["fontsize"])
    height = float(one.get("height") or size * LINE / MM)
    element = _placed("text", one, page, float(one["width"]), height) | {
        "content": content,
        "size": max(3.0, size),
        "min_size": min(6.0, max(3.0, size)),
        "bold": bool(one.get("bold")),
        "color": _color(one.get("color") or (0, 0, 0)),
        "align": one.get("align") if one.get("align") in ("left", "center", "right") else "start",
        "valign": one.get("verticalalign") or "top",
    }
    if one.get("downward") and "height" not in one:
        element["y"] = round(page - float(one["bottom"]), 2)
    return element, missing


def _content(one: Row, language: str) -> tuple[str, list[str]]:
    kind = str(one.get("content") or "")
    if kind not in ("other", "other_i18n"):
        found = CONTENTS.get(kind, "")
        return found, [] if found else [kind]
    text = said(one.get("text_i18n"), language) if kind == "other_i18n" else str(one.get("text") or "")
    missing = [name for name in _PLACE.findall(text) if name not in CONTENTS]
    parts = _PLACE.split(text)
    plain = (part.replace("{", "{{").replace("}", "}}") for part in parts[::2])
    fields = [CONTENTS.get(name, "") for name in parts[1::2]] + [""]
    return "".join(f"{text_}{field}" for text_, field in zip(plain, fields, strict=True)), missing


def _placed(kind: str, one: Row, page: float, width: float, height: float) -> dict[str, Any]:
    placed: dict[str, Any] = {
        "type": kind,
        "x": round(float(one["left"]), 2),
        "y": round(page - float(one["bottom"]) - height, 2),
        "width": round(width, 2),
        "height": round(height, 2),
    }
    turned = float(one.get("rotation") or 0)
    return placed | ({"rotation": turned} if turned else {})


def _color(color: Iterable[Any]) -> str:
    red, green, blue = (max(0, min(255, round(float(one)))) for one in list(color)[:3])
    return f"#{red:02X}{green:02X}{blue:02X}"


def _is_on(element: Mapping[str, Any], width: float, height: float) -> bool:
    return bool(
        element["x"] < width
        and element["y"] < height
        and element["x"] + element["width"] > 0
        and element["y"] + element["height"] > 0
        and element["width"] > 0
        and element["height"] > 0
    )
