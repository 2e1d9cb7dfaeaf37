"""The rows of the keyboard on the screen, by language, and what a letter becomes when it is held."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

Rows = Sequence[str]


class Kind(StrEnum):
    """What a field is for, and so which keys come first."""

    NAME = "name"
    EMAIL = "email"
    CODE = "code"
    NUMBER = "number"
    TEXT = "text"


LATIN: Final[Rows] = ("qwertyuiop", "asdfghjkl'", "zxcvbnm-")
DIGITS: Final = "1234567890"
SIGNS: Final[Rows] = (DIGITS, "@.-_+/'&#", '():;,!?="')
NUMBERS: Final[Rows] = ("12345", "67890", "+-./:,")

ROWS: Final[Mapping[str, Rows]] = {
    "de": ("qwertzuiopü", "asdfghjklöä", "yxcvbnmß-"),
    "fr": ("azertyuiop", "qsdfghjklm", "wxcvbné'-"),
    "es": ("qwertyuiop", "asdfghjklñ", "zxcvbnm'-"),
    "da": ("qwertyuiopå", "asdfghjklæø", "zxcvbnm-"),
    "sv": ("qwertyuiopå", "asdfghjklöä", "zxcvbnm-"),
    "tr": ("qwertyuıopğ", "asdfghjklşi", "zxcvbnmöçü"),
    "ar": ("ضصثقفغعهخحج", "شسيبلاتنمكط", "ذءرىةوزظد"),
    "he": ("קראטוןםפ", "שדגכעיחלךף", "זסבהנמצתץ"),
}

# At most eleven of each fit a screen of 800 pixels.
ACCENTS: Final[Mapping[str, str]] = {
    "a": "áàâäãåāăąæ",
    "c": "çćčĉ",
    "d": "ďđð",
    "e": "éèêëēęěė",
    "g": "ğĝģ",
    "h": "ĥħ",
    "i": "íìîïīįı",
    "j": "ĵ",
    "k": "ķ",
    "l": "łľĺļ",
    "n": "ñńňņ",
    "o": "óòôöõøōőœ",
    "r": "řŕ",
    "s": "šśşșß",
    "t": "ťțţþ",
    "u": "úùûüūůűų",
    "w": "ŵ",
    "y": "ýÿŷ",
    "z": "žźż",
    "-": "–_",
    "'": "’`",
    "ا": "أإآٱ",
    "ي": "ىئې",
    "ه": "ة",
    "ك": "گک",
    "ب": "پ",
    "ج": "چ",
    "و": "ؤ",
}


def letters(language: str) -> Rows:
    """The letter keys of a language; those of English for one that has none here."""
    return ROWS.get(language.partition("-")[0].partition("_")[0], LATIN)


def is_latin(rows: Rows) -> bool:
    return "a" in "".join(rows)


def upper(key: str, language: str) -> str:
    """One letter stays one: ß has no capital that a name would be written with."""
    if language.startswith("tr") and key in "iı":
        return {"i": "İ", "ı": "I"}[key]
    raised = key.upper()
    return raised if len(raised) == 1 else key
