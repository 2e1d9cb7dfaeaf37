"""Sentences on the screen: the domain's words translated, names of any script kept apart."""

from datetime import datetime, tzinfo
from html import escape

from PySide6.QtCore import QLocale, Qt

from eventdesk.desk.hooks import Trouble
from eventdesk.domain.verdicts import Words
from eventdesk.i18n import tr

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
# To take them away again where a text is spoken.
ISOLATES = dict.fromkeys(map(ord, FIRST_STRONG_ISOLATE + POP_ISOLATE))


def says(words: Words) -> str:
    """The domain's sentence in the chosen language."""
    return words.translated(tr)


def told(trouble: Trouble) -> str:
    """A fault with its remedy, in the chosen language."""
    return f"{tr(trouble.message)} {tr(trouble.remedy)}".strip()


def isolate(text: str) -> str:
    """`text` with its own direction, so that an Arabic name does not turn the sentence round (UAX 9)."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text else ""


def joined(*parts: str, by: str = " · ") -> str:
    """The parts that are there on one line, each keeping its direction."""
    return by.join(isolate(part) for part in parts if part)


def short(text: str, longest: int = 40) -> str:
    """The text, cut where a headline has no room for all of it."""
    return isolate(text if len(text) <= longest else text[: longest - 1].rstrip() + "…")


def tip(text: str) -> str:
    """For a tool tip, which Qt takes for HTML where it looks like it: what people typed is shown as typed."""
    if "<" not in text:
        return text
    lines = escape(text).replace("\n", "<br>")
    return f"<qt>{lines}</qt>"


def in_cell(text: str, role: int) -> str:
    """What a cell of a table shows, and its tool tip, which is there where the cell is too narrow."""
    return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """The time of day in the event's zone, as verdicts tell it; without one, by this computer's."""
    return f"{moment.astimezone(zone):%H:%M}"


def number(value: int) -> str:
    """Digits grouped as the language does it."""
    return QLocale().toString(value)
