"""The faces badges are set in: the bundled ones, then the system's for the scripts those lack."""

import os
import re
import sys
from collections.abc import Mapping
from functools import cache, lru_cache
from threading import Lock
from unicodedata import bidirectional

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from eventdesk import paths
from eventdesk.badges import typefaces
from eventdesk.errors import BadInput, DeviceError

LATIN = "Noto Sans"
# Where one of these scripts occurs its face goes before the Latin one, which claims some of them
# without being able to shape them.
SCRIPTS = (
    (re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]"), "Noto Sans Hebrew"),
    (re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"), "Noto Sans Arabic"),
    (re.compile("[\u0900-\u097f]"), "Noto Sans Devanagari"),
    (re.compile("[\u0e00-\u0e7f]"), "Noto Sans Thai"),
)
# Not bundled: named as Debian, Windows and macOS call theirs. Qt skips those that are not there.
SYSTEM = (
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Noto Color Emoji",
    "Segoe UI Emoji",
    "Apple Color Emoji",
)
# Some signs are written otherwise in Japan and Korea than in China: kana and hangul tell whose name it is.
OF_COUNTRY = (
    (
        re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]"),
        ("Noto Sans CJK JP", "Yu Gothic", "Hiragino Sans"),
    ),
    (
        re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]"),
        ("Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo"),
    ),
)
EAST = "\u1100"

_lock = Lock()


def prepare() -> None:
    """Register the bundled faces; make a Qt application without a window where there is none yet.

    Call it once from the main thread before badges are rendered on others; rendering calls it too.
    """
    with _lock:
        _register()


@cache
def _register() -> QGuiApplication | None:
    """The application that had to be made: kept here, for Qt's dies with its last reference."""
    made = None
    if QGuiApplication.instance() is None:
        made = QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(os.fspath(file)) < 0:
            raise DeviceError(f"The font {file} can't be used.", "Install EventDesk anew.")
    return made


def chosen(family: str, own: Mapping[str, str]) -> str:
    """What a layout with these fonts of its `own` means by a family. Raises BadInput."""
    if family not in own:
        return family
    if known := of_layout(own[family]):
        return known
    raise BadInput(f'the font "{family}": {typefaces.REFUSED}.', "Put the font into the layout anew.")


def of_layout(data: str) -> str:
    """The family under which Qt knows a layout's font (see `typefaces`); empty where it does not take it."""
    prepare()
    with _lock:
        return _add(data)


@lru_cache(maxsize=64)
def _add(data: str) -> str:
    try:
        family, file = typefaces.renamed(data)
    except ValueError:
        return ""
    number = QFontDatabase.addApplicationFontFromData(QByteArray(file))
    return family if number >= 0 and family in QFontDatabase.applicationFontFamilies(number) else ""


def families(text: str, chosen: str = "") -> list[str]:
    """The families to set `text` in, the first that has a letter wins; `chosen` is the layout's."""
    needed = [family for letters, family in SCRIPTS if letters.search(text)]
    first = [chosen] if chosen and chosen != LATIN else []
    return [
        *first,
        *needed,
        LATIN,
        *(_of_country(text) if max(text, default="") >= EAST else ()),
        *_there(SYSTEM),
    ]


def _of_country(text: str) -> tuple[str, ...]:
    return next((_there(names) for letters, names in OF_COUNTRY if letters.search(text)), ())


def font(text: str, chosen: str, pixels: float, bold: bool) -> QFont:
    """A font of `pixels` height whose widths grow exactly with its size."""
    face = QFont()
    face.setFamilies(families(text, chosen))
    face.setPixelSize(max(1, round(pixels)))
    face.setBold(bold)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Colours at the edges of letters, as some systems want them on screens, are not for paper.
    face.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return face


def runs_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (Unicode annex 9, P2 and P3)."""
    directions = (bidirectional(letter) for letter in text)
    return next((found for found in directions if found in {"L", "R", "AL"}), "L") != "L"


def has(family: str) -> bool:
    """Whether a font of this family is installed or bundled."""
    prepare()
    return QFontDatabase.hasFamily(family)


@cache
def _there(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if QFontDatabase.hasFamily(name))
