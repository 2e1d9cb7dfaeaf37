"""What a cell says: texts, codes, e-mail addresses, yes and no. Strict, and in words where it fails.

Each reader raises `Unreadable` with the reason, which becomes the reason of a bad row.
"""

import re

from eventdesk.bridges.files.row import NumberText
from eventdesk.domain.decision import Words
from eventdesk.domain.imports import Field

CODE_CHARACTERS = 1_000
TEXT_CHARACTERS = 500
NOTES_CHARACTERS = 10_000
DIGITS_OF_EXCEL = 15


_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_CONTROLS_BUT_LINES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]+")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\Z")
_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+\Z", re.IGNORECASE)

_YES = frozenset(["yes", "y", "ja", "j", "true", "wahr", "1", "x", "✓", "✔", "✗", "oui", "si", "sí"])
_NO = frozenset(["", "no", "n", "nein", "false", "falsch", "0", "-", "non"])
_NOTHING = frozenset(["-", "--", "n/a", "na", "none", "null", "keine", "unbekannt", "unknown"])


class Unreadable(ValueError):
    """A cell that can't be what its column is. `field` where the cell's own reader does not raise it."""

    def __init__(self, template: str, *, field: Field = Field.IGNORED, **values: object) -> None:
        self.reason = Words(template, values)
        self.field = field
        super().__init__(str(self.reason))


def clean(cell: str) -> str:
    """One line without control characters or spaces round it."""
    if cell.isprintable():  # so nearly always, and cheap to ask
        return cell.strip()
    return _CONTROLS.sub(" ", cell).strip()


def short_text(cell: str) -> str:
    text = clean(cell)
    if len(text) > TEXT_CHARACTERS:
        raise Unreadable("It is longer than {limit} characters.", limit=TEXT_CHARACTERS)
    return text


def long_text(cell: str) -> str:
    """May have several lines."""
    text = cell.strip()
    if not text.isprintable():
        text = _CONTROLS_BUT_LINES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > NOTES_CHARACTERS:
        raise Unreadable("It is longer than {limit} characters.", limit=NOTES_CHARACTERS)
    return text


def email(cell: str) -> str:
    text = short_text(cell)
    if not text or text.casefold() in _NOTHING:
        return ""
    if not _EMAIL.match(text):
        raise Unreadable("{cell} is no e-mail address.", cell=quoted(text))
    return text


def code(cell: str) -> str:
    """What a barcode says. A number that a spreadsheet program has rounded is refused."""
    text = clean(cell)
    if isinstance(cell, NumberText) and len(text.lstrip("-").split(".")[0]) > DIGITS_OF_EXCEL:
        raise Unreadable(
            "The spreadsheet program kept only 15 digits of this code; format the column as text."
        )
    if _ROUNDED.match(text):
        raise Unreadable(
            "The spreadsheet program rounded this code to {cell}; format the column as text.", cell=text
        )
    if len(text) > CODE_CHARACTERS:
        raise Unreadable("It is longer than {limit} characters.", limit=CODE_CHARACTERS)
    return text


def flag(cell: str) -> bool:
    text = clean(cell).casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise Unreadable("{cell} says neither yes nor no.", cell=quoted(text))


def quoted(text: str) -> str:
    return f"“{text[:60]}”"
